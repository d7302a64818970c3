"""Everybody who speaks, and every occasion, each with how many speeches it has and from when to when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Max, Min
from django.db.models.functions import Cast
from django.http import Http404

from archive.models import Event, Speaker, Speech
from archive.text.collation import initial, name_key
from archive.views.speeches import LARGEST_KEY


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of the register; ``first`` and ``last`` are the years of its dated speeches, "" without any."""

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
    def years(self) -> str:
        return "–".join(dict.fromkeys(year for year in (self.first, self.last) if year))

    def record(self, url: str) -> dict[str, Any]:
        return {
            "id": self.pk,
            "name": self.name,
            "url": url,
            "speeches": self.speeches,
            "first": self.first or None,
            "last": self.last or None,
        }


def speakers() -> list[Entry]:
    """Who has given a published speech, in the order of the sounds of their names."""
    return sorted(_entries(Speaker, "speaker_id"), key=lambda entry: (name_key(entry.name), entry.name))


def events() -> list[Entry]:
    """The occasions of published speeches, the latest first, those without a date last."""
    by_name = sorted(_entries(Event, "event_id"), key=lambda entry: (name_key(entry.name), entry.name))
    return sorted(by_name, key=lambda entry: entry.latest, reverse=True)


def _entries(model: Any, column: str) -> list[Entry]:
    speeches = Speech.objects.published().exclude(**{column: None}).order_by()
    # Dates as text: to parse thousands takes longer than all the rest.
    days = {name: Cast(end("date"), CharField()) for name, end in (("first", Min), ("last", Max))}
    rows = speeches.values_list(column).annotate(n=Count("pk"), **days)
    names = dict(model.objects.values_list("pk", "name"))
    return [
        Entry(pk, names[pk], n, (first or "")[:4], (last or "")[:4], last or "")
        for pk, n, first, last in rows
        if pk in names
    ]


def known(model: Any, pk: int) -> Any:
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
    return [(role, _years(first, last)) for role, first, last in ordered]


def _years(first: datetime.date | None, last: datetime.date | None) -> str:
    return "–".join(dict.fromkeys(f"{day.year:04}" for day in (first, last) if day))
