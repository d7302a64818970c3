"""The timeline: how many speeches there are of each year, or of each few years, as bars that lead to them.

Bars are never narrower than a finger, and nobody has to scroll for them: where they are too many for a width, years
are taken together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.views import facets
from archive.views.facets import SMALLEST_BAR, Address

MOST = 40  # bars
FEW = 10  # bars that a phone has room for, or the column of filters, with that of 日期不详
STEPS = (1, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)  # years a bar
ROOMY = 20  # bars with room for all their years below them
MARKED = 5  # of more bars, every fifth is marked
LABELLED = 7  # bars of the strip with room for all their years; of more, every second is marked


Counts = Sequence[tuple[int | None, int]]
Lead = Callable[[int, int], str]
AnyBar = TypeVar("AnyBar", facets.Bar, "Bar")


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
    chosen: bool = False

    @property
    def rest(self) -> int:
        return 100 - self.height


@dataclass(frozen=True, slots=True)
class Timeline:
    """``bars`` newest first, before them 日期不详; the page draws them from right to left. ``step``: years a bar.

    ``tight`` is the same in fewer bars, for narrow screens; None if these are few enough.
    """

    bars: Sequence[Bar]
    step: int
    tight: Timeline | None = None

    @property
    def many(self) -> bool:
        """Whether the bars are to stand close together."""
        return len(self.bars) > ROOMY

    @property
    def drawings(self) -> list[tuple[str, Sequence[Bar]]]:
        """Bars with the class that says on which screens they are shown: all, wide ones, narrow ones."""
        if self.tight is None:
            return [("", self.bars)]
        return [(" many" if self.many else " some", self.bars), (" tight", self.tight.bars)]


def timeline(counts: Counts, lead: Lead, undated: str) -> Timeline | None:
    """``lead`` gives the address of the years from … to …, ``undated`` is that of the speeches without a date.

    None without any date: one bar, 日期不详, is no timeline.
    """
    drawn = _drawn(counts, lead, undated, MOST)
    if drawn is None or len(drawn.bars) <= FEW:
        return drawn
    return replace(drawn, tight=_drawn(counts, lead, undated, FEW))


def _drawn(counts: Counts, lead: Lead, undated: str, most: int) -> Timeline | None:
    """In at most so many bars; that of 日期不详 counts only among few."""
    known = {year: n for year, n in counts if year is not None}
    if not known:
        return None
    unknown = dict(counts).get(None, 0)
    step = step_for(min(known), max(known), most - bool(unknown and most == FEW))
    sums = {
        first: sum(n for year, n in known.items() if first <= year < first + step)
        for first in _firsts(known, step)
    }
    return Timeline(list(_bars(sums, step, unknown, lead, undated)), step)


def step_for(first: int, last: int, most: int = MOST) -> int:
    """How many years a bar stands for, so that there are no more than so many."""
    return next(step for step in STEPS if last // step - first // step < most)


def _firsts(known: dict[int, int], step: int) -> range:
    return range(min(known) // step * step, max(known) + 1, step)


def _bars(sums: dict[int, int], step: int, unknown: int, lead: Lead, undated: str) -> Iterator[Bar]:
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
        marked = roomy or first % (MARKED * step) == 0
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


def strip(counts: Sequence[tuple[str, int]], address: Address) -> Sequence[facets.Bar | Bar]:
    """The years of a list as its facet: each is chosen by its bar; too many are taken together, and theirs narrow
    the list to them.
    """
    single = facets.years(counts, address)
    if len(single) <= FEW:
        return _marked([(bar, bar.label.isdigit()) for bar in single])
    known = [(int(year) if year else None, n) for year, n in counts]
    chosen = address.params.get("year", ())
    drawn = _drawn(known, lambda first, last: _within(first, last, address), address.toggled("year", ""), FEW)
    bars = [_with_choice(bar, chosen, address) for bar in (drawn.bars if drawn else ())]
    return _marked([(bar, bar.first is not None) for bar in bars])


def _marked(bars: Sequence[tuple[AnyBar, bool]]) -> list[AnyBar]:
    """Of too many bars with a year every second one is marked, from the oldest on."""
    every = len(bars) <= LABELLED
    return [
        replace(bar, marked=every or not of_years or (len(bars) - place) % 2 == 1)
        for place, (bar, of_years) in enumerate(bars)
    ]


def _within(first: int, last: int, address: Address) -> str:
    """The list of these years, as far as they lie in the dates that it is limited to already."""
    begin, end = f"{first:04}", f"{last:04}"
    for limit in address.params.get("from", ()):
        begin = max(begin, limit)
    for limit in address.params.get("to", ()):
        end = limit if limit[:4] <= end else end
    return address.url(year=(), **{"from": (begin,), "to": (end,)})


def _with_choice(bar: Bar, chosen: Iterable[str], address: Address) -> Bar:
    """A bar of chosen years leads to the list without that choice."""
    if bar.first is None or bar.last is None:
        return replace(bar, chosen="" in chosen)
    others = [year for year in chosen if not year or not bar.first <= int(year) <= bar.last]
    return bar if others == [*chosen] else replace(bar, chosen=True, url=address.url(year=others))


def span(counts: Counts) -> str:
    """From the first year to the last: 2019–2022; "" when nothing has a date."""
    known = sorted(year for year, _n in counts if year is not None)
    return "–".join(dict.fromkeys(f"{year:04}" for year in (known[0], known[-1]))) if known else ""
