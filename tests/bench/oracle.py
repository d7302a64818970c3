"""What is really there: brute force over the texts, in as few lines as can be checked by eye."""

from __future__ import annotations

import re
import unicodedata

from archive.text import fold, fold_apart

BREAKS = re.compile(r"[。｡！？!?\n]|\*+|×{2,}")


def letters(text: str) -> str:
    """Letters and digits only."""
    return "".join(c for c in text if unicodedata.category(c)[0] in "LN")


def sentences(text: str) -> tuple[str, str]:
    """The letters of each sentence, one a line, in both readings of what is ambiguous; a redaction ends one too."""
    lines = "\n".join(letters(part) for part in BREAKS.split(text))
    return fold(lines), fold_apart(lines) or fold(lines)


def holding(query: str, texts: dict[int, tuple[str, str]]) -> set[int]:
    """The ids of the texts (id -> sentences) in which the letters of ``query`` stand side by side."""
    needle = letters(query)
    together, apart = fold(needle), fold_apart(needle) or fold(needle)
    return {key for key, (one, other) in texts.items() if together in one or apart in other}
