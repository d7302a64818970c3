"""Plain text and Markdown: decode, look for mojibake, clean, take the marks of emphasis away."""

from __future__ import annotations

from archive.readers.document import Document, Unreadable
from archive.readers.emphasis import without_emphasis
from archive.readers.mojibake import spoiled
from archive.text import DecodingError, Note, clean, decode


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
    if sentence := spoiled(decoded.text):
        raise Unreadable("mojibake_suspected", sentence)
    cleaned = clean(decoded.text)
    text, removed = without_emphasis(cleaned.text, markdown=markdown)
    notes = [*cleaned.notes, *removed]
    if lost := text.count("\ufffd"):
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        notes.append(Note(line, "characters_lost", f"文中有 {lost} 个 �，原文件里的字可能已丢失，请核对。"))
    return Document(text, decoded.encoding, tuple(notes))
