"""Plain text and Markdown: decode, then settle."""

from __future__ import annotations

from archive.readers.document import Document, Unreadable
from archive.readers.ours import from_markdown
from archive.readers.settling import as_it_was, settle
from archive.text import Decoded, DecodingError, decode


def read_plain(data: bytes, encoding: str | None) -> Document:
    """Raises Unreadable for bytes that are no sound text."""
    decoded = _decoded(data, encoding)
    return settle(decoded.text, decoded.encoding)


def read_markdown(data: bytes, encoding: str | None) -> Document:
    """Raises Unreadable for bytes that are no sound text. Headings stay as they are: the parser knows them."""
    decoded = _decoded(data, encoding)
    ours = from_markdown(decoded.text.replace("\r\n", "\n"))
    if ours is None:
        return settle(decoded.text, decoded.encoding, markdown=True)
    text, told = ours
    return as_it_was(text, decoded.encoding, told) if told else settle(text, decoded.encoding)


def _decoded(data: bytes, encoding: str | None) -> Decoded:
    try:
        return decode(data, encoding)
    except DecodingError as error:
        raise Unreadable(error.code, error.message) from error
