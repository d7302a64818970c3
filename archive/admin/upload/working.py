"""One row at work: read anew in another encoding, a heading moved, the file thrown away. What else was typed, in
this row and the others, is kept each time."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from archive import importing
from archive.admin.upload.rows import Row, parsed, read_values, row_of
from archive.admin.upload.structuring import decide
from archive.admin.upload.taking import already_waiting, as_read
from archive.admin.upload.telling import duplicate_of
from archive.importing import Refused
from archive.models import StagedUpload

STALE = _("这份文稿刚才已改变，请看过再操作一次。")


def keep_typed(row: Row) -> None:
    """Store what the editor has filled in otherwise than the parser."""
    if row.prepared is None or not row.form.is_bound:
        return
    typed = row.form.typed(read_values(row.prepared))
    if typed != row.staged.typed:
        row.staged.typed = typed
        _change(row.staged, typed=typed)


def work(request: HttpRequest, order: str) -> tuple[int, Row | None]:
    """Obey a button of a row, "12:demote:5:0f3a…": the number of the file, and its row unless it is gone."""
    pk, action, index, mark = (*order.split(":"), "", "", "", "")[:4]
    if not pk.isascii() or not pk.isdigit() or len(pk) > 18:
        return 0, None
    waiting = StagedUpload.objects.filter(user=request.user, pk=pk)  # type: ignore[misc]
    staged = waiting.first()
    if staged is None:
        return int(pk), None
    if action == "drop":
        staged.delete()
        return int(pk), None
    wrong = _obey(request, staged, action, index, mark)
    staged = waiting.first()
    row = row_of(request, staged) if staged else None
    if row:
        row.wrong = wrong
    return int(pk), row


def _obey(request: HttpRequest, staged: StagedUpload, action: str, index: str, mark: str) -> str:
    """What was wrong, or nothing."""
    if action == "reread":
        return reread(staged, request.POST.get(f"f{staged.pk}-encoding", ""))
    if not staged.text or mark != staged.digest[:8]:
        return STALE
    if action == "reset":
        decisions: list[dict[str, object]] | None = []
    else:
        outline = parsed(staged).outline
        before = parsed(staged).decisions
        at = int(index) if index.isascii() and index.isdigit() and len(index) < 9 else -1
        found = decide(outline, before, action, at)
        decisions = None if found is None else [asdict(each) for each in found]
    if decisions is None:
        return STALE
    _change(staged, decisions=decisions)
    return ""


def reread(staged: StagedUpload, encoding: str) -> str:
    """Read the file in another encoding; what was wrong with that, or nothing. What was typed stays."""
    if not encoding:
        return _("请选择一种编码。")
    data = bytes(staged.content)
    try:
        document = importing.read(data, staged.name, encoding)
        prepared = importing.prepare(data, staged.name, document=document)
    except Refused as refused:
        return refused.message
    if twin := prepared.twin():
        return duplicate_of(twin)
    try:
        with transaction.atomic():
            _change(staged, **as_read(document, prepared))
    except IntegrityError:
        other = StagedUpload.objects.filter(user=staged.user, digest=prepared.digest).first()
        return already_waiting(other.name if other else staged.name)
    return ""


def _change(staged: StagedUpload, **values: Any) -> None:
    """Write to what still waits: another request may have saved the file, and it must not come back."""
    StagedUpload.objects.filter(pk=staged.pk).update(**values)
