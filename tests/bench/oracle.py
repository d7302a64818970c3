"""What is really there: brute force over the texts, in as few lines as can be checked by eye."""

from __future__ import annotations

import re
import unicodedata

BREAKS = re.compile(r"[。｡！？!?\n]|\*+|×{2,}")


def letters(text: str) -> str:
    """Letters and digits only."""
    return "".join(c for c in text if unicodedata.category(c)[0] in "LN")


def sentences(text: str) -> list[str]:
    """The letters of each sentence; a redaction ends one as well."""
    return [letters(part).lower() for part in BREAKS.split(text)]


def holding(query: str, texts: dict[int, list[str]]) -> set[int]:
    """The ids of the texts (id -> sentences) in which the letters of ``query`` stand side by side."""
    needle = letters(query).lower()
    return {key for key, parts in texts.items() if any(needle in part for part in parts)}
