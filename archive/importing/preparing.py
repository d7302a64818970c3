"""The first half, which writes nothing: bytes of a file -> an outline, or a refusal."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from archive import parsing, readers, reuse
from archive.compare import Span, Text
from archive.models import SourceFile, Speech
from archive.parsing import Decision, Outline
from archive.readers import Document, Told
from archive.text import Note, clean_name


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
    decisions: tuple[Decision, ...] = ()
    told: Told | None = None

    @property
    def digest(self) -> str:
        return digest_of(self.outline.text)

    def decided(self, decisions: Sequence[Decision]) -> Prepared:
        """The same file under other decisions about its headings."""
        if tuple(decisions) == self.decisions:
            return self
        outline = parsing.parse(
            self.outline.text, name=self.name, today=timezone.localdate(), decisions=decisions
        )
        return replace(self, outline=outline, decisions=tuple(decisions))

    def twin(self) -> Speech | None:
        """The speech in the archive that has exactly this text."""
        return Speech.objects.filter(digest=self.digest).first()

    def alike(self, besides: Speech | None = None) -> list[reuse.Likeness]:
        """Speeches in the archive, drafts too, that may be the same one; not the speech ``besides``."""
        redactions = tuple(Span(span.start, span.end) for span in self.outline.redactions)
        return reuse.alike(Text(self.outline.text, redactions), besides.pk if besides else None)


def digest_of(text: str) -> str:
    """SHA-256 of the canonical text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def received_before(data: bytes) -> SourceFile | None:
    """The kept file with exactly these bytes, whatever became of its speech."""
    return SourceFile.objects.filter(sha256=hashlib.sha256(data).hexdigest()).defer("content").first()


def read(data: bytes, name: str, encoding: str | None = None) -> Document:
    """The text of a file. Raises Refused with the sentence that the person at the door should see."""
    megabytes = settings.ARCHIVE_MAX_UPLOAD_MB
    if len(data) > megabytes * 2**20:
        raise Refused("too_large", _("文件超过 %(n)d MB 的上限，请拆分后再导入。") % {"n": megabytes})
    try:
        return readers.read_apart(data, _kept_name(name), encoding)
    except readers.Unreadable as error:
        raise Refused(error.code, error.message) from error


def prepare(
    data: bytes,
    name: str,
    encoding: str | None = None,
    *,
    document: Document | None = None,
    decisions: Sequence[Decision] = (),
) -> Prepared:
    """Read and parse a file, or parse the ``document`` that it was read as. Raises Refused.

    ``decisions`` are an editor's, about the headings; those that an export of ours tells come before them.
    """
    document = document or read(data, name, encoding)
    if document.told:
        decisions = (*(Decision(*each) for each in document.told.decisions), *decisions)
    kept_name = _kept_name(name)
    name_notes = () if kept_name == name else (Note(0, "name_cleaned", _("文件名已改写。")),)
    outline = parsing.parse(document.text, name=kept_name, today=timezone.localdate(), decisions=decisions)
    for problem in parsing.problems(outline):
        raise Refused(problem.code, problem.message)
    notes = (*name_notes, *document.notes, *outline.notes)
    return Prepared(kept_name, data, document.encoding, outline, notes, tuple(decisions), document.told)


def _kept_name(name: str) -> str:
    return clean_name(name) or _("未命名")
