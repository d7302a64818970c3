"""What a line is made of: plain words, leads (一是…。), remarks (（掌声）) and redactions (***)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.formats.blocks import Block
from archive.formats.record import Item, Record
from archive.parsing import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one kind: plain, remark or redaction. A redaction in a remark is a redaction."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that are the lead of ``item``, or that are none's."""

    item: Item | None
    pieces: tuple[Piece, ...]


def runs(record: Record, block: Block) -> Iterator[Run]:
    """The line as runs: joined, their pieces are its words."""
    position = block.start
    for item in block.paragraph.items if block.paragraph else ():
        start, end = max(item.lead_start, position), min(item.lead_end, block.end)
        if item.lead_start < position or start >= end:
            continue
        yield from _run(record, None, position, start)
        yield from _run(record, item, start, end)
        position = end
    yield from _run(record, None, position, block.end)


def _run(record: Record, item: Item | None, start: int, end: int) -> Iterator[Run]:
    if start < end:
        yield Run(item, tuple(pieces(record, start, end)))


def pieces(record: Record, start: int, end: int) -> Iterator[Piece]:
    """The words of a stretch of the text, cut where their kind changes."""
    for left, right, redacted in _cut(record.redactions, start, end):
        if redacted:
            yield Piece("redaction", record.text[left:right])
            continue
        for a, b, remark in _cut(record.remarks, left, right):
            yield Piece("remark" if remark else "plain", record.text[a:b])


def _cut(spans: Sequence[Span], start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """The stretch cut by spans (in order, none in another): start, end, and whether a span covers it."""
    position = start
    for at in range(bisect_right(spans, start, key=lambda span: span.end), len(spans)):
        span = spans[at]
        if span.start >= end:
            break
        left, right = max(span.start, position), min(span.end, end)
        if position < left:
            yield position, left, False
        if left < right:
            yield left, right, True
            position = right
    if position < end:
        yield position, end, False
