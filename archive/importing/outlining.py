"""A speech and its outline as rows, under the numbers that links point to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from archive import reuse
from archive.importing.anchoring import Numbering, anchors_of, as_told, number
from archive.models import Paragraph, Revision, Section, Speech
from archive.parsing import Outline
from archive.readers import Told


def write(speech: Speech, outline: Outline, former: Revision | None = None, told: Told | None = None) -> None:
    """Write a described speech with everything that follows from its outline; ``former`` is what it was, to keep.

    A new speech gets the numbers that it had where it was exported, if ``told``.

    To be called in a transaction; the search room indexes after it.
    """
    numbering = number(outline, anchors_of(speech))
    if told and not speech.pk:
        numbering = as_told(numbering, told)
    speech.moved = numbering.moved
    if former is not None:
        former.gone = numbering.gone
        former.save()
        reuse.forget(speech.pk)
    speech.save()
    write_outline(speech, outline, numbering)
    reuse.write(speech)


def write_outline(speech: Speech, outline: Outline, numbering: Numbering) -> None:
    """Write sections and paragraphs in the place of those that the speech had."""
    speech.sections.all().delete()  # and with them the paragraphs
    sections = _write_sections(speech, outline, numbering.sections)
    pairs = [
        (section, paragraph)
        for section, parsed in zip(sections, outline.sections, strict=True)
        for paragraph in parsed.paragraphs
    ]
    Paragraph.objects.bulk_create(
        Paragraph(
            speech=speech,
            section=section,
            position=position,
            number=numbering.paragraphs[position],
            kind=paragraph.kind,
            start=paragraph.start,
            end=paragraph.end,
            items=[asdict(item) for item in paragraph.items],
        )
        for position, (section, paragraph) in enumerate(pairs)
    )


def _write_sections(speech: Speech, outline: Outline, numbers: tuple[int, ...]) -> list[Section]:
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
