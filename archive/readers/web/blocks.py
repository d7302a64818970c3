"""A page's tree -> the lines that a browser would show, and which element holds which lines.

Blanks as in CSS Text 3 section 4.1, with its section 4.1.3 as Chinese needs it: a line end of the source
between Chinese letters and stops is nothing, a blank that was typed stays one. Numbers of ordered lists are
shown by a browser, so they are written here.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from archive.readers.numerals import bullet, joined
from archive.readers.pages import is_wide
from archive.readers.web.office import SILENT, is_list_number, left_out

GONE = re.compile(
    r"script|style|noscript|template|iframe|frame|object|embed|svg|math|canvas|audio|video|map|head|title|nav|footer"
    r"|aside|button|input|select|textarea|option|datalist|dialog|rp|rt"
)
INLINE = re.compile(
    r"a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|q|ruby|rb|s|samp|small|span"
    r"|strike|strong|sub|sup|time|tt|u|var|wbr|o:p|st1:\w+"
)
ITEM = re.compile(r"[\d一二三四五六七八九十①-⑳（(第•·]")

SHOWN_LATER = "js_content"
"""Where WeChat keeps the text of an article, hidden until a script has run: so it stands in what was downloaded."""

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BLANKS = re.compile(r"[ \t\f]*\n[ \t\n\f]*|[ \t\f]+")


_HEADING = re.compile(r"h[1-6]")


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the page: its text, how many of its characters are links, and whether it is a heading."""

    text: str
    links: int
    heading: bool


@dataclass(frozen=True, slots=True)
class Span:
    """An element that holds the lines from ``start`` to before ``end``."""

    element: HtmlElement
    start: int
    end: int


def blocks_of(root: HtmlElement) -> tuple[list[Block], list[Span], Counter[str]]:
    """The lines below ``root`` in order, and its elements that begin and end lines, inner ones first.

    And how often what a word processor wrote was left out, by kind.
    """
    walk = _Walk()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            walk.enter(element)
        else:
            walk.leave(element)
    walk.flush()
    return walk.blocks, walk.spans, walk.omitted


def _is_unseen(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str) or GONE.fullmatch(element.tag):
        return True
    if element.get("id") == SHOWN_LATER:
        return False
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


class _Walk:
    """What is known between the beginning and the end of elements."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.spans: list[Span] = []
        self.starts: list[int] = []
        self.pieces: list[str] = []
        self.prefix = ""
        self.number = ""
        self.links = 0
        self.depth = {"a": 0, "heading": 0, "pre": 0}
        self.counters: list[int] = []
        self.omitted: Counter[str] = Counter()
        self.unseen = 0
        """How many of the open elements, the last ones, are not shown."""

    def enter(self, element: HtmlElement) -> None:
        if self.unseen or _is_unseen(element) or self._leave_out(element):
            self.unseen += 1
            return
        tag = element.tag
        if not INLINE.fullmatch(tag):
            self.flush()
            self.starts.append(len(self.blocks))
        for kind in _kinds(element):
            self.depth[kind] += 1
        if tag in ("ol", "ul"):
            self.counters.append(_first_number(element))
        elif tag == "li" and self.counters:
            self._number(element)
        self.write(element.text)

    def leave(self, element: HtmlElement) -> None:
        if self.unseen:
            self.unseen -= 1
            if not self.unseen:
                self.write(element.tail)
            return
        tag = element.tag
        if not INLINE.fullmatch(tag):
            self.flush()
            self.spans.append(Span(element, self.starts.pop(), len(self.blocks)))
        for kind in _kinds(element):
            self.depth[kind] -= 1
        if tag in ("ol", "ul"):
            self.counters.pop()
        self.write(element.tail)

    def write(self, text: str | None) -> None:
        if not text:
            return
        if self.depth["pre"]:
            first, *others = text.split("\n")
            self.pieces.append(first)
            for line in others:
                self.flush()
                self.pieces.append(line)
            return
        self.pieces.append(text)
        if self.depth["a"]:
            self.links += len("".join(text.split()))

    def flush(self) -> None:
        text = shown("".join(self.pieces))
        if text:
            text, self.prefix = self.prefix + joined(self.number, text), ""
            self.number = ""
            self.blocks.append(Block(text, min(self.links, len(text)), self.depth["heading"] > 0))
        self.pieces.clear()
        self.links = 0

    def _leave_out(self, element: HtmlElement) -> bool:
        if is_list_number(element):
            self.number = bullet(shown("".join(element.itertext())))
            return True
        kind = left_out(element)
        if kind not in ("", SILENT):
            self.omitted[kind] += 1
        return bool(kind)

    def _number(self, element: HtmlElement) -> None:
        """The number that a browser shows before the item of an ordered list, unless one is typed there."""
        number = self.counters[-1]
        if number < 0:
            return
        self.counters[-1] = number + 1
        if not ITEM.match("".join(element.itertext()).strip()[:1]):
            self.prefix = f"{number}. "


def _kinds(element: HtmlElement) -> list[str]:
    """What begins with the element: a link that leads somewhere, text as it was typed, a heading."""
    if element.tag == "a":
        return ["a"] if element.get("href") else []
    if element.tag == "pre":
        return ["pre"]
    return ["heading"] if _HEADING.fullmatch(element.tag) else []


def _first_number(element: HtmlElement) -> int:
    """Of an ordered list; -1 for one that shows no numbers."""
    style = (element.get("style") or "").replace(" ", "")
    if element.tag != "ol" or "list-style:none" in style or "list-style-type:none" in style:
        return -1
    start = element.get("start") or "1"
    return int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1


def shown(text: str) -> str:
    """A line of markup as it is seen: blanks are one, and none where only the source was wrapped."""
    return _BLANKS.sub(_blank, text.strip(" \t\n\f\r")).strip()


def _blank(found: re.Match[str]) -> str:
    text, start, end = found.string, found.start(), found.end()
    if "\n" not in found[0] or not 0 < start <= end < len(text):
        return " "
    beside = text[start - 1], text[end]
    chinese = any(map(is_wide, beside)) and all(is_wide(char) or not char.isalnum() for char in beside)
    return "" if chinese else " "
