"""Is a passage nothing but formulas? The formulas of an archive are named by the caller, as letters.

A passage is rarely a formula from its first letter to its last: it holds a part of one, or two in a row with a
letter between. It says nothing of its own when ``SAID_BEFORE`` of it are formulas; TextPAIR calls a passage banal
when nine in ten of its n-grams are among the commonest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

SAID_BEFORE = 0.9  # share of the letters of a passage
_HEAD = 4  # letters by which formulas are found; a shorter one counts only when it is the whole passage
_APART = "\x00"  # no letter


class Formulas:
    """Formulas made ready to be looked for in many passages."""

    def __init__(self, formulas: Iterable[str]) -> None:
        known = sorted(formulas, key=len, reverse=True)
        self._whole = frozenset(known)
        self._joined = _APART.join(known)
        self._by_head: dict[str, list[str]] = defaultdict(list)
        for formula in known:
            if len(formula) >= _HEAD:
                self._by_head[formula[:_HEAD]].append(formula)

    def __contains__(self, letters: str) -> bool:
        """Whether the letters are a formula, a part of one, or nearly nothing but formulas."""
        if not letters or not self._whole:
            return False
        if letters in self._whole or (len(letters) >= _HEAD and letters in self._joined):
            return True
        return self._covered(letters) >= SAID_BEFORE * len(letters)

    def _covered(self, letters: str) -> int:
        """How many of the letters stand in a formula that is there whole."""
        covered = end = 0
        for at in range(len(letters) - _HEAD + 1):
            for formula in self._by_head.get(letters[at : at + _HEAD], ()):  # the longest first
                if letters.startswith(formula, at):
                    reach = at + len(formula)
                    covered += max(0, reach - max(at, end))
                    end = max(end, reach)
                    break
        return covered
