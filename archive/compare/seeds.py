"""Where a near passage may begin to be seen: short runs of equal letters, the rare ones.

Near passages are found from runs of GRAM letters and more. A gram that stands often on both sides says
nothing about any two of its places, and there are too many of them: of those that stand together in more
than COMMON pairs of places none is looked at (they are still read as part of a run with a rarer one).

The work follows the number of pairs, so it has a budget. When it does not suffice, as for two very long or very
repetitive texts, the rarest grams are looked at first, and the answer says that it is not complete.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, takewhile

from archive.compare.exact import APART, Grams, Match, agreement, numbered, slices

GRAM = 4  # letters; three-letter runs are mostly names of offices and 的 with its neighbours
COMMON = 400  # pairs of places of one gram
SEED_LIMIT = 30_000  # pairs of places looked at: about a second of work for all that follows


@dataclass(frozen=True, slots=True)
class Seeds:
    """Maximal ``runs`` in the order of a, then b. ``complete``: the budget sufficed.

    ``grams`` numbers the gram at each place of a; ``pairs`` counts its pairs of places on both sides.
    """

    runs: tuple[Match, ...]
    complete: bool
    grams: Grams
    pairs: Mapping[int, int]


def seeds(a: str, b: str, limit: int = SEED_LIMIT) -> Seeds:
    """The runs of two strings of letters and barriers that have a rare gram in them."""
    grams_a, grams_b = numbered(slices(a, GRAM), slices(b, GRAM))
    counts_a, counts_b = Counter(grams_a), Counter(grams_b)
    pairs = {gram: n * counts_b[gram] for gram, n in counts_a.items() if gram != APART}
    rare = [gram for gram, n in pairs.items() if n <= COMMON]
    chosen = _affordable(rare, pairs, limit)
    places: dict[int, list[int]] = {gram: [] for gram in chosen}
    for j, gram in enumerate(grams_b):
        if gram in places:
            places[gram].append(j)
    return Seeds(_runs(a, b, grams_a, places), len(chosen) == len(rare), grams_a, pairs)


def _affordable(grams: list[int], pairs: Mapping[int, int], limit: int) -> list[int]:
    """As many of them, the rarest first, as make no more than so many pairs of places."""
    grams = sorted(grams, key=lambda gram: (pairs[gram], gram))
    spent = accumulate(pairs[gram] for gram in grams)
    return grams[: sum(1 for _ in takewhile(lambda n: n <= limit, spent))]


def _runs(a: str, b: str, grams: array[int], places: Mapping[int, list[int]]) -> tuple[Match, ...]:
    ends: dict[int, int] = {}  # by diagonal: where the last run on it ended
    runs = []
    for i, gram in enumerate(grams):
        for j in places.get(gram, ()):
            if ends.get(j - i, 0) <= i:
                back = 0
                while a[i - back - 1] == b[j - back - 1]:
                    back += 1
                run = Match(i - back, j - back, agreement(a, i, b, j, GRAM) + back)
                ends[j - i] = run.a + run.length
                runs.append(run)
    return tuple(sorted(runs, key=lambda run: (run.a, run.b)))
