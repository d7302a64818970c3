"""A file that is not what export_archive wrote, byte for byte, is refused before a row is written."""

from __future__ import annotations

import json
import random
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive import backup
from archive.backup import package, reading
from archive.backup.members import NAME
from archive.models import Speech

from .conftest import emptied, everything, members, packed, rewritten

MEMBERS = ["README.txt", "events.jsonl", "originals.jsonl", "aliases.jsonl", "originals/", "manifest.json"]
MEMBERS += ["speeches/1.json", "speeches/1.txt"]


def refused(path: Path, said: str, **options: Any) -> None:
    """The file is refused with a sentence, by --check too, and nothing has changed."""
    before = everything()
    with pytest.raises(backup.Damaged, match=said) as raised:
        backup.restore(path, replace=True, **options)
    assert raised.value.args[0].endswith("。")
    assert everything() == before
    with pytest.raises(backup.Damaged), backup.opened(path, **options) as found:
        backup.verify(found)


def numbered(path: Path, name: str) -> str:
    """The first member of this kind; speeches are numbered by the database."""
    first = name.replace("/1.", f"/{Speech.objects.order_by('pk').first().pk}.")
    return next(each for each in members(path) if each.startswith(first))


@pytest.mark.parametrize("name", MEMBERS)
def test_a_flipped_byte_in_any_kind_of_member_is_named(exported: Path, name: str) -> None:
    name = numbered(exported, name)
    data = bytearray(exported.read_bytes())
    with zipfile.ZipFile(exported) as held:
        info = held.getinfo(name)
    # Behind the local header, whose name and fields come before the data.
    data[info.header_offset + 30 + len(name) + info.compress_size // 2] ^= 0x40
    exported.write_bytes(data)
    refused(exported, name)


def test_a_flipped_byte_anywhere_is_refused_or_changes_nothing(short: None, tmp_path: Path) -> None:
    """Some bytes of a zip say nothing about its contents: times, rights, the version of the packer."""
    path, other = tmp_path / "kept.zip", tmp_path / "flipped.zip"
    backup.export(path)
    whole, contents = path.read_bytes(), members(path)
    dice = random.Random(5)
    end = len(whole)
    found = {"refused": 0, "same": 0}
    for place in [*dice.sample(range(end), 150), *dice.sample(range(end - 1500, end), 150)]:
        data = bytearray(whole)
        data[place] ^= 1 << dice.randrange(8)
        other.write_bytes(data)
        try:
            with backup.opened(other) as held:
                backup.verify(held)
                assert {name: held.read(name) for name in held.manifest.members}.items() <= contents.items()
                found["same"] += 1
        except backup.Damaged:
            found["refused"] += 1
    assert found["refused"] > 150
    assert found["same"] > 10


def test_a_directory_that_leads_before_the_beginning_is_damage(exported: Path) -> None:
    """Python 3.11 counts back from where it found the directory, and seeks below 0."""
    data = bytearray(exported.read_bytes())
    data[-6:-2] = (len(data) - 22).to_bytes(4, "little")  # where the directory begins, in the end record
    exported.write_bytes(data)
    refused(exported, "不是备份|已损坏")


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99, 0.9999])
def test_a_file_that_was_cut_off_is_no_backup(exported: Path, share: float) -> None:
    data = exported.read_bytes()
    exported.write_bytes(data[: int(len(data) * share)])
    refused(exported, "不完整")


@pytest.mark.parametrize("name", MEMBERS[:-3])
def test_a_missing_member_is_named(exported: Path, name: str) -> None:
    name = numbered(exported, name)
    with zipfile.ZipFile(exported.with_name("less.zip"), "w") as less:
        for each, data in members(exported).items():
            if each != name:
                less.writestr(each, data)
    refused(exported.with_name("less.zip"), f"缺少 {name}")


@pytest.mark.parametrize(
    "left", ["events.jsonl", "originals/", "speeches/1.txt", "speeches/1.json", "README.txt"]
)
def test_a_member_that_the_manifest_does_not_even_miss_is_missed(exported: Path, left: str) -> None:
    contents = members(exported)
    del contents[numbered(exported, left)]
    refused(packed(exported.with_name("less.zip"), contents), "不完整|缺少")


@pytest.mark.parametrize(
    "name",
    ["../../etc/cron.d/x", "/etc/passwd", "originals/../../x", "C:\\x", "speeches/1.exe", "speeches/01.txt",
     "speeches/", "originals/" + "A" * 64, "speeches/1.txt\n", "x\x1b[2J"],
)  # fmt: skip
def test_a_name_that_no_backup_has_is_refused(exported: Path, name: str) -> None:
    contents = members(exported)
    contents[name] = b"x"
    refused(packed(exported.with_name("more.zip"), contents), "不属于备份")
    with pytest.raises(backup.Damaged) as raised:
        backup.restore(exported.with_name("more.zip"), replace=True)
    assert str(raised.value).isprintable()


