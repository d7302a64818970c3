"""Trends: how often queries stand in the speeches of each year, beside how much was said that year.

Counted in one reading of the index for all queries, so that they can be compared. Numbers of a year are those
of the speeches that pass the filters, what is counted in as well as what it is counted against.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from archive.models import Speech
from archive.search.asking import Reading, ask
from archive.search.counting import counted
from archive.search.narrowing import narrow
from archive.search.query import MAX_CHARACTERS, MAX_TERMS, Parsed, parse
from archive.search.results import Filters, QueryError

MAX_QUERIES = 6  # lines that can be told apart in one drawing
_UNIT = 10_000  # characters


@dataclass(frozen=True, slots=True)
class Year:
    """All speeches of a year; ``year`` is "2022", or "" where the date is unknown."""

    year: str
    characters: int = 0
    speeches: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """A query in a year: its occurrences, and the speeches that hold one."""

    year: str
    occurrences: int
    speeches: int
    per_10000: float | None  # occurrences per 10,000 characters of the year; None when it has none


@dataclass(frozen=True, slots=True)
class Trend:
    """One query. ``years`` go with those of Trends; ``unknown`` are the speeches without a date.

    ``literal`` is the query that finds the speeches counted, and no others.
    """

    raw: str
    literal: str
    explained: str
    total: int
    years: tuple[Point, ...]
    unknown: Point


@dataclass(frozen=True, slots=True)
class Trends:
    """``years`` ascending, only those with a speech: a year that is not there is a gap, no zero."""

    queries: tuple[Trend, ...]
    years: tuple[Year, ...] = ()
    unknown: Year = field(default_factory=lambda: Year(""))
    warnings: tuple[str, ...] = ()


def find_trends(queries: Sequence[str], filters: Filters | None = None) -> Trends:
    """The queries year by year. QueryError for more than six, and for one that has nothing to look for."""
    parsed = _parsed(queries)
    if not parsed:
        return Trends(())
    asked = ask(lambda reading, published: _count(reading, published, parsed, filters or Filters()))
    repairs = (repair for one in parsed for repair in one.repairs)
    return replace(asked.answer, warnings=(*repairs, *([asked.degraded] if asked.degraded else [])))


def _parsed(queries: Sequence[str]) -> list[Parsed]:
    if len(queries) > MAX_QUERIES:
        said = _("一次最多比较 %(most)s 个查询，现在有 %(n)s 个，请删去一些。")
        raise QueryError("q", said % {"most": MAX_QUERIES, "n": len(queries)})
    parsed = [_checked(raw) for raw in queries]
    terms = sum(len(one.terms) for one in parsed)
    if terms > MAX_TERMS:
        said = _("各个查询合起来最多 %(most)s 个词，现在有 %(n)s 个，请删去一些。")
        raise QueryError("q", said % {"most": MAX_TERMS, "n": terms})
    return parsed


def _checked(raw: str) -> Parsed:
    try:
        parsed = parse(raw)
    except QueryError as error:
        raise QueryError(error.field, _named(raw, error.message)) from error
    if not parsed.sought:
        raise QueryError("q", _named(raw, parsed.problem or _("没有要在正文里数的词，请加上一个。")))
    return parsed


def _named(raw: str, message: str) -> str:
    """A mistake in one of several queries, with the one it is in."""
    shown = f"{raw[:20]}{'…' if len(raw) > 20 else ''}"
    return _("“%(query)s”：%(message)s") % {"query": shown, "message": message}


def _count(reading: Reading, published: set[int], parsed: Iterable[Parsed], filters: Filters) -> Trends:
    entries = reading.entries
    there = [doc for doc in reading.docs if entries[doc].pk in published]
    kept = set(narrow(entries, there, filters).docs)
    lengths = dict(Speech.objects.published().order_by().values_list("pk", "characters"))
    sums: dict[str, Year] = {}
    for doc in kept:
        year = entries[doc].date[:4]
        known = sums.get(year, Year(year))
        sums[year] = Year(year, known.characters + lengths.get(entries[doc].pk, 0), known.speeches + 1)
    unknown = sums.pop("", Year(""))
    years = tuple(sums[year] for year in sorted(sums))
    found = []
    for one in parsed:
        counts = {doc: n for doc, n in counted(reading, published, one).items() if doc in kept}
        points = _points(reading, counts, (*years, unknown))
        found.append(
            Trend(
                one.raw,
                _written(one),
                one.literal.explained,
                sum(counts.values()),
                tuple(points[:-1]),
                points[-1],
            )
        )
    return Trends(tuple(found), years, unknown)


def _written(parsed: Parsed) -> str:
    """The query with every run in quotation marks, unless they make it too long to be asked."""
    written = parsed.literal.written
    return written if len(written) <= MAX_CHARACTERS else parsed.raw


def _points(reading: Reading, counts: dict[int, int], years: Iterable[Year]) -> list[Point]:
    occurrences: dict[str, int] = {}
    speeches: dict[str, int] = {}
    for doc, n in counts.items():
        year = reading.entries[doc].date[:4]
        occurrences[year] = occurrences.get(year, 0) + n
        speeches[year] = speeches.get(year, 0) + 1
    return [
        Point(
            one.year,
            n := occurrences.get(one.year, 0),
            speeches.get(one.year, 0),
            round(_UNIT * n / one.characters, 4) if one.characters else None,
        )
        for one in years
    ]
