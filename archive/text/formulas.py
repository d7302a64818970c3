"""Set phrases (固定提法) of Chinese political speech that the segmenter cuts apart: 三会一课, 两个维护.

The list and where each group comes from: formulas.txt, beside this file. It never changes what is found.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("formulas.txt")


@cache
def formulas() -> tuple[str, ...]:
    """All of them, in the order of the list; simplified letters without marks."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def formula_spans(folded: str) -> tuple[tuple[int, int], ...]:
    """Where formulas stand in a folded text, from the left and the longest first; characters, half-open.

    Marks inside a formula hide it (不忘初心、牢记使命 is two): give letters to find them all.
    """
    return tuple(found.span() for found in _pattern().finditer(folded))


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(formulas(), key=len, reverse=True)))
