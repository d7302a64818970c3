"""What is known about a speech: from its outline, save where an editor has spoken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from archive.importing.preparing import Prepared
from archive.models import Event, Speaker, Speech

# Attributes that follow another field when an editor changes it.
EDITED_AS = {"date_iso": "date", "title_source": "title"}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What an editor says about a speech; None leaves the parser's value. ``date`` as "2022-11-20" or shorter."""

    title: str | None = None
    speaker: str | None = None
    date: str | None = None


def describe(speech: Speech, prepared: Prepared, metadata: Metadata) -> None:
    """Set text and metadata from the outline, save where an editor has spoken."""
    outline = prepared.outline
    speech.text, speech.digest = outline.text, prepared.digest
    speech.characters = len(outline.text)
    found: dict[str, Any] = {
        "title": outline.title[:300],
        "title_source": outline.title_source,
        "subtitle": outline.subtitle[:300],
        "role": outline.role[:200],
        "date_iso": outline.date,
        "venue": outline.venue[:200],
        "kind": outline.kind[:40],
        "salutation": outline.salutation[:300],
        "closing": outline.closing,
        "speaker": named(Speaker, outline.speaker[:100]),
        "event": named(Event, outline.event[:200]),
    }
    for name, value in found.items():
        if EDITED_AS.get(name, name) not in speech.edited:
            setattr(speech, name, value)
    speech.lines = [asdict(line) for line in outline.lines]
    speech.redactions = [asdict(span) for span in outline.redactions]
    speech.remarks = [asdict(span) for span in outline.remarks]
    speech.notes = [asdict(note) for note in prepared.notes]
    apply_metadata(speech, metadata)


def apply_metadata(speech: Speech, metadata: Metadata) -> None:
    """Take over what an editor says, remembering which fields are now the editor's."""
    changes: dict[str, tuple[Any, Callable[[], Any]]] = {
        "title": (metadata.title, lambda: speech.title),
        "speaker": (metadata.speaker, lambda: speech.speaker.name if speech.speaker else ""),
        "date": (metadata.date, lambda: speech.date_iso or ""),
    }
    for name, (value, current) in changes.items():
        if value is None or value == current():
            continue
        if name == "title":
            speech.title, speech.title_source = value, Speech.TitleSource.EDITED
        elif name == "speaker":
            speech.speaker = named(Speaker, value)
        else:
            speech.date_iso = value or None
        speech.edited = sorted({*speech.edited, name})


def named(model: type[Any], name: str) -> Any:
    """The speaker or event of this name, made if it is new; None for no name."""
    return model.objects.get_or_create(name=name)[0] if name else None
