"""The lines of a speech, each with the part it plays: nothing of the text is lost, nothing comes twice.

What the outline calls neither heading, line of the front nor paragraph is a block too, "loose". A block never
spans lines; the #s of a heading that came from Markdown are no part of it, for every format has marks of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.formats.record import Paragraph, Record

_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_HASHES = re.compile(r"#{1,6}[ 　]+")


@dataclass(frozen=True, slots=True)
class Block:
    """``role``: title, subtitle, byline, heading, salutation, text, closing or loose.

    ``section`` is the index of the section it stands in; ``num_end`` is where the mark of a heading ends.
    """

    role: str
    start: int
    end: int
    section: int
    paragraph: Paragraph | None = None
    num_end: int = 0


def blocks(record: Record) -> list[Block]:
    """Every line with letters, in the order of the text."""
    named = sorted(_named(record), key=lambda block: (block.start, block.end))
    found: list[Block] = []
    position = section = 0
    for block in named:
        if block.start < position:  # an outline that overlaps: the first one has the words
            continue
        found += _loose(record, position, block.start, section)
        found.append(block)
        position, section = block.end, block.section
    return [*found, *_loose(record, position, len(record.text), section)]


def _named(record: Record) -> Iterator[Block]:
    for line in record.lines:
        start = _behind_hashes(record.text, line.start, line.end)
        yield from _lines(record.text, Block(line.role, start, line.end, 0))
    for index, section in enumerate(record.sections):
        if section.heading_start < section.heading_end:
            yield _heading(record, index)
        for each in section.paragraphs:
            yield from _lines(record.text, Block(each.kind, each.start, each.end, index, each))


def _heading(record: Record, index: int) -> Block:
    section = record.sections[index]
    end = section.heading_end
    start = _behind_hashes(record.text, section.heading_start, end)
    num_end = start + len(section.num) if record.text.startswith(section.num, start, end) else start
    return Block("heading", start, end, index, num_end=num_end)


def _behind_hashes(text: str, start: int, end: int) -> int:
    marks = _HASHES.match(text, start, end)
    return marks.end() if marks else start


def _lines(text: str, block: Block) -> Iterator[Block]:
    """The block, or its lines if it has several."""
    for found in _LINE.finditer(text, block.start, block.end):
        yield Block(block.role, found.start(), found.end(), block.section, block.paragraph)


def _loose(record: Record, start: int, end: int, section: int) -> Iterator[Block]:
    """What nobody has named; but the marks in front of a heading are no words."""
    between = record.text[start:end]
    if _HASHES.fullmatch(between.lstrip()) is None:
        yield from _lines(record.text, Block("loose", start, end, section))
