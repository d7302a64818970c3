"""A page -> what was said, as a transcript would have it: title, day, and the lines of the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from archive.readers.web.blocks import Block, Span, blocks_of
from archive.readers.web.body import body_of, is_link, is_prose
from archive.readers.web.front import day_of, has_day, head_of, is_byline, title_of
from archive.readers.web.furniture import is_noise, is_source, is_tail

NEAR = 12
"""Lines between the title and the body: by-lines and buttons. More is another part of the page."""
AFTER = 3
"""Lines behind the body in which the site may say when it published it."""
FRONT = 8
"""Lines in which a transcript names its day."""
MOST_OF = 0.5
"""Of the prose has gone by before a heading can be that of the site's own lists."""


@dataclass(frozen=True, slots=True)
class Article:
    """The lines of a page's text; ``day``: the line that was written from the day of publication, or "".

    ``left_out`` counts lines within the text that were links or the site's own.
    """

    lines: tuple[str, ...]
    day: str
    left_out: int
    continued: bool
    """Whether the page is one of several."""


def article_of(root: HtmlElement) -> Article | None:
    """The text of the page; None for a page without prose."""
    head = head_of(root)
    blocks, spans = blocks_of(root)
    body, aside = body_of(blocks, spans)
    if body is None:
        return None
    first = next(n for n in range(body.start, body.end) if is_prose(blocks[n]) and n not in aside)
    end = _end(blocks, body, first)
    title, place = title_of(head, blocks[: first + 1])
    kept = [n for n in _text_of(blocks, body, place, end) if n not in aside]
    lines = [blocks[n].text for n in kept]
    if title:
        lines = [title, *(line for line in lines[:FRONT] if line != title), *lines[FRONT:]]
    day = day_of(head, [*blocks[end : body.end + AFTER], *blocks[: first + 1]])
    if any(map(has_day, lines[:FRONT])):
        day = ""
    if day:
        lines.insert(_after_title(lines, title), day)
    continued = any(block.text.rstrip("> »") in ("下一页", "下页") for block in blocks)
    return Article(tuple(lines), day, end - first - sum(n >= first for n in kept), continued)


def _text_of(blocks: list[Block], body: Span, title: int, end: int) -> Iterator[int]:
    """The lines of the body before ``end`` that are text, and the by-lines since the line of the title."""
    start = title + 1 if title >= 0 and body.start - title <= NEAR else body.start
    for n in range(start, end):
        if _is_text(blocks[n]) and (n >= body.start or is_byline(blocks[n].text)):
            yield n


def _end(blocks: list[Block], body: Span, first: int) -> int:
    """Where the text ends within its element: before the lists that follow it."""
    total = sum(len(block.text) for block in blocks[first : body.end] if is_prose(block))
    seen, last = 0, first
    for n in range(first, body.end):
        if is_tail(blocks[n].text) and seen >= MOST_OF * total:
            return n
        if is_prose(blocks[n]):
            seen += len(blocks[n].text)
            last = n
    return next((n for n in range(last + 1, body.end) if not _is_text(blocks[n])), body.end)


def _is_text(block: Block) -> bool:
    return not (is_link(block) or is_noise(block.text) or is_source(block.text))


def _after_title(lines: list[str], title: str) -> int:
    """Behind the title and the subtitles that begin with a dash."""
    place = 1 if title and lines[0] == title else 0
    while 0 < place < len(lines) and lines[place].startswith("—"):
        place += 1
    return place
