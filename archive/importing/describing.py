"""What is known about a speech: from its outline, save where an editor has spoken."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from archive.importing.preparing import digest_of
from archive.models import Alias, Event, Speaker, Speech
from archive.parsing import Outline
from archive.readers import Told
from archive.text import Note

# Attributes that follow another field when an editor changes it.
EDITED_AS = {"date_iso": "date", "title_source": "title"}
NAMED: dict[str, type[Any]] = {"speaker": Speaker, "event": Event}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What an editor says about a speech; None leaves the parser's value. ``date`` as "2022-11-20" or shorter."""

    title: str | None = None
    speaker: str | None = None
    date: str | None = None
    subtitle: str | None = None
    role: str | None = None
    event: str | None = None
    kind: str | None = None
    venue: str | None = None


def said_by(told: Told | None, editor: Metadata, speech: Speech) -> Metadata:
    """What an editor says now, else what an export of ours told; but what an editor has said before stays said."""
    own = {name: value for name, value in asdict(editor).items() if value is not None}
    facts = told.facts if told else ()
    return Metadata(**({name: value for name, value in facts if name not in speech.edited} | own))


def describe(speech: Speech, outline: Outline, notes: Iterable[Note], metadata: Metadata) -> None:
    """Set text and metadata from the outline, save where an editor has spoken."""
    speech.text, speech.digest = outline.text, digest_of(outline.text)
    speech.characters = len(outline.text)
    title, speaker, event = outline.title[:300], outline.speaker[:100], outline.event[:200]
    plain = {
        "subtitle": outline.subtitle[:300],
        "role": outline.role[:200],
        "venue": outline.venue[:200],
        "kind": outline.kind[:40],
    }
    known = {"title": title, "speaker": speaker, "date": outline.date or "", "event": event, **plain}
    _overrule(speech, metadata, known)
    found: dict[str, Callable[[], Any]] = {
        "title": lambda: title,
        "title_source": lambda: outline.title_source,
        "subtitle": lambda: plain["subtitle"],
        "role": lambda: plain["role"],
        "date_iso": lambda: outline.date,
        "venue": lambda: plain["venue"],
        "kind": lambda: plain["kind"],
        "salutation": lambda: outline.salutation[:300],
        "closing": lambda: outline.closing,
        "speaker": lambda: named(Speaker, speaker),
        "event": lambda: named(Event, event),
    }
    for name, value in found.items():
        if EDITED_AS.get(name, name) not in speech.edited:
            setattr(speech, name, value())
    speech.origins = dict(outline.origins)
    speech.lines = [asdict(line) for line in outline.lines]
    speech.redactions = [asdict(span) for span in outline.redactions]
    speech.remarks = [asdict(span) for span in outline.remarks]
    speech.notes = [asdict(note) for note in notes]


def apply_metadata(speech: Speech, metadata: Metadata) -> None:
    """Take over what an editor says of a speech that is in the archive."""
    known = {
        "title": speech.title,
        "speaker": speech.speaker.name if speech.speaker else "",
        "date": speech.date_iso or "",
        "event": speech.event.name if speech.event else "",
        **{name: getattr(speech, name) for name in ("subtitle", "role", "venue", "kind")},
    }
    _overrule(speech, metadata, known)


def _overrule(speech: Speech, metadata: Metadata, known: dict[str, str]) -> None:
    """Set what the editor says otherwise than ``known``, and remember which fields are now the editor's."""
    for name, value in asdict(metadata).items():
        if value is None or value == known[name]:
            continue
        if name == "title":
            speech.title, speech.title_source = value, Speech.TitleSource.EDITED
        elif name in NAMED:
            setattr(speech, name, named(NAMED[name], value))
        elif name == "date":
            speech.date_iso = value or None
        else:
            setattr(speech, name, value)
        speech.edited = sorted({*speech.edited, name})


def named(model: type[Any], name: str) -> Any:
    """The speaker or event of this name, made if it is new; a speaker by any name. None for no name."""
    if not name:
        return None
    alias = Alias.objects.filter(name=name).select_related("speaker").first() if model is Speaker else None
    return alias.speaker if alias else model.objects.get_or_create(name=name)[0]
