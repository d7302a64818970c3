"""Speeches in the order of time, year by year: of a person, of an occasion, of a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, Count, Sum, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from archive.forms import ChronicleForm
from archive.models import Speech, SpeechQuerySet
from archive.views import facets, twins
from archive.views.browsing import in_order
from archive.views.errors import no_such_page

PAGE_SIZE = 50  # speeches a page: a line each


@dataclass(frozen=True, slots=True)
class Group:
    """The speeches of a year, or a month, on this page; ``date`` is "" for the undated."""

    date: str
    speeches: Sequence[Speech]


@dataclass(frozen=True, slots=True)
class Chronicle:
    """A page, ``number``, of some speeches in the order of time, and what there is to say of all of them.

    ``counts`` are pairs of a year, None for the undated, and its speeches; ``characters`` is the sum of their
    lengths. ``address`` is where the first page is; ``newest``: they stand from the latest to the earliest.
    """

    address: facets.Address
    newest: bool
    paginator: Paginator[Any]
    number: int
    speeches: Sequence[Speech]
    counts: Sequence[tuple[int | None, int]]
    total: int
    characters: int

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

    def context(self, digits: int = 4) -> dict[str, Any]:
        """For the template; speeches are grouped by so many digits of the date: by year, or by month (7)."""
        return {
            "total": self.total,
            "characters": self.characters,
            "groups": groups(self.speeches, digits),
            "pages": facets.pages(self.paginator, self.number, self.address),
            "sorts": [
                ("oldest", self.address.url(sort=()) if self.newest else ""),
                ("newest", "" if self.newest else self.address.url(sort=("newest",))),
            ],
        }


def chronicle(
    request: HttpRequest, speeches: SpeechQuerySet, *, by_month: bool = False
) -> Chronicle | HttpResponse:
    """The page of ``speeches`` that is asked for, or the answer that says why there is none.

    A year, a person, an occasion without any speech is nowhere: Http404. ``by_month``: those of which only the
    year is known stand apart, before the others.
    """
    form = ChronicleForm(request.GET)
    if not form.is_valid():
        return _refused(request, form)
    sums = speeches.aggregate(total=Count("pk"), characters=Sum("characters", default=0))
    if not sums["total"]:
        raise Http404
    newest, number = form.cleaned_data["sort"] == "newest", form.page_number
    address = facets.Address(request.path, {"sort": ("newest",) if newest else ()})
    paginator = Paginator(_ordered(speeches, newest, by_month).values_list("pk", flat=True), PAGE_SIZE)
    paginator.count = sums["total"]
    keys = paginator.page(number).object_list if number <= paginator.num_pages else ()
    shown = in_order(Speech.objects.for_lists(), keys)
    if not shown:
        return no_such_page(request, address.url())
    return Chronicle(address, newest, paginator, number, shown, speeches.counts_by("date__year"), **sums)


def _refused(request: HttpRequest, form: ChronicleForm) -> HttpResponse:
    """The answer to a form that asks for nothing there is: a named error, or 404 for a page."""
    if form.only_page_is_wrong:
        return no_such_page(request, request.path)
    if request.path.endswith(".json"):
        return twins.refuse_form(form)
    return render(request, "speeches/refused.html", {"form": form, "back": request.path}, status=400)


def _ordered(speeches: SpeechQuerySet, newest: bool, by_month: bool) -> SpeechQuerySet:
    ordered = speeches.newest() if newest else speeches.oldest()
    if not by_month:
        return ordered
    vague = Case(When(date_precision="year", then=1), default=0)
    return ordered.order_by(vague if newest else vague.desc(), *ordered.query.order_by)


def groups(speeches: Sequence[Speech], digits: int) -> list[Group]:
    """By so many digits of the date, in the order in which they come."""
    spans = groupby(speeches, key=lambda speech: (speech.date_iso or "")[:digits])
    return [Group(span, list(those)) for span, those in spans]


def in_time(counts: Sequence[tuple[int | None, int]]) -> list[tuple[int | None, int]]:
    """Counts by year from the first year to the last, then the undated."""
    return sorted(counts, key=lambda pair: (pair[0] is None, pair[0] or 0))
