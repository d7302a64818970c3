"""Speeches in the order of time, year by year: of a person, of an occasion, of a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, Count, Sum, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from archive.forms import ChronicleForm
from archive.models import Speech, SpeechQuerySet
from archive.views import facets, twins
from archive.views.errors import no_such_page

PAGE_SIZE = 50  # speeches a page: a line each


@dataclass(frozen=True, slots=True)
class Group:
    """The speeches of a year, or a month, on this page; ``date`` is "" for the undated."""

    date: str
    speeches: Sequence[Speech]


@dataclass(frozen=True, slots=True)
class Chronicle:
    """A page of some speeches in the order of time; ``counts`` are by year, of all of them."""

    form: ChronicleForm
    paginator: Paginator[Any]
    speeches: Sequence[Speech]
    counts: Sequence[tuple[int | None, int]]
    total: int
    characters: int

    @property
    def number(self) -> int:
        return self.form.page_number

    def record(self) -> dict[str, Any]:
        """What the twin of such a page says beside its own facts."""
        return {
            "total": self.total,
            "characters": self.characters,
            "years": [[f"{year:04}" if year else None, n] for year, n in in_time(self.counts)],
            "page": self.number,
            "pages": self.paginator.num_pages,
            "results": [twins.listed(speech) for speech in self.speeches],
        }

    def context(self, address: facets.Address, digits: int = 4) -> dict[str, Any]:
        """For the template; speeches are grouped by so many digits of the date: by year, or by month (7)."""
        sort = self.form.cleaned_data["sort"] or "oldest"
        pages = facets.pages(self.paginator, self.number, address)
        return {
            "total": self.total,
            "characters": self.characters,
            "groups": groups(self.speeches, digits),
            "pages": pages,
            "sorts": [
                ("oldest", "" if sort == "oldest" else address.url(sort=())),
                ("newest", "" if sort == "newest" else address.url(sort=("newest",))),
            ],
        }


def chronicle(form: ChronicleForm, speeches: SpeechQuerySet, *, by_month: bool = False) -> Chronicle:
    """The page that a valid form asks for; of a page that is not there, no speeches.

    ``by_month``: those of which only the year is known stand apart, before the others.
    """
    newest = form.cleaned_data["sort"] == "newest"
    ordered = speeches.newest() if newest else speeches.oldest()
    if by_month:
        vague = Case(When(date_precision="year", then=1), default=0)
        ordered = ordered.order_by(vague if newest else vague.desc(), *ordered.query.order_by)
    paginator = Paginator(ordered.values_list("pk", flat=True), PAGE_SIZE)
    sums = speeches.aggregate(total=Count("pk"), characters=Sum("characters", default=0))
    paginator.count = sums["total"]
    there = form.page_number <= paginator.num_pages
    keys = list(paginator.page(form.page_number).object_list) if there else []
    found = Speech.objects.for_lists().in_bulk(keys)
    shown = [found[key] for key in keys if key in found]
    return Chronicle(form, paginator, shown, speeches.counts_by("date__year"), **sums)


def refused(request: HttpRequest, form: ChronicleForm) -> HttpResponse | None:
    """The answer to a form that asks for nothing there is: a named error, or 404 for a page."""
    if form.is_valid():
        return None
    if form.only_page_is_wrong:
        return no_such_page(request, request.path)
    if request.path.endswith(".json"):
        return twins.refuse_form(form)
    return render(request, "speeches/refused.html", {"form": form, "back": request.path}, status=400)


def address_of(request: HttpRequest, form: ChronicleForm) -> facets.Address:
    sort = form.cleaned_data["sort"]
    return facets.Address(request.path, {"sort": (sort,) if sort == "newest" else ()})


def groups(speeches: Sequence[Speech], digits: int) -> list[Group]:
    """By so many digits of the date, in the order in which they come."""
    spans = groupby(speeches, key=lambda speech: (speech.date_iso or "")[:digits])
    return [Group(span, list(those)) for span, those in spans]


def in_time(counts: Sequence[tuple[int | None, int]]) -> list[tuple[int | None, int]]:
    """Counts by year from the first year to the last, then the undated."""
    return sorted(counts, key=lambda pair: (pair[0] is None, pair[0] or 0))
