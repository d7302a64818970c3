"""Which shared passages a page lists and marks, each once, under which number and in which order.

A number is the place of a passage in the order of the text of a; neither what else the archive holds nor a setting
other than the shortest length changes it, so a link to #p-3 stays good. What is listed comes rarest first: not the
longest passage is the most telling, but the one that few speeches have.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from archive import reuse
from archive.compare import GRAM, Comparison, Family, Passage, Span
from archive.reuse import Witnessed
from archive.views.comparing import Pair
from archive.views.differing import inside

LISTED = 200  # passages on a page; the twin has them all
NEIGHBOURS = 8  # near passages before a place that may hold it
SLIGHT = 0.01  # so that of two that everybody says the longer comes first


@dataclass(frozen=True, slots=True)
class Entry:
    """A family on the page. ``within`` are exact ones that stand nowhere but in this near one, longest first."""

    number: int
    family: Family
    within: tuple[Family, ...] = ()
    witnessed: Witnessed | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """``entries`` are those that the settings show, best first. Of all ``formulas`` so many are ``hidden``."""

    entries: tuple[Entry, ...]
    formulas: int
    hidden: int

    @property
    def exact(self) -> int:
        """How many passages are listed that are the same letter by letter."""
        return sum(entry.family.kind == "exact" for entry in self.entries)

    @property
    def nearly(self) -> int:
        return len(self.entries) - self.exact

    @property
    def folded(self) -> int:
        """How many passages are told with a near one."""
        return sum(len(entry.within) for entry in self.entries)


def listing(pair: Pair) -> Listing:
    """What the settings show, rarest first, formulas behind everything else unless they count like any other."""
    every = [
        (n, family) for n, family in numbered(pair.found) if pair.settings.near or family.kind == "exact"
    ]
    hides = pair.settings.formulas == "hide"
    formulas = sum(family.recurring for _n, family in every)
    chosen = [(n, family) for n, family in every if not (hides and family.recurring)]
    entries = sorted(_once(chosen), key=lambda entry: _rank(entry.family, pair))
    return Listing(
        tuple(_by_rarity(entries, pair)),
        formulas,
        formulas if hides else 0,
    )


def numbered(found: Comparison) -> list[tuple[int, Family]]:
    """Every family under its number, in the order of the text of a; the widest first where several begin."""
    every = (*found.families, *found.near_families)
    return list(enumerate(sorted(every, key=lambda f: (f.a[0].start, -f.a[0].end, f.kind, f.b)), start=1))


def _rank(family: Family, pair: Pair) -> tuple[bool, int]:
    return family.recurring and pair.settings.formulas != "show", -family.length


def _once(chosen: Sequence[tuple[int, Family]]) -> Iterator[Entry]:
    """An exact family that stands only within one near family is told with that."""
    places = sorted((span, n) for n, family in chosen if family.kind == "near" for span in family.a)
    families = dict(chosen)
    within: dict[int, list[Family]] = {}
    alone = []
    for number, family in chosen:
        holder = next(_holders(family, places, families), None) if family.kind == "exact" else None
        if holder is None:
            alone.append(number)
        else:
            within.setdefault(holder, []).append(family)
    for number in alone:
        yield Entry(number, families[number], tuple(sorted(within.get(number, ()), key=lambda f: -f.length)))


def _holders(
    family: Family, places: Sequence[tuple[Span, int]], families: Mapping[int, Family]
) -> Iterator[int]:
    at = bisect_right(places, family.a[0].start, key=lambda place: place[0].start)
    for _span, number in places[max(0, at - NEIGHBOURS) : at]:
        variants = families[number].variants
        if all(any(_agrees(p.a, p.differing, 0, place) for p in variants) for place in family.a) and all(
            any(_agrees(p.b, p.differing, 1, place) for p in variants) for place in family.b
        ):
            yield number


def _agrees(whole: Span, differing: Sequence[tuple[Span, Span]], side: int, place: Span) -> bool:
    """Whether the place lies in one stretch of a near passage where both sides agree.

    What is only near by, in another order, is still worth a line of its own.
    """
    odd = (pair[side] for pair in differing)
    return inside(place, whole) and not any(
        start < place.end and (end > place.start or start == end > place.start) for start, end in odd
    )


def _by_rarity(entries: Sequence[Entry], pair: Pair) -> list[Entry]:
    """The first entries with what the archive says of them, rarest first; behind them the others as they are."""
    first = entries[:LISTED]
    words = [asked(entry.family, pair.a.text) for entry in first]
    told = reuse.witnessed(words, (pair.a.pk, pair.b.pk))
    told_of = [replace(entry, witnessed=said) for entry, said in zip(first, told, strict=True)]
    told_of.sort(key=lambda entry: (_rank(entry.family, pair)[0], -_rarity(entry), entry.number))
    return [*told_of, *entries[LISTED:]]


def asked(family: Family, text: str) -> str:
    """The words by which a passage is looked for: of a near one the longest stretch that both have."""
    if family.kind == "exact":
        return text[slice(*family.a[0])]
    best = family.variants[0]
    return max(_agreed(best, text), key=len)


def _agreed(passage: Passage, text: str) -> Iterator[str]:
    at = passage.a.start
    for own, _other in passage.differing:
        yield text[at : own.start]
        at = own.end
    yield text[at : passage.a.end]


def _rarity(entry: Entry) -> float:
    """The sum of log(D / df) over its fingerprints, of which there is one in three letters or so.

    A near passage weighs what it has in common, as heavily as the stretch that was looked up.
    """
    weight = entry.witnessed.weight if entry.witnessed else 0.0
    return (weight + SLIGHT) * max(1, entry.family.length - GRAM + 1)
