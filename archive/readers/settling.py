"""The last step of every reader: what was found in a file becomes the canonical text of a Document.

Whatever the format, the text goes through the same cleaning, so that the .docx and the .txt of one
speech are the same speech.
"""

from __future__ import annotations

from collections.abc import Iterable

from archive.readers.document import Document, Told, Unreadable
from archive.readers.emphasis import without_emphasis
from archive.readers.mojibake import spoiled
from archive.text import Note, clean

PARAGRAPHS = 100_000
"""More take more than a few seconds; a book of 400 pages has a fifth."""


def refuse_endless(lines: int) -> None:
    """Raises Unreadable for a document of too many ``lines``."""
    if lines > PARAGRAPHS:
        said = f"文档多于 {PARAGRAPHS // 10_000} 万段，不像讲话稿。请拆分后再上传。"
        raise Unreadable("too_many_paragraphs", said)


def settle(raw: str, encoding: str, found: Iterable[Note] = (), *, markdown: bool = False) -> Document:
    """The document with ``raw`` cleaned, and what the reader ``found`` odd. Raises Unreadable for mojibake."""
    if sentence := spoiled(raw):
        raise Unreadable("mojibake_suspected", sentence)
    cleaned = clean(raw)
    text, removed = without_emphasis(cleaned.text, markdown=markdown)
    return Document(text, encoding, (*found, *cleaned.notes, *removed, *_lost(text)))


def as_it_was(text: str, encoding: str, told: Told) -> Document:
    """The document with a text that comes back to the letter; what is odd about it is odd again."""
    return Document(text, encoding, (*clean(text).notes, *_lost(text)), told)


def _lost(text: str) -> Iterable[Note]:
    if lost := text.count("\ufffd"):
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        yield Note(line, "characters_lost", f"文中有 {lost} 个 �，原文件里的字可能已丢失，请核对。")
