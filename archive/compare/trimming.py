"""The ends of a near passage, so that it does not begin or end in the middle of a word or with the tail of a clause."""

from __future__ import annotations

from collections.abc import Sequence

from archive.compare.exact import Match
from archive.compare.normalise import STRONG, WEAK, Letters
from archive.text.words import words

MARKS = (WEAK, STRONG)
RAGGED = 2  # letters that a run may lose at an end; a run without a word's end in them stays as it is
TAIL = 4  # letters: less than this before the first end of a clause belong to another clause
CLAUSE = 40  # letters on either side of a place that are cut into words together


class Trimmer:
    """Trims passages of two texts."""

    def __init__(self, a: Letters, b: Letters) -> None:
        self._a, self._b = _Words(a), _Words(b)
        self._edges = {"a": a.edges, "b": b.edges}

    def trimmed(self, matches: Sequence[Match]) -> list[Match]:
        """The matches without ragged ends; nothing may remain."""
        kept = list(matches)
        while kept and (cut := self._end(kept[-1])) != kept[-1].length:
            kept[-1:] = [Match(kept[-1].a, kept[-1].b, cut)] if cut else []
        while kept and (cut := self._start(kept[0])):
            first = kept[0]
            kept[:1] = [Match(first.a + cut, first.b + cut, first.length - cut)] if cut < first.length else []
        return self._without_tail(self._without_head(kept))

    def _end(self, match: Match) -> int:
        """How many of its letters the last match keeps."""
        for n in range(match.length, max(match.length - RAGGED - 1, 0), -1):
            if self._a.is_edge(match.a + n) and self._b.is_edge(match.b + n):
                return n
        return 0 if match.length <= RAGGED else match.length

    def _start(self, match: Match) -> int:
        """How many of its letters the first match loses."""
        for n in range(min(RAGGED + 1, match.length)):
            if self._a.is_edge(match.a + n) and self._b.is_edge(match.b + n):
                return n
        return match.length if match.length <= RAGGED else 0

    def _without_head(self, matches: list[Match]) -> list[Match]:
        """Without the last letters of a clause of which nothing else agrees."""
        for side in ("a", "b"):
            if matches:
                edges, start = self._edges[side], _starts(matches[0])[side]
                at = -1 if edges[start] else edges.find(STRONG, start + 1, start + TAIL)
                if at >= 0:
                    matches = [rest for match in matches for rest in _from(match, at - _starts(match)[side])]
        return matches

    def _without_tail(self, matches: list[Match]) -> list[Match]:
        """Without the first letters of a clause of which nothing else agrees."""
        for side in ("a", "b"):
            if matches:
                edges, end = self._edges[side], _starts(matches[-1])[side] + matches[-1].length
                at = -1 if edges[end] else edges.rfind(STRONG, end - TAIL + 1, end)
                if at >= 0:
                    matches = [rest for match in matches for rest in _to(match, at - _starts(match)[side])]
        return matches


def _starts(match: Match) -> dict[str, int]:
    return {"a": match.a, "b": match.b}


def _from(match: Match, cut: int) -> list[Match]:
    """A match without its first letters."""
    cut = max(cut, 0)
    return [Match(match.a + cut, match.b + cut, match.length - cut)] if cut < match.length else []


def _to(match: Match, kept: int) -> list[Match]:
    """The first letters of a match."""
    return [Match(match.a, match.b, min(kept, match.length))] if kept > 0 else []


class _Words:
    """Where words end in one text; a clause is cut into words when it is asked for."""

    def __init__(self, letters: Letters) -> None:
        self.string, self.edges = letters.string, letters.edges
        self._known: dict[int, set[int]] = {}

    def is_edge(self, at: int) -> bool:
        if self.edges[at]:
            return True
        start = max(self.edges.rfind(mark, max(at - CLAUSE, 0), at) for mark in MARKS)
        if start < 0:
            start = max(at - CLAUSE, 0)
        if start not in self._known:
            ends = [
                end for mark in MARKS if (end := self.edges.find(mark, start + 1, start + 2 * CLAUSE)) >= 0
            ]
            end = min(ends, default=start + 2 * CLAUSE)
            self._known[start] = {start + word.end for word in words(self.string[start:end])}
        return at in self._known[start]
