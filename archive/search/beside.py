"""Quotation and source letter beside letter, as both are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from archive.compare import EditKind, Placed, Span
from archive.search.letters import Letters
from archive.search.nominating import Placing, Run, Text

_quotes = re.compile("[“”‘’\"'「」『』]")
_blanks = re.compile(r"\s+")
_as_wide = str.maketrans(",;:?!.｡､()-─―", "，；：？！。。、（）———")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: ``stretches`` of the letters of ``text``; letter n is character ``letters[n]``."""

    text: str
    letters: tuple[int, ...]
    stretches: tuple[Span, ...]
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One letter of the quotation (``at``) and of the source, or two in the other order ("x").

    "=" the same, "~" another, "-" only in the quotation, "+" only in the source, "…" something left out on
    purpose. ``quoted`` and ``source`` are letters as written, the marks behind each apart. ``span`` is where
    the source's letters stand in the speech's text; empty for "-" and "…".
    """

    kind: EditKind | Literal["…"]
    at: Span
    span: Span
    quoted: str = ""
    quoted_marks: str = ""
    source: str = ""
    source_marks: str = ""

    @property
    def differences(self) -> int:
        return int(self.kind not in "=…")

    @property
    def remarked(self) -> bool:
        """Whether other marks stand behind the same letter. Quotation marks change inside quotations."""
        return self.kind == "=" and _plain(self.quoted_marks) != _plain(self.source_marks)

    def inside(self, part: Span) -> bool:
        """Whether it belongs to these letters of the quotation; what is added at an edge does not."""
        if self.at.start == self.at.end:
            return part.start < self.at.start < part.end
        return part.start <= self.at.start < part.end


def steps_of(stretches: Sequence[Span], placing: Placing) -> list[Step]:
    """The placing letter by letter; spans of the source still count its letters."""
    found: list[Step] = []
    for stretch, placed in zip(stretches, placing, strict=True):
        if found:
            found.append(Step("…", Span(stretch.start, stretch.start), Span(0, 0)))
        found += _stretch(stretch, placed)
    return found


def _stretch(stretch: Span, placed: Placed | None) -> Iterator[Step]:
    if placed is None:
        yield from (Step("-", Span(at, at + 1), Span(0, 0)) for at in range(*stretch))
        return
    for edit in placed.edits:
        at, there = edit.quoted.start + stretch.start, edit.source.start
        wide = 2 if edit.kind == "x" else 1
        for n in range(0, max(size_of(edit.quoted), size_of(edit.source)), wide):
            here = n if edit.kind != "+" else 0
            beyond = n if edit.kind != "-" else 0
            yield Step(
                edit.kind,
                Span(at + here, at + here + (0 if edit.kind == "+" else wide)),
                Span(there + beyond, there + beyond + (0 if edit.kind == "-" else wide)),
            )


def size_of(span: Span) -> int:
    return span.end - span.start


class Beside:
    """Quotation and source as they are written."""

    def __init__(self, wanted: Wanted, text: str, letters: Letters, source: Text) -> None:
        self._wanted, self._text, self._letters, self._source = wanted, text, letters, source
        self._ends = {stretch.end for stretch in wanted.stretches}

    def written(self, steps: Sequence[Step]) -> Iterator[Step]:
        """The steps with their letters, marks, and spans that count the text's characters.

        What stands behind the last letter of a stretch belongs to neither.
        """
        last = _last_of_stretches(steps)
        for n, step in enumerate(steps):
            here = self._here(step.at)
            there = self._there(step.span, n in last)
            yield Step(step.kind, step.at, there[0], *here, *there[1:])

    def _here(self, at: Span) -> tuple[str, str]:
        if at.start == at.end:
            return "", ""
        letters, text = self._wanted.letters, self._wanted.text
        first, end = letters[at.start], _end(text, letters[at.end - 1])
        last = at.end in self._ends or at.end == len(letters)
        return text[first:end], "" if last else text[end : letters[at.end]]

    def _there(self, span: Span, last: bool) -> tuple[Span, str, str]:
        if span.start == span.end:
            return Span(0, 0), "", ""
        first = self._source.offset(self._letters, span.start)
        end = _end(self._text, self._source.offset(self._letters, span.end - 1))
        more = not last and span.end < len(self._source.letters)
        marks = self._text[end : self._source.offset(self._letters, span.end)] if more else ""
        return Span(first, end), self._text[first:end], marks


def _end(text: str, at: int) -> int:
    """Behind the letter at this character; a redaction is one letter and several characters."""
    end = at + 1
    while text[at] in "*×" and text[end : end + 1] == text[at]:
        end += 1
    return end


def measured(steps: Sequence[Step], size: int) -> tuple[int, float]:
    """How many differences, and how alike that is for a quotation of so many letters."""
    differences = sum(step.differences for step in steps)
    return differences, max(0.0, 1 - differences / size)


def _last_of_stretches(steps: Sequence[Step]) -> set[int]:
    """The numbers of the steps with the last letter of the source before an ellipsis or the end."""
    found, open_ = set(), True
    for n in reversed(range(len(steps))):
        if steps[n].kind == "…":
            open_ = True
        elif open_ and size_of(steps[n].span):
            found.add(n)
            open_ = False
    return found


def closed(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps without the marks behind the last letter of either text."""
    kept = list(steps)
    last = max(n for n, step in enumerate(kept) if step.source)
    kept[last] = replace(kept[last], source_marks="")
    last = max(n for n, step in enumerate(kept) if step.quoted)
    kept[last] = replace(kept[last], quoted_marks="")
    return tuple(kept)


def written_source(steps: Sequence[Step]) -> str:
    """The source's words, …… between its stretches."""
    return "".join(f"{step.source}{step.source_marks}" if step.kind != "…" else "……" for step in steps)


def remarked(steps: Sequence[Step]) -> bool:
    """Whether other marks stand between letters that are the same."""
    return any(step.remarked for step, after in pairwise(steps) if after.kind == "=")


def _plain(marks: str) -> str:
    return _blanks.sub("", _quotes.sub("", marks)).translate(_as_wide)
