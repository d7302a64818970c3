"""Which letters agree between two short stretches: the longest common run, then left and right of it.

That is the pattern matching of Ratcliff & Obershelp (1988). It reads better than a longest common
subsequence, which scatters single letters to gain one more.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive.compare.exact import Match

SHORT = 4  # letters on both sides; in longer stretches a single letter that agrees is chance


def between(x: str, y: str) -> list[Match]:
    """The runs that agree, in order, of two stretches that stand between runs that agree."""
    return common(x, y, 1 if max(len(x), len(y)) <= SHORT else 2)


def up_to_end(x: str, y: str) -> list[Match]:
    """The same of two stretches that end together: there a single last letter counts too."""
    tail = 0
    while tail < min(len(x), len(y)) and x[-1 - tail] == y[-1 - tail]:
        tail += 1
    ends = (len(x) - tail, len(y) - tail)
    found = common(x[: ends[0]], y[: ends[1]], 2)
    return [*found, Match(*ends, tail)] if tail else found


def common(x: str, y: str, least: int) -> list[Match]:
    """The runs of at least ``least`` letters that agree, in order, none crossing another."""
    if set(x).isdisjoint(y):
        return []
    run = _longest(x, y)
    if run.length < least:
        return []
    end_x, end_y = run.a + run.length, run.b + run.length
    right = common(x[end_x:], y[end_y:], least)
    return [
        *common(x[: run.a], y[: run.b], least),
        run,
        *(Match(end_x + m.a, end_y + m.b, m.length) for m in right),
    ]


def _longest(x: str, y: str) -> Match:
    """The first of the longest common runs."""
    best = Match(0, 0, 0)
    before: dict[int, int] = {}
    for i, letter in enumerate(x):
        now: dict[int, int] = {}
        j = y.find(letter)
        while j >= 0:
            n = now[j] = before.get(j - 1, 0) + 1
            if n > best.length:
                best = Match(i - n + 1, j - n + 1, n)
            j = y.find(letter, j + 1)
        before = now
    return best


def joined(matches: Sequence[Match]) -> list[Match]:
    """Matches in order; those that touch on both sides are one."""
    found: list[Match] = []
    for match in matches:
        last = found[-1] if found else None
        if last and last.a + last.length == match.a and last.b + last.length == match.b:
            found[-1] = Match(last.a, last.b, last.length + match.length)
        else:
            found.append(match)
    return found
