"""Passages that agree in most letters: a clause with one word exchanged, inserted or left out.

seeds → chains → growth → trimming → chance. What remains is a list of places with the letters that agree in
them; everything else inside differs or stands on one side only. No passage crosses a barrier.

On five speeches, ten pairs, with passages that a reader has matched by hand: 20 of the 20 that a good aligner
must find, and 25 of 27 short ones with one word exchanged.
"""

from __future__ import annotations

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
SHORTEST = 10  # letters of the longer side, without one
SLACK = 8.0  # bits, and per cent of likeness, that trimming may gain
AGAIN = 0.6  # share of a passage's agreeing letters that a better one has already
NEAR_LIMIT = 5_000  # passages; more than anybody can read


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
    found = []
    for chain in chains(given.runs, a.string, b.string):
        near = Near(tuple(grower.grown(chain)))
        if _is_real(near, chance, SLACK):
            near = Near(tuple(trimmer.trimmed(near.matches)))
            if _is_real(near, chance):
                found.append(near)
    kept = list(_without_repetitions(found))
    best = sorted(kept[:NEAR_LIMIT], key=_place)
    return NearMatches(tuple(best), given.complete and len(kept) <= NEAR_LIMIT)


def _is_real(near: Near, chance: Chance, slack: float = 0.0) -> bool:
    """Alike enough, and too much to be a coincidence."""
    letters = near.letters
    longest = max((match.length for match in near.matches), default=0)
    if letters < LEAST or letters == longest:
        return False
    given = None
    if longest >= ANCHOR:
        alike = ALIKE_ANCHORED
        given = next(match for match in near.matches if match.length == longest)
    else:
        alike = ALIKE_LONG if letters >= LONG else ALIKE
        if max(near.sizes) < SHORTEST:
            return False
    if near.similarity < alike * (1 - slack / 100):
        return False
    return chance.bits(near.matches, given) >= ENOUGH - slack


def _without_repetitions(found: Iterable[Near]) -> Iterator[Near]:
    """The best first, and none that is mostly a part of a better one."""
    taken: dict[int, list[tuple[int, int]]] = defaultdict(list)  # by diagonal
    for near in sorted(found, key=lambda near: (-near.letters, *_place(near))):
        known = sum(
            max(0, min(end, match.a + match.length) - max(start, match.a))
            for match in near.matches
            for start, end in taken[match.b - match.a]
        )
        if known < AGAIN * near.letters:
            for match in near.matches:
                taken[match.b - match.a].append((match.a, match.a + match.length))
            yield near
