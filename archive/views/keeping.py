"""Pages of answers, kept while nothing that they depend on has changed.

Many people ask the same, and everybody goes back. A kept page costs three small queries, and a browser that has
it already gets 304 (RFC 9110, 15.4.5). What was found without the index is never kept.
"""

from __future__ import annotations

import functools
import hashlib
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import parse_http_date_safe, quote_etag
from django.utils.translation import get_language

from archive import search

View = Callable[..., HttpResponseBase]
DEGRADED = "X-Search-Degraded"
MOST = 16_000_000  # bytes of all kept pages
_THIS_START = secrets.token_hex(8)  # templates may have changed since the last one


@dataclass(frozen=True, slots=True)
class _Page:
    body: bytes
    content_type: str


class Pages:
    """The pages asked for last, by what was asked and the state it was answered in."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._size = 0
        self._pages: OrderedDict[str, _Page] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> _Page | None:
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def put(self, key: str, page: _Page) -> None:
        with self._lock:
            if key not in self._pages:
                self._pages[key] = page
                self._size += len(page.body)
            while self._size > self._most and self._pages:
                self._size -= len(self._pages.popitem(last=False)[1].body)


pages = Pages()


def _told(view: View, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
    """The view's answer; a machine that watches can tell when the index was not there to give it."""
    with search.watching() as degraded:
        response = view(request, *args, **kwargs)
        if degraded():
            response[DEGRADED] = "1"
    return response


def validated(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer with an ETag, made from its bytes if it has none; 304 instead for whoever has it already.

    What was found without the index has none: the next answer may hold more.
    """
    if response.status_code != 200 or response.has_header(DEGRADED) or not isinstance(response, HttpResponse):
        return response
    if not response.has_header("ETag"):
        set_response_etag(response)
    modified = (
        parse_http_date_safe(response["Last-Modified"]) if response.has_header("Last-Modified") else None
    )
    answer = get_conditional_response(request, response.get("ETag"), modified, response)
    return answer or response


def tagged(view: View) -> View:
    """As ``kept``, for what is too long to be kept: only its ETag is, so that nobody fetches the same table twice."""

    @functools.wraps(view)
    def tagging(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        state = search.state()
        tag = _key(request, state)[:32] if state else ""
        if tag and tag in request.headers.get("If-None-Match", ""):  # so it was answered
            return HttpResponseNotModified(headers={"ETag": quote_etag(tag)})
        response = _told(view, request, *args, **kwargs)
        if tag and response.status_code == 200 and not response.has_header(DEGRADED):
            response["ETag"] = quote_etag(tag)
        return response

    return tagging


def _key(request: HttpRequest, state: str) -> str:
    asked = (state, request.build_absolute_uri(), get_language(), _THIS_START)
    return hashlib.sha256(repr(asked).encode("utf-8", "surrogatepass")).hexdigest()


def kept(view: View) -> View:
    """The view's answer depends on its address and ``search.state()`` alone."""

    @functools.wraps(view)
    def keeping(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        state = search.state()
        if not state:
            return _told(view, request, *args, **kwargs)
        key = _key(request, state)
        page = pages.get(key)
        if page is None:
            response = _told(view, request, *args, **kwargs)
            if (
                response.has_header(DEGRADED)
                or response.status_code != 200
                or not isinstance(response, HttpResponse)
            ):
                return response
            page = _Page(response.content, response["Content-Type"])
            if search.state() == state:
                pages.put(key, page)
        etag = quote_etag(key[:32])
        answer = HttpResponse(page.body, content_type=page.content_type, headers={"ETag": etag})
        return get_conditional_response(request, etag=etag, response=answer) or answer

    return keeping
