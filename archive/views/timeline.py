"""The timeline: how many speeches there are of each year, or of each few years, as bars that lead to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.views.facets import SMALLEST_BAR, Address

MOST = 40  # bars
STEPS = (1, 5, 10, 20, 50, 100, 500, 1000)  # years a bar
ROOMY = 20  # bars with room for all their years below them
MARKED = 5  # of more bars, every fifth is marked


Counts = Sequence[tuple[int | None, int]]


@dataclass(frozen=True, slots=True)
class Bar:
    """Some years from ``first`` to ``last``; both are None for the undated.

    ``height`` in per cent of the tallest; a ``cut`` bar would be taller than that. ``marked``: its label is shown.
    """

    first: int | None
    last: int | None
    count: int
    height: int
    label: str
    words: str
    url: str
    marked: bool = True
    cut: bool = False

    @property
    def rest(self) -> int:
        return 100 - self.height


@dataclass(frozen=True, slots=True)
class Timeline:
    """``bars`` newest first, before them 日期不详; the page draws them from right to left. ``step``: years a bar."""

    bars: Sequence[Bar]
    step: int

    @property
    def many(self) -> bool:
        """Whether the bars are to stand close together."""
        return self.step == 1 and len(self.bars) > ROOMY


def timeline(counts: Counts, lead: Callable[[int, int], str], undated: str) -> Timeline | None:
    """``lead`` gives the address of the years from … to …, ``undated`` is that of the speeches without a date.

    None without any date: one bar, 日期不详, is no timeline.
    """
    known = {year: n for year, n in counts if year is not None}
    if not known:
        return None
    step = step_for(min(known), max(known))
    sums = {
        first: sum(n for year, n in known.items() if first <= year < first + step)
        for first in _firsts(known, step)
    }
    return Timeline(list(_bars(sums, step, dict(counts).get(None, 0), lead, undated)), step)


def step_for(first: int, last: int) -> int:
    """How many years a bar stands for, so that there are no more than 40."""
    return next(step for step in STEPS if last // step - first // step < MOST)


def _firsts(known: dict[int, int], step: int) -> range:
    return range(min(known) // step * step, max(known) + 1, step)


def _bars(
    sums: dict[int, int], step: int, unknown: int, lead: Callable[[int, int], str], undated: str
) -> Iterator[Bar]:
    tallest = max(sums.values())
    if unknown:
        words = ngettext("日期不详 %(n)s 篇", "日期不详 %(n)s 篇", unknown) % {"n": f"{unknown:,}"}
        yield Bar(
            None, None, unknown, _height(unknown, tallest), _("不详"), words, undated, cut=unknown > tallest
        )
    roomy = len(sums) < ROOMY
    for first, n in reversed(sums.items()):
        last = min(first + step - 1, 9999)
        first = max(first, 1)  # there is no year 0
        marked = roomy or step > 1 or first % MARKED == 0
        label, words = f"{first:04}", _spoken(first, last, n)
        yield Bar(first, last, n, _height(n, tallest), label, words, lead(first, last) if n else "", marked)


def _height(count: int, tallest: int) -> int:
    return min(100, max(SMALLEST_BAR, round(100 * count / tallest))) if count else 0


def _spoken(first: int, last: int, count: int) -> str:
    """What a bar says: 2022 年 3 篇, 1950–1954 年 12 篇."""
    years = f"{first:04}" if first == last else f"{first:04}–{last:04}"
    said = ngettext("%(years)s 年 %(n)s 篇", "%(years)s 年 %(n)s 篇", count)
    return said % {"years": years, "n": f"{count:,}"}


def of_everything(counts: Counts) -> Timeline | None:
    """Of the whole archive: a year leads to its own page, several to the list."""
    speeches = Address(reverse("speeches"), {})

    def lead(first: int, last: int) -> str:
        if first == last:
            return reverse("year", args=[f"{first:04}"])
        return speeches.url(**{"from": [f"{first:04}"], "to": [f"{last:04}"]})

    return timeline(counts, lead, speeches.url(year=[""]))


def of_list(counts: Counts, **chosen: str) -> Timeline | None:
    """Of the speeches with a chosen value: each bar leads to the list of those."""
    speeches = Address(reverse("speeches"), {name: (value,) for name, value in chosen.items()})

    def lead(first: int, last: int) -> str:
        if first == last:
            return speeches.url(year=[f"{first:04}"])
        return speeches.url(**{"from": [f"{first:04}"], "to": [f"{last:04}"]})

    return timeline(counts, lead, speeches.url(year=[""]))


def span(counts: Counts) -> str:
    """From the first year to the last: 2019–2022; "" when nothing has a date."""
    known = sorted(year for year, _n in counts if year is not None)
    return "–".join(dict.fromkeys(f"{year:04}" for year in (known[0], known[-1]))) if known else ""
