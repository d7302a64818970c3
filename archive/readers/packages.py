"""A zip that is safe to look into: the package of .docx, .odt and .ofd, and the .zip of several files.

Everything that can be known from the directory is judged before a byte is inflated, and what is inflated
is counted, for a directory may lie. The limits follow OWASP ASVS 5.0 section 5.2 and the ones that PyPI
puts on uploads; format: PKWARE APPNOTE 6.3.9.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from zipfile import ZipInfo

from archive.readers.document import Unreadable

MEMBERS = 1000
UNPACKED = 50 * 2**20
"""Bytes. The longest real reports have a tenth of it."""
RATIO = 50
RATIO_FROM = 4 * 2**20
"""Bytes unpacked from which the ratio counts: a short document of one table may well be packed to a fiftieth."""
CHUNK = 2**16

PICTURES = ("word/media/", "pictures/")
"""Folders of pictures in .docx and .odt; a thumbnail of the first page stands elsewhere."""
ENCRYPTED = 0x1
LINK = 0o120000
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    MemoryError,
)
"""What zipfile raises for damaged bytes, in all."""


class Package:
    """The members of a zip, by name. ``kind`` is what a refusal calls it. Raises Unreadable."""

    def __init__(self, data: bytes, kind: str = "文档", *, unpacked: int = UNPACKED) -> None:
        self.kind = kind
        self._left = unpacked
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN:
            raise damaged(kind) from None
        self._refuse_unsafe(unpacked)

    @property
    def members(self) -> list[ZipInfo]:
        """The files inside, in the order of the directory."""
        return [info for info in self._zip.infolist() if not info.is_dir()]

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def refuse_pictures_only(self, text: str) -> None:
        """Raises Unreadable when there are pictures in the package and nothing in its ``text``."""
        if not text.strip() and any(info.filename.casefold().startswith(PICTURES) for info in self.members):
            said = "文档里只有图片，没有文字，像是扫描件。请先用文字识别（OCR）软件转成文字，再上传。"
            raise Unreadable("scanned_document", said)

    def chunks(self, name: str | ZipInfo) -> Iterator[bytes]:
        """The member ``name`` piece by piece, counted; its checksum is compared at the end."""
        try:
            with self._zip.open(name) as member:
                while chunk := member.read(CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise too_large(self.kind)
                    yield chunk
        except Unreadable:
            raise
        except (KeyError, *BROKEN):
            raise damaged(self.kind) from None

    def read(self, name: str | ZipInfo) -> bytes:
        """The whole member ``name``."""
        return b"".join(self.chunks(name))

    def _refuse_unsafe(self, unpacked: int) -> None:
        infos = self._zip.infolist()
        if any(info.flag_bits & ENCRYPTED for info in infos):
            raise Unreadable("encrypted_document", f"{self.kind}有密码，请去掉密码后再上传。")
        if len(infos) > MEMBERS:
            raise Unreadable("unsafe_archive", f"压缩包里的文件多于 {MEMBERS} 个，请拆分后再上传。")
        packed = max(1, sum(info.compress_size for info in infos))
        size = sum(info.file_size for info in infos)
        if size > unpacked or (size > RATIO_FROM and size > RATIO * packed):
            raise too_large(self.kind, size // packed)
        names = [info.filename.casefold() for info in infos]
        if len(set(names)) < len(names):
            raise Unreadable("unsafe_archive", f"压缩包里有重名文件。{_again(self.kind)}")
        if any(_leads_out(info) for info in infos):
            raise Unreadable("unsafe_archive", f"压缩包里有指向外面的路径或链接。{_again(self.kind)}")


def damaged(kind: str) -> Unreadable:
    return Unreadable("corrupt_document", f"{kind}已损坏。{_again(kind)}")


def too_large(kind: str, ratio: int = 0) -> Unreadable:
    """``ratio``: unpacked to packed, 0 when the directory lied about it."""
    said = f"（压缩比 {ratio}:1）" if ratio > 1 else ""
    return Unreadable("unsafe_archive", f"压缩包展开后过大{said}。请拆分后再上传。")


def _again(kind: str) -> str:
    return "请重新压缩后再上传。" if kind == "压缩包" else "请用原来的软件打开，另存一份后再上传。"


def _leads_out(info: ZipInfo) -> bool:
    path = info.filename.replace("\\", "/")
    is_link = (info.external_attr >> 16) & 0o170000 == LINK
    return is_link or path.startswith("/") or ".." in path.split("/")
