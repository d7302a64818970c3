"""A speech as every format sees it: what is known about it, its text, and its outline by offsets.

All offsets are characters (code points) of ``Record.text``, half-open. Anchors (s3, p7) are those of the pages.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text: a redaction (***) or a remark (（掌声）)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line above the speech itself; ``role`` is title, subtitle or byline."""

    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """One of several points in a paragraph; the first words, ``lead_start`` to ``lead_end``, name it (一是…)."""

    anchor: str
    lead_start: int
    lead_end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``kind`` is salutation, text or closing."""

    anchor: str
    kind: str
    start: int
    end: int
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """``kind`` is front, body or back; ``depth`` 1 for top headings, 0 for front and back. The heading has its mark."""

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

    ``url`` is its page. ``decisions`` are an editor's about headings: line, level (0: no heading), and which of
    the equal lines is meant. ``language`` is a tag of BCP 47.
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
    decisions: tuple[tuple[str, int, int], ...] = ()
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
