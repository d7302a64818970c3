"""Two speeches side by side: whole texts, what they share marked, every mark a link to its twin.

Shared passages overlap, elements may not: the text is cut wherever a passage begins or ends, and each
segment knows the passages that lie on it. A segment's anchor (a12, b7) is its number in its column, so it
is also the anchor of every passage that begins there. What is the same letter by letter is marked before what is
nearly the same; inside the latter the letters that differ are set apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.compare import Family, Span
from archive.models import Section, Speech
from archive.views.differing import likeness, parted
from archive.views.marking import Layer, Mark, marked, redacted, trimmed
from archive.views.reading import left_over

PLACE_LIMIT = 3_000  # marks in a column; more would be slower to draw than to read
NAMED = 8  # passages that one segment names


@dataclass(frozen=True, slots=True)
class Place:
    """Where a family stands in one column: ``anchor`` names it, ``twin`` its like in the other column."""

    span: Span
    family: int
    letters: int
    recurring: bool
    near: bool
    anchor: str
    twin: str
    note: str


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the text, characters ``span`` of it; ``kind`` is its class."""

    kind: str
    html: SafeString
    span: Span


@dataclass(frozen=True, slots=True)
class Part:
    """A section in its column; ``level`` is that of its heading (h2 … h6)."""

    anchor: str
    level: int
    heading: SafeString
    blocks: tuple[Block, ...]


def marked_families(families: Sequence[Family]) -> Sequence[Family]:
    """As many of the best families as a page can mark."""
    places = 0
    for number, family in enumerate(families):
        places += max(len(family.a), len(family.b))
        if places > PLACE_LIMIT:
            return families[:number]
    return families


def places(
    families: Sequence[Family], numbers: Sequence[int] = (), *, alike: bool = False
) -> tuple[list[Place], list[Place]]:
    """The places of both columns, each in the order of its text.

    The families have these ``numbers``, or are counted from 1; ``alike``: formulas are marked like any other.
    """
    anchors_a = _anchors("a", [span for family in families for span in family.a])
    anchors_b = _anchors("b", [span for family in families for span in family.b])
    found_a, found_b = [], []
    for number, family in zip(numbers or range(1, len(families) + 1), families, strict=True):
        again = family.recurring and not alike
        found_a += list(_of_side(number, family, again, family.a, anchors_a, family.b, anchors_b))
        found_b += list(_of_side(number, family, again, family.b, anchors_b, family.a, anchors_a))
    return sorted(found_a, key=_in_order), sorted(found_b, key=_in_order)


def _in_order(place: Place) -> tuple[int, int]:
    return place.span.start, -place.span.end


def _anchors(side: str, spans: Iterable[Span]) -> dict[int, str]:
    """For each offset where a segment begins, its name."""
    return {start: f"{side}{n}" for n, (start, _end) in enumerate(_cut(spans), start=1)}


def _cut(spans: Iterable[Span]) -> Iterator[Span]:
    """Disjoint segments in order, cut at every end, that together are the union of ``spans``."""
    steps: dict[int, int] = {}
    for start, end in spans:
        steps[start] = steps.get(start, 0) + 1
        steps[end] = steps.get(end, 0) - 1
    bounds = sorted(steps)
    depth = 0
    for start, end in pairwise(bounds):
        depth += steps[start]
        if depth:
            yield Span(start, end)


def _of_side(
    number: int,
    family: Family,
    again: bool,
    own: Sequence[Span],
    own_anchors: dict[int, str],
    others: Sequence[Span],
    other_anchors: dict[int, str],
) -> Iterator[Place]:
    """The places of a family in one column; the n-th leads to the n-th over there, and round again."""
    near = family.kind == "near"
    for n, span in enumerate(own):
        note = likeness(family) if near else _("共有 %(n)d 字") % {"n": family.length}
        if len(own) > 1:
            note += _("，第 %(k)d/%(all)d 处") % {"k": n + 1, "all": len(own)}
        twin = other_anchors[others[n % len(others)].start]
        anchor = own_anchors[span.start]
        yield Place(span, number, family.length, again, near, anchor, twin, note)


def column(
    speech: Speech,
    side: str,
    marks: Sequence[Place],
    differ: Sequence[Span] = (),
    sections: Iterable[Section] | None = None,
) -> list[Part]:
    """The text of a speech fetched ``with_outline()``, section by section; ``differ`` is set apart.

    It is the whole text, or what lies in ``sections``.
    """
    segments = (piece for mark in _segments(side, marks) for piece in parted(mark, differ))
    return laid_out(speech, side, segments, sections)


def laid_out(
    speech: Speech, side: str, segments: Iterable[Mark], sections: Iterable[Section] | None = None
) -> list[Part]:
    """The same with any marks; ``side`` begins the anchors of its sections."""
    layers = [Layer(segments), Layer(_leads(speech)), redacted(speech.redactions)]
    known = {(p.start, p.end): p.kind for p in speech.paragraphs.all()}
    known |= {(line["start"], line["end"]): line["role"] for line in speech.lines}
    starts = sorted(known)
    shown = speech.sections.all() if sections is None else sections
    return [_part(speech.text, section, side, known, starts, layers) for section in shown]


def _part(
    text: str,
    section: Section,
    side: str,
    known: dict[tuple[int, int], str],
    starts: list[tuple[int, int]],
    layers: Sequence[Layer],
) -> Part:
    inside = starts[bisect_left(starts, (section.start, 0)) : bisect_left(starts, (section.end, 0))]
    heading = (section.heading_start, section.heading_end)
    gaps = left_over(text, section, [*inside, heading])
    spans = sorted([*((span, known[span]) for span in inside), *((gap, "text") for gap in gaps)])
    blocks = [Block(kind, marked(text, *trimmed(text, *span), layers), Span(*span)) for span, kind in spans]
    level = min(max(section.depth, 1) + 1, 6)
    shown = marked(text, *heading, layers) if heading[0] < heading[1] else SafeString()
    return Part(f"{side}-{section.anchor}", level, shown, tuple(blocks))


def _segments(side: str, marks: Sequence[Place]) -> Iterator[Mark]:
    """A link for each segment, to the twin of the longest passage on it."""
    active: list[Place] = []
    upcoming = 0
    for number, (start, end) in enumerate(_cut(place.span for place in marks), start=1):
        active = [place for place in active if place.span.end > start]
        while upcoming < len(marks) and marks[upcoming].span.start <= start:
            active.append(marks[upcoming])
            upcoming += 1
        active.sort(key=lambda place: (place.near, -place.letters))
        yield _segment(active, start, end, f"{side}{number}")


def _segment(active: Sequence[Place], start: int, end: int, anchor: str) -> Mark:
    first = active[0]
    attributes: tuple[tuple[str, str], ...] = (
        ("class", f"{'near ' if first.near else ''}{'again' if first.recurring else 'shared'}"),
        ("data-f", " ".join(str(place.family) for place in active[:NAMED])),
    )
    if begun := [place.family for place in active if place.span.start == start]:
        attributes += (("data-n", "、".join(map(str, begun[:NAMED]))),)
    return Mark(start, end, "mark", attributes, anchor, f"#{first.twin}", hint=first.note)


def _leads(speech: Speech) -> Iterator[Mark]:
    for paragraph in speech.paragraphs.all():
        for item in paragraph.items:
            yield Mark(item["start"], item["start"] + len(item["lead"]), "b")
