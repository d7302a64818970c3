"""The ends of a near passage, so that it does not begin or end in the middle of a word or with the tail of a clause."""

from __future__ import annotations

from collections.abc import Sequence

from archive.compare.exact import Match
from archive.compare.normalise import STRONG, Letters
from archive.text.words import words

RAGGED = 2  # letters that a run may lose at an end; a run without a word's end in them stays as it is
TAIL = 4  # letters: less than this before the first end of a clause belong to another clause
CLAUSE = 40  # letters on either side of a place that are cut into words together


class Trimmer:
    """Trims passages of two texts."""

    def __init__(self, a: Letters, b: Letters) -> None:
        self._a, self._b = _Words(a), _Words(b)

    def trimmed(self, matches: Sequence[Match]) -> list[Match]:
        """The matches without ragged ends; nothing may remain."""
        kept = self._without_tail(self._without_head(list(matches)))
        while kept and (cut := self._end(kept[-1])) != kept[-1].length:
            kept[-1:] = [Match(kept[-1].a, kept[-1].b, cut)] if cut else []
        while kept and (cut := self._start(kept[0])):
            first = kept[0]
            kept[:1] = [Match(first.a + cut, first.b + cut, first.length - cut)] if cut < first.length else []
        return kept

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
        for words_, start in ((self._a, matches[0].a), (self._b, matches[0].b)):
            at = words_.edges.find(STRONG, start + 1, start + TAIL)
            if at >= 0 and not words_.edges[start]:
                side_a = words_ is self._a
                matches = [m for match in matches for m in _from(match, at, side_a)]
                if not matches:
                    return []
        return matches

    def _without_tail(self, matches: list[Match]) -> list[Match]:
        if not matches:
            return []
        last = matches[-1]
        for words_, end in ((self._a, last.a + last.length), (self._b, last.b + last.length)):
            at = words_.edges.rfind(STRONG, end - TAIL + 1, end)
            if at >= 0 and not words_.edges[end]:
                side_a = words_ is self._a
                matches = [m for match in matches for m in _to(match, at, side_a)]
                if not matches:
                    return []
        return matches


def _from(match: Match, at: int, side_a: bool) -> list[Match]:
    """What of a match stands at or behind a place."""
    cut = max(at - (match.a if side_a else match.b), 0)
    return [Match(match.a + cut, match.b + cut, match.length - cut)] if cut < match.length else []


def _to(match: Match, at: int, side_a: bool) -> list[Match]:
    """What of a match stands before a place."""
    kept = min(at - (match.a if side_a else match.b), match.length)
    return [Match(match.a, match.b, kept)] if kept > 0 else []


class _Words:
    """Where words end in one text; a clause is cut into words when it is asked for."""

    def __init__(self, letters: Letters) -> None:
        self.string, self.edges = letters.string, letters.edges
        self._known: dict[int, set[int]] = {}

    def is_edge(self, at: int) -> bool:
        if self.edges[at]:
            return True
        start = max(self.edges.rfind(mark, max(at - CLAUSE, 0), at) for mark in (1, 2))
        if start < 0:
            start = max(at - CLAUSE, 0)
        if start not in self._known:
            ends = [
                end for mark in (1, 2) if (end := self.edges.find(mark, start + 1, start + 2 * CLAUSE)) >= 0
            ]
            end = min(ends, default=start + 2 * CLAUSE)
            self._known[start] = {start + word.end for word in words(self.string[start:end])}
        return at in self._known[start]
