"""From bytes to rows: read, parse, and write one speech in one transaction.

Two doors lead here, the command and the upload page. A file either becomes a whole speech (or updates
one) or leaves nothing behind; importing the same text again changes nothing. What an editor has
corrected is never overwritten. The bytes are kept as they came.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive import parsing, readers
from archive.models import Event, Paragraph, Section, SourceFile, Speaker, Speech
from archive.parsing import Outline
from archive.text import Note, clean_name

logger = logging.getLogger(__name__)

Status = Literal["imported", "updated", "unchanged", "duplicate", "failed"]


class Refused(ValueError):
    """A file that cannot become a speech: a stable code and a sentence that contains the cure."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file read and parsed, with nothing written yet."""

    name: str
    data: bytes
    encoding: str
    outline: Outline
    notes: tuple[Note, ...]

    @property
    def digest(self) -> str:
        return digest_of(self.outline.text)

    def twin(self) -> Speech | None:
        """The speech in the archive that has exactly this text."""
        return Speech.objects.filter(digest=self.digest).first()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What an editor says about a speech; None leaves the parser's value. ``date`` as "2022-11-20" or shorter."""

    title: str | None = None
    speaker: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file. ``speech`` is the row it is now, or the twin it repeats."""

    name: str
    status: Status
    speech: Speech | None = None
    encoding: str = ""
    notes: tuple[Note, ...] = ()
    code: str = ""
    error: str = ""
    sections: int = 0
    outline: Outline | None = field(default=None, repr=False)


def digest_of(text: str) -> str:
    """SHA-256 of the canonical text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def received_before(data: bytes) -> bool:
    """Whether exactly these bytes have been kept, whatever became of their speech."""
    return SourceFile.objects.filter(sha256=hashlib.sha256(data).hexdigest()).exists()


def prepare(data: bytes, name: str, encoding: str | None = None) -> Prepared:
    """Read and parse a file. Raises Refused with the sentence that the person at the door should see."""
    megabytes = settings.ARCHIVE_MAX_UPLOAD_MB
    if len(data) > megabytes * 2**20:
        raise Refused("too_large", _("文件超过 %(n)d MB 的上限，请拆分后再导入。") % {"n": megabytes})
    kept_name = clean_name(name) or _("未命名")
    name_notes = () if kept_name == name else (Note(0, "name_cleaned", _("文件名已改写。")),)
    try:
        document = readers.read(data, kept_name, encoding)
    except readers.Unreadable as error:
        raise Refused(error.code, error.message) from error
    outline = parsing.parse(document.text, name=kept_name, today=timezone.localdate())
    for problem in parsing.problems(outline):
        raise Refused(problem.code, problem.message)
    notes = (*name_notes, *document.notes, *outline.notes)
    return Prepared(kept_name, data, document.encoding, outline, notes)


def import_bytes(
    data: bytes,
    name: str,
    *,
    encoding: str | None = None,
    path: str = "",
    draft: bool = False,
    dry_run: bool = False,
) -> Imported:
    """Import one file and say what became of it; never raises for what a file contains.

    ``path`` names the place it came from: importing the same path again updates its speech.
    """
    try:
        return store(prepare(data, name, encoding), path=path, draft=draft, dry_run=dry_run)
    except Refused as refused:
        return Imported(name, "failed", encoding=encoding or "", code=refused.code, error=refused.message)
    except Exception:
        # Our own mistake, or a full disk: the transaction is undone, the log has the whole story, and
        # the other files of the batch go on.
        logger.exception("Importing %r failed", name)
        message = _("导入时出错，没有保存；详情见日志。请检查磁盘空间后重试，仍失败请把文件交给管理员。")
        return Imported(name, "failed", encoding=encoding or "", code="internal_error", error=message)


def store(
    prepared: Prepared,
    *,
    path: str = "",
    draft: bool = False,
    dry_run: bool = False,
    metadata: Metadata | None = None,
) -> Imported:
    """Write a prepared file as a new speech, or as the new text of the speech that came from ``path``."""
    result = Imported(
        prepared.name,
        "imported",
        encoding=prepared.encoding,
        notes=prepared.notes,
        sections=len(prepared.outline.sections),
        outline=prepared.outline,
    )
    try:
        with transaction.atomic():
            status, speech = _write(prepared, path, draft, dry_run, metadata or Metadata())
    except IntegrityError:
        # Another process stored the same text between our look and our write.
        status, speech = "duplicate", prepared.twin()
        if speech is None:
            raise
    return replace(result, status=status, speech=speech)


