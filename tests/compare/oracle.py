"""The definition of a shared passage, written down as slowly as possible."""

from __future__ import annotations

from archive.compare import Span, Text
from archive.compare.normalise import LINE_ENDS
from archive.text import fold

Row = tuple[Span, Span, int]


def shared_rows(a: Text, b: Text, min_letters: int) -> set[Row]:
    """All maximal matches by looking at every pair of letters."""
    letters_a, letters_b = _letters(a), _letters(b)
    rows: set[Row] = set()
    for i in range(len(letters_a)):
        for j in range(len(letters_b)):
            if i and j and _agree(letters_a[i - 1], letters_b[j - 1]):
                continue
            n = 0
            while (
                i + n < len(letters_a)
                and j + n < len(letters_b)
                and _agree(letters_a[i + n], letters_b[j + n])
            ):
                n += 1
            if n >= min_letters:
                rows.add((_span(letters_a[i : i + n]), _span(letters_b[j : j + n]), n))
    return rows


def _letters(text: Text) -> list[tuple[str | None, int]]:
    """Letters with their places; None where no passage may run on."""
    hidden = {i for start, end in text.redactions for i in range(start, end)}
    folded = fold(text.text)
    return [
        (None if i in hidden or char in LINE_ENDS else folded[i], i)
        for i, char in enumerate(text.text)
        if i in hidden or char in LINE_ENDS or folded[i].isalnum()
    ]


def _agree(a: tuple[str | None, int], b: tuple[str | None, int]) -> bool:
    return a[0] is not None and a[0] == b[0]


def _span(letters: list[tuple[str | None, int]]) -> Span:
    return Span(letters[0][1], letters[-1][1] + 1)
