"""How far two texts agree from each letter on.

These are the matching statistics of Chang & Lawler (1994): for each place of one text the longest run that begins
there and stands anywhere in the other. Where a run of one letter less has just been found, the next one is at least
as long, so the end only ever moves on; and it can move on only where the last letters together stand in the other
text at all, which a set of them tells without looking at the text.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from archive.compare.exact import slices
from archive.compare.normalise import Span

SCANNED = 400_000_000  # letters of other texts looked through for one text: a second or so


@dataclass(slots=True)
class Budget:
    """What may still be looked through; ``spent`` when ends were left where they were to save time."""

    letters: int = SCANNED

    @property
    def spent(self) -> bool:
        return self.letters < 0


def reaches(base: str, other: str, least: int, budget: Budget) -> array[int]:
    """For each place of ``base`` the end of the longest run from there that ``other`` has too.

    0 where that has fewer than ``least`` letters. Both strings are ``Letters.string``, one of each side. When the
    budget is spent runs may be longer than told, by letters that other runs cover.
    """
    grams = set(slices(other, least))
    ends = array("i", bytes(4 * len(base)))
    end = barred = 0
    for start in range(len(base) - least + 1):
        if base[start : start + least] in grams:
            end = max(end, start + least)
            if start >= barred and base[end + 1 - least : end + 1] in grams and not budget.spent:
                end = _furthest(base, start, end, other, budget)
                if base[end + 1 - least : end + 1] in grams:
                    barred = _first(base, start + 1, end, other, least, budget)
            ends[start] = end
    return ends


def _first(base: str, start: int, end: int, other: str, least: int, budget: Budget) -> int:
    """The first place from ``start`` on from where a run goes on beyond ``end``: by halves, for all behind it do."""
    last = end + 1 - least
    while start < last:
        middle = (start + last) // 2
        if _has(other, base[middle : end + 1], budget):
            last = middle
        else:
            start = middle + 1
    return start


def _furthest(base: str, start: int, end: int, other: str, budget: Budget) -> int:
    """The end of the longest run from ``start``, when one to ``end`` is known: by steps that double, then halve."""
    step = 1
    while end + step <= len(base) and _has(other, base[start : end + step], budget):
        end += step
        step *= 2
    while step := step // 2:
        if end + step <= len(base) and _has(other, base[start : end + step], budget):
            end += step
    return end


def _has(other: str, run: str, budget: Budget) -> bool:
    budget.letters -= len(other)
    return run in other


def covered(ends: Sequence[int]) -> list[Span]:
    """The union of the runs: disjoint spans of places, in order."""
    found: list[Span] = []
    for start, end in enumerate(ends):
        if not end:
            continue
        if found and start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(end, found[-1].end))
        else:
            found.append(Span(start, end))
    return found
