"""The lines of a waiting file, and what an editor may decide about each: deeper, higher, a heading, none.

A decision names a line by its words (see archive.parsing.decisions), so it outlives another reading of the
same file. What lies below a heading moves with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from archive.parsing import Decision, Outline

DEEPEST = 9  # levels that the parser knows
MOST_LINES = 400  # that get buttons; a speech has some sixty


@dataclass(frozen=True, slots=True)
class Line:
    """A line after the salutation. ``level`` is 0 for a paragraph, which stands ``inside`` a section so deep."""

    index: int
    text: str
    nth: int
    level: int
    inside: int
    may_promote: bool = False
    may_demote: bool = False


@dataclass(slots=True)
class Group:
    """A heading (None above the first one) with its own paragraphs."""

    heading: Line | None
    paragraphs: list[Line] = field(default_factory=list)


def lines_of(outline: Outline) -> list[Line]:
    """The lines that an editor may decide about, in order."""
    pieces = sorted(_pieces(outline))
    seen: dict[str, int] = {}
    found: list[Line] = []
    last_level = 0
    end = -1
    for start, level, inside in pieces:
        if start < end:
            continue  # the rest of a line that opens with its heading
        end = outline.text.find("\n", start)
        end = len(outline.text) if end < 0 else end
        text = outline.text[start:end].rstrip()
        seen[text] = nth = seen.get(text, 0) + 1
        movable = {
            "may_promote": level > 1,
            "may_demote": bool(level) and level <= min(last_level, DEEPEST - 1),
        }
        found.append(Line(len(found), text, nth, level, inside, **movable))
        last_level = level or last_level
    return found


def _pieces(outline: Outline) -> Iterable[tuple[int, int, int]]:
    """Where a heading or a paragraph begins, its level, and how deep the section is that it stands in."""
    for section in outline.sections:
        if section.heading_start < section.heading_end:
            yield section.heading_start, section.depth, section.depth
        for paragraph in section.paragraphs:
            if paragraph.kind != "salutation":
                yield paragraph.start, 0, section.depth


def grouped(lines: Sequence[Line]) -> list[Group]:
    groups = [Group(None)]
    for line in lines[:MOST_LINES]:
        if line.level:
            groups.append(Group(line))
        else:
            groups[-1].paragraphs.append(line)
    return groups if groups[0].paragraphs else groups[1:]


def decide(
    outline: Outline, before: Sequence[Decision], action: str, index: int
) -> tuple[Decision, ...] | None:
    """The decisions after one more; None when the line allows no such thing."""
    lines = lines_of(outline)
    if not 0 <= index < len(lines):
        return None
    changed = _levels(lines, action, lines[index])
    if not changed:
        return None
    decided = {(each.line, each.nth): each for each in before}
    for line, level in changed:
        decided.pop((line.text, line.nth), None)
        decided[line.text, line.nth] = Decision(line.text, level, line.nth)
    return tuple(decided.values())


def _levels(lines: list[Line], action: str, line: Line) -> list[tuple[Line, int]]:
    if action == "split" and not line.level:
        return [(line, max(1, line.inside))]
    if action == "merge" and line.level:
        return [(line, 0)]
    if (action == "promote" and line.may_promote) or (action == "demote" and line.may_demote):
        step = -1 if action == "promote" else 1
        return [(each, min(each.level + step, DEEPEST)) for each in _with_below(lines, line)]
    return []


def _with_below(lines: list[Line], line: Line) -> list[Line]:
    """A heading and those of its subsections."""
    found = [line]
    for each in lines[line.index + 1 :]:
        if each.level and each.level <= line.level:
            break
        if each.level:
            found.append(each)
    return found
