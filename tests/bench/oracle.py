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
    """The letters of each sentence, one a line, folded, and the same with each letter read alone.

    A redaction ends a sentence as well.
    """
    lines = "\n".join(letters(part) for part in BREAKS.split(text))
    return fold(lines), fold_apart(lines) or fold(lines)


def holding(query: str, texts: dict[int, tuple[str, str]]) -> set[int]:
    """The ids of the texts (id -> sentences) in which the letters of ``query`` stand side by side.

    Letters read alone count only for a query with a letter whose reading hangs on its neighbours: 乾 cut out
    of 乾隆 is found there, 干 is not.
    """
    together, apart = fold(letters(query)), fold_apart(letters(query))
    return {
        key
        for key, (folded, single) in texts.items()
        if together in folded or (apart is not None and apart in single)
    }
