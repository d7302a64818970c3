"""A file to a document: the content decides which reader it gets, the name only has to agree.

A new format is one more file with a reader of the shape of ``read_plain`` and one more row in
FORMATS; ``contents`` lists what ``sniff`` calls it (None: plain text).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from archive.readers.document import Document, Unreadable
from archive.readers.plain import read_markdown, read_plain
from archive.readers.sniffing import HTML, OLD_WORD, Content, is_encrypted, sniff


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read."""

    suffixes: tuple[str, ...]
    contents: tuple[Content | None, ...]
    read: Callable[[bytes, str | None], Document]


FORMATS = (
    Format((".txt", ".text", ""), (None,), read_plain),
    Format((".md", ".markdown"), (None,), read_markdown),
)
SUFFIXES = tuple(suffix for format_ in FORMATS for suffix in format_.suffixes if suffix)
"""File names that can be read, for folder walks and upload fields."""
WELCOME = ".txt 或 .md"
TOLD = {
    ".docx": "Word 文档",
    ".doc": "旧版 Word 文档",
    ".wps": "WPS 文档",
    ".pdf": "PDF",
    ".rtf": "RTF",
    ".odt": "ODT 文档",
    ".ofd": "OFD",
    ".html": "HTML 网页",
    ".htm": "HTML 网页",
}
"""Formats that people do keep speeches in, as a refusal names them."""


def read(data: bytes, name: str, encoding: str | None = None) -> Document:
    """The document in ``data``; ``name`` is the file name. Raises Unreadable."""
    if not data:
        raise Unreadable("empty_file", "文件是空的。")
    suffix = PurePath(name.replace("\\", "/")).suffix.lower()
    content = sniff(data)
    if content is OLD_WORD and is_encrypted(data):
        raise Unreadable("encrypted_document", "文档有密码，请去掉密码后再上传。")
    for format_ in FORMATS:
        if suffix in format_.suffixes and content in format_.contents:
            return _with_text(format_.read(data, encoding))
    raise _refusal(suffix, content)


def _with_text(document: Document) -> Document:
    if not document.text:
        raise Unreadable("empty_file", "文件里没有文字。")
    return document


def _refusal(suffix: str, content: Content | None) -> Unreadable:
    """Why no reader fits: the name is of no format that is read, or the content is not what the name says."""
    if content is None:
        if suffix == ".docx":
            return Unreadable("type_mismatch", "扩展名是 .docx，内容却不是 Word 文档。请核对文件。")
        return _unsupported(suffix)
    if suffix not in SUFFIXES and suffix:
        return _unsupported(suffix)
    if content is HTML:
        return Unreadable("type_mismatch", "内容是 HTML 网页，请上传纯文本。")
    if content.document:
        name = suffix or "空的"
        return Unreadable(
            "type_mismatch", f"扩展名是 {name}，内容却是 {content.name}。请另存为纯文本（.txt）后再上传。"
        )
    return Unreadable("not_text", f"这不是文本文件（看起来是 {content.name}）。请上传 {WELCOME}。")


def _unsupported(suffix: str) -> Unreadable:
    if suffix in TOLD:
        return Unreadable("unsupported_type", f"不支持 {TOLD[suffix]}，请上传 {WELCOME}。")
    return Unreadable("unsupported_type", f"不支持 {suffix} 文件。请上传 {WELCOME}。")
