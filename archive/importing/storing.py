"""The second half: everything of one speech in one transaction, or nothing."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, field, replace
from typing import Literal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from archive import reuse
from archive.importing.describing import Metadata, describe
from archive.importing.outlining import Numbered, numbered, write_outline
from archive.importing.preparing import Prepared, Refused, prepare
from archive.models import SourceFile, Speech
from archive.parsing import Outline
from archive.text import Note

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
) -> Imported:
    """Write a prepared file as a new speech, or as the new text of one: ``replacing``, or what came from ``path``."""
    result = Imported(
        prepared.name,
        "imported",
        encoding=prepared.encoding,
        notes=prepared.notes,
        outline=prepared.outline,
    )
    try:
        with transaction.atomic():
            status, speech = _write(prepared, path, draft, dry_run, metadata or Metadata(), replacing)
    except IntegrityError:
        # Another process stored the same text between our look and our write.
        status, speech = "duplicate", prepared.twin()
        if speech is None:
            raise
    return replace(result, status=status, speech=speech)


def _write(
    prepared: Prepared,
    path: str,
    draft: bool,
    dry_run: bool,
    metadata: Metadata,
    replacing: Speech | None,
) -> tuple[Status, Speech | None]:
    twin = prepared.twin()
    if twin is not None:
        same_place = bool(path) and twin.imported_from == path
        return ("unchanged" if same_place or _same_file(twin, prepared) else "duplicate"), twin
    speech = _written_over(path, replacing)
    status: Status = "imported" if speech is None else "updated"
    if dry_run:
        return status, speech
    speech = speech or Speech(imported_from=path, published=not draft)
    speech.source = _keep_original(prepared)
    describe(speech, prepared, metadata)
    before = Numbered()
    if speech.pk:
        before = numbered(speech)
        reuse.forget(speech.pk)
    speech.save()
    write_outline(speech, prepared.outline, before)
    reuse.write(speech)
    return status, speech


def _written_over(path: str, replacing: Speech | None) -> Speech | None:
    """The speech whose text is to be replaced, if any."""
    speeches = Speech.objects.select_for_update()
    if replacing is not None:
        return speeches.get(pk=replacing.pk)
    return speeches.filter(imported_from=path).first() if path else None


def _likenesses(prepared: Prepared, path: str) -> list[Note]:
    """A note for each speech that may be the same one. They are not kept: the other may be a draft, or go.

    Looked up before the transaction: that takes as long as writing, and other writers need not wait for it.
    """
    if prepared.twin():
        return []
    before = Speech.objects.filter(imported_from=path).first() if path else None
    said = _("与《%(title)s》有 %(n)d%% 相同，可能是同一篇，请核对是否重复。")
    return [
        Note(0, "near_duplicate", said % {"title": like.speech.title, "n": like.percent})
        for like in prepared.alike(before)
    ]


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
