"""Two versions of a text as one: what went is struck out, what came is underlined, the rest is folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import floor
from typing import Any, Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from archive.compare import Change, Kind, TooLong, versions
from archive.views.comparing import Pair, kept, turn_for

RELATED = 0.3  # share of unchanged text; versions of one speech are far above, two speeches far below
SHOWN = 1  # unchanged lines kept on either side of a change
FOLDED = 3  # fewer unchanged lines than this are not worth a click

Piece = tuple[Kind, str, int]  # what happened, the words, the number of the change (0: none)


@dataclass(frozen=True, slots=True)
class Run:
    """Lines that belong together; ``folded`` is what they have in common when they are shown on demand."""

    folded: Literal["", "same", "deleted", "inserted"]
    lines: tuple[SafeString, ...]


def as_versions(pair: Pair) -> dict[str, Any]:
    """?view=inline"""
    a, b = pair.a, pair.b
    try:
        key = f"versions:{a.digest}:{b.digest}"
        changes = kept(key, lambda: versions(a.text, b.text), turn_for(a, b))
    except TooLong:
        return {"too_long": True}
    unrelated = changes.similarity < RELATED
    return {
        "runs": runs(a.text, b.text, changes.changes, unrelated=unrelated),
        "count": count(changes.changes),
        "percent": floor(1000 * changes.similarity) / 10,
        "unrelated": unrelated,
    }


def runs(a: str, b: str, changes: Sequence[Change], *, unrelated: bool = False) -> list[Run]:
    """The lines of both versions in one order, long unchanged stretches folded.

    Of ``unrelated`` texts everything long is folded: nearly all of both is change.
    """
    lines = list(_lines(_pieces(a, b, changes)))
    named: set[int] = set()
    found: list[Run] = []
    for kind, group in groupby(lines, key=_kind):
        shown = tuple(_line(line, named) for line in group)
        foldable = kind == "same" or (kind and unrelated)
        if foldable and len(shown) >= FOLDED + 2 * SHOWN:
            found.append(Run("", shown[:SHOWN]))
            found.append(Run(kind, shown[SHOWN:-SHOWN]))
            found.append(Run("", shown[-SHOWN:]))
        else:
            found.append(Run("", shown))
    return found


def _kind(line: Sequence[Piece]) -> Literal["", "same", "deleted", "inserted"]:
    """What happened to the whole line; "" when only parts of it changed."""
    kinds = {kind for kind, _, _ in line}
    return kinds.pop() if len(kinds) == 1 else ""


def count(changes: Iterable[Change]) -> int:
    """How many places differ: what went and what came instead count once."""
    return sum(differs for differs, _ in groupby(change.kind != "same" for change in changes))


def _pieces(a: str, b: str, changes: Iterable[Change]) -> Iterator[Piece]:
    """Each change with its words; what replaces something carries the number of what it replaces."""
    number = 0
    before: Kind = "same"
    for change in changes:
        words = b[slice(*change.b)] if change.kind == "inserted" else a[slice(*change.a)]
        if change.kind != "same" and before == "same":
            number += 1
        yield change.kind, words, 0 if change.kind == "same" else number
        before = change.kind


def _lines(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces line by line; empty lines are left out, and inserted lines begin below deleted ones."""
    line: list[Piece] = []
    for kind, words, number in pieces:
        first, *rest = words.split("\n")
        if rest and line and kind == "inserted" and _kind(line) == "deleted":
            yield line
            line = []
        line += [(kind, first, number)] if first else []
        for part in rest:
            if line:
                yield line
            line = [(kind, part, number)] if part else []
    if line:
        yield line


def _line(pieces: Iterable[Piece], named: set[int]) -> SafeString:
    return format_html_join("", "{}", ((_piece(*piece, named),) for piece in pieces))


def _piece(kind: Kind, words: str, number: int, named: set[int]) -> str:
    """The words in their element; the first element of a change carries its anchor."""
    if not number:
        return words
    anchor = "" if number in named else format_html(' id="d{}"', number)
    named.add(number)
    if kind == "deleted":
        return format_html("<del{}>{}</del>", anchor, words)
    return format_html("<ins{}>{}</ins>", anchor, words)
