"""The places of a passage in other speeches, set as the apparatus of an edition: a line each, with what differs.

What stands there letter for letter is written ～, as dictionaries write the headword.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive import reuse
from archive.models import Speech

SHOWN = 6  # speeches that have a passage; the others fold away
LINES = 3  # places in one speech
LONGEST = 300  # characters of a passage
QUOTED = 60  # characters that a deep link looks for
SAME = "～"

_OUTER = re.compile(r"([\W_]*)(.*?)([\W_]*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """One place: the paragraph, what stands around the words there, and how they read."""

    anchor: str
    url: str
    before: str
    wording: SafeString
    after: str


@dataclass(frozen=True, slots=True)
class Witness:
    """A speech that has a passage; ``more`` places of it are not shown."""

    speech: Speech
    compare: str
    lines: Sequence[Line]
    more: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage on the page: ``spots`` are its other places in the speech, each with an address.

    Of the ``witnesses`` some come first and ``more`` fold away; ``parts`` have only words out of it.
    """

    number: int
    passage: reuse.Passage
    text: str
    url: str
    spots: Sequence[tuple[str, str]]
    witnesses: Sequence[Witness]
    more: Sequence[Witness]
    parts: Sequence[Witness]

    @property
    def others(self) -> int:
        return self.passage.speeches - 1


def shown(passages: Sequence[reuse.Passage], first: int, speech: Speech) -> list[Shown]:
    """The passages of a speech fetched ``with_outline()``, numbered from ``first`` on."""
    sections = [(section.start, section.anchor) for section in speech.sections.all()]
    built = []
    for number, passage in enumerate(passages, start=first):
        section = max((each for each in sections if each[0] <= passage.span.start), default=(0, ""))[1]
        mostly = {use.speech.pk for use in passage.uses if use.mostly}
        wholes = witnesses((use for use in passage.uses if use.mostly), speech, section)
        parts = witnesses((use for use in passage.uses if use.speech.pk not in mostly), speech, section)
        text = speech.text[slice(*passage.span)]
        built.append(
            Shown(
                number,
                passage,
                text if len(text) <= LONGEST else f"{text[:LONGEST]}…",
                deep_link(speech, text, passage.anchor),
                [(place(spot.anchor), deep_link(speech, text, spot.anchor)) for spot in passage.spots],
                wholes[:SHOWN],
                wholes[SHOWN:],
                parts,
            )
        )
    return built


def witnesses(uses: Iterable[reuse.Use], speech: Speech, section: str) -> list[Witness]:
    """Each speech with its places, in the order of the uses."""
    found = []
    for _pk, group in groupby(uses, key=lambda use: use.speech.pk):
        some = list(group)
        lines = [_line(use) for use in some[:LINES]]
        pair = compare_link(speech, some[0].speech) + (f"#a-{section}" if section else "")
        found.append(Witness(some[0].speech, pair, lines, len(some) - len(lines)))
    return found


def _line(use: reuse.Use) -> Line:
    same = use.exact and not use.part
    label = _("同上")
    read = format_html('<abbr title="{}">{}</abbr>', label, SAME) if same else wording(use)
    before = f"…{use.before}" if len(use.before) == reuse.CONTEXT else use.before
    after = f"{use.after}…" if len(use.after) == reuse.CONTEXT else use.after
    return Line(place(use.anchor), deep_link(use.speech, use.text, use.anchor), before, read, after)


def place(anchor: str) -> str:
    """A paragraph as readers call it; what stands before the first one has no number."""
    return _("第 %(n)s 段") % {"n": anchor.removeprefix("p")} if anchor else _("篇首")


def wording(use: reuse.Use) -> SafeString:
    """The text of a place, escaped, the letters that the passage has otherwise in <b>."""
    parts: list[tuple[str, str]] = []
    at = 0
    for piece in use.pieces:
        start, end = piece.start - use.span.start, piece.end - use.span.start
        # The marks around the letters that differ are not what differs.
        before, letters, after = _OUTER.fullmatch(use.text[at:start]).groups()  # type: ignore[union-attr]
        parts += [("span", before), ("b", letters), ("span", after), ("span", use.text[start:end])]
        at = end
    return format_html_join("", "<{}>{}</{}>", [(tag, text, tag) for tag, text in parts if text])


def deep_link(speech: Speech, text: str, anchor: str) -> str:
    """The page of a speech with these words marked, at the paragraph where they stand."""
    quoted = "".join(char for char in text if char not in '"“”')[:QUOTED]
    query = urlencode({"q": f'"{quoted}"'})
    return f"{speech.get_absolute_url()}?{query}" + (f"#{anchor}" if anchor else "")


def compare_link(a: Speech, b: Speech) -> str:
    return f"{reverse('compare')}?{urlencode({'a': a.pk, 'b': b.pk})}"
