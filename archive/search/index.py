"""What of a speech is searched: Haystack's index class and the document that goes into the engine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from haystack import indexes

from archive.models import Speech, SpeechQuerySet
from archive.search.engine.fields import Document
from archive.search.letters import needle


class SpeechIndex(indexes.SearchIndex, indexes.Indexable):  # type: ignore[misc]
    """Published speeches, each with its whole text."""

    text = indexes.CharField(document=True)

    def get_model(self) -> type[Speech]:
        return Speech

    def index_queryset(self, using: str | None = None) -> SpeechQuerySet:
        return indexable()

    def get_updated_field(self) -> str:
        return "updated_at"

    def prepare_text(self, speech: Speech) -> str:
        return searchable(speech.title, speech.text)

    def document(self, speech: Speech) -> Document:
        return document(speech)

    def indexed(self, pks: Iterable[int]) -> None:
        """Called by the engine when these speeches are in the index."""
        from archive.search.indexing import settle

        settle(pks)


def indexable() -> SpeechQuerySet:
    """The speeches that belong into the index, with all that goes in."""
    return (
        Speech.objects.published()
        .select_related("speaker", "event")
        .prefetch_related("sections")
        .defer("redactions", "remarks", "notes", "lines")
        .order_by("pk")
    )


def document(speech: Speech) -> Document:
    headings = "\n".join(section.heading for section in speech.sections.all())
    return Document(
        pk=speech.pk,
        fingerprint=fingerprint(speech),
        text=searchable(speech.title, speech.text),
        head=f"{speech.title}\n{speech.subtitle}\n{headings}",
        date=speech.date_iso or "",
        speaker=speech.speaker.name if speech.speaker else "",
        kind=speech.kind,
        event=speech.event.name if speech.event else "",
    )


def searchable(title: str, text: str) -> str:
    """The text as it is searched: with the title after it when the text itself does not have it."""
    if title in text or needle(title).letters in needle(text).letters:
        return text
    return f"{text}\n{title}"


def fingerprint(speech: Speech) -> str:
    """Changes whenever the index entry of the speech has to."""
    facts = [
        speech.digest, speech.title, speech.subtitle, speech.date_iso, speech.kind,
        speech.speaker.name if speech.speaker else "", speech.event.name if speech.event else "",
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]
