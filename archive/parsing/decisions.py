"""What an editor has decided about lines: this one is a heading of that level, that one is none.

A decision names its line by its words and by which of the equal lines it is, not by a number: it holds when
lines above it are edited, and when the same transcript comes in anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from archive.parsing.groups import Marked
from archive.parsing.headings import DEEPEST, Heading, num_and_text
from archive.parsing.lines import TextLine
from archive.parsing.marks import BULLET, MARKDOWN, mark_at


@dataclass(frozen=True, slots=True)
class Decision:
    """``level`` is 1 for a top heading and 0 for a paragraph; ``nth`` counts the lines of the same words from 1."""

    line: str
    level: int
    nth: int = 1


def decided(lines: Iterable[TextLine], decisions: Iterable[Decision]) -> dict[int, int]:
    """position -> level of the lines that a decision names; of two about one line the later one holds."""
    levels = {(decision.line, decision.nth): decision.level for decision in decisions}
    seen: dict[str, int] = {}
    found = {}
    for position, line in enumerate(lines):
        seen[line.text] = nth = seen.get(line.text, 0) + 1
        if (line.text, nth) in levels:
            found[position] = min(max(levels[line.text, nth], 0), DEEPEST)
    return found


def overruled(headings: list[Heading], lines: list[TextLine], levels: dict[int, int]) -> list[Heading]:
    """The headings as they are after the decisions; no level is left out between one and the next."""
    if not levels:
        return headings
    found = {heading.position: heading for heading in headings}
    for position, level in levels.items():
        known = found.pop(position, None)
        if level and position < len(lines):
            heading = known or _heading(lines[position], position)
            found[position] = replace(heading, depth=level)
    return _without_gaps([found[position] for position in sorted(found)])


def _heading(line: TextLine, position: int) -> Heading:
    """A line as a heading; a lead sentence heads the text that follows it on its line."""
    mark = mark_at(line.text, 0, len(line.text))
    if mark is None or mark.style is BULLET:
        return Heading(position, line.start, line.end, "", line.text, 1)
    moved = replace(mark, start=mark.start + line.start, end=mark.end + line.start)
    marked = Marked(position, line, moved, followed=True)
    end = line.end if marked.stands_alone or mark.style is MARKDOWN else marked.lead_end
    return Heading(position, line.start, end, *num_and_text(marked, end), 1)


def _without_gaps(headings: list[Heading]) -> list[Heading]:
    """Each heading one level below the nearest one above it that is higher."""
    above: list[int] = []
    found = []
    for heading in headings:
        while above and above[-1] >= heading.depth:
            above.pop()
        above.append(heading.depth)
        found.append(replace(heading, depth=len(above)))
    return found
