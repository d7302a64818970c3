"""The shape of a parsed transcript.

Names follow Akoma Ntoso (``num``, ``heading``) and Popolo (``Speech``, ``Event``); here a speech
contains sections. All offsets are characters (code points) into the canonical text, half-open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from archive.text import Note

SectionKind = Literal["front", "body", "back"]
ParagraphKind = Literal["salutation", "text", "closing"]
TitleSource = Literal["text", "derived"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text that is not plain prose: a redaction or a stage remark."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A run-in enumeration inside a paragraph: 一是立起“硬标杆”，….

    ``num`` is the mark as written ("一是", "第一，", "" for 要…); ``lead`` the words it opens with,
    mark included, as they stand in the text; the span runs to the next item or the paragraph's end.
    """

    num: str
    lead: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of running text (never a title, byline or heading). The span excludes the line end.

    Behind a heading that is the lead sentence of its line (（一）加强领导。各级要…) it is the rest of that
    line. Everything in the back (peroration, thanks, signature) is of kind "closing".
    """

    kind: ParagraphKind
    start: int
    end: int
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its own paragraphs, subsections excluded.

    The spans of the sections in order, joined, are the whole text. ``parent`` is the position
    (index in ``Outline.sections``) of the enclosing section; ``depth`` is 1 for top headings and
    0 for the sections of kind front and back. ``num`` is the mark as written ("二、", "（一）",
    "关键词之一："), ``heading`` the words after it. ``heading_start``/``heading_end`` span the heading,
    mark included: its line, or the lead sentence when text follows on the line, or only the mark when
    there is no short lead (equal when the section has none).
    """

    kind: SectionKind
    num: str
    heading: str
    depth: int
    parent: int | None
    start: int
    end: int
    heading_start: int
    heading_end: int
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the front that is no paragraph, with the part it plays and its span."""

    role: Literal["title", "subtitle", "byline"]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outline:
    """Everything that can be read off a transcript; nothing is invented, unknown is "" or None.

    ``date`` is ISO 8601 in the precision the text gives: "2022-11-20", "2022-11" or "2022".
    ``sections[0]`` is always the front (title, byline, salutation, preamble), even when empty;
    a back (peroration, closing lines) is the last section when the text has one. ``origins`` are pairs of
    a field (title, speaker, role, date, event, venue, kind) and the number of the line it was read from;
    what was derived has none.
    """

    text: str
    title: str
    title_source: TitleSource
    subtitle: str
    speaker: str
    role: str
    date: str | None
    event: str
    venue: str
    kind: str
    salutation: str
    closing: str
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
    redactions: tuple[Span, ...]
    remarks: tuple[Span, ...]
    notes: tuple[Note, ...]
    origins: tuple[tuple[str, int], ...] = ()
