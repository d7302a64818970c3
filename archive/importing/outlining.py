"""The outline as rows. Numbers that links point to stay with their words when a text changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from archive import parsing
from archive.models import Paragraph, Section, Speech
from archive.parsing import Outline


@dataclass(frozen=True, slots=True)
class Numbered:
    """The numbers that stand in links to a speech, each with the words it points to."""

    sections: tuple[tuple[int, str], ...] = ()
    paragraphs: tuple[tuple[int, str], ...] = ()


def numbered(speech: Speech) -> Numbered:
    text = Speech.objects.values_list("text", flat=True).get(pk=speech.pk)
    return Numbered(
        tuple((s.number, f"{s.kind}{s.num}{s.heading}") for s in speech.sections.all()),
        tuple((p.number, text[p.start : p.end]) for p in speech.paragraphs.all()),
    )


def write_outline(speech: Speech, outline: Outline, before: Numbered) -> None:
    speech.sections.all().delete()  # and with them the paragraphs
    sections = _write_sections(speech, outline, before)
    pairs = [
        (section, paragraph)
        for section, parsed in zip(sections, outline.sections, strict=True)
        for paragraph in parsed.paragraphs
    ]
    words = [outline.text[p.start : p.end] for _s, p in pairs]
    numbers = parsing.renumber(before.paragraphs, words, first=1)
    Paragraph.objects.bulk_create(
        Paragraph(
            speech=speech,
            section=section,
            position=position,
            number=numbers[position],
            kind=paragraph.kind,
            start=paragraph.start,
            end=paragraph.end,
            items=[asdict(item) for item in paragraph.items],
        )
        for position, (section, paragraph) in enumerate(pairs)
    )


def _write_sections(speech: Speech, outline: Outline, before: Numbered) -> list[Section]:
    words = [f"{s.kind}{s.num}{s.heading}" for s in outline.sections]
    numbers = parsing.renumber(before.sections, words, first=0)
    rows = [
        Section(
            speech=speech,
            position=position,
            number=numbers[position],
            depth=parsed.depth,
            kind=parsed.kind,
            num=parsed.num,
            heading=parsed.heading,
            start=parsed.start,
            end=parsed.end,
            heading_start=parsed.heading_start,
            heading_end=parsed.heading_end,
        )
        for position, parsed in enumerate(outline.sections)
    ]
    for level in _by_depth(outline):
        for position in level:
            parent = outline.sections[position].parent
            rows[position].parent = None if parent is None else rows[parent]
        Section.objects.bulk_create(rows[position] for position in level)
    return rows


def _by_depth(outline: Outline) -> Iterable[list[int]]:
    """Positions level by level, so that a parent has its key before its children are written."""
    levels: dict[int, list[int]] = {}
    for position, section in enumerate(outline.sections):
        levels.setdefault(section.depth, []).append(position)
    return (levels[depth] for depth in sorted(levels))
