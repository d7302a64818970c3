"""The text of a base, every stretch as warm as many of the others share it; and a strip that shows all of it at once.

Warmth has at most four steps, told by tint, by the weight of the line below, and as a number behind the words: one
other, two, and with many others a third and two thirds of them. Each marked stretch is a link to the passage that
says who shares it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.compare import Segment, Span
from archive.models import Speech
from archive.views.columns import Part, laid_out
from archive.views.marking import Mark
from archive.views.strip import per_cent

MARK_LIMIT = 4_000  # more would be slower to draw than to read
STEPS = 4
WIDTH, HEIGHT, COLUMN = 1000, 40, 2  # of the strip's viewBox; a column is about as wide as two pixels


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the legend: from how many others to how many, and how many letters of the base are of it."""

    number: int
    least: int
    most: int
    letters: int
    percent: float

    @property
    def label(self) -> str:
        if self.least == self.most:
            return ngettext("%(n)s 篇", "%(n)s 篇", self.least) % {"n": self.least}
        return _("%(least)d–%(most)d 篇") % {"least": self.least, "most": self.most}


@dataclass(frozen=True, slots=True)
class Bar:
    """Columns of the strip: of the warmest stretch in them; ``anchor`` leads there."""

    x: int
    y: int
    width: int
    height: int
    step: int
    anchor: str
    note: str


@dataclass(frozen=True, slots=True)
class Strip:
    bars: tuple[Bar, ...]
    ticks: tuple[str, ...]
    width: int = WIDTH
    height: int = HEIGHT


def bounds(others: int) -> tuple[int, ...]:
    """The least count of each step, ascending."""
    if others <= STEPS:
        return tuple(range(1, others + 1))
    return 1, 2, max(3, -(-others // 3)), max(4, -(-2 * others // 3))


def step_of(count: int, others: int) -> int:
    """From 1 (few) on; 0 for none."""
    return bisect_right(bounds(others), count)


def legend(counts: Sequence[int], letters: int) -> list[Step]:
    """``counts[n]`` letters of ``letters`` are shared by n others."""
    others = len(counts) - 1
    least = bounds(others)
    most = [*(bound - 1 for bound in least[1:]), others]
    found = []
    for number, (first, last) in enumerate(zip(least, most, strict=True), start=1):
        here = sum(counts[first : last + 1])
        found.append(Step(number, first, last, here, per_cent(here, letters)))
    return found


def shown(segments: Iterable[Segment]) -> list[Segment]:
    """As many shared stretches as a page can mark, the warmest and longest, in the order of the text."""
    shared = [segment for segment in segments if segment.count]
    if len(shared) <= MARK_LIMIT:
        return shared
    return sorted(nlargest(MARK_LIMIT, shared, key=lambda each: (each.count, each.letters)), key=_start)


def _start(segment: Segment) -> Span:
    return segment.span


def said(segment: Segment, names: Sequence[str]) -> str:
    """Who shares a stretch, in words; ``names`` of all others."""
    parts = []
    if segment.witnesses:
        facts = {"n": len(segment.witnesses), "names": _("、").join(names[n] for n in segment.witnesses)}
        parts.append(_("%(n)d 篇也有：%(names)s") % facts)
    if segment.nearly:
        parts.append(_("近似：%(names)s") % {"names": _("、").join(names[n] for n in segment.nearly)})
    return _("；").join(parts)


def parts(
    base: Speech,
    segments: Sequence[Segment],
    leading: Mapping[int, Sequence[int]],
    names: Sequence[str],
    pairs: Sequence[str],
) -> list[Part]:
    """The whole text; ``leading`` are the passages on each segment by number, the one it links to first.

    A segment of a passage that is not listed leads to the pair (``pairs`` by other) with the first who shares it.
    """
    return laid_out(base, "base", _marks(segments, leading, names, pairs))


def _marks(
    segments: Sequence[Segment],
    leading: Mapping[int, Sequence[int]],
    names: Sequence[str],
    pairs: Sequence[str],
) -> Iterator[Mark]:
    for number, segment in enumerate(segments, start=1):
        numbers = leading.get(number, ())
        kind = f"s{step_of(segment.count, len(names))}" + ("" if segment.witnesses else " nearly")
        attributes = [("class", kind), ("title", said(segment, names))]
        if numbers:
            attributes.append(("data-w", " ".join(map(str, numbers))))
        if _numbered(segments, number - 1):
            attributes.append(("data-n", str(segment.count)))
        href = f"#w{numbers[0]}" if numbers else pairs[(*segment.witnesses, *segment.nearly)[0]]
        yield Mark(*segment.span, "mark", tuple(attributes), f"t{number}", href)


def _numbered(segments: Sequence[Segment], at: int) -> bool:
    """Whether a stretch ends with its number: where the next one does not go on as warm, and one alone is not told."""
    here = segments[at]
    before = at > 0 and segments[at - 1].span.end == here.span.start
    behind = at + 1 < len(segments) and segments[at + 1].span.start == here.span.end
    if behind and segments[at + 1].count == here.count:
        return False
    return here.count > 1 or behind or before


def strip(base: Speech, segments: Sequence[Segment], names: Sequence[str]) -> Strip:
    """The base from its first character to its last."""
    scale = WIDTH / max(len(base.text), 1) / COLUMN
    warmest: dict[int, int] = {}
    for number, segment in enumerate(segments, start=1):
        start, end = int(segment.span.start * scale), int((segment.span.end - 1) * scale)
        for column in range(start, end + 1):
            before = warmest.get(column)
            if before is None or segments[before - 1].count < segment.count:
                warmest[column] = number
    runs = groupby(sorted(warmest.items()), key=lambda each: each[1])
    bars = tuple(_bar([column for column, _n in run], n, segments[n - 1], names) for n, run in runs)
    tops = (section for section in base.sections.all() if section.kind == "body" and section.depth <= 1)
    return Strip(bars, tuple(f"{section.start * scale * COLUMN:.1f}" for section in tops))


def _bar(columns: Sequence[int], number: int, segment: Segment, names: Sequence[str]) -> Bar:
    step = step_of(segment.count, len(names))
    height = HEIGHT * step // min(STEPS, len(names))
    width = COLUMN * len(columns)
    return Bar(COLUMN * columns[0], HEIGHT - height, width, height, step, f"t{number}", said(segment, names))
