"""The lines of a concordance: a place in a text with what stands before and behind it, and where it is.

Cut from the text itself: traditional stays traditional, marks stay; only blanks and line breaks become one
space each. Nothing here is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.models import Speech
from archive.search.engine import Entry
from archive.search.index import fingerprint, letters_of
from archive.search.letters import Letters
from archive.search.matching import Occurrence, occurrences
from archive.search.places import Line as TextLine
from archive.search.places import places, speech_urls
from archive.search.query import Parsed
from archive.search.results import Place

LINES_A_PAGE = 50
CONTEXT = 24  # characters on either side
_WINDOW = 4 * CONTEXT  # characters of the text from which they are taken, blanks counted one by one
_SPEECHES, _LINES = LINES_A_PAGE, 1000  # that are read from the database at a time
_blanks = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One place: ``left`` + ``hit`` + ``right`` as they stand, ``start`` and ``end`` in the speech's text."""

    speech: int
    title: str
    speaker: str | None
    date: str | None
    num: str
    heading: str
    anchor: str  # "p7", or "s2" when the place is in a heading, title or byline
    url: str  # /speeches/<id>/?q=…#p7
    left: str
    hit: str
    right: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pick:
    """A place wanted: it comes as line ``rank``, and is the ``ordinal``-th in its speech, both from 0."""

    rank: int
    ordinal: int
    at: Occurrence


@dataclass(frozen=True, slots=True)
class _Found:
    """A place in a text."""

    speech: Speech
    rank: int
    start: int
    end: int

    @property
    def first(self) -> int:
        """Where the line of the text begins."""
        return self.speech.text.rfind("\n", 0, self.start) + 1


@dataclass(frozen=True, slots=True)
class Source:
    """A speech as the index has it, and the places wanted of it."""

    entry: Entry
    letters: Letters
    picks: tuple[Pick, ...]


def lines(sources: Iterable[Source], literal: Parsed, raw: str) -> Iterator[tuple[int, Line]]:
    """The lines of all sources, source by source, each with its rank; ``raw`` is what the links mark.

    A speech that has been withdrawn meanwhile has none.
    """
    for batch in _batches(sources):
        speeches = (
            Speech.objects.published()
            .select_related("speaker", "event")
            .defer("redactions", "remarks", "notes", "lines")
            .in_bulk([source.entry.pk for source in batch])
        )
        found = [
            _Found(speeches[source.entry.pk], *span)
            for source in batch
            if source.entry.pk in speeches
            for span in _spans(speeches[source.entry.pk], source, literal)
        ]
        where = _places(found, raw)
        for at in found:
            yield at.rank, _line(at, where[at.speech.pk, at.first])


def _batches(sources: Iterable[Source]) -> Iterator[list[Source]]:
    batch: list[Source] = []
    wanted = 0
    for source in sources:
        batch.append(source)
        wanted += len(source.picks)
        if len(batch) == _SPEECHES or wanted >= _LINES:
            yield batch
            batch, wanted = [], 0
    if batch:
        yield batch


def _spans(speech: Speech, source: Source, literal: Parsed) -> list[tuple[int, int, int]]:
    """(rank, start, end) of every pick, in the text as it is now, should the index be behind."""
    if fingerprint(speech) == source.entry.fingerprint:
        return [(pick.rank, *source.letters.span(pick.at.first, pick.at.size)) for pick in source.picks]
    letters, own = letters_of(speech.title, speech.text)
    found = [at for at in occurrences(literal, letters.letters, letters.apart) if at.first < own]
    return [
        (pick.rank, *letters.span(found[pick.ordinal].first, found[pick.ordinal].size))
        for pick in source.picks
        if pick.ordinal < len(found)
    ]


def _places(found: list[_Found], raw: str) -> dict[tuple[int, int], Place]:
    """(speech, start) of each line of text with a place in it -> where that is: two queries for all."""
    asked: dict[int, dict[int, TextLine]] = {}
    for at in found:
        end = at.speech.text.find("\n", at.first)
        end = len(at.speech.text) if end < 0 else end
        asked.setdefault(at.speech.pk, {}).setdefault(
            at.first, TextLine(at.speech.pk, at.first, end, ((at.start, at.end),))
        )
    texts = {at.speech.pk: at.speech.text for at in found}
    lines = (line for starts in asked.values() for line in starts.values())
    shown = places(lines, texts, speech_urls(texts, raw))
    return {
        (pk, start): place
        for pk, starts in asked.items()
        for start, place in zip(starts, shown[pk], strict=True)
    }


def _line(at: _Found, place: Place) -> Line:
    speech = at.speech
    return Line(
        speech.pk, speech.title, speech.speaker.name if speech.speaker else None, speech.date_iso,
        place.num, place.heading, place.anchor, place.url,
        *context(speech.text, at.start, at.end), at.start, at.end,
    )  # fmt: skip


def context(text: str, start: int, end: int) -> tuple[str, str, str]:
    """What stands before, at and behind ``text[start:end]``, at most 24 characters before and behind."""
    before, behind = text[max(0, start - _WINDOW) : start], text[end : end + _WINDOW]
    left = _blanks.sub(" ", before)[-CONTEXT:].lstrip()
    right = _blanks.sub(" ", behind)[:CONTEXT].rstrip()
    return left, _blanks.sub(" ", text[start:end]), right
