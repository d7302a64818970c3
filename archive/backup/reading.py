"""Members -> rows, not yet written. Files of older formats are brought up to date here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from archive.backup.deeds import KIND
from archive.backup.exporting import Watch
from archive.backup.members import FORMAT, README, app_version
from archive.backup.package import Damaged, Package, printable
from archive.backup.tables import (
    DEEDS,
    LISTS,
    ORIGINALS,
    PARTS,
    SPEECHES,
    Model,
    Record,
    Table,
    Unreadable,
    as_row,
)

Upgrade = Callable[[str, Record], Record]  # (table, record of one format) -> the same of the next

# By the format that it starts from; a record passes through all that it needs. The first has none before it.
UPGRADES: dict[int, Upgrade] = {
    1: lambda table, record: record,  # the second has the log beside, and no record that means something else
}


class Anybody(dict[str, int]):
    """Accounts by name, whoever is asked for."""

    def __missing__(self, name: str) -> int:
        if not isinstance(name, str):
            raise TypeError(name)
        return 0


class AnyKind(Anybody):
    """Kinds of objects by what they are called, whichever is asked for."""

    def __missing__(self, name: str) -> int:
        if not KIND.fullmatch(name):
            raise ValueError(name)
        return 0


def rows(package: Package, watch: Watch, keys: dict[Model, dict[str, int]]) -> Iterator[list[Any]]:
    """Every row of a backup, not saved, in an order in which they can be written; a list is of one model.

    ``keys`` has those by name of what is referred to and is no part of the file: accounts, kinds of objects.
    Damaged, before anything of it is given, when a member is not what the manifest says or no record of ours.
    """
    reader = _Reader(package, keys)
    for table in LISTS:
        if table.since <= package.manifest.format:
            yield from reader.listed(table)
    if package.manifest.format >= DEEDS.since:
        yield from reader.deeds()
    pks = reader.speeches()
    for pk in watch(pks, len(pks)):
        yield from reader.speech(pk)


def verify(package: Package, watch: Watch = lambda things, total: things) -> None:
    """Read everything and write nothing; Damaged with a sentence."""
    package.read(README)
    counts: Counter[str] = Counter()
    tables = (table for table in (*LISTS, DEEDS, SPEECHES) if table.since <= package.manifest.format)
    names = {table.model: table.name for table in tables}
    for batch in rows(package, watch, {get_user_model(): Anybody(), ContentType: AnyKind()}):
        counts.update(names[type(row)] for row in batch if type(row) in names)
    if package.manifest.counts != {name: counts[name] for name in names.values()}:
        raise Damaged(_("备份不完整：篇数与清单不符。请用另一份备份。"))


class _Reader:
    def __init__(self, package: Package, keys: dict[Model, dict[str, int]]) -> None:
        self._package = package
        self._format = package.manifest.format
        # A list that the file is too old for has nobody in it.
        self._keys: dict[Any, dict[Any, Any]] = {table.model: {} for table in LISTS}
        self._keys.update(keys)

    def listed(self, table: Table) -> Iterator[list[Any]]:
        name = f"{table.name}.jsonl"
        found = self._lines(table, name)
        self._keys[table.model] = _keyed([(getattr(row, table.key), row.pk) for row in found], name)
        if table is ORIGINALS:
            yield from self._with_contents(found)
        else:
            yield found

    def deeds(self) -> Iterator[list[Any]]:
        """The log, a year at a time."""
        for name in sorted(name for name in self._package.manifest.members if name.startswith("deeds/")):
            yield self._lines(DEEDS, name)

    def _lines(self, table: Table, name: str) -> list[Any]:
        lines = enumerate(self._text(name).split("\n")[:-1], start=1)
        return [self._row(table, self._json(line, name), f"{name}:{number}") for number, line in lines]

    def _with_contents(self, originals: list[Any]) -> Iterator[list[Any]]:
        wanted = {f"originals/{row.sha256}" for row in originals}
        for name in self._package.manifest.members:
            if name.startswith("originals/") and name not in wanted:
                raise Damaged(_("备份自相矛盾：originals.jsonl 没有提到 %s。请用另一份备份。") % name)
        for row in originals:
            row.content = self._package.read(f"originals/{row.sha256}")
            yield [row]
            row.content = b""  # the next one has room again

    def speeches(self) -> list[int]:
        names = [name for name in self._package.manifest.members if name.startswith("speeches/")]
        return sorted({int(name.removeprefix("speeches/").partition(".")[0]) for name in names})

    def speech(self, pk: int) -> Iterator[list[Any]]:
        name = f"speeches/{pk}.json"
        record = self._json(self._package.read(name), name)
        if not isinstance(record, dict) or record.get("id") != pk:
            raise Damaged(_("%s 的内容不是这一篇。请用另一份备份。") % name)
        parts = {table: record.pop(table.name, [] if table.since > self._format else None) for table in PARTS}
        speech = self._row(SPEECHES, record, name, text=self._text(f"speeches/{pk}.txt"))
        yield [speech]
        own: dict[Any, dict[Any, Any]] = {}
        for table, records in parts.items():
            yield self._parts(table, records, name, own, speech)

    def _parts(self, table: Table, records: Any, name: str, own: dict[Any, Any], speech: Any) -> list[Any]:
        """Sections refer to each other: their numbers are known before the first is made."""
        if not isinstance(records, list) or not all(isinstance(each, dict) for each in records):
            raise Damaged(_("%(name)s 缺少 %(part)s。请用另一份备份。") % {"name": name, "part": table.name})
        records = [self._upgraded(table, each) for each in records]
        own[table.model] = _keyed([(each.get(table.key), each.get("id")) for each in records], name)
        where = f"{name} {table.name}"
        return [self._made(table, each, where, own, speech=speech) for each in records]

    def _row(self, table: Table, record: Any, where: str, **beside: Any) -> Any:
        return self._made(table, self._upgraded(table, record), where, {}, **beside)

    def _made(self, table: Table, record: Any, where: str, own: dict[Any, Any], **beside: Any) -> Any:
        try:
            return as_row(table, record, {**self._keys, **own}, **beside)
        except Unreadable as error:
            raise Damaged(self._sentence(error, where)) from error

    def _sentence(self, error: Unreadable, where: str) -> str:
        if not error.unknown:
            return _("%(where)s：%(error)s。请用另一份备份。") % {"where": where, "error": error}
        return _(
            "%(where)s：%(error)s。备份由程序 %(app)s 版导出，本程序是 %(own)s 版，请先升级程序再恢复。"
        ) % {
            "where": where,
            "error": printable(str(error)),
            "app": printable(self._package.manifest.app),
            "own": app_version(),
        }

    def _upgraded(self, table: Table, record: Any) -> Any:
        for number in range(self._format, FORMAT) if isinstance(record, dict) else ():
            record = UPGRADES[number](table.name, record)
        return record

    def _text(self, name: str) -> str:
        try:
            return self._package.read(name).decode()
        except UnicodeDecodeError as error:
            raise Damaged(_("%s 不是 UTF-8 文本。请用另一份备份。") % name) from error

    def _json(self, data: bytes | str, name: str) -> Any:
        try:
            return json.loads(data)
        except (ValueError, RecursionError) as error:
            raise Damaged(_("%s 不是 JSON。请用另一份备份。") % name) from error


def _keyed(pairs: list[tuple[Any, Any]], name: str) -> dict[Any, int]:
    """(name, number) of rows that others refer to -> number by name."""
    alike = all(type(number) is int and isinstance(key, int | str) for key, number in pairs)
    if not alike or any(len({pair[side] for pair in pairs}) < len(pairs) for side in (0, 1)):
        raise Damaged(_("%s 里的编号或名称缺失、重复。请用另一份备份。") % name)
    return dict(pairs)
