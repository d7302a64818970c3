"""Characters at their places -> lines of type, read from the top and from the left.

A blank is written where one was set or where the gap is wide; whether a blank between two Chinese letters
means anything is decided later, when it is known whether the line stands alone.
"""

from __future__ import annotations

from itertools import pairwise

from archive.readers.pages.columns import WHOLE, in_reading_order
from archive.readers.pages.glyphs import Glyph, Line, Page, is_wide, most

SAME_ROW = 0.45
"""Baselines less than this part of a letter away are one row: notes (¹) hang higher than their line."""
WORD_GAP = 0.2
WIDE_GAP = 0.8
"""In letters: justification spreads Chinese by less, a table or a set blank by more."""
NEVER_FIRST = "，。、；：？！）》〉」』】”’…—·,.;:?!)]}%％"
QUOTES = "“”‘’"
NEVER_LAST = "（《〈「『【“‘([{"
CELL_GAP = 2.5
SMALLEST, LARGEST, FAR = 0.1, 5000, 1e6
TWICE = 0.15
"""The same letter printed again this near is bold by overprinting."""


def lines_of(page: Page, number: int) -> list[Line]:
    """The lines of one page in reading order; ``number`` counts from 0."""
    rows = [_once(row) for row in _rows([glyph for glyph in page.glyphs if _is_sane(glyph)])]
    pieces = in_reading_order([row for row in rows if row])
    return [_line(piece, page, number, column) for piece, column in pieces]


def _is_sane(glyph: Glyph) -> bool:
    """Whether the numbers can be those of a page; a broken file has any (also no numbers at all)."""
    return SMALLEST < glyph.size < LARGEST and all(
        abs(place) < FAR for place in (glyph.x0, glyph.x1, glyph.y)
    )


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (g.y, g.x0)):
        if rows and glyph.y - rows[-1][0].y < SAME_ROW * max(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda g: g.x0) for row in rows]


def _once(row: list[Glyph]) -> list[Glyph]:
    """The row from its first letter to its last, each printed once."""
    kept: list[Glyph] = []
    for glyph in row:
        before = kept[-1] if kept else None
        if before and _is_same(before, glyph):
            continue
        if before or not glyph.char.isspace():
            kept.append(glyph)
    while kept and kept[-1].char.isspace():
        kept.pop()
    return kept


def _is_same(one: Glyph, other: Glyph) -> bool:
    """Whether the letter was printed twice; the halves of a ligature (——) begin together and end apart."""
    near = TWICE * one.size
    return one.char == other.char and other.x0 - one.x0 < near and abs(other.x1 - one.x1) < near


def _line(row: list[Glyph], page: Page, number: int, column: int) -> Line:
    size = most([glyph.size for glyph in row if not glyph.char.isspace()], 0.1, max)
    text = [row[0].char]
    visible = [glyph for glyph in row if not glyph.char.isspace()]
    blank_after = {before for before, after in pairwise(row) if after.char.isspace()}
    for before, after in pairwise(visible):
        if _is_parted(before, after, before in blank_after, size):
            text.append(" ")
        text.append(after.char)
    gapped = any(after.x0 - before.x1 > CELL_GAP * size for before, after in pairwise(visible))
    return Line(
        text="".join(text),
        x0=row[0].x0,
        x1=row[-1].x1,
        y=row[0].y,
        size=size,
        first=_unbreakable(visible),
        page=number,
        height=page.height if 1 < page.height < FAR else FAR,
        lane=(
            number % 2 if column == WHOLE else number,
            round(page.width) if 1 < page.width < FAR else 0,
            column,
        ),
        gapped=gapped,
    )


def _is_parted(before: Glyph, after: Glyph, blank: bool, size: float) -> bool:
    gap = after.x0 - before.x1
    if is_wide(before.char) or is_wide(after.char):
        return blank or gap > WIDE_GAP * size
    return blank or gap > WORD_GAP * size


def _unbreakable(row: list[Glyph]) -> float:
    """How much room the line's beginning would have needed on the line before."""
    end = row[0]
    for before, after in pairwise(row):
        if _can_be_broken(before, after):
            break
        end = after
    return end.x1 - row[0].x0


def _can_be_broken(before: Glyph, after: Glyph) -> bool:
    """Whether a line may end between them; quotes hold on both sides (Unicode Standard Annex 14, QU)."""
    if after.char in NEVER_FIRST or before.char in NEVER_LAST or {before.char, after.char} & set(QUOTES):
        return False
    gap = after.x0 - before.x1 > WORD_GAP * after.size
    return gap or is_wide(before.char) or is_wide(after.char)
