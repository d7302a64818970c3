"""Columns: each is read to its end before the next one begins.

A gutter is an upright strip that hardly any row of type crosses. Rows that do cross it (a title, a broad
caption) stand for themselves and part what is above from what is below. Each side may have gutters again.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from archive.readers.pages.glyphs import Glyph

Row = list[Glyph]

GUTTER = 1.2
"""Letters wide at least."""
ROWS = 6
"""Fewer rows beside each other are a table or a signature."""
APART = 0.15
"""Of the width, at most; what stands further apart are cells of a table."""
WIDE = 10
"""Letters that a row of a column has on average; cells of tables have fewer."""
CROSSED = 0.2
"""Share of the rows, from the first to the last that keep it free, that may cross."""
INNER = 0.2
"""Part of the width, at each side, in which there is no gutter."""
CANDIDATES = 8
WHOLE = 1
"""The number of the one column of a page without gutters; halves of column n are 2 n and 2 n + 1."""
MOST = 8
"""Columns are numbered below this: four beside each other."""


def in_reading_order(rows: list[Row], column: int = WHOLE) -> list[tuple[Row, int]]:
    """The rows, each with the number of its column; all of one column, unless they have a gutter."""
    gutter = _gutter(rows) if column < MOST else None
    if gutter is None:
        return [(row, column) for row in rows]
    ordered: list[tuple[Row, int]] = []
    sides: tuple[list[Row], list[Row]] = ([], [])

    def flush() -> None:
        for side, beside in enumerate(sides):
            ordered.extend(in_reading_order(beside, 2 * column + side))
            beside.clear()

    for row in rows:
        pieces = _cut(row, gutter)
        if _crosses(*pieces, gutter):
            flush()
            ordered.append((row, column))
            continue
        for side, piece in zip(sides, pieces, strict=True):
            if piece:
                side.append(piece)
    flush()
    return ordered


def _gutter(rows: list[Row]) -> float | None:
    """The middle of the gap that most rows share, or None."""
    if len(rows) < ROWS:
        return None
    first = min(row[0].x0 for row in rows)
    width = max(row[-1].x1 for row in rows) - first
    places = Counter[int]()
    for row in rows:
        for before, after in pairwise(row):
            middle = (before.x1 + after.x0) / 2
            if after.x0 - before.x1 > GUTTER * after.size and INNER < (middle - first) / width < 1 - INNER:
                places[round(middle)] += 1
    likely = (place for place, n in places.most_common(CANDIDATES) if n >= ROWS // 2)
    return next((place for place in likely if _parts_the_rows(rows, place)), None)


def _parts_the_rows(rows: list[Row], gutter: float) -> bool:
    cut = [_cut(row, gutter) for row in rows]
    crosses = [_crosses(*pieces, gutter) for pieces in cut]
    beside = [n for n, pieces in enumerate(cut) if all(pieces) and not crosses[n]]
    if len(beside) < ROWS:
        return False
    crossing = sum(crosses[beside[0] : beside[-1] + 1])
    if crossing > CROSSED * (beside[-1] + 1 - beside[0]):
        return False
    apart = min(cut[n][1][0].x0 for n in beside) - max(cut[n][0][-1].x1 for n in beside)
    across = max(row[-1].x1 for row in rows) - min(row[0].x0 for row in rows)
    long = all(sum(len(cut[n][side]) for n in beside) >= WIDE * len(beside) for side in (0, 1))
    return long and apart <= APART * across


def _cut(row: Row, gutter: float) -> tuple[Row, Row]:
    at = sum((glyph.x0 + glyph.x1) / 2 < gutter for glyph in row)
    end = next((n for n in range(at, 0, -1) if not row[n - 1].char.isspace()), 0)
    start = next((n for n in range(at, len(row)) if not row[n].char.isspace()), len(row))
    return row[:end], row[start:]


def _crosses(left: Row, right: Row, gutter: float) -> bool:
    if left and left[-1].x1 > gutter:
        return True
    if right and right[0].x0 < gutter:
        return True
    return bool(left and right) and right[0].x0 - left[-1].x1 < GUTTER * right[0].size
