"""What two sections share, letter by letter: where in the table of sections a passage belongs.

A passage never runs over a paragraph's end, so it lies in one section of each text, the one where it begins.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from archive.compare.coverage import union
from archive.compare.families import Passage
from archive.compare.normalise import Letters, Side, Span, Unit

At = tuple[int, int]  # the positions of a section of a and of one of b


def by_cell(a: Sequence[Unit], b: Sequence[Unit], passages: Iterable[Passage]) -> dict[At, list[Passage]]:
    """The passages by the two sections that they connect; units are apart, in the order of their text."""
    find_a, find_b = _finder(a), _finder(b)
    found: dict[At, list[Passage]] = {}
    for passage in passages:
        at = find_a(passage.a.start), find_b(passage.b.start)
        if min(at) >= 0:
            found.setdefault(at, []).append(passage)
    return found


def _finder(units: Sequence[Unit]) -> Callable[[int], int]:
    """Finds the position of the unit that an offset lies in, or -1."""
    starts, ends = [unit.start for unit in units], [*(unit.end for unit in units), 0]

    def find(offset: int) -> int:
        at = bisect_right(starts, offset) - 1
        return at if offset < ends[at] else -1

    return find


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
