"""A reference as it is set: a row of words, some of them in italics."""

from __future__ import annotations

from collections.abc import Iterable

Run = tuple[str, bool]
"""Words, and whether they are set in italics."""

ENDS = tuple(".?!。？！…")


def plain(runs: Iterable[Run]) -> str:
    return "".join(words for words, _italic in runs)


def stopped(words: str) -> str:
    """With a full stop, unless there is a mark at the end that does its work."""
    return words if words.endswith(ENDS) else f"{words}."
