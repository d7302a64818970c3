"""Where a query stands in one text: the same answer for marks, counts, snippets and the slow search.

A term that stands literally is marked literally; only where it does not are its words marked instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.search.letters import Letters, Needle, positions, stands, tally
from archive.search.query import Parsed, parse


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One occurrence: ``size`` letters from letter number ``first``."""

    first: int
    size: int


def occurrences(query: Parsed, letters: str, apart: str | None) -> list[Occurrence]:
    """Every place of every wanted term, in order; two terms at one place are two occurrences."""
    return sorted(
        (
            Occurrence(first, len(one.letters))
            for one in _sought(query, letters, apart)
            for first in positions(one, letters, apart)
        ),
        key=lambda found: (found.first, -found.size),
    )


def count(query: Parsed, letters: str, apart: str | None) -> int:
    """How many occurrences there are; for many texts, much faster than listing them."""
    return sum(tally(one, letters, apart) for one in _sought(query, letters, apart))


def _sought(query: Parsed, letters: str, apart: str | None) -> Iterable[Needle]:
    """What to look for in this text: each term if it stands in it, else its words."""
    sought: dict[str, Needle] = {}
    for term in query.terms:
        if not term.words or stands(term.needle, letters, apart):
            sought[term.needle.letters] = term.needle
        else:
            sought.update((word.letters, word) for word in term.words)
    return sought.values()


def spans(raw: str, text: str) -> tuple[tuple[int, int], ...]:
    """Every stretch of ``text`` that the query ``raw`` finds in it, in order, overlapping ones joined.

    Offsets are characters, half-open. QueryError for a query that find() would refuse, too.
    """
    query = parse(raw)
    letters = Letters.of(text)
    return merged(
        letters.span(at.first, at.size) for at in occurrences(query, letters.letters, letters.apart)
    )


def merged(found: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
