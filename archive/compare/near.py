"""Passages that agree in most letters: a clause with one word exchanged, inserted or left out.

seeds → chains → growth → trimming → chance. What remains is a list of places with the letters that agree in
them; everything else inside differs or stands on one side only. No passage crosses a barrier.

On five speeches, ten pairs, with passages that a reader has matched by hand: 20 of the 20 that a good aligner
must find, and 25 of 27 short ones with one word exchanged.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.compare.chains import chains
from archive.compare.chance import ENOUGH, Chance
from archive.compare.exact import Match
from archive.compare.growth import Grower
from archive.compare.normalise import BARRIER, Letters
from archive.compare.seeds import SEED_LIMIT, seeds
from archive.compare.trimming import Trimmer

LEAST = 8  # letters that agree
ANCHOR = 8  # letters in one run: the find that the exact layer makes too, with its surroundings
ALIKE_ANCHORED = 0.56  # share of agreeing letters beside such a run: the same frame with other words in it
ALIKE = 0.75  # without one; below this more than half are coincidences
ALIKE_LONG, LONG = 0.7, 16  # enough when so many letters agree
# Years and sums agree in every two reports.
FIGURES = re.compile("[0-9○〇零一二三四五六七八九十百千万亿]{3,}[年月日元]?")
SHORTEST = 10  # letters of the longer side, without one
SLACK = 4.0  # bits, and per cent of likeness, that trimming may gain
CELL = 64  # letters in one number of bits
AGAIN = 0.6  # share of a passage's agreeing letters that a better one has already
NEAR_LIMIT = 2_000  # passages; more than anybody can read
DENSEST = 40  # letters of both texts for each passage; where there are more, one phrase stands over and over
FEWEST = 100  # passages that are looked for in any case


@dataclass(frozen=True, slots=True)
class Near:
    """Runs that agree, in order, with what differs between them (indices of letters)."""

    matches: tuple[Match, ...]

    @property
    def letters(self) -> int:
        """How many letters agree."""
        return sum(match.length for match in self.matches)

    @property
    def sizes(self) -> tuple[int, int]:
        """How many letters the passage has in a and in b."""
        first, last = self.matches[0], self.matches[-1]
        return last.a + last.length - first.a, last.b + last.length - first.b

    @property
    def similarity(self) -> float:
        """The share of the letters of both sides that agree, 0 to 1."""
        return 2 * self.letters / sum(self.sizes)


@dataclass(frozen=True, slots=True)
class NearMatches:
    """The passages in the order of a, then b; not ``complete`` when the work had to be cut."""

    found: tuple[Near, ...]
    complete: bool


def near_matches(a: Letters, b: Letters, limit: int = SEED_LIMIT) -> NearMatches:
    """All near passages of two texts. Which of two equally good alignments is taken depends on the texts,
    never on which of them is called a: they are always compared in the order of their letters.
    """
    if a.string.replace(BARRIER["a"], BARRIER["b"]) <= b.string:
        return _in_order(a, b, limit)
    mirrored = _in_order(b, a, limit)
    turned = (Near(tuple(Match(m.b, m.a, m.length) for m in near.matches)) for near in mirrored.found)
    return NearMatches(tuple(sorted(turned, key=_place)), mirrored.complete)


def _place(near: Near) -> tuple[int, ...]:
    first = near.matches[0]
    return (first.a, first.b, *near.sizes)


def _in_order(a: Letters, b: Letters, limit: int) -> NearMatches:
    given = seeds(a.string, b.string, limit)
    grower, trimmer, chance = Grower.of(a, b, given.runs), Trimmer(a, b), Chance(a, b, given)
    most = min(NEAR_LIMIT, max(FEWEST, (a.count + b.count) // DENSEST))
    found: list[Near] = []
    for chain in chains(given.runs, a.string, b.string):
        near = Near(tuple(grower.grown(chain)))
        if _is_real(near, a, chance, SLACK):
            near = Near(tuple(trimmer.trimmed(near.matches)))
            if _is_real(near, a, chance):
                found.append(near)
        if len(found) == most:
            break
    best = sorted(_without_repetitions(found), key=_place)
    return NearMatches(tuple(best), given.complete and len(found) < most)


def _is_real(near: Near, a: Letters, chance: Chance, slack: float = 0.0) -> bool:
    """Alike enough, and too much to be a coincidence."""
    letters = near.letters
    if letters < LEAST:
        return False
    longest = max(near.matches, key=lambda match: match.length)
    if letters == longest.length or letters - _figures(near, a.string) < LEAST:
        return False
    given = longest if longest.length >= ANCHOR else None
    if given is None and max(near.sizes) < SHORTEST:
        return False
    alike = ALIKE_ANCHORED if given else ALIKE_LONG if letters >= LONG else ALIKE
    if near.similarity < alike * (1 - slack / 100):
        return False
    return chance.bits(near.matches, given) >= ENOUGH - slack


def _figures(near: Near, string: str) -> int:
    """How many of the letters that agree belong to years and sums."""
    first, last = near.matches[0], near.matches[-1]
    start = first.a
    figures = [found.span() for found in FIGURES.finditer(string[start : last.a + last.length])]
    if not figures:
        return 0
    inside = {start + i for span in figures for i in range(*span)}
    return sum(i in inside for match in near.matches for i in range(match.a, match.a + match.length))


def _without_repetitions(found: Iterable[Near]) -> Iterator[Near]:
    """The best first, and none that is mostly a part of a better one."""
    taken: dict[tuple[int, int], int] = defaultdict(int)  # by diagonal and cell: a bit for each letter
    for near in sorted(found, key=lambda near: (-near.letters, *_place(near))):
        cells = [cell for match in near.matches for cell in _cells(match)]
        known = sum((taken[key] & bits).bit_count() for key, bits in cells)
        if known < AGAIN * near.letters:
            for key, bits in cells:
                taken[key] |= bits
            yield near


def _cells(match: Match) -> Iterator[tuple[tuple[int, int], int]]:
    """The letters of a match as bits, CELL letters at a time."""
    for start in range(match.a, match.a + match.length):
        if start == match.a or start % CELL == 0:
            end = min(match.a + match.length, start - start % CELL + CELL)
            yield (match.b - match.a, start // CELL), (1 << end - start) - 1 << start % CELL
