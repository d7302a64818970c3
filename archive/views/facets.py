"""The ways to narrow a list: facets, chips, the strip of years and page numbers, all as links.

A link keeps the whole state of the list in one canonical order, changes one thing, and starts at page 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.utils.http import urlencode
from django.utils.translation import gettext as _

Values = tuple[str, ...]

SHOWN = 8  # values of a facet; the others fold away
MOST = 100  # values of a facet on a page; for more there is the search
GAP_YEARS = 15  # the strip shows empty years while it is not longer than this
SMALLEST_BAR = 4  # per cent of the tallest


@dataclass(frozen=True, slots=True)
class Address:
    """Where a list is: its path and the parameters in force, in the order that its links write them."""

    path: str
    params: Mapping[str, Values]

    def url(self, **changes: Iterable[str]) -> str:
        """The same list with ``changes``; a parameter without values is left out."""
        params = {**self.params, "page": (), **{name: tuple(values) for name, values in changes.items()}}
        pairs = [(name, value) for name, values in params.items() for value in values]
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path

    def page(self, number: int) -> str:
        return self.url(page=(str(number),)) if number > 1 else self.url()

    def toggled(self, name: str, value: str) -> str:
        """With ``value`` added to the facet, or taken out again."""
        chosen = self.params.get(name, ())
        kept = tuple(each for each in chosen if each != value)
        return self.url(**{name: kept if value in chosen else (*chosen, value)})


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    count: int
    chosen: bool
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    first: Sequence[Choice]
    more: Sequence[Choice]
    left_out: int

    @property
    def register(self) -> str:
        """The name of the page that has all its values; "" when there is none."""
        return {"speaker": "speakers", "year": "years", "event": "events"}.get(self.name, "")


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition in force; ``url`` leads to the list without it."""

    facet: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One year of the strip; ``height`` in per cent of the tallest, ``rest`` is what is left above it."""

    label: str
    count: int
    height: int
    chosen: bool
    url: str
    cut: bool = False  # it would be taller than the strip
    marked: bool = True  # its label is shown

    @property
    def rest(self) -> int:
        return 100 - self.height


@dataclass(frozen=True, slots=True)
class Pages:
    """Links to the pages of a list; an entry without address is a gap or the page itself."""

    number: int
    entries: Sequence[tuple[str, str]]
    previous: str
    next: str


def label_of(name: str, value: str) -> str:
    """How a facet's value is shown."""
    if value:
        return _("%(year)s年") % {"year": value} if name == "year" else value
    return {"year": _("日期不详"), "kind": _("未分类")}.get(name, _("未注明"))


def facet_label(name: str) -> str:
    return {"speaker": _("讲话人"), "year": _("年份"), "kind": _("类型"), "event": _("场合")}[name]


def facets(counts: Mapping[str, Sequence[tuple[str, int]]], address: Address) -> list[Facet]:
    """Each facet with its values; a chosen value stays in view, so that it can be taken out again."""
    built = []
    for name, values in counts.items():
        chosen = address.params.get(name, ())
        found = dict(values)
        found.update({value: 0 for value in chosen if value not in found})
        if not found or (set(found) == {""} and not chosen):  # nothing known: nothing to narrow
            continue
        choices = [
            Choice(label_of(name, value), count, value in chosen, address.toggled(name, value))
            for value, count in _in_order(name, found)
        ]
        choices.sort(key=lambda choice: not choice.chosen)
        left_out = max(0, len(choices) - MOST)
        built.append(Facet(name, facet_label(name), choices[:SHOWN], choices[SHOWN:MOST], left_out))
    return built


def _in_order(name: str, found: Mapping[str, int]) -> list[tuple[str, int]]:
    """Years from the newest on, other values as they come; the unknown last."""
    pairs = list(found.items())
    if name == "year":
        pairs.sort(reverse=True)
    return sorted(pairs, key=lambda pair: not pair[0])


def chips(chosen: Mapping[str, Values], address: Address) -> list[Chip]:
    return [
        Chip(facet_label(name), label_of(name, value), address.toggled(name, value))
        for name, values in chosen.items()
        for value in values
    ]


def years(counts: Sequence[tuple[str, int]], address: Address) -> list[Bar]:
    """The strip of years, newest first, before them 日期不详; the page draws it from right to left.

    So a strip that is longer than the screen opens at its newest end.
    """
    found = dict(counts)
    chosen = address.params.get("year", ()) if found else ()  # they stay, so that they can be taken out
    every = {*found, *chosen}
    known = sorted(int(year) for year in every if year)
    if known and known[-1] - known[0] < GAP_YEARS:
        known = list(range(known[0], known[-1] + 1))
    # Undated speeches may outnumber those of any year: their bar is cut at the tallest, its number is not.
    tallest = max((count for year, count in found.items() if year), default=max(found.values(), default=0))
    shown = ([""] if "" in every else []) + [f"{year:04}" for year in reversed(known)]
    return [_bar(value, found.get(value, 0), tallest, address) for value in shown]


def _bar(year: str, count: int, tallest: int, address: Address) -> Bar:
    height = min(100, max(SMALLEST_BAR, round(100 * count / tallest))) if count else 0
    chosen = year in address.params.get("year", ())
    url = address.toggled("year", year)
    return Bar(year or _("不详"), count, height, chosen, url, cut=count > tallest)


def pages(paginator: Paginator[Any], number: int, address: Address) -> Pages | None:
    """The page numbers around ``number`` and at both ends; None when there is only one page."""
    if paginator.num_pages == 1:
        return None
    entries = [
        (str(n), address.page(n) if isinstance(n, int) and n != number else "")
        for n in paginator.get_elided_page_range(number, on_each_side=2, on_ends=1)
    ]
    return Pages(
        number,
        entries,
        address.page(number - 1) if number > 1 else "",
        address.page(number + 1) if number < paginator.num_pages else "",
    )
