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
"""Side of the sheet (0 or 1), width of the page, column (0: over the whole page): lines that share margins."""


class Glyph(NamedTuple):
    """One character (blanks too) on a page."""

    char: str
    x0: float
    x1: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """The characters of a page in any order, and its size."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]


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


def is_wide(char: str) -> bool:
    """Whether the character fills a square of Chinese type: such letters have no blanks between them."""
    return unicodedata.east_asian_width(char) in "WF" or char in "“”‘’…—·〇○×"


def most(values: list[float], step: float, better: Callable[[list[float]], float]) -> float:
    """The middle of the fullest bucket of ``values``; of equally full ones, ``better`` decides."""
    buckets: dict[int, list[float]] = {}
    for value in values:
        buckets.setdefault(round(value / step), []).append(value)
    fullest = max(map(len, buckets.values()))
    return better([sum(b) / len(b) for b in buckets.values() if len(b) == fullest])
