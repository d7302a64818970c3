"""Where a query stands in one text: the same answer for marks, counts, snippets and the slow search.

A term that stands literally is marked literally; only where it does not are its words marked instead.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from archive.search.letters import Letters, Needle, positions, stands, tally
from archive.search.query import Near, Parsed, Term, parse


class Occurrence(NamedTuple):
    """One occurrence: ``size`` letters from letter number ``first``."""

    first: int
    size: int


def occurrences(query: Parsed, letters: str, apart: str | None) -> list[Occurrence]:
    """Every place of every wanted term, in order; two terms at one place are two occurrences."""
    found: set[Occurrence] = set()
    for one in _plain(query.sought, letters, apart):
        size = len(one.letters)
        found.update(Occurrence(first, size) for first in positions(one, letters, apart))
    for leaf in query.sought:
        if isinstance(leaf, Near):
            found.update(near(leaf, letters, apart))
        elif leaf.prefix:
            found.update(
                Occurrence(at, len(leaf.needle.letters)) for at in beginnings(leaf.needle, letters, apart)
            )
    return sorted(found)


def count(query: Parsed, letters: str, apart: str | None) -> int:
    """How many occurrences there are; for many texts, much faster than listing them."""
    if any(isinstance(leaf, Near) or leaf.prefix for leaf in query.sought):
        return len(occurrences(query, letters, apart))
    return sum(tally(one, letters, apart) for one in _plain(query.sought, letters, apart))


def _plain(sought: Iterable[Term | Near], letters: str, apart: str | None) -> Iterable[Needle]:
    """What to look for in this text: each plain term if it stands in it, else its words."""
    needles: dict[str, Needle] = {}
    for term in sought:
        if isinstance(term, Near) or term.prefix:
            continue
        if not term.words or stands(term.needle, letters, apart):
            needles[term.needle.letters] = term.needle
        else:
            needles.update((word.letters, word) for word in term.words)
    return needles.values()


def beginnings(sought: Needle, letters: str, apart: str | None) -> list[int]:
    """Where ``sought`` begins a word: Chinese letters anywhere, others where none of their kind is before."""
    found = positions(sought, letters, apart)
    if not _joins(sought.letters[0]):
        return found
    return [at for at in found if not at or not _joins(letters[at - 1])]


def _joins(letter: str) -> bool:
    """Whether the letter makes words with its neighbours, as Latin letters and digits do."""
    return letter < "\u2e80" and letter.isalnum()


def near(sought: Near, letters: str, apart: str | None) -> set[Occurrence]:
    """The places of both terms that stand close enough to one of the other; overlapping is not close."""
    first, second = sought.first.needle, sought.second.needle
    sizes = len(first.letters), len(second.letters)
    before, after = _placed(sought.first, letters, apart), _placed(sought.second, letters, apart)
    found: set[Occurrence] = set()
    for at in before:
        low = bisect_left(after, at - sought.within - sizes[1])
        high = bisect_right(after, at + sizes[0] + sought.within)
        for other in after[low:high]:
            if other + sizes[1] <= at or other >= at + sizes[0]:
                found |= {Occurrence(at, sizes[0]), Occurrence(other, sizes[1])}
    return found


def _placed(term: Term, letters: str, apart: str | None) -> list[int]:
    return (beginnings if term.prefix else positions)(term.needle, letters, apart)


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
