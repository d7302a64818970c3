"""One consistent view of the database -> the file.

Memory holds one original, some speeches, the log of a year, and 1.5 KB a member for the zip's directory and the
manifest.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils.translation import gettext as _

from archive.backup import deeds
from archive.backup.disk import written_whole
from archive.backup.members import (
    EXPLAINED,
    FORMAT,
    MANIFEST,
    README,
    Manifest,
    app_version,
    encoded,
    encoded_lines,
    member,
)
from archive.backup.numbering import last_speech
from archive.backup.tables import DEEDS, LISTS, PARTS, SPEECHES, Names, Record, Table, accounts, as_record
from archive.models import SourceFile, Speech

Watch = Callable[[Iterable[Any], int], Iterable[Any]]  # sees so many things pass: a progress bar

BATCH = 50  # speeches fetched at a time, and
BATCH_CHARACTERS = 2_000_000  # in their texts
LEVEL = 6  # of compression; the file is the same only as long as this is
BEGINNING = (1980, 1, 1, 0, 0, 0)  # of zip's time; when it was made is no part of what is kept


@dataclass(frozen=True, slots=True)
class Exported:
    """``digest``: SHA-256 of the manifest, the same for the same archive; ``problems``: what is kept damaged."""

    counts: dict[str, int]
    size: int
    digest: str
    problems: tuple[str, ...]


@dataclass(slots=True)
class _Contents:
    """The members of a backup in their order, and what has been seen of them."""

    names: dict[Any, dict[Any, Any]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def total(self) -> int:
        return 1 + len(LISTS) + len(deeds.years()) + SourceFile.objects.count() + 2 * Speech.objects.count()

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        yield README, EXPLAINED.encode()
        for table in LISTS:
            yield f"{table.name}.jsonl", encoded_lines(self._list(table))
        yield from self._deeds()
        yield from self._originals()
        yield from self._speeches()

    def _list(self, table: Table) -> list[Record]:
        rows = list(table.model.objects.order_by(table.order).defer(*table.beside))
        self.names[table.model] = {row.pk: getattr(row, table.key) for row in rows}
        self.counts[table.name] = len(rows)
        return [as_record(table, row, self.names) for row in rows]

    def _deeds(self) -> Iterator[tuple[str, bytes]]:
        names: Names = {get_user_model(): accounts(), ContentType: deeds.kinds()}
        self.counts[DEEDS.name] = 0
        for year in deeds.years():
            count, data = deeds.lines(year, names)
            self.counts[DEEDS.name] += count
            yield deeds.member_of(year), data

    def _originals(self) -> Iterator[tuple[str, bytes]]:
        rows = SourceFile.objects.order_by("sha256").values_list("sha256", "name", "content")
        for sha256, name, content in rows.iterator(chunk_size=1):
            data = bytes(content)
            if hashlib.sha256(data).hexdigest() != sha256:
                self.problems.append(_("原始文件“%s”与入库时的摘要不符，数据库可能已损坏。") % name)
            yield f"originals/{sha256}", data

    def _speeches(self) -> Iterator[tuple[str, bytes]]:
        self.names[get_user_model()] = accounts()
        self.counts[SPEECHES.name] = 0
        for batch in _batches():
            self.counts[SPEECHES.name] += len(batch)
            parts = {table.name: _of_speeches(table, batch) for table in PARTS}
            for speech in Speech.objects.filter(pk__in=batch).order_by("pk"):
                yield from self._speech(speech, {name: of.get(speech.pk, []) for name, of in parts.items()})

    def _speech(self, speech: Any, parts: dict[str, list[Any]]) -> Iterator[tuple[str, bytes]]:
        if hashlib.sha256(speech.text.encode()).hexdigest() != speech.digest:
            self.problems.append(_("讲话 %d 的正文与入库时的摘要不符，数据库可能已损坏。") % speech.pk)
        own = {table.model: {row.pk: getattr(row, table.key) for row in parts[table.name]} for table in PARTS}
        names: Names = {**self.names, **own}
        record = as_record(SPEECHES, speech, names)
        for table in PARTS:
            record[table.name] = [as_record(table, row, names) for row in parts[table.name]]
        yield f"speeches/{speech.pk}.json", encoded(record)
        yield f"speeches/{speech.pk}.txt", speech.text.encode()


def _batches() -> Iterator[list[int]]:
    """The keys of all speeches, of so many at a time as memory has room for."""
    batch: list[int] = []
    room = BATCH_CHARACTERS
    for pk, characters in list(Speech.objects.order_by("pk").values_list("pk", "characters")):
        if batch and (len(batch) == BATCH or characters > room):
            yield batch
            batch, room = [], BATCH_CHARACTERS
        batch.append(pk)
        room -= characters
    if batch:
        yield batch


def _of_speeches(table: Table, pks: list[int]) -> dict[int, list[Any]]:
    rows = table.model.objects.filter(speech_id__in=pks).order_by("speech_id", table.order)
    return {pk: list(own) for pk, own in groupby(rows, lambda row: row.speech_id)}


def export(path: Path, watch: Watch = lambda members, total: members) -> Exported:
    """Write the whole archive to ``path``. OSError when the disk refuses; what ``path`` was is then still there."""
    contents, members = _Contents(), {}
    with written_whole(path) as file, zipfile.ZipFile(file, "w") as package:
        with snapshot():
            for name, data in watch(contents, contents.total()):
                members[name] = member(data)
                _add(package, name, data)
            last = last_speech()
        manifest = Manifest(FORMAT, app_version(), contents.counts, last, members).encoded()
        _add(package, MANIFEST, manifest)
    digest = hashlib.sha256(manifest).hexdigest()
    return Exported(contents.counts, path.stat().st_size, digest, tuple(contents.problems))


def _add(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, BEGINNING)
    info.external_attr = 0o600 << 16
    package.writestr(info, data, zipfile.ZIP_DEFLATED, LEVEL)


@contextmanager
def snapshot() -> Iterator[None]:
    """Inside, every question is answered from one moment, while writers go on writing.

    SQLite's readers see one moment from their first question on (https://www.sqlite.org/isolation.html) and hold up
    nobody, but must not begin as writers do here (IMMEDIATE); PostgreSQL's have to ask for it.
    """
    database: Any = connection
    database.ensure_connection()  # which sets the mode
    mode = getattr(database, "transaction_mode", None)
    if database.vendor == "sqlite":
        database.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic():
            if database.vendor == "postgresql" and not database.savepoint_ids:
                with database.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if database.vendor == "sqlite":
            database.transaction_mode = mode
