"""What two sections share, letter by letter: where in the table of sections a passage belongs.

A passage never runs over a paragraph's end, so it lies in one section of each text, the one where it begins.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from archive.compare.coverage import union
from archive.compare.families import Passage
from archive.compare.normalise import Letters, Side, Span, Unit

At = tuple[int, int]  # the positions of a section of a and of one of b


def by_cell(a: Sequence[Unit], b: Sequence[Unit], passages: Iterable[Passage]) -> dict[At, list[Passage]]:
    """The passages by the two sections that they connect; units are in the order of their text."""
    starts_a, starts_b = [unit.start for unit in a], [unit.start for unit in b]
    found: dict[At, list[Passage]] = {}
    for passage in passages:
        at = bisect_right(starts_a, passage.a.start) - 1, bisect_right(starts_b, passage.b.start) - 1
        if min(at) >= 0:
            found.setdefault(at, []).append(passage)
    return found


def letters_under(letters: Letters, spans: Iterable[Span]) -> int:
    """The letters under ``spans`` (characters), each once; passages have no barriers inside."""
    places = letters.places
    last = len(places) - 1
    return sum(
        bisect_left(places, end, 1, last) - bisect_left(places, start, 1, last) for start, end in union(spans)
    )


def agreeing(passage: Passage, side: Side) -> Iterator[Span]:
    """The stretches of one side of a passage whose letters stand on the other side too."""
    at, end = passage.a if side == "a" else passage.b
    for pair in passage.differing:
        odd = pair[side == "b"]
        if odd.start > at:
            yield Span(at, odd.start)
        at = max(at, odd.end)
    if end > at:
        yield Span(at, end)
