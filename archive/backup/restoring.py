"""All rows in one transaction, or none; then what can be made anew from them.

Readers see the old archive until the transaction ends, and writers wait. Killed at any moment, the database is the
old one or the new one; what was not yet made anew after it is left marked, and any start makes it (prepare).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from archive import reuse, search
from archive.backup.deeds import Kinds, Known
from archive.backup.exporting import Watch
from archive.backup.numbering import go_on_after
from archive.backup.package import DEFAULT_GB, Damaged, Package, opened
from archive.backup.reading import rows, verify
from archive.backup.tables import LISTS, REMADE, SPEECHES, TABLES, accounts
from archive.models import Deed, IndexChange, Speech

WHOLE = 500  # rows a statement


class NotEmpty(ValueError):
    """There are rows that a restored archive would be mixed with: a sentence that contains the cure."""


class Accounts(dict[str, int]):
    """Accounts by name. Whoever did something and has none here gets one that nobody can log in with."""

    def __init__(self) -> None:
        super().__init__((name, pk) for pk, name in accounts().items())

    def __missing__(self, name: str) -> int:
        user = get_user_model()(username=name, is_active=False)
        user.set_unusable_password()
        user.save()
        self[name] = user.pk
        return user.pk


def holdings() -> dict[str, int]:
    """How many of each there are now."""
    return {table.name: table.model.objects.count() for table in (*LISTS, SPEECHES)}


def restore(
    path: Path,
    *,
    replace: bool = False,
    max_gb: float = DEFAULT_GB,
    watch: Watch = lambda things, total: things,
) -> dict[str, int]:
    """Verify the whole file, then write every row of it; how many of each there are.

    Rows of now make it NotEmpty, or go with ``replace``; the log stays and is added to. Damaged: nothing was written.
    To be followed by ``complete``.
    """
    _refuse_to_mix(replace)
    with opened(path, max_gb) as package:
        verify(package, watch)
        try:
            with transaction.atomic():
                _write(package, replace, watch)
        except (DatabaseError, OverflowError) as error:
            raise Damaged(
                _(
                    "恢复失败，原来的库没有改动（%s）。请检查磁盘空间，停掉正在写入的程序后重试，或用另一份备份。"
                )
                % error
            ) from error
        return package.manifest.counts


def _write(package: Package, replace: bool, watch: Watch) -> None:
    _refuse_to_mix(replace)  # somebody may have imported something since
    changed = set(Speech.objects.values_list("pk", flat=True))
    _clear()
    known = Known()
    for batch in rows(package, watch, {get_user_model(): Accounts(), ContentType: Kinds()}):
        _insert(list(known.without(batch)) if batch and isinstance(batch[0], Deed) else batch)
        changed.update(row.pk for row in batch if isinstance(row, Speech))
    before = Speech.objects.filter(published=True, published_at=None)
    before.update(published_at=F("created_at"))  # files of earlier versions do not tell
    go_on_after(package.manifest.last_speech)
    # Not search.mark(): the index is built anew after the commit, and these marks are for the case that it is not.
    IndexChange.objects.bulk_create((IndexChange(speech_id=pk) for pk in sorted(changed)), WHOLE)


def _refuse_to_mix(replace: bool) -> None:
    if any(holdings().values()) and not replace:
        raise NotEmpty(
            _("库里已有内容，恢复会与它混在一起。请恢复到新的空库，或加 --replace 用备份整个替换。")
        )


def _clear() -> None:
    """Without signals, which would look into every text; references are checked when the transaction ends."""
    for model in (*REMADE, *(table.model for table in reversed(TABLES))):
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def _insert(batch: list[Any]) -> None:
    """Rows of one model. Django sets some times when a row is inserted: they are put back."""
    if not batch:
        return
    model = type(batch[0])
    times = [
        field.name
        for field in model._meta.concrete_fields
        if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False)
    ]
    kept = [{name: getattr(row, name) for name in times} for row in batch]
    model.objects.bulk_create(batch, WHOLE)
    for row, values in zip(batch, kept, strict=True):
        if values:
            model.objects.filter(pk=row.pk).update(**values)


def complete(
    filling: Callable[[list[int]], Iterable[int]] = iter,
    indexing: Callable[[Iterable[Any]], Iterable[Any]] = iter,
) -> None:
    """Make anew what follows from the texts: fingerprints, formulas, the index. IndexUnavailable."""
    reuse.fill(filling)
    reuse.count_formulas()
    search.rebuild(indexing)
