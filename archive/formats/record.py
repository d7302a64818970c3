"""A speech as every format sees it: what is known about it, its text, and its outline by offsets.

All offsets are characters (code points) of ``Record.text``, half-open. Anchors (s3, p7) are those of the pages: what
has one is told here, for the parser knows of none; lines, spans and decisions are the parser's own.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.parsing import Decision, Line, Span


@dataclass(frozen=True, slots=True)
class Item:
    """One of several points in a paragraph; the first words, ``lead_start`` to ``lead_end``, name it (一是…)."""

    anchor: str
    lead_start: int
    lead_end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of running text; ``kind`` is salutation, text or closing."""

    anchor: str
    kind: str
    start: int
    end: int
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """``kind`` is front, body or back; ``depth`` 1 for top headings, 0 for front and back.

    ``num`` is the mark of the heading as written (二、), with which ``heading_start`` to ``heading_end`` begins; those
    are equal where there is no heading.
    """

    anchor: str
    kind: str
    num: str
    depth: int
    start: int
    end: int
    heading_start: int
    heading_end: int
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A speech. Unknown is ""; ``date`` is "2022-11-20", "2022-11", "2022" or "".

    ``url`` is its page, ``digest`` the SHA-256 of the text, in hexadecimal digits. ``lines`` are those above the
    speech itself, ``decisions`` an editor's about lines of the text. ``language`` is a tag of BCP 47.
    """

    title: str
    subtitle: str
    speaker: str
    role: str
    date: str
    event: str
    venue: str
    kind: str
    text: str
    digest: str
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
    redactions: tuple[Span, ...] = ()
    remarks: tuple[Span, ...] = ()
    decisions: tuple[Decision, ...] = ()
    url: str = ""
    language: str = "zh-Hans"

    @property
    def about(self) -> dict[str, str]:
        """What is known about the speech, by the names that every format uses."""
        names = ("title", "subtitle", "speaker", "role", "date", "event", "venue", "kind")
        return {name: getattr(self, name) for name in names}

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(paragraph for section in self.sections for paragraph in section.paragraphs)
