"""A file to a document: the content decides which reader it gets, and the name has to be believable.

A new format is one more file with a reader of the shape of ``read_plain`` and one more row in
FORMATS; ``contents`` lists what ``sniff`` calls it (None: plain text). A document under the name of another
kind of document is read all the same, with a note: people rename .rtf and .docx to .doc. What is called a
text has to be a text, and what is called a document no text: there something was mixed up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePath

from archive.readers.akoma import read_akoma
from archive.readers.doc import read_doc
from archive.readers.document import Document, Unreadable
from archive.readers.docx import read_docx
from archive.readers.html import read_html
from archive.readers.mhtml import read_mhtml
from archive.readers.odt import read_odt
from archive.readers.ofd import read_ofd
from archive.readers.packages import damaged
from archive.readers.pdf import read_pdf
from archive.readers.plain import read_markdown, read_plain
from archive.readers.rtf import read_rtf
from archive.readers.sniffing import (
    DAMAGED_ZIP,
    HTML,
    MHTML,
    ODT,
    OFD,
    OLD_WORD,
    PDF,
    RTF,
    SHEET,
    SLIDES,
    WORD,
    ZIP,
    Content,
    is_encrypted,
    sniff,
)
from archive.text import Note


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read."""

    suffixes: tuple[str, ...]
    contents: tuple[Content | None, ...]
    read: Callable[[bytes, str | None], Document]


FORMATS = (
    Format((".txt", ".text", ""), (None,), read_plain),
    Format((".md", ".markdown"), (None,), read_markdown),
    Format((".docx",), (WORD,), read_docx),
    Format((".doc", ".wps"), (OLD_WORD,), read_doc),
    Format((".odt",), (ODT,), read_odt),
    Format((".rtf",), (RTF,), read_rtf),
    Format((".pdf",), (PDF,), read_pdf),
    Format((".ofd",), (OFD,), read_ofd),
    Format((".html", ".htm", ".shtml", ".xhtml"), (HTML, None), read_html),
    Format((".mht", ".mhtml"), (MHTML, None), read_mhtml),
    Format((".xml",), (None,), read_akoma),
)
SUFFIXES = tuple(suffix for format_ in FORMATS for suffix in format_.suffixes if suffix)
"""File names that can be read, for folder walks and upload fields."""
TEXTS = tuple(
    s for format_ in FORMATS if format_.read in (read_plain, read_markdown) for s in format_.suffixes
)
"""What is called so has to be plain text."""
WELCOME = ".txt 或 .docx"
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
    ".shtml": "HTML 网页",
    ".xhtml": "HTML 网页",
    ".mht": "单个文件网页",
    ".mhtml": "单个文件网页",
    ".xml": "Akoma Ntoso XML",
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
    format_ = _named(suffix, content)
    if format_ is None:
        raise _refusal(suffix, content)
    document = format_.read(data, encoding)
    if not document.text:
        raise Unreadable("empty_file", "文件里没有文字。")
    if suffix and suffix not in format_.suffixes:
        said = f"扩展名是 {suffix}，内容却是 {format_.suffixes[0]} 格式，已按内容读取。"
        document = replace(document, notes=(Note(0, "type_differs", said), *document.notes))
    return document


def _named(suffix: str, content: Content | None) -> Format | None:
    """The format of this content, if ``suffix`` is one of its own or of another document."""
    for format_ in FORMATS:
        if suffix in format_.suffixes and content in format_.contents:
            return format_
    if content is None or (suffix in TEXTS and suffix) or suffix not in {"", *SUFFIXES, *TOLD}:
        return None
    return next((format_ for format_ in FORMATS if content in format_.contents), None)


def _refusal(suffix: str, content: Content | None) -> Unreadable:
    """Why no reader fits: the name is of no format that is read, or the content is not what the name says."""
    if content in (SHEET, SLIDES):
        said = f"不支持{content.name}，请把文稿的文字复制到 Word 里，存为 .docx 后再上传。"
        return Unreadable("unsupported_type", said)
    if content is ZIP and suffix in {"", ".zip"}:
        return Unreadable("nested_archive", "压缩包里的压缩包不再展开，请解压后再上传。")
    if content is DAMAGED_ZIP and suffix not in TEXTS:
        return damaged("压缩包" if suffix == ".zip" else "文档")
    if suffix not in SUFFIXES and suffix:
        return Unreadable("unsupported_type", f"不支持 {suffix} 文件。请上传 {WELCOME}。")
    if suffix not in TEXTS and (content is None or content is ZIP):
        said = TOLD.get(suffix, f"{suffix} 文件")
        return Unreadable("type_mismatch", f"扩展名是 {suffix}，内容却不是 {said}。请核对文件。")
    return _no_text(suffix, content)


def _no_text(suffix: str, content: Content | None) -> Unreadable:
    if content is None or not content.document:
        looks = content.name if content else "别的"
        return Unreadable("not_text", f"这不是文本文件（看起来是 {looks}）。请上传 {WELCOME}。")
    if content is HTML:
        return Unreadable(
            "type_mismatch", "内容是 HTML 网页，请上传纯文本。要按网页读取，请把扩展名改成 .html。"
        )
    known = next((format_.suffixes[0] for format_ in FORMATS if content in format_.contents), "")
    cure = f"如果没有弄错，请把扩展名改成 {known} 后再上传。" if known else f"请上传 {WELCOME}。"
    return Unreadable("type_mismatch", f"扩展名是 {suffix or '空的'}，内容却是 {content.name}。{cure}")