def test_an_extra_member_is_refused_whether_the_manifest_lists_it_or_not(exported: Path) -> None:
    contents = members(exported)
    contents["originals/" + "a" * 64] = b"x"
    refused(packed(exported.with_name("more.zip"), contents), "originals.jsonl 没有提到")

    def unlist(said: dict[str, Any]) -> None:
        del said["members"]["originals/" + "a" * 64]

    refused(packed(exported.with_name("more.zip"), contents, unlist), "清单没有列出")
    contents = members(exported)
    contents["speeches/99999.txt"] = b"x"
    refused(packed(exported.with_name("more.zip"), contents), "缺少 speeches/99999.json")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused(exported: Path) -> None:
    with zipfile.ZipFile(exported, "a") as more:
        more.writestr("events.jsonl", b"")
    refused(exported, "重名")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "不是备份"),
        (b"PK\x05\x06" + bytes(18), "没有 manifest.json"),
        ("讲话".encode() * 999, "不是备份"),
    ],
)
def test_something_else_is_no_backup(exported: Path, content: bytes, said: str) -> None:
    exported.write_bytes(content)
    refused(exported, said)


def test_another_zip_is_no_backup(exported: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("README.txt", b"")
    refused(tmp_path / "other.zip", "没有 manifest.json，不是 export_archive 导出的")


def test_a_method_of_packing_that_we_never_use_is_not_even_tried(exported: Path) -> None:
    with zipfile.ZipFile(exported.with_name("lzma.zip"), "w", zipfile.ZIP_LZMA) as other:
        for name, data in members(exported).items():
            other.writestr(name, data)
    refused(exported.with_name("lzma.zip"), "已损坏")


def test_a_bomb_is_not_unpacked(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it says of itself is believed only when it is modest, and what is read never exceeds it."""
    read: list[int] = []
    real = zipfile.ZipExtFile.read

    def counted(self: Any, n: int = -1) -> bytes:
        data = real(self, n)
        read.append(len(data))
        return data

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    contents = members(exported)
    name = numbered(exported, "speeches/1.txt")
    contents[name] = bytes(50_000_000)
    read.clear()

    def modest(said: dict[str, Any]) -> None:
        said["members"][name]["size"] = 1000

    refused(packed(exported.with_name("bomb.zip"), contents, modest), name)
    assert sum(read) < 1_000_000
    monkeypatch.setattr(package, "LARGEST", 40_000_000)
    monkeypatch.setattr("django.conf.settings.ARCHIVE_MAX_UPLOAD_MB", 1)
    honest = packed(exported.with_name("bomb.zip"), contents)
    refused(honest, "ARCHIVE_MAX_UPLOAD_MB")
    monkeypatch.setattr(package, "LARGEST", 60_000_000)
    refused(honest, "--max-gb", max_gb=0.02)
    assert sum(read) < 1_000_000


def test_too_many_members_are_not_looked_at(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_MEMBERS", 3)
    refused(exported, "多得不像备份")


def test_a_manifest_that_is_too_large_is_not_read(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_MANIFEST", 100)
    refused(exported, "manifest.json")


Manifest = dict[str, Any]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda m: m.update(format=2, app="9.1"), r"第 2 版格式（由程序 9.1 版导出）.*请先升级程序"),
        (lambda m: m.update(format=0), "manifest.json"),
        (lambda m: m.update(format="1"), "manifest.json"),
        (lambda m: m.update(format=True), "manifest.json"),
        (lambda m: m.pop("format"), "manifest.json"),
        (lambda m: m.pop("members"), "manifest.json"),
        (lambda m: m.update(members=[]), "manifest.json"),
        (lambda m: m.update(last_speech=-1), "manifest.json"),
        (lambda m: m.update(last_speech=2**63), "manifest.json"),
        (lambda m: m["members"]["events.jsonl"].update(size=-1), "manifest.json"),
        (lambda m: m["members"]["events.jsonl"].update(size="9"), "manifest.json"),
        (lambda m: m["members"]["events.jsonl"].update(sha256="0" * 64), "events.jsonl"),
        (lambda m: m["counts"].update(speeches=4), "篇数与清单不符"),
    ],
)
def test_a_manifest_that_says_otherwise_is_refused(
    exported: Path, change: Callable[[Manifest], Any], said: str
) -> None:
    refused(packed(exported.with_name("other.zip"), members(exported), change), said)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b"1", b"[" * 100_000])
def test_a_manifest_that_is_none_is_refused(exported: Path, content: bytes) -> None:
    contents = {**members(exported), "manifest.json": content}
    with zipfile.ZipFile(exported, "w") as other:
        for name, data in contents.items():
            other.writestr(name, data)
    refused(exported, "manifest.json")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda r: r.update(title=None), "title 的值不对"),
        (lambda r: r.update(title=7), "title 的值不对"),
        (lambda r: r.update(published=1), "published 的值不对"),
        (lambda r: r.update(characters=True), "characters 的值不对"),
        (lambda r: r.update(characters=-1), "characters 的值不对"),
        (lambda r: r.update(characters=2**70), "characters 的值不对"),
        (lambda r: r.update(date="2022-13-01"), "date 的值不对"),
        (lambda r: r.update(created_at="2022-01-01T00:00:00"), "created_at 的值不对"),
        (lambda r: r.update(speaker="查无此人"), "speaker 的值不对"),
        (lambda r: r.update(speaker=["王某某"]), "speaker 的值不对"),
        (lambda r: r.update(source="0" * 64), "source 的值不对"),
        (lambda r: r.update(id=r["id"] + 1000), "不是这一篇"),
        (lambda r: r.pop("sections"), "缺少 sections"),
        (lambda r: r.update(paragraphs={}), "缺少 paragraphs"),
        (lambda r: r.update(paragraphs=[1]), "缺少 paragraphs"),
        (lambda r: r["sections"][1].update(parent=99), "sections：字段 parent 的值不对"),
        (lambda r: r["sections"][1].update(number=0), "缺失、重复"),
        (lambda r: r["sections"][1].update(id=[]), "缺失、重复"),
        (lambda r: r["paragraphs"][0].pop("id"), "缺失、重复"),
        (lambda r: r["paragraphs"][0].update(section=None), "section 的值不对"),
        (lambda r: r["revisions"][0].update(user=7), "user 的值不对"),
    ],
)
def test_a_record_that_no_export_writes_is_refused(
    exported: Path, change: Callable[[dict[str, Any]], Any], said: str
) -> None:
    refused(rewritten(exported, numbered(exported, "speeches/1.json"), change), said)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"null", b"[" * 100_000])
def test_a_speech_that_is_no_json_is_refused(exported: Path, content: bytes) -> None:
    contents = members(exported)
    contents[numbered(exported, "speeches/1.json")] = content
    refused(packed(exported.with_name("other.zip"), contents), "speeches/")


@pytest.mark.parametrize(
    ("name", "content"),
    [("speakers.jsonl", b"\xff\n"), ("speakers.jsonl", b"7\n"), ("speakers.jsonl", b"{}\n"),
     ("speakers.jsonl", b'{"id": 1, "name": "a"}\n{"id": 1, "name": "b"}\n'),
     ("speakers.jsonl", b'{"id": 1, "name": "a"}\n{"id": 2, "name": "a"}\n'),
     ("speeches/1.txt", b"\xff")],
)  # fmt: skip
def test_a_list_or_text_that_no_export_writes_is_refused(exported: Path, name: str, content: bytes) -> None:
    name = numbered(exported, name)
    refused(packed(exported.with_name("other.zip"), {**members(exported), name: content}), name)


def test_rows_that_the_database_refuses_leave_the_old_archive(exported: Path) -> None:
    """Two speeches of one text: each alone is in order."""
    first, second = Speech.objects.order_by("pk")[:2]
    changed = rewritten(exported, f"speeches/{second.pk}.json", lambda r: r.update(digest=first.digest))
    before = everything()
    with pytest.raises(backup.Damaged, match="恢复失败，原来的库没有改动"):
        backup.restore(changed, replace=True)
    assert everything() == before


def test_a_file_that_changes_after_it_was_verified_is_not_trusted(
    exported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    emptied()
    real = reading.verify

    def then_damage(found: Any, watch: Any) -> None:
        real(found, watch)
        data = bytearray(exported.read_bytes())
        half = len(data) // 2
        data[half : half + 999] = bytes(999)
        exported.write_bytes(data)

    monkeypatch.setattr("archive.backup.restoring.verify", then_damage)
    with pytest.raises(backup.Damaged):
        backup.restore(exported)
    assert not any(backup.holdings().values())


# --- Older and newer formats ---------------------------------------------------------------------------


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
    """As if this version were the third: what the second and the third changed is done to a file of the first."""
    for module in (reading, package):
        monkeypatch.setattr(module, "FORMAT", 3)

    def second(table: str, record: dict[str, Any]) -> dict[str, Any]:
        return {**record, "title": record["title"] + "二"} if table == "speeches" else record

    def third(table: str, record: dict[str, Any]) -> dict[str, Any]:
        return {**record, "title": record["title"] + "三"} if table == "speeches" else record

    monkeypatch.setattr(reading, "UPGRADES", {1: second, 2: third})
    titles = dict(Speech.objects.values_list("pk", "title"))
    backup.restore(exported, replace=True)
    assert dict(Speech.objects.values_list("pk", "title")) == {
        pk: f"{title}二三" for pk, title in titles.items()
    }


def test_a_table_that_came_later_is_empty(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if other names and former versions had come with the second format."""
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
        monkeypatch.setattr(module, "FORMAT", 2)
    monkeypatch.setattr(reading, "UPGRADES", {1: lambda table, record: record})
    for name in ("LISTS", "PARTS"):
        tables = getattr(reading, name)
        later = [
            replace(table, since=2) if table.name in ("aliases", "revisions") else table for table in tables
        ]
        monkeypatch.setattr(reading, name, later)
    before = everything()
    backup.restore(older, replace=True)
    assert everything() == {**before, "aliases": [], "revisions": []}


def test_a_newer_format_is_told_before_its_members_are_found_odd(exported: Path) -> None:
    contents = {**members(exported), "moods.jsonl": b""}
    newer = packed(exported.with_name("newer.zip"), contents, lambda m: m.update(format=2))
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
