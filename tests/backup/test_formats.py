"""Files of older and newer versions of the program."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive import backup
from archive.backup import package, reading
from archive.backup.members import FORMAT, NAME
from archive.models import Speech

from .conftest import everything, members, numbered, packed, refused, rewritten


def test_a_field_that_came_later_gets_its_default(exported: Path) -> None:
    pk = Speech.objects.order_by("pk").first().pk

    def older(record: dict[str, Any]) -> None:
        for name in ("remarks", "venue", "source", "published"):
            del record[name]
        for section in record["sections"]:
            del section["heading"]

    backup.restore(rewritten(exported, f"speeches/{pk}.json", older), replace=True)
    speech = Speech.objects.get(pk=pk)
    assert (speech.remarks, speech.venue, speech.source, speech.published) == ([], "", None, True)
    assert {section.heading for section in speech.sections.all()} == {""}


@pytest.mark.parametrize("name", ["title", "digest", "created_at", "characters"])
def test_a_field_without_default_must_be_there(exported: Path, name: str) -> None:
    refused(
        rewritten(exported, numbered(exported, "speeches/1.json"), lambda r: r.pop(name)), f"缺少字段 {name}"
    )


def test_a_field_of_a_later_version_is_refused_with_that_version(exported: Path) -> None:
    contents = members(exported)
    name = numbered(exported, "speeches/1.json")
    contents[name] = json.dumps({**json.loads(contents[name]), "mood": "x"}).encode()
    later = packed(exported.with_name("later.zip"), contents, lambda m: m.update(app="7.3"))
    refused(later, "不认识的字段 mood。备份由程序 7.3 版导出，本程序是 .* 版，请先升级程序再恢复")


def test_older_formats_pass_through_every_upgrade(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if this version were the second next one: what the two changed is done to a file of today."""
    for module in (reading, package):
        monkeypatch.setattr(module, "FORMAT", FORMAT + 2)

    def second(table: str, record: dict[str, Any]) -> dict[str, Any]:
        return {**record, "title": record["title"] + "二"} if table == "speeches" else record

    def third(table: str, record: dict[str, Any]) -> dict[str, Any]:
        return {**record, "title": record["title"] + "三"} if table == "speeches" else record

    monkeypatch.setattr(reading, "UPGRADES", {FORMAT: second, FORMAT + 1: third})
    titles = dict(Speech.objects.values_list("pk", "title"))
    backup.restore(exported, replace=True)
    assert dict(Speech.objects.values_list("pk", "title")) == {
        pk: f"{title}二三" for pk, title in titles.items()
    }


def test_a_table_that_came_later_is_empty(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if other names and former versions had come with the next format."""
    contents = members(exported)
    del contents["aliases.jsonl"]
    for name in contents:
        if name.endswith(".json") and name != "manifest.json":
            record = json.loads(contents[name])
            del record["revisions"]
            contents[name] = json.dumps(record).encode()
    older = packed(exported.with_name("older.zip"), contents, lambda m: m["counts"].pop("aliases"))
    refused(older, "缺少 aliases.jsonl")
    for module in (reading, package):
        monkeypatch.setattr(module, "FORMAT", FORMAT + 1)
    monkeypatch.setattr(reading, "UPGRADES", {FORMAT: lambda table, record: record})
    for name in ("LISTS", "PARTS"):
        tables = getattr(reading, name)
        later = [
            replace(table, since=FORMAT + 1) if table.name in ("aliases", "revisions") else table
            for table in tables
        ]
        monkeypatch.setattr(reading, name, later)
    before = everything()
    backup.restore(older, replace=True)
    assert everything() == {**before, "aliases": [], "revisions": []}


def test_a_newer_format_is_told_before_its_members_are_found_odd(exported: Path) -> None:
    contents = {**members(exported), "moods.jsonl": b""}
    newer = packed(exported.with_name("newer.zip"), contents, lambda m: m.update(format=FORMAT + 1))
    refused(newer, "请先升级程序")


def test_a_full_archive_is_not_mixed_with_another(exported: Path) -> None:
    before = everything()
    with pytest.raises(backup.NotEmpty, match="--replace"):
        backup.restore(exported)
    assert everything() == before


def test_every_member_has_a_name_that_is_allowed(exported: Path) -> None:
    assert all(NAME.fullmatch(name) for name in members(exported) if name != "manifest.json")
    shutil.copy(exported, exported.with_name("copy.zip"))
    backup.restore(exported.with_name("copy.zip"), replace=True)
