"""Everybody who speaks, and every occasion, each with how many speeches it has and from when to when."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Count, Max, Min
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from archive.forms import PagedForm
from archive.models import Event, Speaker, Speech
from archive.text.collation import initial, name_key
from archive.views import facets
from archive.views.errors import no_such_page
from archive.views.speeches import LARGEST_KEY

Named = TypeVar("Named", Speaker, Event)


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of the register; ``view`` is the URL name of its page: speaker or event.

    ``first`` and ``last`` are the years of its dated speeches, ``latest`` the last of their days, in ISO 8601;
    all three are "" when none has a date.
    """

    view: str
    pk: int
    name: str
    speeches: int
    first: str
    last: str
    latest: str

    @property
    def initial(self) -> str:
        return initial(self.name)

    @property
    def url(self) -> str:
        return reverse(self.view, args=[self.pk])

    @property
    def years(self) -> str:
        return _span(self.first, self.last)

    def record(self) -> dict[str, Any]:
        return {
            "id": self.pk,
            "name": self.name,
            "url": self.url,
            "speeches": self.speeches,
            "first": self.first or None,
            "last": self.last or None,
        }


def speakers() -> list[Entry]:
    """Who has given a published speech, in the order of the sounds of their names."""
    return sorted(_entries("speaker", Speaker), key=lambda entry: (name_key(entry.name), entry.name))


def events() -> list[Entry]:
    """The occasions of published speeches, the latest first, those without a date last."""
    by_name = sorted(_entries("event", Event), key=lambda entry: (name_key(entry.name), entry.name))
    return sorted(by_name, key=lambda entry: entry.latest, reverse=True)


def _entries(name: str, model: type[Speaker] | type[Event]) -> list[Entry]:
    """Those that the foreign key ``name`` of published speeches names."""
    speeches = Speech.objects.published().exclude(**{name: None}).order_by()
    # Dates as text: to parse thousands takes longer than all the rest.
    days = {end: Cast(of("date"), CharField()) for end, of in (("first", Min), ("last", Max))}
    rows = speeches.values_list(name).annotate(n=Count("pk"), **days)
    names = dict(model.objects.values_list("pk", "name"))
    return [
        Entry(name, pk, names[pk], n, (first or "")[:4], (last or "")[:4], last or "")
        for pk, n, first, last in rows
        if pk in names
    ]


def page_of(request: HttpRequest, entries: Sequence[Entry], size: int) -> Page[Entry] | HttpResponse:
    """The page of ``size`` entries that is asked for, or 404 for one that there is not."""
    form = PagedForm(request.GET)
    paginator = Paginator(entries, size)
    if not form.is_valid() or form.page_number > paginator.num_pages:
        return no_such_page(request, request.path)
    return paginator.page(form.page_number)


def context(request: HttpRequest, shown: Page[Entry], heading: Callable[[Entry], str]) -> dict[str, Any]:
    """A page of a register for its template; neighbours with the same ``heading`` are a group."""
    return {
        "total": shown.paginator.count,
        "groups": [(said, list(those)) for said, those in groupby(shown, key=heading)],
        "pages": facets.pages(shown.paginator, shown.number, facets.Address(request.path, {})),
    }


def record(shown: Page[Entry], results: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A page of a register as its twin has it: ``results`` are what there is to say of its entries."""
    return {
        "total": shown.paginator.count,
        "page": shown.number,
        "pages": shown.paginator.num_pages,
        "results": results,
    }


def known(model: type[Named], pk: int) -> Named:
    """The speaker or the event with this key, if a published speech has it; else 404."""
    found = model.objects.filter(pk=pk).first() if pk <= LARGEST_KEY else None
    if found is None or not found.speeches.published().exists():
        raise Http404
    return found


def roles(speaker: Speaker) -> list[tuple[str, str]]:
    """The offices that a speaker's published speeches name, in the order of time, each with its years."""
    named = speaker.speeches.published().exclude(role="").order_by()
    rows = named.values_list("role").annotate(first=Min("date"), last=Max("date"))
    latest = datetime.date.max
    ordered = sorted(rows, key=lambda row: (row[1] or latest, row[2] or latest, row[0]))
    return [
        (role, _span(*(f"{day.year:04}" for day in (first, last) if day))) for role, first, last in ordered
    ]


def _span(*years: str) -> str:
    """2019–2022; one year alone; "" when none is known."""
    return "–".join(dict.fromkeys(filter(None, years)))
