"""What a ranked list is worth. ``ranked`` are the things found, best first; ``grades`` what was judged, 0 to 3.

nDCG as in Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (2002), with the
exponential gain that TREC's web tracks use: 2^grade - 1, discounted by log2(rank + 1).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from math import log2


def ndcg(ranked: Sequence[Hashable], grades: Mapping[Hashable, int], depth: int = 10) -> float:
    """The discounted gain of the first ``depth``, as a share of the best possible one. 1.0 when nothing is relevant."""
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(thing, 0) for thing in ranked[:depth]]) / best if best else 1.0


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def reciprocal_rank(ranked: Sequence[Hashable], grades: Mapping[Hashable, int], least: int = 1) -> float:
    """1 / the rank of the first thing of at least this grade; 0 when there is none."""
    ranks = (rank for rank, thing in enumerate(ranked, start=1) if grades.get(thing, 0) >= least)
    return 1 / next(ranks, float("inf"))


def recall(
    ranked: Sequence[Hashable], grades: Mapping[Hashable, int], depth: int = 10, least: int = 1
) -> float:
    """How much of what is relevant stands among the first ``depth``; 1.0 when nothing is."""
    relevant = {thing for thing, grade in grades.items() if grade >= least}
    return len(relevant & set(ranked[:depth])) / min(depth, len(relevant)) if relevant else 1.0
