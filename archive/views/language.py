"""?lang=: in which language the pages speak. The speeches themselves are never translated.

What the reader asks for in the address wins and is remembered in a cookie; else the cookie; else Chinese. The
browser's Accept-Language is not asked: it says what the machine was sold with, and a link would then mean another
page to everybody. Nobody gets a cookie who has not chosen on a page, and going back to Chinese takes it away.

No view sees the parameter: the addresses that pages print, canonical links among them, stay without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote, unquote_plus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from archive.views.errors import is_for_programs, refusal

PARAMETER = COOKIE = "lang"
YEAR = 365 * 24 * 3600  # seconds
TAGS = {"zh-hans": "zh-Hans", "en": "en"}  # as Django names them -> as HTML does (BCP 47)
SPOKEN = ("text/html", "application/json", "application/atom+xml")  # what holds sentences of ours

# Where no element may stand (HTML), where an element of HTML means nothing (SVG), and what says its language already.
_APART = re.compile(
    r"<(title|textarea|script|style|select|datalist|svg)\b[^>]*>.*?</\1>"
    r'|<(\w+)\b[^>]*\slang="zh[^>]*>.*?</\2>|<[^>]*>',
    re.DOTALL,
)
_CHINESE = re.compile("[“‘《〈「（]?[㐀-鿿](?:[^A-Za-z&;]*[㐀-鿿])?[”’》〉」）。，、；：！？…]*")

Answering = Callable[[HttpRequest], HttpResponseBase]


def tag() -> str:
    """The language now spoken, as an attribute ``lang`` names it."""
    return TAGS[translation.get_language() or settings.LANGUAGE_CODE]


def address_in(request: HttpRequest, language: str) -> str:
    """The present address with all its parameters, in another language; relative."""
    raw = request.META.get("QUERY_STRING", "")  # bytes as Latin-1 (PEP 3333), perhaps not percent-encoded
    kept = quote(raw, safe="!#$%&'()*+,/:;=?@[]~", encoding="latin-1")
    return f"?{kept}&{PARAMETER}={language}" if kept else f"?{PARAMETER}={language}"


def parts_named(html: str) -> str:
    """The page in English with its Chinese words named as such (WCAG 2.2, 3.1.2), so that they are read out right."""
    said: list[str] = []
    done = 0
    for apart in _APART.finditer(html):
        said += (_named(html[done : apart.start()]), apart[0])
        done = apart.end()
    return "".join((*said, _named(html[done:])))


def _named(text: str) -> str:
    return _CHINESE.sub(r'<bdi lang="zh-Hans">\g<0></bdi>', text) if text else text


class LanguageMiddleware:
    """Stands outside whatever may answer a request with words of its own."""

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = _take_from_address(request)
        remembered = request.COOKIES.get(COOKIE, "")
        chosen = next((each for each in (asked, remembered) if each in TAGS), settings.LANGUAGE_CODE)
        # Only for the answer: a table that is still being sent is data and the same in all languages.
        with translation.override(chosen):
            response = self.get_response(request) if asked in (None, chosen) else _unknown(request)
        patch_vary_headers(response, ("Cookie",))
        if response.get("Content-Type", "").startswith(SPOKEN):
            response.headers.setdefault("Content-Language", TAGS[chosen])
        if chosen == "en" and isinstance(response, HttpResponse) and _is_page(response):
            _name_parts(response)
        if asked == chosen and is_for_programs(request.path):
            _carry_on(response, chosen)
        elif asked == chosen:
            _remember(response, chosen, remembered)
        return response


def _take_from_address(request: HttpRequest) -> str | None:
    """The value of the parameter (the last, if there are several), which is then gone; None without one."""
    pairs = [pair.partition("=") for pair in request.META.get("QUERY_STRING", "").split("&")]
    values = [unquote_plus(value) for name, _sign, value in pairs if unquote_plus(name) == PARAMETER]
    if not values:
        return None
    others = ("".join(pair) for pair in pairs if unquote_plus(pair[0]) != PARAMETER)
    request.META["QUERY_STRING"] = "&".join(others)
    request.__dict__.pop("GET", None)  # read before the parameter went
    return values[-1].lower()


def _is_page(response: HttpResponse) -> bool:
    return bool(response.content) and response.get("Content-Type", "").startswith("text/html")


def _name_parts(response: HttpResponse) -> None:
    response.content = parts_named(response.content.decode()).encode()
    if response.has_header("Content-Length"):
        response["Content-Length"] = str(len(response.content))


def _unknown(request: HttpRequest) -> HttpResponseBase:
    message = _("没有这种界面语言。lang 可以写 zh-hans（简体中文）或 en（英文）。")
    return refusal(request, 400, message, field=PARAMETER)


def _carry_on(response: HttpResponseBase, chosen: str) -> None:
    """Programs get no cookie, so the address that they are sent to says it again."""
    if location := response.get("Location"):
        response["Location"] = f"{location}{'&' if '?' in location else '?'}{PARAMETER}={chosen}"


def _remember(response: HttpResponseBase, chosen: str, remembered: str) -> None:
    if chosen != settings.LANGUAGE_CODE:
        secure = bool(settings.SESSION_COOKIE_SECURE)
        response.set_cookie(COOKIE, chosen, max_age=YEAR, samesite="Lax", secure=secure, httponly=True)
    elif remembered:
        response.delete_cookie(COOKIE, samesite="Lax")