def _write(
    prepared: Prepared, path: str, draft: bool, dry_run: bool, metadata: Metadata
) -> tuple[Status, Speech | None]:
    twin = prepared.twin()
    if twin is not None:
        same_place = bool(path) and twin.imported_from == path
        return ("unchanged" if same_place or _same_file(twin, prepared) else "duplicate"), twin
    speech = Speech.objects.filter(imported_from=path).first() if path else None
    status: Status = "imported" if speech is None else "updated"
    if dry_run:
        return status, speech
    speech = speech or Speech(imported_from=path, published=not draft)
    speech.source = _keep_original(prepared)
    _describe(speech, prepared, metadata)
    before = _numbered(speech) if speech.pk else _Numbered()
    speech.save()
    _write_outline(speech, prepared.outline, before)
    return status, speech


def _same_file(speech: Speech, prepared: Prepared) -> bool:
    source = speech.source
    return source is not None and (source.name, source.sha256) == (
        prepared.name,
        hashlib.sha256(prepared.data).hexdigest(),
    )


def _keep_original(prepared: Prepared) -> SourceFile:
    source, _created = SourceFile.objects.get_or_create(
        sha256=hashlib.sha256(prepared.data).hexdigest(),
        defaults={
            "name": prepared.name,
            "size": len(prepared.data),
            "encoding": prepared.encoding,
            "content": prepared.data,
        },
    )
    return source


def _describe(speech: Speech, prepared: Prepared, metadata: Metadata) -> None:
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


# Attributes that follow another field when an editor changes it.
EDITED_AS = {"date_iso": "date", "title_source": "title"}


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


@dataclass(frozen=True, slots=True)
class _Numbered:
    """The numbers that stand in links to a speech, each with the words it points to."""

    sections: tuple[tuple[int, str], ...] = ()
    paragraphs: tuple[tuple[int, str], ...] = ()


def _numbered(speech: Speech) -> _Numbered:
    text = Speech.objects.values_list("text", flat=True).get(pk=speech.pk)
    return _Numbered(
        tuple((s.number, f"{s.kind}{s.num}{s.heading}") for s in speech.sections.all()),
        tuple((p.number, text[p.start : p.end]) for p in speech.paragraphs.all()),
    )


def _write_outline(speech: Speech, outline: Outline, before: _Numbered) -> None:
    speech.sections.all().delete()  # and with them the paragraphs
    sections = _write_sections(speech, outline, before)
    pairs = [
        (section, paragraph)
        for section, parsed in zip(sections, outline.sections, strict=True)
        for paragraph in parsed.paragraphs
    ]
    words = [outline.text[p.start : p.end] for _s, p in pairs]
    numbers = parsing.renumber(before.paragraphs, words, first=1)
    Paragraph.objects.bulk_create(
        Paragraph(
            speech=speech,
            section=section,
            position=position,
            number=numbers[position],
            kind=paragraph.kind,
            start=paragraph.start,
            end=paragraph.end,
            items=[asdict(item) for item in paragraph.items],
        )
        for position, (section, paragraph) in enumerate(pairs)
    )


def _write_sections(speech: Speech, outline: Outline, before: _Numbered) -> list[Section]:
    words = [f"{s.kind}{s.num}{s.heading}" for s in outline.sections]
    numbers = parsing.renumber(before.sections, words, first=0)
    rows = [
        Section(
            speech=speech,
            position=position,
            number=numbers[position],
            depth=parsed.depth,
            kind=parsed.kind,
            num=parsed.num,
            heading=parsed.heading,
            start=parsed.start,
            end=parsed.end,
            heading_start=parsed.heading_start,
            heading_end=parsed.heading_end,
        )
        for position, parsed in enumerate(outline.sections)
    ]
    for level in _by_depth(outline):
        for position in level:
            parent = outline.sections[position].parent
            rows[position].parent = None if parent is None else rows[parent]
        Section.objects.bulk_create(rows[position] for position in level)
    return rows


def _by_depth(outline: Outline) -> Iterable[list[int]]:
    """Positions level by level, so that a parent has its key before its children are written."""
    levels: dict[int, list[int]] = {}
    for position, section in enumerate(outline.sections):
        levels.setdefault(section.depth, []).append(position)
    return (levels[depth] for depth in sorted(levels))
