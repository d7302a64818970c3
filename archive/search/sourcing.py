"""The sources of a quotation: the speech, the place in it, and quotation and source letter beside letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.compare import Span, most_wrong
from archive.models import Speech
from archive.search.beside import (
    Beside,
    Step,
    Wanted,
    closed,
    measured,
    remarked,
    size_of,
    steps_of,
    written_source,
)
from archive.search.index import fingerprint, letters_of
from archive.search.letters import Letters
from archive.search.lines import context
from archive.search.nominating import Nominee, Text, replaced
from archive.search.places import Line, places, speech_url, speech_urls
from archive.search.results import Place

MARKED = 60  # characters of the source that the link marks
_stops = re.compile(r"[。！？!?｡…*×\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_quotes = re.compile("[“”‘’\"'「」『』《》〈〉]")


@dataclass(frozen=True, slots=True, eq=False)
class Find:
    """A document that holds what is wanted, and the way from its letters to its text."""

    wanted: Wanted
    nominee: Nominee
    letters: Letters


@dataclass(frozen=True, slots=True)
class Source:
    """Where a quotation stands, or what is nearest to it.

    ``start`` and ``end`` are characters into the speech's text; ``text`` are those, with …… for what the
    quotation leaves out; ``before`` and ``behind`` stand around them. ``anchor`` is "p7", or "s2" in a
    heading, ``last`` that of the end. ``similarity`` is 1 without differences, 0 with as many as letters.
    ``remarked``: other marks stand inside it.
    """

    speech: int
    title: str
    speaker: str | None
    date: str | None
    anchor: str
    last: str
    num: str
    heading: str
    url: str
    start: int
    end: int
    text: str
    before: str
    behind: str
    differences: int
    similarity: float
    remarked: bool
    steps: tuple[Step, ...]

    def cut(self, part: Span) -> Source | None:
        """The same for a part of the quotation (letters); None when nothing stands for it."""
        inside = [step for step in self.steps if step.inside(part)]
        spans = [step.span for step in inside if step.source]
        if not spans:
            return None
        steps = closed(inside)
        differences, similarity = measured(steps, part.end - part.start)
        return replace(
            self,
            start=spans[0].start,
            end=spans[-1].end,
            text=written_source(steps),
            before="",
            behind="",
            differences=differences,
            similarity=similarity,
            remarked=remarked(steps),
            steps=steps,
        )

    def is_cut_of(self, other: Source) -> bool:
        """Whether it lies in that one."""
        return self.speech == other.speech and other.start <= self.start and self.end <= other.end


def sources(finds: Sequence[Find]) -> dict[Find, Source]:
    """What is to be said of each; a speech that has been withdrawn meanwhile has nothing."""
    pks = {find.nominee.entry.pk for find in finds}
    speeches = (
        Speech.objects.published()
        .select_related("speaker", "event")
        .defer("redactions", "remarks", "notes", "lines")
        .in_bulk(pks)
        if pks
        else {}
    )
    found = {}
    for find in finds:
        speech = speeches.get(find.nominee.entry.pk)
        source = _source(speech, find) if speech else None
        if speech and source:
            found[find] = source
    return _located(found, {pk: speech.text for pk, speech in speeches.items()})


def _source(speech: Speech, find: Find) -> Source | None:
    """The source without its place in the outline. Should the index be behind, it is looked for again."""
    letters, placing = find.letters, find.nominee.placing
    own = find.nominee.entry.own
    if fingerprint(speech) != find.nominee.entry.fingerprint:
        letters, own = letters_of(speech.title, speech.text)
        again = replaced(find.wanted.runs, Text(letters.letters, letters.apart, own))
        if again is None:
            return None
        placing = again
    read = Beside(find.wanted, speech.text, letters, Text(letters.letters, letters.apart, own))
    steps = tuple(read.written(steps_of(find.wanted.stretches, placing)))
    spans = [step.span for step in steps if step.source]
    size = sum(map(size_of, find.wanted.stretches))
    differences, similarity = measured(steps, size)
    if differences > most_wrong(size):
        return None
    return Source(
        speech=speech.pk,
        title=speech.title,
        speaker=speech.speaker.name if speech.speaker else None,
        date=speech.date_iso,
        anchor="", last="", num="", heading="", url="",
        start=spans[0].start,
        end=spans[-1].end,
        text=written_source(steps),
        **_around(speech.text, spans[0].start, spans[-1].end),
        differences=differences,
        similarity=similarity,
        remarked=remarked(steps),
        steps=steps,
    )  # fmt: skip


def _around(text: str, start: int, end: int) -> dict[str, str]:
    before, _hit, behind = context(text, start, end)
    return {"before": before, "behind": behind}


def _located(found: dict[Find, Source], texts: dict[int, str]) -> dict[Find, Source]:
    """The same with anchors and links: two queries for all."""
    asked: dict[int, dict[int, Line]] = {}
    for source in found.values():
        for at in (source.start, source.end - 1):
            first, end = _line(texts[source.speech], at)
            asked.setdefault(source.speech, {})[first] = Line(source.speech, first, end, ((at, at + 1),))
    shown = places(
        (line for lines in asked.values() for line in lines.values()), texts, speech_urls(texts, "")
    )
    where = {
        (pk, first): place
        for pk, lines in asked.items()
        for first, place in zip(lines, shown[pk], strict=True)
    }
    return {find: _linked(source, texts[source.speech], where) for find, source in found.items()}


def _linked(source: Source, text: str, where: dict[tuple[int, int], Place]) -> Source:
    begins = where[source.speech, _line(text, source.start)[0]]
    ends = where[source.speech, _line(text, source.end - 1)[0]]
    return replace(
        source,
        anchor=begins.anchor,
        last=ends.anchor,
        num=begins.num,
        heading=begins.heading,
        url=speech_url(source.speech, _marking(source.text), begins.anchor),
    )


def _line(text: str, at: int) -> tuple[int, int]:
    """The line around a character."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def _marking(text: str) -> str:
    """The query that marks the beginning of a source, as far as its first sentence goes."""
    words = _quotes.sub("", _stops.split(text.lstrip(), maxsplit=1)[0])[:MARKED].strip()
    return f"“{words}”" if words else ""
