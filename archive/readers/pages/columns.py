"""Two columns: the left one is read to its end before the right one begins.

A gutter is a strip near the middle of the page that hardly any row of type crosses. Rows that do cross
it (a title, a rule of contents) stand for themselves and part what is above from what is below.
"""

from __future__ import annotations

from itertools import pairwise

from archive.readers.pages.glyphs import Glyph

Row = list[Glyph]

GUTTER = 1.2
"""Letters wide at least."""
ROWS = 6
"""Fewer rows beside each other are a table or a signature."""
WIDE = 8
"""Letters that a row of a column has on average; cells of tables have fewer."""
CROSSED = 0.2
"""Share of the rows that may cross."""


def in_reading_order(rows: list[Row]) -> list[tuple[Row, int]]:
    """The rows from top to bottom, each with its column: 0 over the whole page, 1 left, 2 right."""
    gutter = _gutter(rows)
    if gutter is None:
        return [(row, 0) for row in rows]
    ordered: list[tuple[Row, int]] = []
    left: list[tuple[Row, int]] = []
    right: list[tuple[Row, int]] = []
    for row in rows:
        one, other = _cut(row, gutter)
        if _crosses(one, other, gutter):
            ordered += [*left, *right, (row, 0)]
            left, right = [], []
            continue
        left += [(one, 1)] if one else []
        right += [(other, 2)] if other else []
    return [*ordered, *left, *right]


def _gutter(rows: list[Row]) -> float | None:
    """The middle of the gap that most rows share, or None for a page of one column."""
    if len(rows) < ROWS:
        return None
    first = min(row[0].x0 for row in rows)
    width = max(row[-1].x1 for row in rows) - first
    places: dict[int, int] = {}
    for row in rows:
        for before, after in pairwise(row):
            middle = (before.x1 + after.x0) / 2
            if after.x0 - before.x1 > GUTTER * after.size and 0.35 < (middle - first) / width < 0.65:
                places[round(middle)] = places.get(round(middle), 0) + 1
    for place in sorted(places, key=lambda p: -places[p])[:5]:
        if _parts_the_page(rows, place):
            return place
    return None


def _parts_the_page(rows: list[Row], gutter: float) -> bool:
    cut = [_cut(row, gutter) for row in rows]
    crossing = sum(_crosses(one, other, gutter) for one, other in cut)
    beside = [(one, other) for one, other in cut if one and other and not _crosses(one, other, gutter)]
    if len(beside) < ROWS or crossing > CROSSED * len(rows):
        return False
    return all(sum(len(pair[side]) for pair in beside) >= WIDE * len(beside) for side in (0, 1))


def _cut(row: Row, gutter: float) -> tuple[Row, Row]:
    left = [glyph for glyph in row if (glyph.x0 + glyph.x1) / 2 < gutter]
    right = row[len(left) :]
    while left and left[-1].char.isspace():
        left.pop()
    while right and right[0].char.isspace():
        right = right[1:]
    return left, right


def _crosses(left: Row, right: Row, gutter: float) -> bool:
    if left and left[-1].x1 > gutter:
        return True
    if right and right[0].x0 < gutter:
        return True
    return bool(left and right) and right[0].x0 - left[-1].x1 < GUTTER * right[0].size
