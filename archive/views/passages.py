"""What two speeches share, for lists: each passage once, with its places, and the sections that answer."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import floor
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.compare import MIN_LETTERS, Family, SectionPair, Side, Span
from archive.models import Paragraph, Section, Speech
from archive.templatetags.reading import written_date
from archive.views.differing import LONGEST_SHOWN, words
from archive.views.listing import Entry, asked
from archive.views.units import section_name

PLACE_LIMIT = 12  # places of one passage on each side; formulas have dozens
AROUND = 24  # characters of context on either side
CITED = 2_000  # characters of a passage that is copied
NAMED = 13  # characters of a section's name in a list
QUOTED = 60  # characters of a passage that a deep link looks for

_outer = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True, slots=True)
class Passage:
    """A family in the list: its text as it stands in a, and links to its places.

    ``other`` is how a near passage reads in b; the letters that differ are set apart in both. ``sections`` are those
    of its first places, ``elsewhere`` is what the archive says of it, with the address that shows it.
    """

    number: int
    family: Family
    formula: bool
    text: str
    other: str
    note: str
    places: list[tuple[str, list[Any]]]
    more: int
    sections: tuple[str, str]
    elsewhere: tuple[str, str]
    citation: str


Show = Callable[[Side, Span], Any]


class Lister:
    """Makes passages of the entries of two speeches; ``alike``: formulas are not set apart."""

    def __init__(self, a: Speech, b: Speech, show: Show, *, alike: bool) -> None:
        self._a, self._b = a, b
        self._show = show
        self._alike = alike
        self._in_a, self._in_b = Locator(a), Locator(b)

    def __call__(self, entry: Entry) -> Passage:
        family = entry.family
        spans: list[tuple[Side, Sequence[Span]]] = [("a", family.a), ("b", family.b)]
        return Passage(
            entry.number,
            family,
            family.recurring and not self._alike,
            *self._words(family),
            told(entry),
            [(side, [self._show(side, span) for span in found[:PLACE_LIMIT]]) for side, found in spans],
            sum(max(0, len(found) - PLACE_LIMIT) for _side, found in spans),
            (cut(self._in_a.section(family.a[0]), NAMED), cut(self._in_b.section(family.b[0]), NAMED)),
            elsewhere(entry, self._a.text),
            f"{self._in_a.citation(_('甲'), family.a[0])}\n{self._in_b.citation(_('乙'), family.b[0])}",
        )

    def _words(self, family: Family) -> tuple[str, str]:
        if family.kind == "near":
            best = family.variants[0]
            return words(self._a.text, best, "a"), words(self._b.text, best, "b")
        return cut(self._a.text[slice(*family.a[0])], LONGEST_SHOWN), ""


def cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[:most]}…"


def told(entry: Entry) -> str:
    """How much agrees, in words."""
    family = entry.family
    if family.kind == "exact":
        return _("%(n)d 字") % {"n": family.length}
    facts = {"n": family.length, "percent": floor(100 * family.similarity)}
    if entry.within:
        return _("近似 %(percent)d %%，%(n)d 字同，连续 %(run)d 字") % {
            **facts,
            "run": entry.within[0].length,
        }
    return _("近似 %(percent)d %%，%(n)d 字同") % facts


def elsewhere(entry: Entry, text: str) -> tuple[str, str]:
    """Where else in the archive the words stand, in words, and the address that shows it ("" when nowhere)."""
    phrase = asked(entry.family, text)
    if entry.witnessed is None or sum(map(str.isalnum, phrase)) < MIN_LETTERS:
        return "", ""
    others, more = entry.witnessed.others, entry.witnessed.more
    if not (others or more):
        return _("别处未见"), ""
    url = f"{reverse('search')}?{urlencode({'q': quoted(phrase), 'sort': 'oldest'})}"
    if not others:
        return _("查别处"), url
    return (_("另见至少 %(n)d 篇") if more else _("另见 %(n)d 篇")) % {"n": others}, url


def quoted(words: str) -> str:
    """The words as a phrase to be searched for; one that is too long by its beginning."""
    plain = "".join(char for char in words if char not in '"“”')[:QUOTED]
    return f'"{_outer.sub("", plain)}"'


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
        query = urlencode({"q": quoted(self.speech.text[slice(*span)])})
        anchor = f"#{inside.anchor}" if inside is not None else ""
        return Context(
            f"{self.speech.get_absolute_url()}?{query}{anchor}",
            self.section(span),
            excerpt(self.speech.text, span, AROUND),
        )

    def citation(self, side: str, span: Span) -> str:
        """The words of a place and where they stand, to be copied: characters are counted from 1."""
        speech = self.speech
        facts = (
            speech.speaker.name if speech.speaker else "",
            written_date(speech.date_iso),
            self.section(span),
        )
        return _("%(side)s“%(words)s”——《%(title)s》（%(facts)s，第 %(first)d—%(last)d 字）") % {
            "side": side,
            "words": cut(speech.text[slice(*span)], CITED),
            "title": speech.title,
            "facts": _("，").join(filter(None, facts)),
            "first": span.start + 1,
            "last": span.end,
        }

    def section(self, span: Span) -> str:
        """What the section of a place is called."""
        section = _last_before(self.sections, span.start)
        return section_name(section) if section is not None else ""


def _last_before(rows: list[Any], offset: int) -> Any:
    """The last row that starts at or before ``offset``, or None."""
    at = bisect_right(rows, offset, key=lambda row: row.start)
    return rows[at - 1] if at else None


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
