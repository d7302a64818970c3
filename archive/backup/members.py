"""The names and bytes inside the file, and the manifest that vouches for them.

README.txt, a .jsonl file for each of the lists, deeds/<year>.jsonl, originals/<sha256>, speeches/<id>.json and .txt,
and last manifest.json. Everything is UTF-8 and can be read without this program; the same rows give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from django.conf import settings

from archive.backup.tables import LISTS, PARTS, Record

# Of the file. A new field needs no other one; a new table does (Table.since), and a record that changes its meaning
# (reading.UPGRADES).
FORMAT = 2
MANIFEST = "manifest.json"
README = "README.txt"
_LISTED = "|".join(table.name for table in LISTS)
NAME = re.compile(
    rf"README\.txt|(?:{_LISTED})\.jsonl|deeds/[0-9]{{4}}\.jsonl|originals/[0-9a-f]{{64}}"
    r"|speeches/[1-9][0-9]{0,18}\.(?:json|txt)"
)

EXPLAINED = """\
讲话库的备份。全部是 UTF-8 文本，不用讲话库程序也能读。

speeches/<编号>.txt    正文
speeches/<编号>.json   标题、讲话人、日期、场合等，以及章节（sections）、段落（paragraphs）和
                       旧版（revisions）；start、end 是正文中的字符位置，左闭右开
originals/<SHA-256>    收到的原始文件，一个字节不差；文件名见 originals.jsonl
speakers.jsonl         讲话人；别名见 aliases.jsonl
events.jsonl           场合
deeds/<年>.jsonl       操作记录：谁在什么时候（UTC）做了什么；只有用户名，没有密码
manifest.json          以上每个文件的大小和 SHA-256

恢复：manage.py restore_archive 这个文件.zip
"""


@dataclass(frozen=True, slots=True)
class Member:
    """What the manifest says of a file: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


def member(data: bytes) -> Member:
    return Member(len(data), hashlib.sha256(data).hexdigest())


@dataclass(frozen=True, slots=True)
class Manifest:
    """``counts``: how many of each there are; ``last_speech``: the highest number that a speech ever had."""

    format: int
    app: str
    counts: dict[str, int]
    last_speech: int
    members: dict[str, Member]

    def encoded(self) -> bytes:
        members = {name: asdict(each) for name, each in sorted(self.members.items())}
        head = {
            "format": self.format,
            "app": self.app,
            "counts": self.counts,
            "last_speech": self.last_speech,
        }
        return _object({**head, "members": members}, ("members",))


def encoded(record: Record) -> bytes:
    """A speech: a field a line, a section or paragraph a line."""
    return _object(record, [table.name for table in PARTS])


def encoded_lines(records: list[Record]) -> bytes:
    return _bytes("".join(f"{_dumps(record)}\n" for record in records))


def _object(record: Record, unfolded: Sequence[str]) -> bytes:
    """A JSON object, a field a line; of ``unfolded`` fields an element a line as well."""
    fields = (f"{_dumps(name)}: {_value(value, name in unfolded)}" for name, value in record.items())
    return _bytes("{\n" + ",\n".join(fields) + "\n}\n")


def _value(value: Any, unfold: bool) -> str:
    if not unfold or not value:
        return _dumps(value)
    if isinstance(value, dict):
        return "{\n" + ",\n".join(f"  {_dumps(k)}: {_dumps(v)}" for k, v in value.items()) + "\n}"
    return "[\n" + ",\n".join(f"  {_dumps(each)}" for each in value) + "\n]"


def _dumps(value: Any) -> str:
    """Inside a record keys are in the order of the fields; deeper, databases disagree on the order."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_dumps(k)}: {_sorted(v)}" for k, v in value.items()) + "}"
    return _sorted(value)


def _sorted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _bytes(text: str) -> bytes:
    """A lone surrogate, which UTF-8 has no bytes for, becomes \\udXXX: in a JSON string that is the same letter."""
    return text.encode("utf-8", "backslashreplace")


@cache
def app_version() -> str:
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])
