"""What a file is, by its content: the name may lie.

Signatures from the formats' own papers (PNG 1.2 section 3.1, PKWARE APPNOTE 4.3.7, ISO 32000-1 7.5.2,
MS-CFB 2.2 …). Only signatures that no transcript starts with: "MZ" or "BM" are two letters, and a text
may begin with any two letters. What is packed in a zip, or in an OLE container, says itself inside what it is.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Content:
    """A kind of content that is not plain text; ``document``: people keep speeches in it."""

    name: str
    document: bool = False


WORD = Content("Word/ZIP", document=True)
OLD_WORD = Content("旧版 Word（.doc）或 WPS", document=True)
ODT = Content("ODT 文档", document=True)
OFD = Content("OFD", document=True)
RTF = Content("RTF", document=True)
PDF = Content("PDF", document=True)
HTML = Content("HTML 网页", document=True)
MHTML = Content("单个文件网页（MHTML）", document=True)
ZIP = Content("ZIP 压缩包")
DAMAGED_ZIP = Content("损坏的压缩包")
SHEET = Content("电子表格")
SLIDES = Content("演示文稿")

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SIGNATURES = (
    (b"%PDF-", PDF),
    (b"{\\rtf", RTF),
    (b"\x89PNG\r\n\x1a\n", Content("PNG 图片")),
    (b"\xff\xd8\xff", Content("JPEG 图片")),
    (b"GIF87a", Content("GIF 图片")),
    (b"GIF89a", Content("GIF 图片")),
    (b"II*\x00", Content("TIFF 图片")),
    (b"MM\x00*", Content("TIFF 图片")),
    (b"\x1f\x8b\x08", Content("gzip 压缩包")),
    (b"Rar!\x1a\x07", Content("RAR 压缩包")),
    (b"7z\xbc\xaf\x27\x1c", Content("7z 压缩包")),
    (b"\x7fELF", Content("程序")),
    (b"SQLite format 3\x00", Content("SQLite 数据库")),
)
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""Name of the stream in which Office keeps a document behind a password (MS-OFFCRYPTO 2.3.4.4)."""
STREAMS = (
    ("WordDocument", OLD_WORD),
    ("PowerPoint Document", SLIDES),
    ("Workbook", SHEET),
)
"""What the directory of an OLE container names (MS-DOC 2.1, MS-PPT 2.1, MS-XLS 2.1)."""
TYPES = "[Content_Types].xml"
OFFICE = (("word/", WORD), ("xl/", SHEET), ("ppt/", SLIDES))
"""Folders of a package (ECMA-376 part 1 section 11); a pack of files may have one of that name,"""
MAIN = {
    "word/document.xml": WORD,
    "xl/workbook.xml": SHEET,
    "ppt/presentation.xml": SLIDES,
    "content.xml": ODT,
    "OFD.xml": OFD,
}
"""but no such file in it, and no list of types (part 2 section 7.2.3; ODF 1.3 part 2, GB/T 33190 section 7.1)."""
OPEN_DOCUMENTS = (
    (b"application/vnd.oasis.opendocument.text", ODT),
    (b"application/vnd.oasis.opendocument.spreadsheet", SHEET),
    (b"application/vnd.oasis.opendocument.presentation", SLIDES),
)
HEAD = 200
"""Bytes: the first member of an OpenDocument is its media type (ODF 1.3 part 2 section 3.3)."""
FIB = b"\xec\xa5"
SECTOR = 512

_HTML = re.compile(
    rb"(?i)\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.S
)
_MHTML = re.compile(rb"(?i)(?:[a-z-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){0,20}?mime-version[ \t]*:")
"""Lines of headers with that one among them (RFC 2045 section 4)."""


def sniff(data: bytes) -> Content | None:
    """The kind of content, or None for what may be plain text."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(data)
    if data.startswith(OLE):
        return _in_ole(data)
    for signature, content in SIGNATURES:
        if data.startswith(signature):
            return content
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\0", b"")[2:]
    if _HTML.match(head):
        return HTML
    return MHTML if _MHTML.match(head) else None


def is_encrypted(data: bytes) -> bool:
    """Whether an OLE container holds a document behind a password (MS-OFFCRYPTO 2.3.4.4, MS-DOC 2.5.2)."""
    if ENCRYPTED in data:
        return True
    for start in range(SECTOR, len(data), SECTOR):
        if data.startswith(FIB, start):
            return bool(int.from_bytes(data[start + 10 : start + 12], "little") & 0x0100)
    return False


def _in_zip(data: bytes) -> Content:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
            said = packed.open("mimetype").read(HEAD) if "mimetype" in names else b""
    except Exception:
        # zipfile has no one error for damaged bytes; what is wrong will be told by who reads them.
        return DAMAGED_ZIP
    for media_type, content in OPEN_DOCUMENTS:
        if said.startswith(media_type):
            return content
    for folder, content in OFFICE if TYPES in names else ():
        if any(name.startswith(folder) for name in names):
            return content
    return next((content for name, content in MAIN.items() if name in names), ZIP)


def _in_ole(data: bytes) -> Content:
    for stream, content in STREAMS:
        if stream.encode("utf-16-le") in data:
            return content
    return OLD_WORD
