"""The second half: everything of one speech in one transaction, or nothing."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from archive.importing.describing import Metadata, describe, said_by
from archive.importing.outlining import write
from archive.importing.preparing import Prepared, Refused, prepare
from archive.importing.revising import decisions_of, former
from archive.models import Revision, SourceFile, Speech
from archive.parsing import Decision, Outline
from archive.text import Note

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)

Status = Literal["imported", "updated", "unchanged", "duplicate", "failed"]


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
    outline: Outline | None = field(default=None, repr=False)


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
        prepared = prepare(data, name, encoding)
        likenesses = _likenesses(prepared, path)
        result = store(prepared, path=path, draft=draft, dry_run=dry_run)
        if result.status in ("imported", "updated"):
            result = replace(result, notes=(*result.notes, *likenesses))
        return result
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
    replacing: Speech | None = None,
    user: User | None = None,
) -> Imported:
    """Write a prepared file as a new speech, or as the new text of one: ``replacing``, or what came from ``path``.

    What that was is kept as a revision, by ``user``. A text that an editor has changed stays when another one
    comes in from ``path``. Raises Refused when ``replacing`` is no longer there.
    """
    result = Imported(
        prepared.name,
        "imported",
        encoding=prepared.encoding,
        notes=prepared.notes,
        outline=prepared.outline,
    )
    try:
        with transaction.atomic():
            if speech := _standing(prepared, path):
                notes = prepared.notes if _known(speech, prepared) else (*prepared.notes, _text_kept())
                return replace(result, status="unchanged", speech=speech, notes=notes)
            over = _Over(path, replacing, user)
            status, speech = _write(prepared, over, draft, dry_run, metadata or Metadata())
    except IntegrityError:
        # Another process stored the same text between our look and our write.
        status, speech = "duplicate", prepared.twin()
        if speech is None:
            raise
    return replace(result, status=status, speech=speech)


@dataclass(frozen=True, slots=True)
class _Over:
    """Which speech is to be written over, if it is there, and who does it."""

    path: str
    replacing: Speech | None
    user: User | None

    def find(self) -> Speech | None:
        speeches = Speech.objects.select_for_update()
        if self.replacing is None:
            return speeches.filter(imported_from=self.path).first() if self.path else None
        speech = speeches.filter(pk=self.replacing.pk).first()
        if speech is None:
            raise Refused("vanished", _("要替换的讲话已被删除，没有保存。请改选“新讲话”。"))
        return speech


def _write(
    prepared: Prepared, over: _Over, draft: bool, dry_run: bool, metadata: Metadata
) -> tuple[Status, Speech | None]:
    twin = prepared.twin()
    if twin is not None:
        same_place = bool(over.path) and twin.imported_from == over.path
        return ("unchanged" if same_place or _same_file(twin, prepared) else "duplicate"), twin
    speech = over.find()
    status: Status = "imported" if speech is None else "updated"
    if dry_run:
        return status, speech
    revision = former(speech, Revision.Reason.IMPORT, over.user) if speech else None
    speech = speech or Speech(imported_from=over.path, published=not draft)
    # All that an editor has decided about its headings holds; the latest word about a line, if there are two. What a
    # file tells was an editor's word elsewhere, and holds where none has spoken here.
    told = [Decision(*each) for each in prepared.told.decisions] if prepared.told else []
    said = [each for each in prepared.decisions if each not in told]
    every = (*told, *decisions_of(speech), *said)
    decisions = tuple({(each.line, each.nth): each for each in every}.values())
    outline = prepared.decided(decisions).outline
    speech.source = _keep_original(prepared)
    speech.edited = [name for name in speech.edited if name != "text"]
    describe(speech, outline, prepared.notes, said_by(prepared.told, metadata, speech))
    speech.decisions = [asdict(decision) for decision in decisions]
    write(speech, outline, revision, prepared.told)
    return status, speech


def _standing(prepared: Prepared, path: str) -> Speech | None:
    """The speech that came from ``path``, or from these bytes, and has got another text from an editor since."""
    if not path or prepared.twin():
        return None
    source = SourceFile.objects.filter(sha256=hashlib.sha256(prepared.data).hexdigest()).values("pk")
    keys = set(Revision.objects.filter(source__in=source).values_list("speech", flat=True))
    # One question each: together they would be one to every speech.
    for these in (Q(imported_from=path), Q(source__in=source)):
        keys.update(Speech.objects.filter(these).order_by().values_list("pk", flat=True))
    speeches = Speech.objects.filter(pk__in=keys).order_by("pk").only("edited", "title", "source")
    return next((speech for speech in speeches if "text" in speech.edited), None)


def _known(speech: Speech, prepared: Prepared) -> bool:
    """Whether the speech has been, or is, the text of these bytes."""
    digest = hashlib.sha256(prepared.data).hexdigest()
    versions = Q(speeches=speech) | Q(pk__in=speech.revisions.values("source"))
    return SourceFile.objects.filter(versions, sha256=digest).exists()


def _text_kept() -> Note:
    said = _("这篇讲话的正文已由编辑改过，新文件没有采用；要采用，请在上传页选择替换这篇讲话。")
    return Note(0, "text_kept", said)


def _likenesses(prepared: Prepared, path: str) -> list[Note]:
    """A note for each speech that may be the same one. They are not kept: the other may be a draft, or go.

    Looked up before the transaction: that takes as long as writing, and other writers need not wait for it.
    """
    if prepared.twin():
        return []
    before = Speech.objects.filter(imported_from=path).first() if path else None
    said = _("与《%(title)s》有 %(n)d%% 相同，可能是同一篇，请核对是否重复：%(url)s")
    told = (
        {"title": like.speech.title, "n": like.percent, "url": like.speech.get_absolute_url()}
        for like in prepared.alike(before)
    )
    return [Note(0, "near_duplicate", said % names) for names in told]


def _same_file(speech: Speech, prepared: Prepared) -> bool:
    source = speech.source
    return source is not None and (source.name, source.sha256) == (
        prepared.name,
        hashlib.sha256(prepared.data).hexdigest(),
    )


def _keep_original(prepared: Prepared) -> SourceFile:
    source, created = SourceFile.objects.get_or_create(
        sha256=hashlib.sha256(prepared.data).hexdigest(),
        defaults={
            "name": prepared.name,
            "size": len(prepared.data),
            "encoding": prepared.encoding,
            "content": prepared.data,
        },
    )
    if not created and not source.speeches.exists():
        # Its speech was deleted: the file is now what it is called and how it is read today.
        source.name, source.encoding = prepared.name, prepared.encoding
        source.save(update_fields=["name", "encoding"])
    return source
