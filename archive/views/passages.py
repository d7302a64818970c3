"""What two speeches share, for lists: each passage once, with its places, and the sections that answer."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.compare import Family, SectionPair, Side, Span
from archive.models import Paragraph, Section, Speech
from archive.views.differing import LONGEST_SHOWN, likeness, words

PLACE_LIMIT = 12  # places of one passage on each side; formulas have dozens
AROUND = 24  # characters of context on either side
QUOTED = 60  # characters of a passage that a deep link looks for


@dataclass(frozen=True, slots=True)
class Passage:
    """A family in the list: its text as it stands in a, and links to its places.

    ``other`` is how a near passage reads in b; the letters that differ are set apart in both.
    """

    number: int
    family: Family
    text: str
    other: str
    note: str
    places: list[tuple[str, list[Any]]]
    more: int


Show = Callable[[Side, Span], Any]


def listed(families: Sequence[Family], a: Speech, b: Speech, show: Show, first: int = 1) -> list[Passage]:
    """The families in their order, numbered from ``first``, with their first places as ``show`` presents them."""
    return [_listed(number, family, a, b, show) for number, family in enumerate(families, start=first)]


def _listed(number: int, family: Family, a: Speech, b: Speech, show: Show) -> Passage:
    spans: list[tuple[Side, Sequence[Span]]] = [("a", family.a), ("b", family.b)]
    places = [(str(side), [show(side, span) for span in found[:PLACE_LIMIT]]) for side, found in spans]
    more = sum(max(0, len(found) - PLACE_LIMIT) for _side, found in spans)
    if family.kind == "near":
        best = family.variants[0]
        both = words(a.text, best, "a"), words(b.text, best, "b")
        return Passage(number, family, *both, likeness(family), places, more)
    text = a.text[slice(*family.a[0])]
    shown = text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
    return Passage(number, family, shown, "", "", places, more)


@dataclass(frozen=True, slots=True)
class Context:
    """A place of a passage as it reads there, with the address that opens the speech at it."""

    url: str
    section: str
    excerpt: SafeString


class Locator:
    """Finds the section and the paragraph of a place in one speech."""

    def __init__(self, speech: Speech) -> None:
        self.speech = speech
        self.sections: list[Section] = list(speech.sections.all())
        self.paragraphs: list[Paragraph] = list(speech.paragraphs.all())

    def __call__(self, span: Span) -> Context:
        section = _last_before(self.sections, span.start)
        paragraph = _last_before(self.paragraphs, span.start)
        inside = paragraph if paragraph is not None and span.start < paragraph.end else section
        quoted = "".join(char for char in self.speech.text[slice(*span)] if char not in '"“”')[:QUOTED]
        query = urlencode({"q": f'"{quoted}"'})
        anchor = f"#{inside.anchor}" if inside is not None else ""
        return Context(
            f"{self.speech.get_absolute_url()}?{query}{anchor}",
            section_name(section) if section is not None else "",
            excerpt(self.speech.text, span, AROUND),
        )


def _last_before(rows: list[Any], offset: int) -> Any:
    """The last row that starts at or before ``offset``, or None."""
    at = bisect_right(rows, offset, key=lambda row: row.start)
    return rows[at - 1] if at else None


def section_name(section: Section) -> str:
    if str(section):
        return str(section)
    return {"front": _("（开头）"), "back": _("（结尾）")}.get(section.kind, _("（无标题）"))


def section_pairs(a: Speech, b: Speech, pairs: Iterable[SectionPair]) -> Iterator[dict[str, Any]]:
    """The suggestions as links; what has no counterpart and no heading is not worth a line."""
    rows = {"a": list(a.sections.all()), "b": list(b.sections.all())}
    for pair in pairs:
        one = rows["a"][pair.a] if pair.a is not None else None
        other = rows["b"][pair.b] if pair.b is not None else None
        if (one and other) or str(one or other or ""):
            yield {
                "a": one and (f"a-{one.anchor}", section_name(one)),
                "b": other and (f"b-{other.anchor}", section_name(other)),
                "similarity": pair.similarity,
                "shared": pair.shared,
            }


def excerpt(text: str, span: Span, around: int) -> SafeString:
    """The passage in its line, with up to ``around`` characters on either side."""
    line_start = text.rfind("\n", 0, span.start) + 1
    line_end = text.find("\n", span.end)
    line_end = len(text) if line_end < 0 else line_end
    start, end = max(line_start, span.start - around), min(line_end, span.end + around)
    return format_html(
        "{}{}<mark>{}</mark>{}{}",
        "…" if start > line_start else "",
        text[start : span.start],
        text[span.start : span.end],
        text[span.end : end],
        "…" if end < line_end else "",
    )
