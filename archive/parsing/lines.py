"""The lines of a text, by offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass

ENDS = "。！？!?；;…"
"""Sentence ends; an English full stop is looked at apart, since Mr. and 3.5 have one too."""
CLOSERS = "”’」』）)》\"'"

_LATIN_END = re.compile(r"[a-z]{4,}\. [A-Z“\"]")


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line without the blanks around it. ``number`` counts from 1; ``text`` is text[start:end]."""

    number: int
    start: int
    end: int
    text: str

    @property
    def ends_sentence(self) -> bool:
        """Whether the line stops like prose: …。 …！” … ."""
        last = self.text.rstrip(CLOSERS)[-1:]
        return bool(last) and (last in ENDS or last == ".")


def split(text: str) -> list[TextLine]:
    """The lines that hold more than blanks, in order."""
    lines = []
    position = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        if body := raw.strip():
            start = position + len(raw) - len(raw.lstrip())
            lines.append(TextLine(number, start, start + len(body), body))
        position += len(raw) + 1
    return lines


def has_sentence_end_inside(text: str) -> bool:
    """Whether a sentence ends before the last character of ``text`` (quotes at its end aside)."""
    body = text.rstrip(CLOSERS)[:-1]
    return any(char in "。！？!?；;" for char in body) or bool(_LATIN_END.search(body))
