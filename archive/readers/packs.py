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
from archive.text import DecodingError, decode

UNPACKED = 200 * 2**20
"""Bytes of all members together; they are read one at a time."""
UTF8_NAME = 0x800
CERTAIN = 6
"""Characters from which Big5 can be told from GBK."""
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
    files = list(zip(package.members, paths(package.members), strict=True))
    wanted = [(info, path) for info, path in files if not any(map(is_left_lying, PurePosixPath(path).parts))]
    if not wanted:
        raise Unreadable("empty_file", "压缩包里没有文件。")
    return Pack(_members(package, wanted, most), len(wanted), len(files) - len(wanted))


def paths(infos: list[ZipInfo]) -> list[str]:
    """The paths of members, in the encoding that they were really written in: one for all of a pack."""
    # zipfile has read the bytes as IBM 437, which has a character for each of them.
    written = {i: info.orig_filename.encode("cp437") for i, info in enumerate(infos) if _is_untold(info)}
    codec = _codec(b"\n".join(written.values()))
    names = [
        written[i].decode(codec, "replace") if i in written else info.filename for i, info in enumerate(infos)
    ]
    return [name.split("\0")[0].replace("\\", "/") for name in names]


def _is_untold(info: ZipInfo) -> bool:
    return not info.flag_bits & UTF8_NAME


def _codec(names: bytes) -> str:
    """As text is decoded; of what is short or doubtful, GBK is the likeliest."""
    try:
        decoded = decode(names)
    except DecodingError:
        return "gb18030"
    foreign = [sign for sign in decoded.text if not sign.isascii()]
    if decoded.encoding == "utf-8":
        # No more than accented letters: GBK that happens to look like UTF-8.
        return "gb18030" if foreign and max(foreign) < "\u0800" else "utf-8"
    return decoded.encoding if len(foreign) >= CERTAIN else "gb18030"


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
