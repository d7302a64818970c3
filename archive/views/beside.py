"""Quotation and source line above line, each difference marked, and the differences in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.search import Step

SHORT, LONG = 10, 28  # letters of a line: it ends behind a mark after the first, anywhere after the second
MOST_SAID = 12  # differences told in words
QUOTED = 24  # letters of one difference that are told

ELEMENTS = {
    "=": "{}{}",
    "~": "<mark>{}</mark>{}",
    "x": '<mark class="swapped">{}</mark>{}',
    "-": "<del>{}</del>{}",
    "+": "<ins>{}</ins>{}",
}

_clause = re.compile(r"[，。；：！？,;:!?]")
_blanks = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the quotation and that of the source, marked.

    ``same``: both are written alike; ``differs``: in letters or marks, not only in script. ``left_out``
    stands for the ellipsis.
    """

    same: bool
    differs: bool
    quoted: SafeString
    source: SafeString
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring steps of one kind as one; ``quoted`` and ``source`` with the marks behind them."""

    kind: str
    quoted: str
    source: str


def runs(steps: Iterable[Step]) -> Iterator[Run]:
    for kind, run in _runs(steps):
        yield Run(
            kind,
            "".join(f"{step.quoted}{step.quoted_marks}" for step in run),
            "".join(f"{step.source}{step.source_marks}" for step in run),
        )


def rows(steps: Sequence[Step]) -> list[Row]:
    """The lines, each about a clause of the source."""
    found, line = [], list[Step]()
    for step in steps:
        if step.kind == "…":
            found += [_row(line), Row(True, False, SafeString(), SafeString(), left_out=True)]
            line = []
            continue
        if step.kind == "=" and _is_full(line):
            found.append(_row(line))
            line = []
        line.append(step)
    return [row for row in [*found, _row(line)] if row.quoted or row.left_out]


def _is_full(line: Sequence[Step]) -> bool:
    if len(line) < SHORT:
        return False
    ends = next((step.source_marks for step in reversed(line) if step.source), "")
    return len(line) >= LONG or _clause.search(ends) is not None


def said(steps: Iterable[Step]) -> tuple[list[str], int]:
    """The differences as sentences, and how many more there are."""
    found = [_sentence(kind, run) for kind, run in _runs(steps) if kind not in "=…"]
    return found[:MOST_SAID], len(found[MOST_SAID:])


def _runs(steps: Iterable[Step]) -> Iterator[tuple[str, list[Step]]]:
    for kind, run in groupby(steps, key=lambda step: step.kind):
        whole = list(run)
        if kind == "x":
            yield from ((kind, [step]) for step in whole)
        else:
            yield kind, whole


def _sentence(kind: str, run: Sequence[Step]) -> str:
    words = {
        "quoted": _short("".join(step.quoted for step in run)),
        "source": _short("".join(step.source for step in run)),
    }
    if kind == "-":
        return _("多出“%(quoted)s”") % words
    if kind == "+":
        return _("漏掉“%(source)s”") % words
    if kind == "x":
        return _("“%(quoted)s”颠倒了，原文作“%(source)s”") % words
    return _("“%(quoted)s”，原文作“%(source)s”") % words


def _short(words: str) -> str:
    words = _blanks.sub("", words)
    return words if len(words) <= QUOTED else f"{words[: QUOTED // 2]}……{words[-QUOTED // 2 :]}"


def _row(line: Sequence[Step]) -> Row:
    quoted, source = [], []
    same = True
    for kind, run in _runs(line):
        here = _joined([(step.quoted, step.quoted_marks) for step in run])
        there = _joined([(step.source, step.source_marks) for step in run])
        same = same and kind == "=" and here == there
        quoted.append(_marked(kind, *here, other=there[0]))
        source.append(_marked(kind, *there, other=here[0]))
    differs = any(step.kind != "=" or step.remarked for step in line)
    return Row(same, differs, _html(quoted), _html(source))


def _joined(letters: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """The letters with the marks between them, and the marks behind the last: none is struck out with it."""
    shown = [(letter, _shown(letter, marks)) for letter, marks in letters]
    text = "".join(f"{letter}{marks}" for letter, marks in shown[:-1]) + shown[-1][0]
    return text, shown[-1][1]


def _shown(letter: str, marks: str) -> str:
    """The marks without line ends and blanks; a blank only parts words of alphabets."""
    return _blanks.sub("", marks) or (" " if marks and letter.isascii() else "")


def _marked(kind: str, letters: str, marks: str, other: str) -> SafeString:
    """The letters in their element; where there are none, blanks as wide as the letters of the other line."""
    if not letters:
        return format_html('<span class="gap" aria-hidden="true">{}</span>', "\u3000" * len(other))
    return format_html(ELEMENTS[kind], letters, marks)


def _html(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))
