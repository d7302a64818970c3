"""Lines of type -> paragraphs: what was one line when it was written is one line again.

A line goes on in the next one when it was full: the next line's first piece (a letter with its comma, a
whole number or word) would not have fitted. Against that stand the signs of a beginning: an indent, a
larger step down, another size, a numeral or a heading after a full sentence. A page break is no sign, so
a paragraph that runs over it is joined.
"""

from __future__ import annotations

import re
from itertools import pairwise

from archive.readers.pages.glyphs import Lane, Line, is_wide
from archive.readers.pages.margins import INDENT, STEP, Margins, Sign

OTHER_SIZE = 0.12
SLACK = 0.6
"""Letters by which a full line may be shorter than it could be."""
EARLY = 3
"""Letters by which no full line is shorter."""
HYPHEN = "\x02"
"""What PDFium makes of a hyphen at the end of a line."""

_SENTENCE_END = re.compile(r"[。！？!?…：:；;][”’）)』」]*$")
_BEGINS = re.compile(
    r"(?:第?[一二三四五六七八九十百]{1,4}[、．.，部章节条]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|[①-⑳㈠-㈩⑴-⒇]"
    r"|[—#●•◆■])"
)
_ODD_BLANK = re.compile(r"(?<=(.)) (?=(.))")


_Paragraph = list[Line]


def paragraphs_of(lines: list[Line], margins: dict[Lane, Margins]) -> tuple[list[str], int]:
    """The paragraphs of a document's lines, furniture out, in reading order; and how many joints are a guess."""
    paragraphs: list[_Paragraph] = []
    guessed = 0
    for line in lines:
        if paragraphs and _goes_on(paragraphs[-1], line, margins):
            guessed += _is_guess(paragraphs[-1][-1], line, margins[line.lane].sign)
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return [_joined(paragraph) for paragraph in paragraphs], guessed


def _is_guess(before: Line, line: Line, sign: Sign) -> bool:
    """Whether a paragraph might as well have ended, and nothing on the page could have shown it."""
    shown = sign is Sign.INDENT or (sign is Sign.SPACE and _follows(before, line))
    return not shown and bool(_SENTENCE_END.search(before.text))


def _goes_on(paragraph: _Paragraph, line: Line, margins: dict[Lane, Margins]) -> bool:
    before = paragraph[-1]
    here, there = margins[line.lane], margins[before.lane]
    if abs(line.size - before.size) > OTHER_SIZE * before.size or line.gapped or before.gapped:
        return False
    if not _is_full(before, line, there) or _steps_down(before, line, here):
        return False
    if _is_indented(paragraph, line, here):
        return False
    begins = _BEGINS.match(line.text) or _ends_as_heading(line, here)
    return not (begins and _is_guess(before, line, here.sign))


def _ends_as_heading(line: Line, margins: Margins) -> bool:
    """Whether the line ends early and without a stop, as no last line of a paragraph does."""
    return line.x1 < margins.right - EARLY * line.size and not _SENTENCE_END.search(line.text)


def _is_full(before: Line, line: Line, margins: Margins) -> bool:
    return before.x1 + line.first > margins.right - SLACK * before.size


def _follows(before: Line, line: Line) -> bool:
    """Whether the line stands below the other one, and not on a new page or in a new column."""
    return before.page == line.page and before.lane == line.lane


def _steps_down(before: Line, line: Line, margins: Margins) -> bool:
    """Whether there is more space than between lines."""
    usual = margins.pitch * max(1.0, line.size / margins.size)
    return _follows(before, line) and line.y - before.y > STEP * usual


def _is_indented(paragraph: _Paragraph, line: Line, margins: Margins) -> bool:
    """Whether the line begins further in than its paragraph goes on; a hanging paragraph goes on further in."""
    indent = line.x0 - margins.left
    if indent < INDENT * line.size or _is_display(line, margins):
        return False
    first, last = paragraph[0], paragraph[-1]
    if len(paragraph) > 1 and last.lane == line.lane:
        return abs(line.x0 - last.x0) > line.size / 2
    hangs = first.lane == line.lane and line.x0 - first.x0 > line.size / 2
    return not (hangs and _BEGINS.match(first.text))


def _is_display(line: Line, margins: Margins) -> bool:
    """Whether the line is centred and larger than the text: a title that had to be broken goes on so."""
    left, right = line.x0 - margins.left, margins.right - line.x1
    return line.size > (1 + OTHER_SIZE) * margins.size and abs(left - right) < line.size


def _joined(lines: list[Line]) -> str:
    text = "".join(line.text.removesuffix(HYPHEN) + _glue(line, after) for line, after in pairwise(lines))
    text = (text + lines[-1].text).replace(HYPHEN, "-")
    alone = len(lines) == 1 and (lines[0].gapped or not _SENTENCE_END.search(text))
    return text if alone else _ODD_BLANK.sub(_kept, text)


def _glue(line: Line, after: Line) -> str:
    """What stands between two lines of a paragraph: a blank between words."""
    last, first = line.text[-1], after.text[0]
    return "" if last == HYPHEN or is_wide(last) or is_wide(first) else " "


def _kept(found: re.Match[str]) -> str:
    """Blanks between Chinese letters were made by setting the type, save where a line stands alone."""
    return "" if is_wide(found[1]) and is_wide(found[2]) else " "
