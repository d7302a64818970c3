"""Filters and facets over the documents found, in one pass.

A document that fails no filter is an answer. One that fails exactly one facet's filter would be an answer
if that facet's choice were wider, so it counts in that facet and in no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from archive.search.engine import Entry
from archive.search.results import Filters

FACETS: dict[str, Callable[[Entry], str]] = {
    "year": lambda entry: entry.date[:4],
    "speaker": lambda entry: entry.speaker,
    "kind": lambda entry: entry.kind,
    "event": lambda entry: entry.event,
}


@dataclass(frozen=True, slots=True)
class Narrowed:
    docs: list[int]
    facets: dict[str, tuple[tuple[str, int], ...]]


def narrow(entries: list[Entry], docs: Iterable[int], filters: Filters) -> Narrowed:
    """The documents that pass every filter, and the counts of every facet."""
    chosen = {
        "year": set(filters.years), "speaker": set(filters.speakers),
        "kind": set(filters.kinds), "event": set(filters.events),
    }  # fmt: skip
    kept: list[int] = []
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for doc in docs:
        entry = entries[doc]
        if not in_time(entry.date, filters):
            continue
        failed = [name for name, values in chosen.items() if values and FACETS[name](entry) not in values]
        if not failed:
            kept.append(doc)
        for name in FACETS if not failed else failed if len(failed) == 1 else ():
            counts[name][FACETS[name](entry)] += 1
    return Narrowed(kept, {name: _ordered(tally) for name, tally in counts.items()})


def in_time(date: str, filters: Filters) -> bool:
    """Whether a date, as exactly as it is known, can lie between the bounds; no date lies nowhere."""
    first, last = filters.date_from, filters.date_to
    if not first and not last:
        return True
    return (
        bool(date)
        and _cut(date, first) >= _cut(first, date)
        and (not last or _cut(date, last) <= _cut(last, date))
    )


def _cut(one: str, other: str) -> str:
    return one[: min(len(one), len(other))]


def _ordered(tally: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(tally.items(), key=lambda item: (-item[1], item[0])))
