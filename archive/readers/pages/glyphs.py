"""What a printed page consists of: characters, each at its place.

Units are those of the format (points in PDF, millimetres in OFD); everything is compared with the size of
the letters, so the unit does not matter. ``y`` is the baseline and grows downwards.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

Lane = tuple[int, int, int]
"""Lines of one lane share their margins: side of the sheet (0 or 1; for columns the page), width of the page,
column (1: none)."""


class Glyph(NamedTuple):
    """One character (blanks too) on a page."""

    char: str
    x0: float
    x1: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """The characters of a page in any order, its size, and what a reader should be told of it."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    turned: int = 0
    """Letters left out because they lean or run another way."""
    unmapped: int = 0
    """Letters lost because their font does not say what they are."""
    pictures: bool = False
    recognised: bool = False
    """The letters were laid under a scan by text recognition."""

    @property
    def letters(self) -> int:
        return sum(not glyph.char.isspace() for glyph in self.glyphs)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of type: its text, where it stands, and how wide the piece is that could not be broken off."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    first: float
    page: int
    height: float
    """Of the page."""
    lane: Lane
    gapped: bool = False
    """Whether it has a gap as between the cells of a table."""


def is_wide(char: str) -> bool:
    """Whether the character fills a square of Chinese type: such letters have no blanks between them."""
    return unicodedata.east_asian_width(char) in "WF" or char in "“”‘’…—·〇○×"


def is_unmapped(char: str) -> bool:
    """Whether the font did not say which letter it drew, or said it in a code of its own."""
    return char in "\0\ufffd\ufffe\uffff" or "\ue000" <= char <= "\uf8ff"


def most(values: list[float], step: float, better: Callable[[list[float]], float]) -> float:
    """The middle of the fullest bucket of ``values``; of equally full ones, ``better`` decides."""
    buckets: dict[int, list[float]] = {}
    for value in values:
        buckets.setdefault(round(value / step), []).append(value)
    fullest = max(map(len, buckets.values()))
    return better([sum(b) / len(b) for b in buckets.values() if len(b) == fullest])
