"""A .zip of several speeches: its members one by one, each a file for itself.

A pack is opened at the door, by the command or the upload page, and once only: what is packed inside a
pack is refused when it is read. Names: PKWARE APPNOTE 6.3.9 appendix D says IBM 437 or UTF-8; Windows in
China writes GBK and says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from zipfile import ZipInfo

from archive.readers.document import Unreadable
from archive.readers.packages import Package
from archive.readers.sniffing import DAMAGED_ZIP, ZIP, sniff

UNPACKED = 200 * 2**20
"""Bytes of all members together; they are read one at a time."""
UTF8_NAME = 0x800
_LEFT_LYING = re.compile(r"^(\.|~\$|__MACOSX$|Thumbs\.db$|desktop\.ini$)", re.I)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a pack: its path there, and its bytes, or why they cannot be had."""

    path: str
    data: bytes = b""
    refusal: Unreadable | None = None

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name


@dataclass(frozen=True, slots=True)
class Pack:
    """A zip that was opened. ``passed_over``: files that systems and editors leave lying in folders."""

    members: Iterator[Member]
    count: int
    passed_over: int


def is_left_lying(name: str) -> bool:
    """Whether a file or folder of this name is none of its owner's: hidden, a lock file, a thumbnail."""
    return bool(_LEFT_LYING.match(name))


def unpack(data: bytes, name: str, *, most: int) -> Pack | None:
    """The pack in ``data``, or None when it is none; ``name`` is the file name. Raises Unreadable.

    Of a member, at most ``most`` bytes and one more are read, so that who asked sees that it is too much.
    """
    content = sniff(data)
    named = PurePosixPath(name.replace("\\", "/")).suffix.lower() in {".zip", ""}
    if not named or content not in (ZIP, DAMAGED_ZIP):
        return None
    package = Package(data, "压缩包", unpacked=UNPACKED)
    files = [(info, member_name(info)) for info in package.members]
    wanted = [(info, path) for info, path in files if not any(map(is_left_lying, PurePosixPath(path).parts))]
    if not wanted:
        raise Unreadable("empty_file", "压缩包里没有文件。")
    return Pack(_members(package, wanted, most), len(wanted), len(files) - len(wanted))


def member_name(info: ZipInfo) -> str:
    """The path of a member, in the encoding that it was really written in."""
    name = info.filename
    if not info.flag_bits & UTF8_NAME:
        # zipfile has read the bytes as IBM 437, which has a character for each of them.
        written = info.orig_filename.encode("cp437", "replace")
        name = _decoded(written) or name
    return name.replace("\\", "/").split("\0")[0]


def _decoded(written: bytes) -> str | None:
    """As UTF-8, but if that gives no more than accented letters, a GBK name has happened to look like it."""
    found = [
        text for codec in ("utf-8", "gb18030", "cp950") if (text := _read_as(written, codec)) is not None
    ]
    if len(found) > 1 and not written.isascii() and max(found[0]) < "\u0800":
        return found[1]
    return found[0] if found else None


def _read_as(written: bytes, codec: str) -> str | None:
    try:
        return written.decode(codec)
    except UnicodeDecodeError:
        return None


def _members(package: Package, files: list[tuple[ZipInfo, str]], most: int) -> Iterator[Member]:
    for info, path in files:
        try:
            data = bytearray()
            for chunk in package.chunks(info):
                data += chunk
                if len(data) > most:
                    break
        except Unreadable as refusal:
            yield Member(path, refusal=refusal)
        else:
            yield Member(path, bytes(data[: most + 1]))
