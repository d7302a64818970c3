"""What stands on every page and belongs to none: running heads, footers, page numbers.

Numbers are compared as if they were all the same, so that "— 3 —" and "第 4 页 共 9 页" repeat. What
repeats must also stand at the same height, at the edge of the page; left and right pages may differ. A
line that says it is a page number needs no repetition.
"""

from __future__ import annotations

import re
from collections import Counter

from archive.readers.pages.glyphs import Line
from archive.readers.pages.margins import usual_size

EDGE = 3
"""Lines looked at from each end of a page."""
ENDS = 0.2
"""Part of the height of a page, at each end, beyond which nothing is furniture."""
OF_PAGES = 0.6
"""Share of the left (or of the right) pages on which a line must stand to be furniture."""
MARGIN = 0.12
"""Part of the height of a page, at each end, in which a line may call itself a page number."""
OUTER = 0.045
"""Printers put date and address this near to the edge, where no text stands,"""
SMALL = 0.85
"""and in letters smaller than this part of the text's."""

_NUMBER = re.compile(r"[0-9０-９]+|[ivxlc]+(?![a-z])|[一二三四五六七八九十百〇]+", re.I)
_PAGE_NUMBER = re.compile(
    r"[-—–－―‐·•~～ ]{1,3}\s*\d{1,4}\s*[-—–－―‐·•~～ ]{1,3}|第?\s*[\d一二三四五六七八九十百]{1,4}\s*页"
    r"(?:\s*[，,/／]?\s*[（(]?共\s*[\d一二三四五六七八九十百]{1,4}\s*页[)）]?)?"
    r"|\d{1,4}\s*[/／]\s*\d{1,4}|page\s+\d{1,4}(?:\s+of\s+\d{1,4})?",
    re.I,
)


def without_furniture(pages: list[list[Line]]) -> tuple[list[list[Line]], int]:
    """The pages without it, and how many lines went; what would leave nothing is none."""
    repeated = _repeated(pages)
    size = usual_size([line for lines in pages for line in lines])
    kept: list[list[Line]] = []
    for lines in pages:
        out = {line for line in _edge(lines) if _key(line) in repeated or _is_page_number(line, size)}
        kept.append([line for line in lines if line not in out])
    if not any(kept):
        return pages, 0
    return kept, sum(map(len, pages)) - sum(map(len, kept))


def _edge(lines: list[Line]) -> set[Line]:
    """The first and the last lines by height, if they stand high or low."""
    order = sorted(lines, key=lambda line: line.y)
    return {line for line in (*order[:EDGE], *order[-EDGE:]) if not ENDS < line.y / line.height < 1 - ENDS}


def _repeated(pages: list[list[Line]]) -> set[tuple[str, int, int]]:
    """The keys of lines that stand on most of the left or of the right pages."""
    sides: tuple[Counter[tuple[str, int, int]], ...] = (Counter(), Counter())
    numbers = Counter(n % 2 for n, lines in enumerate(pages) if lines)
    for n, lines in enumerate(pages):
        sides[n % 2].update({_key(line) for line in _edge(lines)})
    return {
        key
        for side, keys in enumerate(sides)
        for key, n in keys.items()
        if n + sides[1 - side][key] > 1 and n >= OF_PAGES * numbers[side]
    }


def _key(line: Line) -> tuple[str, int, int]:
    """The line without its numbers, and where it stands: whole-page lines only repeat at one height."""
    words = _NUMBER.sub("#", re.sub(r"\s", "", line.text))
    return words, round(line.y / line.size), round(line.size)


def _is_page_number(line: Line, size: float) -> bool:
    place = line.y / line.height
    if line.size < SMALL * size and not OUTER < place < 1 - OUTER:
        return True
    at_the_edge = not MARGIN < place < 1 - MARGIN
    return at_the_edge and _PAGE_NUMBER.fullmatch(line.text.strip()) is not None
