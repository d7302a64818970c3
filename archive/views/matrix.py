"""?view=matrix: the sections of one speech against those of the other, and which answer each other.

A cell draws two half discs about one centre: on the left, solid, the letters that both have; on the right, hollow, how
alike the words of the two are. The figures stand below. What has something in it leads to the two sections alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import sqrt
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive import compare
from archive.compare import FLOOR, PAIR_LIMIT, At, Cell, Matrix, Shared, TooMany
from archive.models import Speech
from archive.views import units
from archive.views.comparing import Pair, as_text, kept, turn_for
from archive.views.units import DEPTHS, Unit

READABLE = 400  # cells; of an outline that makes more a whole is no longer seen at once
CELL_LIMIT = 4_000  # cells that a page draws; the browser takes a second for them
LISTED = 200  # suggested pairs that a page lists
RADIUS, SMALLEST = 13.0, 2.5  # of a half disc, in the units of its drawing
NAMED = 19  # characters of a name that the head of a column has room for
LABELS = {"chapters": gettext_lazy("大章"), "sections": gettext_lazy("各节"), "points": gettext_lazy("各点")}


@dataclass(frozen=True, slots=True)
class Outlines:
    """Both speeches at one depth, and what their units have in common; None if they are too many."""

    depth: str
    a: list[Unit]
    b: list[Unit]
    found: Matrix | None

    @property
    def cells(self) -> int:
        return len(self.a) * len(self.b)

    @property
    def matrix(self) -> Matrix:
        if self.found is None:
            raise TooMany
        return self.found

    @property
    def pairs(self) -> list[At]:
        """The suggested pairs; none if there are too many units to say."""
        return [] if self.found is None else self.found.pairs


@dataclass(frozen=True, slots=True)
class Meeting:
    """A unit of a and one of b. ``letters`` are those of a that b has too, as the reader wants them counted."""

    a: Unit
    b: Unit
    cell: Cell
    similarity: float
    letters: int
    suggested: bool
    mutual: bool
    url: str
    solid: str = ""
    hollow: str = ""

    @property
    def kind(self) -> str:
        """What the solid half stands for: what is plainly the same, formulas only, near passages only, nothing."""
        if self.letters:
            return "plain" if self.cell.a.plain else "formula"
        return "near" if self.cell.a.near else ""

    @property
    def alike(self) -> bool:
        """Their likeness is worth a figure."""
        return self.similarity >= FLOOR

    @property
    def hundredths(self) -> str:
        return f"{self.similarity:.2f}"


@dataclass(frozen=True, slots=True)
class Row:
    """A unit of a with its meetings, one for each unit of b; None where the two have nothing in common."""

    unit: Unit
    answered: bool
    cells: list[Meeting | None]


def as_matrix(pair: Pair) -> dict[str, Any]:
    """The context of the page."""
    outlines = outlined(pair)
    context: dict[str, Any] = {
        "depths": [(name, LABELS[name], name == outlines.depth) for name in offered(pair)],
        "outlines": outlines,
        "limit": PAIR_LIMIT,
        "near_shown": pair.settings.near,
        "url_a": pair.a.get_absolute_url(),
        "url_b": pair.b.get_absolute_url(),
        "drawn": 0 < outlines.cells <= CELL_LIMIT,
    }
    if outlines.found is None:
        return context
    pairs = outlines.pairs
    suggested = [meeting(pair, outlines, at) for at in pairs[:LISTED]]
    answered = {at[0] for at in pairs}, {at[1] for at in pairs}
    context |= {
        "suggested": suggested,
        "unlisted": len(pairs) - len(suggested),
        "alone": [(_("甲"), alone(outlines.a, answered[0])), (_("乙"), alone(outlines.b, answered[1]))],
    }
    if context["drawn"]:
        context["rows"] = list(rows(pair, outlines))
        context["heads"] = [(unit, brief(unit.name), n in answered[1]) for n, unit in enumerate(outlines.b)]
    return context


def alone(own: Sequence[Unit], answered: Collection[int]) -> list[Unit]:
    """The units that nothing answers; an opening without a heading is not worth a word."""
    named = (
        unit for n, unit in enumerate(own) if n not in answered and unit.heading.end > unit.heading.start
    )
    return list(islice(named, LISTED))


def brief(name: str) -> str:
    return name if len(name) <= NAMED else f"{name[: NAMED - 1]}…"


def record(pair: Pair) -> dict[str, Any] | None:
    """The table as data: what is in a cell of the page; None if the outlines are too long for one."""
    outlines = outlined(pair)
    if outlines.found is None:
        return None
    found = {at: meeting(pair, outlines, at) for at in sorted(worth_a_look(outlines.found))}
    return {
        "depth": outlines.depth,
        "cells": [
            {
                "a": one.a.anchor,
                "b": one.b.anchor,
                "shared": one.letters,
                "near": one.cell.a.near,
                "similarity": round(one.similarity, 4),
                "suggested": one.suggested,
            }
            for one in found.values()
            if is_worth_it(one)
        ],
    }


def worth_a_look(found: Matrix) -> set[At]:
    """The cells that share a passage, or speak of the same."""
    alike = {
        (i, j) for i, row in enumerate(found.similarity) for j, value in enumerate(row) if value >= FLOOR
    }
    return {*found.cells, *alike}


def offered(pair: Pair) -> list[str]:
    """The depths that differ: most speeches have no subsections, many no points."""
    sizes: dict[tuple[int, int], str] = {}
    for depth in DEPTHS:
        sizes.setdefault((len(units.of(pair.a, depth)), len(units.of(pair.b, depth))), depth)
    return list(sizes.values())


def outlined(pair: Pair) -> Outlines:
    """Both speeches at the depth that is asked for, or else at the deepest that a reader can take in."""
    depth = pair.settings.depth or next(
        (each for each in reversed(offered(pair)) if _size(pair, each) <= READABLE), DEPTHS[0]
    )
    a, b = units.of(pair.a, depth), units.of(pair.b, depth)
    try:
        found = compared(pair, a, b)
    except TooMany:
        found = None
    return Outlines(depth, a, b, found)


def compared(pair: Pair, a: Sequence[Unit], b: Sequence[Unit]) -> Matrix:
    """These units of the two against each other, kept like the comparison itself. Raises TooMany."""
    texts = _outlined(pair.a, a), _outlined(pair.b, b)
    outlines = [(text.redactions, text.sections) for text in texts]
    formulas = [family.letters for family in pair.found.families if family.known]
    key = repr(["matrix", pair.a.digest, pair.b.digest, pair.found.min_letters, formulas, outlines])
    return kept(key, lambda: compare.matrix(*texts, pair.found), turn_for(pair.a, pair.b))


def _outlined(speech: Speech, own: Sequence[Unit]) -> compare.Text:
    return replace(as_text(speech), sections=units.as_read(own))


def _size(pair: Pair, depth: str) -> int:
    return len(units.of(pair.a, depth)) * len(units.of(pair.b, depth))


def rows(pair: Pair, outlines: Outlines) -> Iterator[Row]:
    """The table, row by row; the largest half discs stand for the most that two sections have in common."""
    found = outlines.matrix
    answered = {at[0] for at in found.pairs}
    met = {at: each for at in worth_a_look(found) if is_worth_it(each := meeting(pair, outlines, at))}
    most, likest = scales(met.values())
    for i, unit in enumerate(outlines.a):
        cells = [met.get((i, j)) for j in range(len(outlines.b))]
        yield Row(unit, i in answered, [each and drawn(each, most, likest) for each in cells])


def scales(met: Collection[Meeting]) -> tuple[int, float]:
    """The most letters and the highest likeness that sections share; openings say the same every year."""
    bodies = [one for one in met if one.a.part == one.b.part == "body"] or met
    most = max((max(one.letters, one.cell.a.near) for one in bodies), default=1)
    return most, max((one.similarity for one in bodies), default=1.0)


def is_worth_it(one: Meeting) -> bool:
    return bool(one.kind) or one.alike


def meeting(pair: Pair, outlines: Outlines, at: At) -> Meeting:
    found = outlines.matrix
    cell = shown(found.cells.get(at, Cell()), pair)
    a, b = outlines.a[at[0]], outlines.b[at[1]]
    return Meeting(
        a,
        b,
        cell,
        found.similarity[at[0]][at[1]],
        counted(cell.a, pair),
        found.is_suggested(at),
        found.is_mutual(at),
        address(pair, view="sections", depth=outlines.depth, sa=a.anchor, sb=b.anchor),
    )


def shown(cell: Cell, pair: Pair) -> Cell:
    """The cell without near passages if the reader does not want to see them."""
    return cell if pair.settings.near else Cell(replace(cell.a, near=0), replace(cell.b, near=0))


def counted(shared: Shared, pair: Pair) -> int:
    """The letters under exact passages, with formulas or without."""
    return shared.plain if pair.settings.formulas == "hide" else shared.exact


def drawn(one: Meeting, most: int, likest: float) -> Meeting:
    share = (one.letters or one.cell.a.near) / max(most, 1)
    likeness = one.similarity / max(likest, FLOOR) if one.alike else 0.0
    return replace(one, solid=half_disc(share, -1), hollow=half_disc(likeness, 1))


def half_disc(share: float, side: int) -> str:
    """The outline of half a disc about 0,0 with so much of the largest area; -1 is the left half, 1 the right."""
    if not share:
        return ""
    r = max(RADIUS * sqrt(min(share, 1.0)), SMALLEST)
    return f"M{side},{-r:.1f}A{r:.1f},{r:.1f} 0 0 {1 if side > 0 else 0} {side},{r:.1f}Z"


def address(pair: Pair, **more: str) -> str:
    """This comparison with the reader's settings, and ``more``."""
    settings = pair.settings
    asked: dict[str, Any] = {"a": pair.a.pk, "b": pair.b.pk}
    asked |= {"min": settings.min_letters} if settings.min_letters != compare.MIN_LETTERS else {}
    asked |= {} if settings.near else {"near": "off"}
    asked |= {"formulas": settings.formulas} if settings.formulas != "dim" else {}
    return f"?{urlencode({**asked, **more})}"
