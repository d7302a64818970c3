"""A chain of equal runs grown at both ends, until it stands where a reader would end it.

Three ways, one after the other: to a run of the list that a better chain has taken; over a few odd letters, when
letters agree again behind them; and to the end of the clause, when what stands there is mostly the same.
To the left is to the right in texts read backwards, so there is one direction only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.compare.alignment import between, joined, up_to_end
from archive.compare.chains import CELL, GAP, SKIPPED
from archive.compare.exact import Match, agreement
from archive.compare.normalise import STRONG, WEAK, Letters

STRONG_CHAIN = 8  # letters
PROMISING = 7  # letters that agree before clauses are looked at
STEPS = 4  # hops on each side
CLAUSES = 3  # on each side: a passage is a sentence, not a page
HOP = 3  # odd letters a side that are passed over
AGREEING = 2  # letters that must agree behind them; one is chance
REACH = 24  # letters to the end of a clause; longer clauses are parted by 、 or by nothing a reader sees
FOOT = 4  # letters between a word that agrees in its outer letter and the passage: 推[动机关|进]全面从严治党
ODD = 0.2  # of a letter: what each letter that differs costs on the way to the end of a clause
ODD_CLAUSE = 0.5  # the same in a clause of which nothing is shared yet
WHOLE = 1.5  # letters: what it is worth that the passage ends with a clause

HOPS = sorted(
    ((x, y) for x in range(HOP + 1) for y in range(HOP + 1) if x + y),
    key=lambda hop: (sum(hop), abs(hop[0] - hop[1])),
)
FEET = sorted(((x, y) for x in range(1, FOOT + 1) for y in range(1, FOOT + 1) if x + y > AGREEING), key=sum)


@dataclass(frozen=True, slots=True)
class Direction:
    """Two strings of letters and barriers with their edges, and the runs that they share, by where they begin."""

    a: str
    b: str
    edges_a: bytes
    edges_b: bytes
    starts: dict[tuple[int, int], list[Match]] = field(default_factory=lambda: defaultdict(list))
    known: dict[tuple[str, str], list[Match]] = field(default_factory=dict)

    def reached(self, i: int, j: int, strong: bool) -> list[Match]:
        """The runs that follow closely; a strong chain may also take one from another chain."""
        found = [match] if strong and (match := self._continued(i, j)) else []
        for _ in range(STEPS):
            if found:
                i, j = found[-1].a + found[-1].length, found[-1].b + found[-1].length
            match = self._hopped(i, j)
            if match is None:
                break
            found.append(match)
        return found

    def widened(self, i: int, j: int) -> list[Match]:
        """What agrees in the rest of the clause, and in the next ones if they are nearly the same."""
        found: list[Match] = []
        for _ in range(CLAUSES):
            inside = self._to_clause_end(i, j)
            if not inside:
                break
            found += inside
            i, j = found[-1].a + found[-1].length, found[-1].b + found[-1].length
        foot = self._foot(i, j)
        return [*found, foot] if foot else found

    def _continued(self, i: int, j: int) -> Match | None:
        """The run that is best read on from here, also when it belongs to another chain."""
        best, worth = None, 0.0
        x, y = i // CELL, j // CELL
        for cell in ((x, y), (x, y + 1), (x + 1, y), (x + 1, y + 1)):
            for run in self.starts.get(cell, ()):
                gap_a, gap_b = run.a - i, run.b - j
                if 0 <= gap_a <= GAP and 0 <= gap_b <= GAP:
                    gain = run.length - SKIPPED * (gap_a + gap_b + abs(gap_a - gap_b))
                    if gain > worth and self._open(i, run.a, j, run.b):
                        best, worth = run, gain
        return best

    def _open(self, i: int, to_a: int, j: int, to_b: int) -> bool:
        return self.a.find(self.a[0], i, to_a) < 0 and self.b.find(self.b[0], j, to_b) < 0

    def _hopped(self, i: int, j: int) -> Match | None:
        """The nearest run behind a few odd letters."""
        a, b = self.a, self.b
        x, y = a[i : i + HOP + AGREEING], b[j : j + HOP + AGREEING]
        if not set(x).isdisjoint(y):
            for s, t in HOPS:
                pair = x[s : s + AGREEING]
                if len(pair) == AGREEING and pair == y[t : t + AGREEING]:
                    if not self._open(i, i + s, j, j + t):
                        return None
                    return Match(i + s, j + t, agreement(a, i + s, b, j + t, AGREEING))
        return None

    def _to_clause_end(self, i: int, j: int) -> list[Match]:
        """What agrees on the way to the end of the clause (or of a part of it), if that is worth going."""
        best: list[Match] = []
        most = 0.0
        whole = bool(self.edges_a[i] and self.edges_b[j])
        for x in _ends(self.a, self.edges_a, i):
            for y in _ends(self.b, self.edges_b, j):
                found = self._aligned(self.a[i:x], self.b[j:y])
                letters = sum(match.length for match in found)
                odd = x - i + y - j - 2 * letters
                gain = letters - ODD_CLAUSE * odd if whole else letters - ODD * odd + WHOLE
                if found and gain > most:
                    best, most = found, gain
        return [Match(i + match.a, j + match.b, match.length) for match in best]

    def _aligned(self, x: str, y: str) -> list[Match]:
        found = self.known.get((x, y))
        if found is None:
            found = self.known[x, y] = up_to_end(x, y)
        return found

    def _foot(self, i: int, j: int) -> Match | None:
        """The outer letters of a word near by with which a clause ends on one side, if they agree."""
        a, b = self.a, self.b
        if self.edges_a[i] and self.edges_b[j]:
            return None
        for x, y in FEET:
            s, t = i + x - 1, j + y - 1
            if a[s : s + 1] == b[t : t + 1] != "" and (self.edges_a[s + 1] or self.edges_b[t + 1]):
                if STRONG in self.edges_a[i : s + 1] or STRONG in self.edges_b[j : t + 1]:
                    continue
                return Match(s, t, 1)
        return None


def _ends(string: str, edges: bytes, i: int) -> list[int]:
    """Where the clause or a part of it may be said to end, from here on."""
    found = [i] if edges[i] else []
    if i + 1 < len(string) and string[i] != string[0]:
        end = edges.find(STRONG, i + 1, i + REACH + 1)
        last = end if end >= 0 else i + REACH
        at = edges.find(WEAK, i + 1, last)
        while at >= 0:
            found.append(at)
            at = edges.find(WEAK, at + 1, last)
        found += [end] if end >= 0 else []
    return found


@dataclass(frozen=True, slots=True)
class Grower:
    """Grows chains of two texts at both ends."""

    left: Direction  # both texts read backwards
    right: Direction

    @classmethod
    def of(cls, a: Letters, b: Letters, runs: Sequence[Match]) -> Grower:
        right = Direction(a.string, b.string, a.edges, b.edges)
        left = Direction(a.string[::-1], b.string[::-1], a.edges[::-1], b.edges[::-1])
        grower = cls(left, right)
        for run in runs:
            right.starts[run.a // CELL, run.b // CELL].append(run)
            back = grower._turned(run)
            left.starts[back.a // CELL, back.b // CELL].append(back)
        return grower

    def _turned(self, match: Match) -> Match:
        """The same letters in texts read the other way."""
        a, b = len(self.right.a), len(self.right.b)
        return Match(a - match.a - match.length, b - match.b - match.length, match.length)

    def grown(self, chain: Sequence[Match]) -> list[Match]:
        """The chain with what belongs to it on both sides; nothing when too little does."""
        first, last = chain[0], chain[-1]
        letters = sum(match.length for match in chain)
        strong = letters >= STRONG_CHAIN
        after = self.right.reached(last.a + last.length, last.b + last.length, strong)
        before = self.left.reached(*self._start(first), strong)
        if letters + sum(match.length for match in (*before, *after)) < PROMISING:
            return []
        matches = self._filled([*map(self._turned, reversed(before)), *chain, *after])
        after = self.right.widened(matches[-1].a + matches[-1].length, matches[-1].b + matches[-1].length)
        before = self.left.widened(*self._start(matches[0]))
        return joined([*map(self._turned, reversed(before)), *matches, *after])

    def _start(self, match: Match) -> tuple[int, int]:
        """Where it begins, in texts read backwards."""
        return len(self.right.a) - match.a, len(self.right.b) - match.b

    def _filled(self, matches: Sequence[Match]) -> list[Match]:
        """The matches and what agrees between them."""
        found = [matches[0]]
        for match in matches[1:]:
            i, j = found[-1].a + found[-1].length, found[-1].b + found[-1].length
            inside = between(self.right.a[i : match.a], self.right.b[j : match.b])
            found += [Match(i + m.a, j + m.b, m.length) for m in inside]
            found.append(match)
        return joined(found)
