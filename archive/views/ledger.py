"""/ledger/: the clauses that recur in many speeches, since when, and how often in each year."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from archive import reuse
from archive.forms import LedgerForm
from archive.views import facets, twins
from archive.views.apparatus import deep_link
from archive.views.errors import no_such_page, read_only
from archive.views.keeping import kept

BAR = 24  # the height of the tallest bar, in units of the drawing
LEAST = 3  # of the lowest one
MOST_YEARS = 80  # of the drawing; earlier ones are only in the twin


View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Bar:
    """One year of the drawing: where it stands, and what it says."""

    x: int
    y: int
    height: int
    note: str


@dataclass(frozen=True, slots=True)
class Row:
    """A formula on the page, with links to where it first stands, last stands, and to all places."""

    number: int
    entry: reuse.LedgerEntry
    first: str
    last: str
    search: str
    bars: Sequence[Bar]


def kept_when_counted(view: View) -> View:
    """Kept while the formulas are those of the speeches as they are; counts them if that is quick."""
    keeping = kept(view)

    @functools.wraps(view)
    def chosen(request: HttpRequest) -> HttpResponseBase:
        reuse.count_if_quick()
        return (keeping if reuse.formulas_are_current() else view)(request)

    return chosen


@read_only
@kept_when_counted
def page(request: HttpRequest) -> HttpResponse:
    form = LedgerForm(request.GET)
    if not form.is_valid():
        if form.only_page_is_wrong:
            return no_such_page(request, request.path)
        return render(request, "ledger/page.html", {"form": form}, status=400)
    found = asked(form)
    address = facets.Address(request.path, _params(form))
    if form.page_number > found.pages:
        return no_such_page(request, address.url())
    years = [year for entry in found.entries for year, _n in entry.years if year]
    span = range(max(min(years), max(years) - MOST_YEARS + 1), max(years) + 1) if years else range(0)
    first = (form.page_number - 1) * reuse.LEDGER_PAGE + 1
    context = {
        "form": form,
        "q": "",
        "words": form.cleaned_data["q"],
        "at": form.cleaned_data["at"],
        "found": found,
        "rows": [_row(number, entry, span) for number, entry in enumerate(found.entries, start=first)],
        "span": (span[0], span[-1]) if span else None,
        "width": len(span) * 4,
        "height": BAR,
        "pages": facets.pages(Paginator(range(found.total), reuse.LEDGER_PAGE), form.page_number, address),
        "json_url": facets.Address(reverse("ledger-json"), address.params).url(),
    }
    return render(request, "ledger/page.html", context)


@read_only
@kept_when_counted
def twin(request: HttpRequest) -> HttpResponse:
    form = LedgerForm(request.GET)
    if not form.is_valid():
        return no_such_page(request, "") if form.only_page_is_wrong else twins.refuse_form(form)
    found = asked(form)
    if form.page_number > found.pages:
        return no_such_page(request, request.path)
    return twins.answer(
        {
            "total": found.total,
            "page": form.page_number,
            "pages": found.pages,
            "least": found.least,
            "speeches": found.speeches,
            "uncounted": found.uncounted,
            "counted_at": found.made_at.isoformat() if found.made_at else None,
            "results": [record(entry) for entry in found.entries],
        }
    )


def asked(form: LedgerForm) -> reuse.Ledger:
    """The page of the ledger that a form asks for."""
    words, start = form.cleaned_data["q"], form.cleaned_data["at"] == "start"
    return reuse.find_formulas(words, first=start, page=form.page_number)


def record(entry: reuse.LedgerEntry) -> dict[str, Any]:
    """A formula as data; nobody knows which of speeches without dates is the first."""
    return {
        "text": entry.text,
        "letters": entry.letters,
        "speeches": entry.speeches,
        "years": [[year, n] for year, n in entry.years],
        "first": twins.listed(entry.first) if entry.first.date else None,
        "last": twins.listed(entry.last) if entry.last.date else None,
    }


def _params(form: LedgerForm) -> dict[str, tuple[str, ...]]:
    return {name: (form.cleaned_data[name],) if form.cleaned_data[name] else () for name in ("q", "at")}


def _row(number: int, entry: reuse.LedgerEntry, span: range) -> Row:
    quoted = "".join(char for char in entry.text if char not in '"“”')
    query = urlencode({"q": f'"{quoted}"', "sort": "oldest"})
    return Row(
        number,
        entry,
        deep_link(entry.first, entry.text, "hit-1"),
        deep_link(entry.last, entry.text, "hit-1"),
        f"{reverse('search')}?{query}",
        _bars(entry, span),
    )


def _bars(entry: reuse.LedgerEntry, span: range) -> list[Bar]:
    tallest = max((n for year, n in entry.years if year), default=0)
    bars = []
    for year, n in entry.years:
        if year is not None and year in span:
            height = max(LEAST, round(BAR * n / tallest))
            bars.append(Bar(span.index(year) * 4, BAR - height, height, f"{year}{_('：')}{n}"))
    return bars
