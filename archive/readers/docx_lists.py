"""numbering.xml of a .docx: the automatic numbers, which stand nowhere in the text, counted as Word counts.

ECMA-376 part 1 section 17.9. A paragraph points to a ``w:num``, that to a ``w:abstractNum`` with nine levels;
lists of one abstract list go on counting together, save where a ``w:num`` starts anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archive.readers.docx_styles import Styles, listed, switched_on
from archive.readers.elements import Element, whole
from archive.readers.numerals import bullet, numeral

LEVELS = 9
PATTERN = 40
"""Characters of what stands in front of a paragraph; a longer one, often enough, is a book."""
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list."""

    start: int
    kind: str
    text: str
    suffix: str
    restart: int | None
    """The level, counted from 1, that starts this one anew; 0: none does; None: every higher one."""
    decimal: bool
    """Show the numbers of the levels above as 1, whatever they are (``w:isLgl``)."""
    style: str


@dataclass(frozen=True, slots=True)
class Num:
    """A list in use: its abstract list, and what it does otherwise."""

    abstract: str
    starts: dict[int, int]
    levels: dict[int, Level]


@dataclass(slots=True)
class _Abstract:
    levels: dict[int, Level]
    link: str
    counters: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


class Lists:
    """The lists of a document, with their counters."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts: dict[str, _Abstract] = {}
        self._nums: dict[str, Num] = {}
        self._begun: set[tuple[str, int]] = set()
        for element in root or ():
            if element.tag == "w:abstractNum":
                link = element.value("w:numStyleLink") or ""
                self._abstracts[element.get("w:abstractNumId")] = _Abstract(_levels(element), link)
            elif element.tag == "w:num":
                self._nums[element.get("w:numId")] = _num(element)

    def next_number(self, properties: Element | None) -> tuple[str, str]:
        """The number of the next paragraph, which has these properties, and the kind of gap behind it."""
        num_id, position = self._place(properties)
        found = self._list_of(num_id)
        if found is None or not 0 <= position < LEVELS:
            return "", ""
        num, abstract = found
        level = num.levels.get(position) or abstract.levels.get(position)
        if level is None:
            return "", ""
        levels = {**abstract.levels, **num.levels}
        self._count(num_id, num, abstract, position, levels)
        return _rendered(level, position, levels, abstract.counters), level.suffix

    def _place(self, properties: Element | None) -> tuple[str, int]:
        """The list and the level of a paragraph: its own word first, then its style's."""
        own = listed(properties)
        style = (properties.value("w:pStyle") if properties else None) or self._styles.default
        theirs, giver = self._styles.listed(style)
        num_id = (own.number if own.number is not None else theirs.number) or ""
        if own.level is not None:
            return num_id, own.level
        if own.number is not None:
            return num_id, 0
        return num_id, self._level_of_style(num_id, {style, giver}, theirs.level or 0)

    def _level_of_style(self, num_id: str, styles: set[str], otherwise: int) -> int:
        """A list may say which of its levels a style has (``w:pStyle``); it knows better than the style."""
        found = self._list_of(num_id)
        if found is None:
            return otherwise
        levels = {**found[1].levels, **found[0].levels}
        linked = [position for position, level in levels.items() if level.style in styles - {""}]
        return linked[0] if linked else otherwise

    def _list_of(self, num_id: str) -> tuple[Num, _Abstract] | None:
        num = self._nums.get(num_id)
        abstract = self._abstracts.get(num.abstract) if num else None
        if num is None or abstract is None:
            return None
        if abstract.link and not abstract.levels:
            # The levels are kept with a list style, which points to a list that has them.
            there = self._nums.get(self._styles.listed(abstract.link)[0].number or "")
            abstract = self._abstracts.get(there.abstract, abstract) if there else abstract
        return num, abstract

    def _count(
        self, num_id: str, num: Num, abstract: _Abstract, position: int, levels: dict[int, Level]
    ) -> None:
        counters = abstract.counters
        now = counters[position]
        if position in num.starts and (num_id, position) not in self._begun:
            counters[position] = num.starts[position]
        else:
            counters[position] = levels[position].start if now is None else now + 1
        self._begun.add((num_id, position))
        for deeper in range(position + 1, LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if position < (deeper if restart is None else restart):
                counters[deeper] = None


def _rendered(level: Level, position: int, levels: dict[int, Level], counters: list[int | None]) -> str:
    if level.kind == "bullet":
        return bullet(level.text)

    def shown(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        other = levels.get(place)
        if other is None:
            return ""
        number = counters[place]
        kind = "decimal" if level.decimal and place != position else other.kind
        return numeral(other.start if number is None else number, kind)

    return _PLACE.sub(shown, level.text)


def _num(element: Element) -> Num:
    starts, levels = {}, {}
    for override in element:
        position = _position(override)
        if override.tag != "w:lvlOverride" or position is None:
            continue
        start = whole(override.value("w:startOverride"))
        if start is not None:
            starts[position] = start
        own = override.find("w:lvl")
        if own is not None:
            levels[position] = _level(own)
    return Num(element.value("w:abstractNumId") or "", starts, levels)


def _levels(abstract: Element) -> dict[int, Level]:
    found = {}
    for element in abstract:
        position = _position(element)
        if element.tag == "w:lvl" and position is not None:
            found[position] = _level(element)
    return found


def _position(element: Element) -> int | None:
    position = whole(element.get("w:ilvl"))
    return position if position is not None and 0 <= position < LEVELS else None


def _level(element: Element) -> Level:
    kind = _kind(element)
    start = whole(element.value("w:start"))
    return Level(
        start=0 if start is None else start,
        kind=kind,
        text=(element.value("w:lvlText") or "")[:PATTERN],
        suffix=element.value("w:suff") or "tab",
        restart=whole(element.value("w:lvlRestart")),
        decimal=switched_on(element, "w:isLgl"),
        style=element.value("w:pStyle") or "",
    )


def _kind(level: Element) -> str:
    """The number format; those of newer Words stand in an alternative, and 001 is spelled out in a pattern."""
    choice = level.find("mc:AlternateContent", "mc:Choice", "w:numFmt")
    if choice is not None and re.fullmatch(r"0+1,.*", choice.get("w:format").replace(" ", "")):
        return "decimalZero"
    fallback = level.value("mc:AlternateContent", "mc:Fallback", "w:numFmt")
    return level.value("w:numFmt") or fallback or "decimal"
