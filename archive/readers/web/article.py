"""A page -> what was said, as a transcript would have it: title, day, and the lines of the text."""

from __future__ import annotations

from collections import Counter
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
REST = 0.2
"""Of the prose, at most, comes after a heading of the site's own lists."""
SURE = 30
"""Characters."""


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
    omitted: Counter[str]
    """What a word processor wrote and is no part of the text, by kind."""


def article_of(root: HtmlElement) -> Article | None:
    """The text of the page; None for a page without prose."""
    head = head_of(root)
    blocks, spans, omitted = blocks_of(root)
    body, aside = body_of(blocks, spans)
    lines_inside = range(body.start, body.end) if body else ()
    first = next((n for n in lines_inside if is_prose(blocks[n]) and n not in aside), None)
    if body is None or first is None:
        return None
    last, end = _ends(blocks, body, first)
    title, place = title_of(head, blocks[: first + 1])
    start = place + 1 if place >= 0 and body.start - place <= NEAR else body.start
    begin = _begin(blocks, max(first, start), last)
    kept = []
    for n in range(start, end):
        sure = begin <= n <= last and not (n < start + FRONT and is_source(blocks[n].text))
        inside = n >= body.start or is_byline(blocks[n].text)
        if n not in aside and inside and _is_text(blocks[n], sure):
            kept.append(n)
    lines = [blocks[n].text for n in kept]
    if title:
        lines = [title, *(line for line in lines[:FRONT] if line != title), *lines[FRONT:]]
    day = day_of(head, [*blocks[end : body.end + AFTER], *blocks[: first + 1]])
    if any(map(has_day, lines[:FRONT])):
        day = ""
    if day:
        lines.insert(_after_title(lines, title), day)
    continued = any(block.text.rstrip("> »") in ("下一页", "下页") for block in blocks)
    return Article(tuple(lines), day, end - first - sum(n >= first for n in kept), continued, omitted)


def _ends(blocks: list[Block], body: Span, first: int) -> tuple[int, int]:
    """The last line of prose, and where the text ends: before the lists that may follow within its element."""
    prose = [n for n in range(first, body.end) if is_prose(blocks[n])]
    rest = sum(len(blocks[n].text) for n in prose)
    most, last = rest * REST, first
    for n in range(first, body.end):
        if is_tail(blocks[n].text) and rest <= most:
            return last, n
        if is_prose(blocks[n]):
            rest -= len(blocks[n].text)
            last = n
    return last, next((n for n in range(last + 1, body.end) if not _is_text(blocks[n], False)), body.end)


def _begin(blocks: list[Block], first: int, last: int) -> int:
    """The first line that no site writes above a text: a long sentence; else the first one."""
    prose = [n for n in range(first, last + 1) if is_prose(blocks[n])]
    return next((n for n in prose if len(blocks[n].text) >= SURE), prose[0] if prose else last)


def _is_text(block: Block, sure: bool) -> bool:
    """Whether the line is no link and, above and below the text itself, nothing that sites say."""
    return not is_link(block) and (sure or not (is_noise(block.text) or is_source(block.text)))


def _after_title(lines: list[str], title: str) -> int:
    """Behind the title and the subtitles that begin with a dash."""
    place = 1 if title and lines[0] == title else 0
    while 0 < place < len(lines) and lines[place].startswith("—"):
        place += 1
    return place
