"""Styles of an .odt, and its lists: the automatic numbers are counted here as LibreOffice counts them.

ODF 1.3 part 3 sections 5.3 (lists), 16.29 (list styles), 16.34 (outline). A list may go on where another
stopped; an item counts when its first paragraph comes; headings outside lists have the outline's numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.readers.elements import Element, Found, whole
from archive.readers.numerals import bullet, numeral

LEVELS = 10
CHAIN = 20
PATTERN = 40
"""Characters of what stands in front of a paragraph; a longer one, often enough, is a book."""
KINDS = {
    "": "none", "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "一": "chineseCountingThousand", "壹": "chineseLegalSimplified", "①": "decimalEnclosedCircle",
    "甲": "ideographTraditional", "子": "ideographZodiac", "１": "decimalFullWidth", "01": "decimalZero",
    "1, 2, 3, ...": "decimalFullWidth", "⑴": "decimalEnclosedParen", "⒈": "decimalEnclosedFullstop",
    "㊀": "ideographEnclosedCircle",
}  # fmt: skip
"""Number formats by ``style:num-format``, or by the first number in it when it is like "一, 二, 三, ..."."""
_PLACE = re.compile(r"%(\d+)%")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list style."""

    kind: str
    pattern: str
    """With %1% for the number of the first level, and so on."""
    start: int
    gap: str


class Sheet:
    """The styles of a document: paragraphs and spans by name, lists by name, and the outline."""

    def __init__(self) -> None:
        self._styles: dict[str, Element] = {}
        self.lists: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}

    def add(self, block: Element) -> None:
        """Take the styles that are children of ``block``."""
        for element in block:
            name = element.get("style:name")
            if element.tag == "style:style":
                self._styles[f"{element.get('style:family')} {name}"] = element
            elif element.tag == "text:list-style":
                self.lists[name] = levels_of(element)
            elif element.tag == "text:outline-style":
                self.outline = levels_of(element)

    def hides(self, family: str, name: str) -> bool:
        """Whether text in the style ``name`` is not shown."""
        for style in self._chain(family, name):
            properties = style.find("style:text-properties")
            if properties is not None and (display := properties.get("text:display")):
                return display == "none"
        return False

    def list_switched_off(self, name: str) -> bool:
        """Whether the paragraph style ``name`` says that it is in no list."""
        said = (style.attributes.get("style:list-style-name") for style in self._chain("paragraph", name))
        return next((each for each in said if each is not None), None) == ""

    def _chain(self, family: str, name: str) -> list[Element]:
        chain: list[Element] = []
        while f"{family} {name}" in self._styles and len(chain) < CHAIN:
            chain.append(self._styles[f"{family} {name}"])
            name = chain[-1].get("style:parent-style-name")
        return chain


class Counting:
    """The numbers of a document's paragraphs, one after the other."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._counters: dict[str, list[int | None]] = {}
        self._by_style: dict[str, str] = {}
        self._roots = 0

    def next_number(self, found: Found) -> tuple[str, str]:
        """The number of the next paragraph, and the kind of gap behind it."""
        lists = [element for element in found.around if element.tag == "text:list"]
        if not lists:
            return self._outline_number(found.element)
        item = next(
            (each for each in reversed(found.around) if each.tag in {"text:list-item", "text:list-header"}),
            None,
        )
        if item is None or item.tag == "text:list-header" or "counted" in item.attributes:
            return "", ""
        item.attributes["counted"] = "true"
        names = [element.get("text:style-name") for element in lists if element.get("text:style-name")]
        name = item.get("text:style-override") or (names[-1] if names else "")
        levels = self._sheet.lists.get(name, {})
        start = whole(item.get("text:start-value"))
        return self._count(levels, self._counters_of(lists[0]), len(lists), start)

    def _outline_number(self, heading: Element) -> tuple[str, str]:
        depth = whole(heading.get("text:outline-level")) or 0
        off = heading.get("text:is-list-header") == "true" or self._sheet.list_switched_off(
            heading.get("text:style-name")
        )
        if heading.tag != "text:h" or depth not in self._sheet.outline or off:
            return "", ""
        counters = self._counters.setdefault("outline", [None] * LEVELS)
        start = (
            whole(heading.get("text:start-value"))
            if heading.get("text:restart-numbering") == "true"
            else None
        )
        return self._count(self._sheet.outline, counters, depth, start)

    def _counters_of(self, root: Element) -> list[int | None]:
        """The counters of a list: another's when it goes on with that one."""
        style = root.get("text:style-name")
        if "list" not in root.attributes:
            self._roots += 1
            key = root.get("text:continue-list") or root.get("xml:id") or f"unnamed {self._roots}"
            if root.get("text:continue-numbering") == "true" and not root.get("text:continue-list"):
                key = self._by_style.get(style, key)
            root.attributes["list"] = key
            if name := root.get("xml:id"):
                self._counters[name] = self._counters.setdefault(key, [None] * LEVELS)
        key = self._by_style[style] = root.attributes["list"]
        return self._counters.setdefault(key, [None] * LEVELS)

    @staticmethod
    def _count(
        levels: dict[int, Level], counters: list[int | None], depth: int, start: int | None
    ) -> tuple[str, str]:
        level = levels.get(depth)
        if level is None or depth > LEVELS:
            return "", ""
        now = counters[depth - 1]
        first = level.start if now is None else now + 1
        counters[depth - 1] = first if start is None else start
        counters[depth:] = [None] * (LEVELS - depth)
        return rendered(level, levels, counters), level.gap


def rendered(level: Level, levels: dict[int, Level], counters: list[int | None]) -> str:
    def shown(match: re.Match[str]) -> str:
        depth = int(match[1]) if len(match[1]) < 3 else 0
        other = levels.get(depth)
        if other is None or depth > LEVELS:
            return ""
        number = counters[depth - 1]
        return numeral(other.start if number is None else number, other.kind)

    return _PLACE.sub(shown, level.pattern)


def levels_of(style: Element) -> dict[int, Level]:
    found = {}
    for element in style:
        depth = whole(element.get("text:level"))
        if depth is not None and 1 <= depth <= LEVELS:
            found[depth] = _level(element, depth)
    return found


def _level(element: Element, depth: int) -> Level:
    start = whole(element.get("text:start-value"))
    label = element.find("style:list-level-properties", "style:list-level-label-alignment")
    gap = label.get("text:label-followed-by") if label else ""
    form = element.get("style:num-format")
    kind = KINDS.get(form) or KINDS.get(form.split(",")[0].strip(), "decimal")
    return Level(kind, _pattern(element, depth, kind)[:PATTERN], 1 if start is None else start, gap)


def _pattern(element: Element, depth: int, kind: str) -> str:
    """What a level shows; a level without a number format shows nothing, not even what would be around it."""
    if element.tag == "text:list-level-style-bullet":
        return bullet(element.get("text:bullet-char")).replace("%", "")
    if element.tag == "text:list-level-style-image":
        return ""
    if pattern := element.get("loext:num-list-format"):
        return pattern
    if kind == "none":
        return element.get("style:num-prefix") + element.get("style:num-suffix")
    shown = min(whole(element.get("text:display-levels")) or 1, depth)
    numbers = ".".join(f"%{place}%" for place in range(depth - shown + 1, depth + 1))
    return element.get("style:num-prefix") + numbers + element.get("style:num-suffix")
