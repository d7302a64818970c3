"""Plain text and Markdown: decode, then settle."""

from __future__ import annotations

from archive.readers.document import Document, Unreadable
from archive.readers.settling import settle
from archive.text import DecodingError, decode


def read_plain(data: bytes, encoding: str | None) -> Document:
    """Raises Unreadable for bytes that are no sound text."""
    return _read(data, encoding, markdown=False)


def read_markdown(data: bytes, encoding: str | None) -> Document:
    """Raises Unreadable for bytes that are no sound text. Headings stay as they are: the parser knows them."""
    return _read(data, encoding, markdown=True)


def _read(data: bytes, encoding: str | None, *, markdown: bool) -> Document:
    try:
        decoded = decode(data, encoding)
    except DecodingError as error:
        raise Unreadable(error.code, error.message) from error
    return settle(decoded.text, decoded.encoding, markdown=markdown)
