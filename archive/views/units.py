"""What an outline is compared by: whole chapters, its sections, or these and the points of each.

A point is a paragraph that opens with a mark of its own (一是…, 第二，…): many speeches have two chapters of six
points each, and it is the points that answer each other. The anchor of a point is that of its paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from archive import compare
from archive.compare import Span
from archive.models import Paragraph, Section, Speech

DEPTHS = ("chapters", "sections", "points")
PARTS: dict[str, compare.Part] = {Section.Kind.FRONT: "front", Section.Kind.BACK: "back"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A row or a column. ``parts`` are the sections that it is made of, cut to what belongs to it.

    ``level`` is 0 for a chapter. ``anchor`` names it here and in its speech; a point stands ``under`` a section.
    """

    anchor: str
    name: str
    under: str
    level: int
    part: compare.Part
    heading: Span
    parts: tuple[Section, ...]

    @property
    def start(self) -> int:
        return self.parts[0].start

    @property
    def end(self) -> int:
        return self.parts[-1].end


def as_read(units: Iterable[Unit]) -> tuple[compare.Unit, ...]:
    """What comparing needs to know of them."""
    return tuple(compare.Unit(unit.start, unit.end, unit.heading, unit.part) for unit in units)


def of(speech: Speech, depth: str) -> list[Unit]:
    """The units of a speech fetched ``with_outline()``; joined they are its text."""
    sections = list(speech.sections.all())
    whole = all(section.kind != Section.Kind.BODY for section in sections)
    if depth == "chapters":
        return [_unit(group, whole) for group in _chapters(sections)]
    if depth == "sections":
        return [_unit([section], whole) for section in sections]
    points = _points(speech)
    return [unit for section in sections for unit in _parted(section, points.get(section.pk, []), whole)]


def section_name(section: Section) -> str:
    """Its heading, or what stands for one."""
    if str(section):
        return str(section)
    return {"front": _("（开头）"), "back": _("（结尾）")}.get(section.kind, _("（无标题）"))


def position(units: Sequence[Unit], anchor: str) -> int:
    """Where the unit of that name stands. Raises StopIteration if there is none."""
    return next(n for n, unit in enumerate(units) if unit.anchor == anchor)


def _chapters(sections: Sequence[Section]) -> Iterator[list[Section]]:
    """Each section without a parent, with all that stands under it."""
    tops = [n for n, section in enumerate(sections) if section.parent_id is None]
    for start, end in pairwise([*tops, len(sections)]):
        yield list(sections[start:end])


def _unit(parts: Sequence[Section], whole: bool) -> Unit:
    """``whole``: the text has no body, so what is called its opening is all it says."""
    first = parts[0]
    return Unit(
        first.anchor,
        section_name(first),
        "",
        max(first.depth, 1) - 1,
        "body" if whole else PARTS.get(first.kind, "body"),
        Span(first.heading_start, first.heading_end),
        tuple(parts),
    )


def _points(speech: Speech) -> dict[int, list[Paragraph]]:
    """The paragraphs that are points, by their section."""
    found: dict[int, list[Paragraph]] = {}
    for paragraph in speech.paragraphs.all():
        if _opens_with_a_mark(paragraph) and speech.text[: paragraph.start].rstrip(" \t\u3000").endswith(
            "\n"
        ):
            found.setdefault(paragraph.section_id, []).append(paragraph)
    return found


def _opens_with_a_mark(paragraph: Paragraph) -> bool:
    return any(item["num"] and item["start"] == paragraph.start for item in paragraph.items[:1])


def _parted(section: Section, points: Sequence[Paragraph], whole: bool) -> Iterator[Unit]:
    """A section up to its first point, and each point up to the next; openings and closings stay whole."""
    unit = _unit([section], whole)
    if unit.part != "body" or not points:
        yield unit
        return
    ends = [*(point.start for point in points), section.end]
    yield _unit([_cut(section, section.start, ends[0])], whole)
    for point, end in zip(points, ends[1:], strict=True):
        yield Unit(
            point.anchor,
            point.items[0]["lead"],
            unit.name,
            unit.level + 1,
            unit.part,
            Span(point.start, point.start + len(point.items[0]["lead"])),
            (_cut(section, point.start, end),),
        )


def _cut(section: Section, start: int, end: int) -> Section:
    """A part of a section; only its first part has the heading."""
    part = copy(section)
    part.start, part.end = start, end
    if start > section.start:
        part.heading_start = part.heading_end = start
    return part
