"""/sitemap.xml: an index of what search engines should know, and its parts (sitemaps.org, 0.9).

A part is a kind of pages: those of the archive itself; the speeches, each with the day of its last change; those
of speakers, occasions and years.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as contributed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from archive.models import Speech, SpeechQuerySet
from archive.views.errors import read_only
from archive.views.keeping import kept

MOST = 10_000  # addresses in a file; the standard allows 50,000 in 50 MB

Row = tuple[int, datetime.datetime]


class Pages(Sitemap):  # type: ignore[type-arg]  # generic only in the stubs
    """The pages that are always there."""

    def items(self) -> Sequence[str]:
        return ["home", "speeches", "speakers", "events", "years", "ledger", "about", "api"]

    def location(self, item: str) -> str:
        return reverse(item)


class Speeches(Sitemap):  # type: ignore[type-arg]
    """Every published speech, in the order of arrival, so that a new one changes the last file only."""

    limit = MOST

    def items(self) -> SpeechQuerySet:
        return Speech.objects.published().order_by("pk").values_list("pk", "updated_at")  # type: ignore[return-value]

    def location(self, item: Row) -> str:
        return reverse("speech", args=[item[0]])

    def lastmod(self, item: Row) -> datetime.datetime:
        return item[1]

    def get_latest_lastmod(self) -> datetime.datetime | None:
        newest = Speech.objects.published().order_by("-updated_at")
        return newest.values_list("updated_at", flat=True).first()


class Lists(Sitemap):  # type: ignore[type-arg]
    """The pages of speakers, occasions and years that have a published speech."""

    limit = MOST

    def items(self) -> list[tuple[str, str]]:
        speeches = Speech.objects.published().order_by()
        fields = {"speaker": "speaker", "event": "event", "year": "date__year"}
        return [
            (name, f"{value:04}")
            for name, field in fields.items()
            for value in sorted(speeches.exclude(**{field: None}).values_list(field, flat=True).distinct())
        ]

    def location(self, item: tuple[str, str]) -> str:
        name, value = item
        return reverse(name, args=[value if name == "year" else int(value)])


PARTS: dict[str, Any] = {"pages": Pages, "speeches": Speeches, "lists": Lists}


@read_only
@contributed.x_robots_tag
@kept
def index(request: HttpRequest) -> HttpResponse:
    """/sitemap.xml"""
    return contributed.index(request, PARTS, sitemap_url_name="sitemap-part").render()


@read_only
@contributed.x_robots_tag
@kept
def part(request: HttpRequest, section: str) -> HttpResponse:
    """/sitemap-<section>.xml?p=<page>"""
    response = contributed.sitemap(request, PARTS, section).render()
    response.headers.pop("Last-Modified", None)  # it knows nothing of what was withdrawn; the ETag does
    return response
