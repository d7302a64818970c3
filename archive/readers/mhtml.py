"""A web page in one file, as Chrome and WPS save it (MHTML, RFC 2557): the page in it, without the rest."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message

from archive.readers.document import Document, Unreadable
from archive.readers.html import label_of, read_page

PARTS = 5000
NESTED = 20
"""Boundaries; each is a part made of parts."""

_HEADER = re.compile(rb"(?im)^mime-version\s*:")


def read_mhtml(data: bytes, encoding: str | None) -> Document:
    """Raises Unreadable for what is no saved page, or one without a text."""
    if not _HEADER.search(data[:4096]):
        raise Unreadable(
            "type_mismatch", "扩展名是单个文件网页，内容却不是。请核对文件，或改存为 .docx、.txt。"
        )
    if data.count(b"boundary=") > NESTED or data.count(b"\n--") > PARTS:
        raise _too_deep()
    page = _page(data)
    if page is None:
        raise Unreadable("no_text", "文件里没有网页。请在浏览器里打开，把正文复制到 .txt 里再上传。")
    content = _content(page)
    return read_page(content, encoding, label_of(content) or (page.get_content_charset() or ""))


def _page(data: bytes) -> Message | None:
    try:
        parts = message_from_bytes(data).walk()
        return next((part for part in parts if part.get_content_type() == "text/html"), None)
    except RecursionError:  # letters within letters need no boundary
        raise _too_deep() from None


def _too_deep() -> Unreadable:
    return Unreadable("too_large", "网页的结构过于复杂。请在浏览器里打开，把正文复制到 .txt 里再上传。")


def _content(page: Message) -> bytes:
    content = page.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
