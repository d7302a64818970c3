"""Runs that follow each other closely in both texts, as chains: local chaining.

A chain is worth its letters less a quarter of the letters skipped and of the difference of the two gaps; each
run looks for the best predecessor among those that end a few letters before it on both sides, found by a grid
of end points. So a passage may stand anywhere in either text, in any order with others, which no aligner
of whole texts allows (the model of fragment chaining: Abouelhoda & Ohlebusch 2005).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate

from archive.compare.exact import Match

GAP = 14  # letters that may stand between two runs on either side: a clause inserted
OVERLAP = 2  # letters that two runs of one chain may share, as in 一级带一级
SKIPPED = 0.25  # of a letter: what each letter in a gap costs, and each of the gaps' difference
CELL = 16  # letters: GAP + OVERLAP, so that predecessors lie in two cells a side

Chain = list[Match]
Grid = defaultdict[tuple[int, int], list[int]]


def chains(runs: Sequence[Match], a: str, b: str) -> list[Chain]:
    """Every run in exactly one chain, the best chains first. ``runs`` come in the order of a, then b."""
    lines = _lines(a), _lines(b)
    scores: list[float] = []
    before: list[int] = []
    grid: Grid = defaultdict(list)
    for number, run in enumerate(runs):
        best, score = _predecessor(run, runs, scores, grid, lines)
        scores.append(run.length + score)
        before.append(best)
        grid[(run.a + run.length - OVERLAP) // CELL, (run.b + run.length - OVERLAP) // CELL].append(number)
    used = bytearray(len(runs))
    found = []
    for number in sorted(range(len(runs)), key=lambda n: -scores[n]):
        if not used[number]:
            found.append(_walked_back(number, runs, before, used))
    return found


def _lines(string: str) -> list[int]:
    """For each letter how many barriers stand before it."""
    return list(accumulate(letter == string[0] for letter in string))


def _predecessor(
    run: Match, runs: Sequence[Match], scores: list[float], grid: Grid, lines: tuple[list[int], list[int]]
) -> tuple[int, float]:
    """The run to which this one is best added, and what the chain is worth before it; -1 for none."""
    best, score = -1, 0.0
    i, j = run.a // CELL, run.b // CELL
    for cell in ((i, j), (i, j - 1), (i - 1, j), (i - 1, j - 1)):
        for number in grid.get(cell, ()):
            if scores[number] > score:
                other = runs[number]
                cost = _cost(run.a - other.a - other.length, run.b - other.b - other.length)
                same_line = lines[0][other.a] == lines[0][run.a] and lines[1][other.b] == lines[1][run.b]
                if same_line and scores[number] - cost > score:
                    best, score = number, scores[number] - cost
    return best, score


def _cost(gap_a: int, gap_b: int) -> float:
    shared = max(-gap_a, -gap_b, 0)
    if shared > OVERLAP or max(gap_a, gap_b) > GAP:
        return float("inf")
    return shared + SKIPPED * (gap_a + gap_b + 2 * shared + abs(gap_a - gap_b))


def _walked_back(number: int, runs: Sequence[Match], before: list[int], used: bytearray) -> Chain:
    """The chain that ends with this run, up to where a better one has taken its runs."""
    found: Chain = []
    while number >= 0 and not used[number]:
        used[number] = 1
        run = runs[number]
        if found:
            later = found[-1]
            shared = max(run.a + run.length - later.a, run.b + run.length - later.b, 0)
            found[-1] = Match(later.a + shared, later.b + shared, later.length - shared)
        found.append(run)
        number = before[number]
    return found[::-1]
