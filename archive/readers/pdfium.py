"""What PDFium says of a page: its letters, turned so that they read from left to right.

The calls are those of fpdf_text.h. A page may be rotated, or its text may be: the way most letters run is
taken for upright, and what runs otherwise (a watermark, a stamp at the side) is left out and counted.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from dataclasses import replace
from math import atan2, hypot, pi
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from archive.readers.pages import Glyph, Page, is_unmapped

STRAIGHT = 0.1
"""Of a quarter turn: scans are straightened, watermarks lean by a half."""
INVISIBLE = raw.FPDF_TEXTRENDERMODE_INVISIBLE
"""How text recognition lays its letters under the scan."""


class _Letter(NamedTuple):
    char: str
    turn: int
    """Quarter turns against the clock; -1 leans."""
    x: float
    y: float
    box: tuple[float, float, float, float]
    size: float


def read_page(page: pdfium.PdfPage, limit: int) -> Page | None:
    """The page, or None when it has more than ``limit`` characters."""
    text = page.get_textpage()
    try:
        count = text.count_chars()
        if count > limit:
            return None
        letters = [letter for i in range(count) if (letter := _letter(text.raw, i))]
        recognised = bool(count) and _is_invisible(text.raw)
    finally:
        text.close()
    straight = [letter for letter in letters if letter.turn >= 0]
    turns = Counter(letter.turn for letter in straight).most_common(1)
    turn = turns[0][0] if turns else 0
    upright = [letter for letter in straight if letter.turn == turn]
    known = [letter for letter in upright if not is_unmapped(letter.char)]
    return replace(
        _turned(known, turn, page.get_cropbox()),
        turned=_visible(letters) - _visible(upright),
        unmapped=len(upright) - len(known),
        pictures=next(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3), None) is not None,
        recognised=recognised,
    )


def _visible(letters: list[_Letter]) -> int:
    return sum(not letter.char.isspace() for letter in letters)


def _is_invisible(text: raw.FPDF_TEXTPAGE) -> bool:
    drawn = raw.FPDFText_GetTextObject(text, 0)
    return bool(drawn) and raw.FPDFTextObj_GetTextRenderMode(drawn) == INVISIBLE


def _letter(text: raw.FPDF_TEXTPAGE, i: int) -> _Letter | None:
    """One letter; None for the blanks and line ends that PDFium adds by its own lights."""
    code = raw.FPDFText_GetUnicode(text, i)
    if code in (10, 13) or raw.FPDFText_IsGenerated(text, i) == 1:
        return None
    matrix, box = raw.FS_MATRIX(), raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    placed = (
        raw.FPDFText_GetMatrix(text, i, matrix)
        and raw.FPDFText_GetLooseCharBox(text, i, box)
        and raw.FPDFText_GetCharOrigin(text, i, x, y)
    )
    size = raw.FPDFText_GetFontSize(text, i) * hypot(matrix.c, matrix.d)
    if not placed or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return None
    corners = (box.left, box.bottom, box.right, box.top)
    return _Letter(chr(code), _turn(matrix.a, matrix.b), x.value, y.value, corners, size)


def _turn(a: float, b: float) -> int:
    quarters = atan2(b, a) / (pi / 2)
    return round(quarters) % 4 if abs(quarters - round(quarters)) < STRAIGHT else -1


def _turned(letters: list[_Letter], turn: int, box: tuple[float, float, float, float]) -> Page:
    """The page with its letters upright; baselines grow downwards from its upper edge."""
    left, bottom, right, top = box
    along_x, along_y = ((1, 0), (0, 1), (-1, 0), (0, -1))[turn]
    start_x, start_y = ((left, top), (left, bottom), (right, bottom), (right, top))[turn]
    width, height = (right - left, top - bottom) if turn % 2 == 0 else (top - bottom, right - left)

    def across(x: float, y: float) -> float:
        return (x - start_x) * along_x + (y - start_y) * along_y

    glyphs = []
    for char, _, x, y, (west, south, east, north), size in letters:
        down = (x - start_x) * along_y - (y - start_y) * along_x
        end = max(across(west, south), across(east, north))
        glyphs.append(Glyph(char, across(x, y), max(end, across(x, y)), down, size))
    return Page(width, height, tuple(glyphs))
