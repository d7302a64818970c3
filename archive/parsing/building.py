"""Lines and headings to sections, paragraphs and items, by offsets.

Every section starts where its heading line starts and ends where the next section starts, so blank lines
belong to the section above them, and the sections joined are the text. A heading with running text
behind it on the same line ends where its lead sentence ends, and the rest of the line is a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from archive.parsing.headings import Heading
from archive.parsing.items import Place, find_items
from archive.parsing.lines import TextLine
from archive.parsing.outline import Paragraph, ParagraphKind, Section, SectionKind


@dataclass(slots=True)
class _Draft:
    kind: SectionKind
    start: int
    heading: Heading | None = None
    places: list[Place] = field(default_factory=list)
    kinds: list[ParagraphKind] = field(default_factory=list)

    def add(self, start: int, end: int, kind: ParagraphKind = "text") -> None:
        if start < end:
            self.places.append(Place(start, end))
            self.kinds.append(kind)


def build(
    text: str,
    salutations: list[tuple[int, int]],
    body: list[TextLine],
    headings: list[Heading],
    back: list[TextLine],
) -> tuple[Section, ...]:
    """The sections of a text. ``salutations`` are offsets; ``body`` and ``back`` the lines after them."""
    drafts = [_Draft("front", 0)]
    for start, end in salutations:
        drafts[0].add(start, end, "salutation")
    _add_body(text, drafts, body, {heading.position: heading for heading in headings})
    if back:
        drafts.append(_Draft("back", back[0].start))
        for line in back:
            drafts[-1].add(line.start, line.end, "closing")
    return _finish(text, drafts)


def _add_body(text: str, drafts: list[_Draft], body: list[TextLine], headings: dict[int, Heading]) -> None:
    if body and not headings:
        drafts.append(_Draft("body", body[0].start))
    for position, line in enumerate(body):
        heading = headings.get(position)
        if heading is None:
            drafts[-1].add(line.start, line.end)
            continue
        drafts.append(_Draft("body", line.start, heading))
        rest = text[heading.end : line.end]
        drafts[-1].add(line.end - len(rest.lstrip()), line.end)


def _finish(text: str, drafts: list[_Draft]) -> tuple[Section, ...]:
    items = find_items(text, [draft.places if draft.kind != "back" else [] for draft in drafts])
    ends = [*(draft.start for draft in drafts[1:]), len(text)]
    parents = list(_parents(drafts))
    sections = []
    for number, (draft, end) in enumerate(zip(drafts, ends, strict=True)):
        found = items[number] or [()] * len(draft.places)
        paragraphs = tuple(
            Paragraph(kind, place.start, place.end, () if kind == "salutation" else inside)
            for place, kind, inside in zip(draft.places, draft.kinds, found, strict=True)
        )
        sections.append(_section(draft, parents[number], end, paragraphs))
    return tuple(sections)


def _section(draft: _Draft, parent: int | None, end: int, paragraphs: tuple[Paragraph, ...]) -> Section:
    heading = draft.heading
    return Section(
        kind=draft.kind,
        num=heading.num if heading else "",
        heading=heading.text if heading else "",
        depth=heading.depth if heading else int(draft.kind == "body"),
        parent=parent,
        start=draft.start,
        end=end,
        heading_start=heading.start if heading else draft.start,
        heading_end=heading.end if heading else draft.start,
        paragraphs=paragraphs,
    )


def _parents(drafts: list[_Draft]) -> Iterator[int | None]:
    """For each section the index of the nearest one before it that is one level higher."""
    above: list[int] = []
    for number, draft in enumerate(drafts):
        depth = draft.heading.depth if draft.heading else 1
        del above[depth - 1 :]
        yield above[-1] if draft.heading and above else None
        if draft.heading:
            above.append(number)
