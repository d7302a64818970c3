"""What machines ask for by fixed names: robots.txt, opensearch.xml with its completions, security.txt.

robots.txt is RFC 9309: the longest rule that fits an address decides. Lists and texts may be read by anybody;
addresses with parameters may not, for there are endlessly many and some cost a search each.
"""

from __future__ import annotations

import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from archive import search
from archive.forms import MarkForm
from archive.views import twins
from archive.views.errors import read_only
from archive.views.keeping import kept

COSTLY = ("search", "concordance", "trends", "quote", "compare")  # each with its twins
PLAIN_TEXT = "text/plain; charset=utf-8"
DAY = 24 * 3600  # seconds for which what depends on no speech may be kept
GOOD_FOR = 6  # months; RFC 9116, 2.5.5 wants less than a year


@read_only
def robots(request: HttpRequest) -> HttpResponse:
    """/robots.txt"""
    home = reverse("home")
    rules = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        *(f"Disallow: {home}{word}" for word in COSTLY),
        f"Disallow: {reverse('suggest-json')}",
        f"Disallow: {reverse('completions')}",
        f"Disallow: {reverse('speeches')}*/shared",
        f"Disallow: {home}*?",
        f"Allow: {reverse('speeches')}?page=",
        f"Allow: {reverse('sitemap')}",
        f"Allow: {home}sitemap-*.xml?p=",
    ]
    lines = [*rules, "", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return _for_a_day(HttpResponse("\n".join(lines), content_type=PLAIN_TEXT))


@read_only
def opensearch(request: HttpRequest) -> HttpResponse:
    """/opensearch.xml: by which a browser adds the archive to its search engines (OpenSearch 1.1)."""
    site = request.build_absolute_uri("/").removesuffix("/")
    kind = "application/opensearchdescription+xml; charset=utf-8"
    return _for_a_day(render(request, "machines/opensearch.xml", {"site": site}, content_type=kind))


@read_only
@kept
def completions(request: HttpRequest) -> HttpResponse:
    """/opensearch.json: suggestions as browsers read them, ["typed", ["completed", …]]."""
    form = MarkForm(request.GET)
    if not form.is_valid():
        return twins.refuse_form(form)
    typed = form.cleaned_data["q"]
    return JsonResponse(
        [typed, list(dict.fromkeys(found.text for found in search.suggest(typed)))],
        safe=False,
        json_dumps_params={"ensure_ascii": False},
        content_type="application/x-suggestions+json",
    )


@read_only
def security(request: HttpRequest) -> HttpResponse:
    """/.well-known/security.txt (RFC 9116): whom to tell of a hole; 404 where nobody is named."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    lines = [
        *(f"Contact: {_address(contact)}" for contact in settings.SECURITY_CONTACT),
        f"Expires: {_expiry(timezone.now()).isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: zh, en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
        "",
    ]
    return _for_a_day(HttpResponse("\n".join(lines), content_type=PLAIN_TEXT))


def _address(contact: str) -> str:
    """An e-mail address as the URI that the file wants; others are URIs already."""
    return f"mailto:{contact}" if "@" in contact and ":" not in contact else contact


def _expiry(now: datetime.datetime) -> datetime.datetime:
    """The first day of a month about half a year on: the file changes once a month."""
    year, month = divmod(now.year * 12 + now.month - 1 + GOOD_FOR, 12)
    return datetime.datetime(year, month + 1, 1, tzinfo=datetime.UTC)


def _for_a_day(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=DAY)
    return response
