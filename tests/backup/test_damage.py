"""A file that is not what export_archive wrote, byte for byte, is refused before a row is written."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path
from typing import Any

import pytest

from archive import backup
from archive.backup import package

from .conftest import members, numbered, packed, refused

MEMBERS = ["README.txt", "events.jsonl", "originals.jsonl", "aliases.jsonl", "originals/", "manifest.json"]
MEMBERS += ["speeches/1.json", "speeches/1.txt"]


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
