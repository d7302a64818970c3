"""A small archive with everything in it that can be, and files made from it."""

from __future__ import annotations

import datetime
import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from archive import backup, importing
from archive.backup.tables import TABLES
from archive.models import Alias, Event, Revision, SourceFile, Speaker, Speech

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
# Line ends of Unicode, a NUL, a letter beyond the first plane, quotation marks, and what HTML would eat.
ODD = "\u2028\u2029\x0b\x00\x85𠮷“”\"\\'<script>&amp; \u200b\ufeff\r"

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def seeds(db: None, index_path: Path) -> None:
    for path in sorted(SEEDS.glob("*.txt")):
        importing.import_bytes(path.read_bytes(), path.name, path=f"seeds/{path.name}")


TEXT = """在第{n}次座谈会上的讲话
（2022年10月{n}日）
同志们：
这是第{n}次会议。

一、提高站位
我们要加强学习。一是学深，二是学透。***

（一）抓好学习
要学习第{n}号文件。

二、压实责任
我们要抓好落实。（掌声）

谢谢大家！
"""


@pytest.fixture
def short(db: None, index_path: Path) -> None:
    for n in (1, 2, 3):
        importing.import_bytes(TEXT.format(n=n).encode("gb18030"), f"{n}.txt", path=f"short/{n}.txt")


@pytest.fixture
def rich(short: None) -> None:
    """Drafts, editors' words, what nobody refers to, former versions, odd letters."""
    first, second, third = Speech.objects.order_by("pk")
    speaker = Speaker.objects.create(name="王某某")
    Alias.objects.create(name="王局长", speaker=speaker)
    Speaker.objects.create(name=f"无人提到{ODD}")
    Event.objects.create(name="无人提到的会")
    first.speaker, first.edited, first.date_iso = speaker, ["date", "speaker"], "2022-11"
    first.title = f"改过的标题{ODD}"
    first.notes = [{"line": 1, "kind": "odd", "message": f"怪\ud800{ODD}"}]  # a lone surrogate, too
    first.save()
    second.published, second.date_iso, second.imported_from = False, "2021", ""
    second.save()
    long_ago = datetime.datetime(1999, 12, 31, 23, 59, 59, 123456, tzinfo=datetime.UTC)
    Speech.objects.filter(pk=third.pk).update(created_at=long_ago, updated_at=long_ago)
    user = get_user_model().objects.create_user("bianji", password="long-enough-for-all")
    for number, name in ((1, user), (2, None)):
        revision = Revision(speech=first, number=number, reason="text", user=name, text=f"旧{ODD}")
        revision.source, revision.facts = first.source, {"title": "旧标题"}
        revision.save()
    data = b"\x00\xff\r\n nobody's"
    sha256 = hashlib.sha256(data).hexdigest()
    SourceFile.objects.create(sha256=sha256, name="无主.txt", size=len(data), content=data)


@pytest.fixture
def exported(rich: None, tmp_path: Path) -> Path:
    path = tmp_path / "kept.zip"
    backup.export(path)
    return path


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row that is kept, field by field; accounts by name."""
    names = dict(get_user_model().objects.values_list("pk", "username"))
    rows = {table.name: list(table.model.objects.order_by("pk").values()) for table in TABLES}
    for each in rows["revisions"]:
        each["user_id"] = names.get(each["user_id"])
    for each in rows["originals"]:
        each["content"] = bytes(each["content"])
    return rows


def emptied() -> None:
    """As a new archive on another machine, where nobody has an account."""
    for table in reversed(TABLES):
        table.model.objects.all().delete()
    get_user_model().objects.all().delete()


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(path: Path, contents: dict[str, bytes], manifest: Change | None = None) -> Path:
    """A backup with these members and a manifest that vouches for them, but for what ``manifest`` changes in it."""
    said = json.loads(contents["manifest.json"])
    said["members"] = {
        name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in contents.items()
        if name != "manifest.json"
    }
    if manifest:
        manifest(said)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in contents.items():
            package.writestr(name, json.dumps(said) if name == "manifest.json" else data)
    return path


def rewritten(path: Path, name: str, change: Change) -> Path:
    """``path`` with one speech's record changed, and a manifest that agrees."""
    contents = members(path)
    record = json.loads(contents[name])
    change(record)
    contents[name] = json.dumps(record).encode()
    return packed(path.with_name("rewritten.zip"), contents)


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
