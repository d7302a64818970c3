"""Passages that belong together: a formula that stands in twelve places is one thing to read.

Exact passages are a family when their letters are the same. Near passages are one when they overlap on either side:
their variants stand under one another.

A family is ranked by its length: the longer, the less likely by chance. What recurs is a formula of the
genre and goes behind everything else, however long: 习近平新时代中国特色社会主义思想 alone makes a sixth
of the matches in five speeches. A caller who knows the formulas of a whole archive may name them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from archive.compare.formulaic import Formulas
from archive.compare.normalise import Span

RECURRING = 5  # places on both sides together; one passage quoted twice on one side still is a find
OVERLAPPING = 0.5  # of the longer of two near passages, for both to be variants of one thing
NEIGHBOURS = 8  # places before one that are looked at; more lie over each other only in endless repetition

Likeness = Literal["exact", "near"]
Place = tuple[str, Span]  # the side and where


@dataclass(frozen=True, slots=True)
class Passage:
    """A pair of places that agree: ``a`` and ``b`` are characters of the two texts, half-open.

    ``length`` counts the letters that agree; ``similarity`` is their share of the letters of both sides: 1.0 of
    an "exact" passage. ``differing`` pairs the stretches of a "near" one that do not agree, in order; one of a
    pair is empty where the other side has more. All letters outside of them agree.
    """

    kind: Likeness
    a: Span
    b: Span
    length: int
    similarity: float
    differing: tuple[tuple[Span, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """The same letters wherever they are shared, or nearly the same. ``a`` and ``b`` list each place once, in order.

    Of near passages ``letters`` are those that agree in the best of them, ``similarity`` is that one's, and
    ``variants`` are all of them, the best first. ``known``: it consists of what the caller named as formulas.
    """

    letters: str
    a: tuple[Span, ...]
    b: tuple[Span, ...]
    kind: Likeness = "exact"
    similarity: float = 1.0
    variants: tuple[Passage, ...] = ()
    known: bool = False

    @property
    def length(self) -> int:
        return len(self.letters)

    @property
    def recurring(self) -> bool:
        """A formula."""
        return self.known or len(self.a) + len(self.b) >= RECURRING


def families(
    passages: Sequence[Passage], letters: Sequence[str], formulas: Collection[str] = ()
) -> tuple[Family, ...]:
    """Group exact ``passages`` by their ``letters`` (one string a passage), best first."""
    groups: dict[str, tuple[set[Span], set[Span]]] = {}
    for passage, string in zip(passages, letters, strict=True):
        a, b = groups.setdefault(string, (set(), set()))
        a.add(passage.a)
        b.add(passage.b)
    known = Formulas(formulas)
    found = [
        Family(string, tuple(sorted(a)), tuple(sorted(b)), known=string in known)
        for string, (a, b) in groups.items()
    ]
    return tuple(sorted(found, key=_rank))


def near_families(
    passages: Sequence[Passage], letters: Sequence[str], formulas: Collection[str] = ()
) -> tuple[Family, ...]:
    """Group near ``passages`` by overlap, best first; ``letters`` are those that agree, one string a passage."""
    places_a, places_b = _clusters(p.a for p in passages), _clusters(p.b for p in passages)
    known = Formulas(formulas)
    groups = _connected([(("a", places_a[p.a]), ("b", places_b[p.b])) for p in passages])
    found = []
    for group in groups:
        best, *_ = ranked = sorted(
            group, key=lambda n: (-passages[n].length, -passages[n].similarity, letters[n], n)
        )
        found.append(
            Family(
                letters[best],
                tuple(sorted({places_a[passages[n].a] for n in group})),
                tuple(sorted({places_b[passages[n].b] for n in group})),
                "near",
                passages[best].similarity,
                tuple(passages[n] for n in ranked),
                letters[best] in known,
            )
        )
    return tuple(sorted(found, key=_rank))


def _connected(pairs: Sequence[tuple[Place, Place]]) -> list[list[int]]:
    """The numbers of the pairs that hang together by a place."""
    numbers: dict[Place, list[int]] = {}
    for number, pair in enumerate(pairs):
        for place in pair:
            numbers.setdefault(place, []).append(number)
    groups = []
    seen: set[Place] = set()
    for place in numbers:
        waiting, group = [place], set[int]()
        while waiting:
            if (at := waiting.pop()) not in seen:
                seen.add(at)
                group.update(numbers[at])
                waiting += [other for number in numbers[at] for other in pairs[number]]
        if group:
            groups.append(sorted(group))
    return groups


def _clusters(spans: Iterable[Span]) -> dict[Span, Span]:
    """For each span the place that it belongs to: all that mostly overlap are one, as long as together."""
    found: list[tuple[Span, list[Span]]] = []  # the longest, and all
    for span in sorted(set(spans)):
        near = range(len(found) - 1, max(-1, len(found) - 1 - NEIGHBOURS), -1)
        if (n := next((n for n in near if _alike(span, found[n][0])), None)) is None:
            found.append((span, [span]))
        else:
            longest, members = found[n]
            found[n] = max(longest, span, key=_size), [*members, span]
    return {
        span: Span(members[0].start, max(member.end for member in members))
        for _, members in found
        for span in members
    }


def _alike(one: Span, other: Span) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared >= OVERLAPPING * max(_size(one), _size(other))


def _size(span: Span) -> int:
    return span.end - span.start


def _rank(family: Family) -> tuple[bool, int, int, Span, Span]:
    return (family.recurring, -family.length, len(family.a) + len(family.b), family.a[0], family.b[0])
