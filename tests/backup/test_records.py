"""Files whose sums are right and whose contents no export writes: made by hand, or by another program."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive import backup
from archive.backup import reading
from archive.models import Speech

from .conftest import emptied, everything, members, numbered, packed, refused, rewritten

Manifest = dict[str, Any]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda m: m.update(format=9, app="9.1"), r"第 9 版格式（由程序 9.1 版导出）.*请先升级程序"),
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
