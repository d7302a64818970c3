"""What a reader hands on, and how it says no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive.text import Note


@dataclass(frozen=True, slots=True)
class Told:
    """What a file of our own says of its speech beside the text.

    ``facts`` are pairs of a name (title, speaker, date …) and a value, "" for what is known to be none;
    ``decisions`` an editor's about headings: line, level, which of equal lines; ``sections`` and ``paragraphs``
    the numbers of their anchors, in order, empty where they are simply counted.
    """

    facts: tuple[tuple[str, str], ...] = ()
    decisions: tuple[tuple[str, int, int], ...] = ()
    sections: tuple[int, ...] = ()
    paragraphs: tuple[int, ...] = ()

    @classmethod
    def of(cls, said: dict[str, Any]) -> Told:
        """From JSON, which has no tuples."""
        return cls(
            tuple((name, value) for name, value in said["facts"]),
            tuple((line, level, nth) for line, level, nth in said["decisions"]),
            tuple(said["sections"]),
            tuple(said["paragraphs"]),
        )


@dataclass(frozen=True, slots=True)
class Document:
    """The canonical text of a file, the encoding it was in, and what had to be removed.

    ``told`` is what an export of an archive like this one says of the speech.
    """

    text: str
    encoding: str
    notes: tuple[Note, ...]
    told: Told | None = None


class Unreadable(ValueError):
    """A file that cannot become a text: ``code`` for machines, the message for people, with the cure."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
