"""What of a speech is searched: Haystack's index class and the document that goes into the engine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from haystack import indexes

from archive.models import Speech, SpeechQuerySet
from archive.search.engine.fields import Document
from archive.search.engine.view import Heads
from archive.search.letters import Letters, needle


class SpeechIndex(indexes.SearchIndex, indexes.Indexable):  # type: ignore[misc]
    """Published speeches, each with its whole text."""

    text = indexes.CharField(document=True, model_attr="text")

    def get_model(self) -> type[Speech]:
        return Speech

    def index_queryset(self, using: str | None = None) -> SpeechQuerySet:
        return indexable()

    def get_updated_field(self) -> str:
        return "updated_at"

    def document(self, speech: Speech) -> Document:
        return document(speech)

    def indexed(self, pks: Iterable[int] | None) -> None:
        """Called by the engine when these speeches (None: all of them) are in the live index."""
        from archive.search.checking import settle
        from archive.search.indexing import drain

        settle(pks)
        drain()


def indexable() -> SpeechQuerySet:
    """The speeches that belong into the index, with all that goes in."""
    return (
        Speech.objects.published()
        .select_related("speaker", "event")
        .prefetch_related("sections")
        .defer("redactions", "remarks", "notes", "lines")
        .order_by("pk")
    )


def heads_of(speech: Speech) -> Heads:
    """The letters of title and subtitle, and of the headings."""
    title = Letters.of(f"{speech.title}\n{speech.subtitle}")
    headings = Letters.of("\n".join(section.heading for section in speech.sections.all()))
    return (title.letters, title.apart), (headings.letters, headings.apart)


def document(speech: Speech) -> Document:
    headings = "\n".join(section.heading for section in speech.sections.all())
    return Document(
        pk=speech.pk,
        fingerprint=fingerprint(speech),
        text=speech.text,
        title=missing_title(speech.title, speech.text),
        head=f"{speech.title}\n{speech.subtitle}",
        date=speech.date_iso or "",
        speaker=speech.speaker.name if speech.speaker else "",
        kind=speech.kind,
        event=speech.event.name if speech.event else "",
        headings=headings,
    )


def missing_title(title: str, text: str) -> str:
    """The title when the text itself does not have it: it is searched too, but no occurrence in the text."""
    return "" if title in text or needle(title).letters in needle(text).letters else title


def letters_of(title: str, text: str) -> tuple[Letters, int]:
    """The letters of a speech as they are searched, and how many of them are the text's own."""
    title = missing_title(title, text)
    letters = Letters.of(f"{text}\n{title}" if title else text)
    return letters, len(letters.letters) - len(Letters.of(title).letters)


def fingerprint(speech: Speech) -> str:
    """Changes whenever the index entry of the speech has to."""
    speaker = speech.speaker.name if speech.speaker else None
    event = speech.event.name if speech.event else None
    return stamp(speech.digest, speech.title, speech.subtitle, speech.date_iso, speech.kind, speaker, event)


def stamp(*facts: str | None) -> str:
    """The fingerprint: digest, title, subtitle, date, kind, the names of speaker and event."""
    *own, speaker, event = facts
    return hashlib.sha256(json.dumps([*own, speaker or "", event or ""]).encode()).hexdigest()[:16]
