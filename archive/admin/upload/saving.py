"""Reviewed rows become speeches, each in a transaction of its own; the index is brought up to date once."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from archive import importing, search
from archive.admin.upload import telling
from archive.admin.upload.rows import Row, parsed, read_values, rows
from archive.admin.upload.telling import Done
from archive.admin.upload.working import keep_typed, reread
from archive.forms import REVIEWED
from archive.importing import Imported, Metadata, Refused
from archive.models import Speech, StagedUpload

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

logger = logging.getLogger(__name__)


def confirm(request: HttpRequest, model_admin: ModelAdmin[Speech]) -> tuple[list[Done], list[Row]]:
    """Save the rows that are right; the others are to be shown again with what is wrong."""
    done, wrong = [], []
    with search.batch():
        for row in rows(request, bound=True):
            if row.form.skipped:
                row.staged.delete()
                done.append(Done(row.staged.name, telling.SKIPPED))
                continue
            saved = _save(request, model_admin, row) if _is_ready(row) else row
            if isinstance(saved, Done):
                done.append(saved)
            elif saved:
                keep_typed(row)
                wrong.append(row)
    return done, wrong


def _is_ready(row: Row) -> bool:
    """Whether what the editor sees is what would be saved."""
    if not row.form.is_valid():
        return False
    encoding = row.form.cleaned_data.get("encoding")
    if encoding and encoding != row.staged.encoding:
        row.wrong = reread(row.staged, encoding) or _("已按所选编码重新读取，请核对后再保存。")
        return False
    return True


def _save(request: HttpRequest, model_admin: ModelAdmin[Speech], row: Row) -> Done | Row | None:
    """Make one file a speech and take it off the list, both or neither; None when somebody else has done so."""
    try:
        with transaction.atomic():
            # Whoever comes second with the same file waits here, and finds it gone.
            staged = StagedUpload.objects.select_for_update().filter(pk=row.staged.pk).first()
            if staged is None:
                return None
            imported = importing.store(
                parsed(staged, bytes(staged.content)),
                draft=row.form.is_draft,
                metadata=_said(row),
                replacing=row.form.replaced,
                user=request.user,  # type: ignore[arg-type]
            )
            staged.delete()
            _log(request, model_admin, staged, imported)
    except Refused as refused:
        row.wrong = refused.message
        return row
    except DatabaseError:
        raise  # nobody can save now, and what is not saved still waits
    except Exception:
        # Our own mistake: the transaction is undone, the log has the whole story, and the other files go on.
        logger.exception("Saving %r failed", row.staged.name)
        row.wrong = _("保存时出错，没有保存；详情见日志。请重试，仍失败请把文件交给管理员。")
        return row
    return Done(staged.name, _outcome(imported), imported.speech.pk if imported.speech else None)


def _said(row: Row) -> Metadata:
    """What the editor says otherwise than the parser; the rest stays the parser's, also at a later import."""
    if row.prepared is None:
        return Metadata()
    read, sent = read_values(row.prepared), row.form.cleaned_data
    return Metadata(**{name: sent[name] for name in REVIEWED if sent[name] != read[name]})


def _outcome(imported: Imported) -> str:
    if imported.status == "updated":
        return telling.REPLACED
    if imported.status != "imported" or imported.speech is None:
        return telling.DUPLICATE
    return telling.SAVED if imported.speech.published else telling.DRAFTED


def _log(
    request: HttpRequest, model_admin: ModelAdmin[Speech], staged: StagedUpload, imported: Imported
) -> None:
    if imported.speech is None or imported.status not in ("imported", "updated"):
        return
    log = model_admin.log_addition if imported.status == "imported" else model_admin.log_change
    log(request, imported.speech, _("上传“%s”") % staged.name)
