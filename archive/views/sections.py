"""?view=sections: two sections alone, beside each other, what they share marked as in the whole texts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from archive.compare import Cell, Family, Matrix, Shared, Side, Span
from archive.forms import CompareForm
from archive.models import Speech
from archive.views import columns, differing, matrix, units
from archive.views.comparing import Pair
from archive.views.matrix import Meeting, Outlines
from archive.views.strip import per_cent
from archive.views.units import DEPTHS, Unit

DEEPEST = DEPTHS[-1]  # where every section has an anchor


@dataclass(frozen=True, slots=True)
class Shown:
    """One of the two: what it is called, where it stands, how much of it the other has."""

    side: Side
    name: str
    speech: Speech
    unit: Unit
    letters: int
    shared: Shared
    parts: list[columns.Part]

    @property
    def url(self) -> str:
        return f"{self.speech.get_absolute_url()}#{self.unit.anchor}"

    @property
    def formulas(self) -> int:
        return self.shared.exact - self.shared.plain

    @property
    def percent(self) -> float:
        return per_cent(self.shared.exact, self.letters)


def check(form: CompareForm, given: Mapping[str, Speech]) -> None:
    """A section that a speech does not have is a mistake of the form."""
    if not form.is_valid() or form.shown_as != "sections" or len(given) < 2:
        return
    for name, side, which in (("sa", "a", _("甲")), ("sb", "b", _("乙"))):
        asked = form.cleaned_data[name]
        if not asked:
            told = _("请用 %(name)s 指明%(which)s的一节，例如 s1，或从章节表中点选。")
            form.add_error(name, told % {"name": name, "which": which})
        elif asked not in {
            unit.anchor for unit in units.of(given[side], form.cleaned_data["depth"] or DEEPEST)
        }:
            told = _("%(which)s没有“%(asked)s”这一节，请从章节表中点选。")
            form.add_error(name, told % {"asked": asked, "which": which})


def two_sections(pair: Pair) -> dict[str, Any]:
    """The context of the page; ``check`` has found both sections."""
    depth = pair.settings.depth or DEEPEST
    pair = replace(pair, settings=replace(pair.settings, depth=depth))
    outlines = matrix.outlined(pair)
    settings = pair.settings
    at = units.position(outlines.a, settings.sa), units.position(outlines.b, settings.sb)
    a, b = outlines.a[at[0]], outlines.b[at[1]]
    found = matrix.compared(pair, [a], [b])  # the two as if nothing else stood in their speeches
    return {
        "meeting": matrix.meeting(pair, outlines, at) if outlines.found else None,
        "near_shown": settings.near,
        "sides": sides(pair, a, b, found),
        "before": neighbour(pair, outlines, at, -1),
        "after": neighbour(pair, outlines, at, 1),
        "back": matrix.address(pair, view="matrix", depth=depth),
        "swapped": matrix.address(
            replace(pair, a=pair.b, b=pair.a), view="sections", depth=depth, sa=b.anchor, sb=a.anchor
        ),
    }


def neighbour(pair: Pair, outlines: Outlines, at: tuple[int, int], step: int) -> Meeting | None:
    """The suggested pair before or after this one, in the order of a."""
    pairs = outlines.pairs
    if at in pairs:
        n = pairs.index(at) + step
    else:
        n = bisect_left(pairs, at) - (step < 0)
    return matrix.meeting(pair, outlines, pairs[n]) if 0 <= n < len(pairs) else None


def sides(pair: Pair, a: Unit, b: Unit, found: Matrix) -> list[Shown]:
    """Both sections with their marks; every mark leads to its twin on the other side."""
    families = list(between(pair, a, b))
    marked = columns.marked_families(families)
    places = columns.places(marked)
    cell = matrix.shown(found.cells.get((0, 0), Cell()), pair)
    return [
        Shown(
            side,
            name,
            speech,
            unit,
            found.letters[n][0],
            cell.a if side == "a" else cell.b,
            levelled(columns.column(speech, side, places[n], differing.differing(marked, side), unit.parts)),
        )
        for n, (side, name, speech, unit) in enumerate(named(pair, a, b))
    ]


def levelled(parts: Sequence[columns.Part]) -> list[columns.Part]:
    """The same with headings that follow upon that of the page's half (h2)."""
    top = min(part.level for part in parts)
    return [replace(part, level=min(part.level - top + 3, 6)) for part in parts]


def named(pair: Pair, a: Unit, b: Unit) -> tuple[tuple[Side, str, Speech, Unit], ...]:
    return ("a", _("甲"), pair.a, a), ("b", _("乙"), pair.b, b)


def between(pair: Pair, a: Unit, b: Unit) -> Iterator[Family]:
    """The families that the reader wants to see, with their places in these two sections."""
    settings, found = pair.settings, pair.found
    for family in (*found.families, *(found.near_families if settings.near else ())):
        if settings.formulas == "hide" and family.recurring:
            continue
        places = _inside(family.a, a), _inside(family.b, b)
        variants = tuple(v for v in family.variants if _inside([v.a], a) and _inside([v.b], b))
        if all(places) and (variants or family.kind == "exact"):
            known = settings.formulas != "show" and family.recurring
            yield replace(family, a=places[0], b=places[1], variants=variants, known=known)


def _inside(spans: Iterable[Span], unit: Unit) -> tuple[Span, ...]:
    return tuple(span for span in spans if unit.start <= span.start and span.end <= unit.end)
