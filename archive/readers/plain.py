"""Plain text and Markdown: decode, look for mojibake, clean."""

from __future__ import annotations

from archive.readers.document import Document, Unreadable
from archive.readers.mojibake import spoiled
from archive.text import DecodingError, Note, clean, decode


def read_plain(data: bytes, encoding: str | None) -> Document:
    """Raises Unreadable for bytes that are no sound text."""
    try:
        decoded = decode(data, encoding)
    except DecodingError as error:
        raise Unreadable(error.code, error.message) from error
    if sentence := spoiled(decoded.text):
        raise Unreadable("mojibake_suspected", sentence)
    cleaned = clean(decoded.text)
    notes = list(cleaned.notes)
    if lost := cleaned.text.count("\ufffd"):
        line = cleaned.text.count("\n", 0, cleaned.text.index("\ufffd")) + 1
        notes.append(Note(line, "characters_lost", f"文中有 {lost} 个 �，原文件里的字可能已丢失，请核对。"))
    return Document(cleaned.text, decoded.encoding, tuple(notes))
