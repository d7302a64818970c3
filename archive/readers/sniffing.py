"""What a file is, by its content: the name may lie.

Signatures from the formats' own papers (PNG 1.2 section 3.1, PKWARE APPNOTE 4.3.7, ISO 32000-1 7.5.2,
MS-CFB 2.2 …). Only signatures that no transcript starts with: "MZ" or "BM" are two letters, and a text
may begin with any two letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Content:
    """A kind of content that is not plain text; ``document``: people keep speeches in it."""

    name: str
    document: bool = False


WORD = Content("Word/ZIP", document=True)
OLD_WORD = Content("旧版 Word（.doc）或 WPS", document=True)
HTML = Content("HTML 网页", document=True)

SIGNATURES = (
    (b"PK\x03\x04", WORD),
    (b"PK\x05\x06", WORD),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_WORD),
    (b"%PDF-", Content("PDF", document=True)),
    (b"{\\rtf", Content("RTF", document=True)),
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

_HTML = re.compile(
    rb"(?i)\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.S
)


def sniff(data: bytes) -> Content | None:
    """The kind of content, or None for what may be plain text."""
    for signature, content in SIGNATURES:
        if data.startswith(signature):
            return content
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\0", b"")[2:]
    return HTML if _HTML.match(head) else None


def is_encrypted(data: bytes) -> bool:
    """Whether an OLE container holds a document behind a password."""
    return ENCRYPTED in data
