"""What a reader hands on, and how it says no."""

from __future__ import annotations

from dataclasses import dataclass

from archive.text import Note


@dataclass(frozen=True, slots=True)
class Document:
    """The canonical text of a file, the encoding it was in, and what had to be removed."""

    text: str
    encoding: str
    notes: tuple[Note, ...]


class Unreadable(ValueError):
    """A file that cannot become a text: ``code`` for machines, the message for people, with the cure."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
