"""What stands between the pieces of a text, so that a reader can put the text together again.

Formats break a text where they like: they have no blank lines, or nothing else, and a lead sentence becomes a
heading of its own. ``between`` is what most often stands between two pieces, ``gaps`` what stands there otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from archive.formats.record import Record


@dataclass(frozen=True, slots=True)
class Layout:
    """``gaps[n]`` stands before piece n, or at the end; else ``between``, and nothing before the first piece."""

    between: str
    gaps: dict[int, str]


def layout(text: str, pieces: Sequence[tuple[int, int]]) -> Layout:
    """Of pieces in order, each (start, end) in ``text``."""
    ends = [0, *(end for _start, end in pieces)]
    starts = [*(start for start, _end in pieces), len(text)]
    found = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    inner = Counter(found[1:-1])
    # Of equally common ones the first: the same text gives the same bytes.
    between = max(inner, key=lambda gap: inner[gap]) if inner else "\n"
    expected = ["", *[between] * (len(pieces) - 1), ""] if pieces else [""]
    return Layout(between, {n: gap for n, gap in enumerate(found) if gap != expected[n]})


def numbers(record: Record) -> tuple[list[int], list[int]]:
    """The numbers of sections and of paragraphs, each empty when they are simply counted."""
    sections = [int(section.anchor[1:]) for section in record.sections]
    paragraphs = [int(paragraph.anchor[1:]) for paragraph in record.paragraphs]
    return (
        [] if sections == list(range(len(sections))) else sections,
        [] if paragraphs == list(range(1, len(paragraphs) + 1)) else paragraphs,
    )
