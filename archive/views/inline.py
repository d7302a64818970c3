"""Two versions of a text as one: what went is struck out, what came is underlined, the rest is folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from archive.compare import Change

SHOWN = 1  # unchanged lines kept on either side of a change
FOLDED = 3  # fewer unchanged lines than this are not worth a click

Piece = tuple[str, str, int]  # kind, words, number of the change (0: none)


@dataclass(frozen=True, slots=True)
class Run:
    """Lines that belong together; ``folded`` ones are unchanged and shown on demand."""

    folded: bool
    lines: tuple[SafeString, ...]


def runs(a: str, b: str, changes: Sequence[Change]) -> list[Run]:
    """The lines of both versions in one order, long unchanged stretches folded."""
    lines = list(_lines(_pieces(a, b, changes)))
    named: set[int] = set()
    found: list[Run] = []
    for same, group in groupby(lines, key=lambda line: all(kind == "same" for kind, _, _ in line)):
        shown = tuple(_line(line, named) for line in group)
        if same and len(shown) >= FOLDED + 2 * SHOWN:
            found.append(Run(False, shown[:SHOWN]))
            found.append(Run(True, shown[SHOWN:-SHOWN]))
            found.append(Run(False, shown[-SHOWN:]))
        else:
            found.append(Run(False, shown))
    return found


def count(changes: Iterable[Change]) -> int:
    """How many places differ: what went and what came instead count once."""
    return sum(differs for differs, _ in groupby(change.kind != "same" for change in changes))


def _pieces(a: str, b: str, changes: Iterable[Change]) -> Iterator[Piece]:
    """Each change with its words; what replaces something carries the number of what it replaces."""
    number = 0
    before = "same"
    for change in changes:
        words = b[slice(*change.b)] if change.kind == "inserted" else a[slice(*change.a)]
        if change.kind != "same" and before == "same":
            number += 1
        yield change.kind, words, 0 if change.kind == "same" else number
        before = change.kind


def _lines(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces line by line; empty lines are left out."""
    line: list[Piece] = []
    for kind, words, number in pieces:
        first, *rest = words.split("\n")
        line += [(kind, first, number)] if first else []
        for part in rest:
            if line:
                yield line
            line = [(kind, part, number)] if part else []
    if line:
        yield line


def _line(pieces: Iterable[Piece], named: set[int]) -> SafeString:
    return format_html_join("", "{}", ((_piece(*piece, named),) for piece in pieces))


def _piece(kind: str, words: str, number: int, named: set[int]) -> str:
    """The words in their element; the first element of a change carries its anchor."""
    if not number:
        return words
    anchor = "" if number in named else format_html(' id="d{}"', number)
    named.add(number)
    if kind == "deleted":
        return format_html("<del{}>{}</del>", anchor, words)
    return format_html("<ins{}>{}</ins>", anchor, words)
