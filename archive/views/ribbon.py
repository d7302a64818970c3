"""A map of two texts: a bar for each, and a band from every shared passage to its twin.

Bands cross where the order differs, which no list shows. Each bar is one whole text, whatever its length;
the numbers are those of a viewBox of WIDTH × HEIGHT.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.views.columns import Place

WIDTH, HEIGHT, BAR = 1000, 60, 6
LIMIT = 300  # bands; more is a grey surface
NARROWEST = 1.5  # of WIDTH: about two pixels


@dataclass(frozen=True, slots=True)
class Band:
    """One passage: ``points`` of its polygon, and the place in a that it leads to."""

    points: str
    anchor: str
    family: int
    note: str
    recurring: bool
    near: bool


@dataclass(frozen=True, slots=True)
class Ribbon:
    """The bands, formulas first, so that they lie below what is more telling.

    ``ticks`` are where sections begin: of a, then of b.
    """

    bands: tuple[Band, ...]
    ticks: tuple[tuple[float, ...], tuple[float, ...]] = ((), ())
    width: int = WIDTH
    height: int = HEIGHT
    bar: int = BAR
    lower: int = HEIGHT - BAR


def ribbon(
    length_a: int,
    length_b: int,
    places_a: Sequence[Place],
    places_b: Sequence[Place],
    best_first: Sequence[int] = (),
    sections: tuple[Sequence[int], Sequence[int]] = ((), ()),
) -> Ribbon:
    """The map of two texts of so many characters; the families of these numbers are the best.

    ``sections`` are the characters at which those of a, and those of b, begin.
    """
    scales = WIDTH / max(length_a, 1), WIDTH / max(length_b, 1)
    rank = {number: at for at, number in enumerate(best_first)}
    found = _pairs(places_a, places_b)
    pairs = sorted(found, key=lambda pair: rank.get(pair[0].family, pair[0].family))[:LIMIT]
    ticks_a, ticks_b = (
        tuple(round(start * scale, 1) for start in starts[:LIMIT] if start)
        for starts, scale in zip(sections, scales, strict=True)
    )
    return Ribbon(tuple(_band(a, b, *scales) for a, b in reversed(pairs)), (ticks_a, ticks_b))


def _pairs(places_a: Sequence[Place], places_b: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
    """Each place of a with the twin it leads to, and each of b that nothing has led to."""
    named_a = {(place.family, place.anchor): place for place in places_a}
    named_b = {(place.family, place.anchor): place for place in places_b}
    drawn = set()
    for a in places_a:
        drawn.add((a.family, a.twin))
        yield a, named_b[a.family, a.twin]
    for b in places_b:
        if (b.family, b.anchor) not in drawn:
            yield named_a[b.family, b.twin], b


def _band(a: Place, b: Place, scale_a: float, scale_b: float) -> Band:
    left_a, right_a = _edges(a, scale_a)
    left_b, right_b = _edges(b, scale_b)
    down = ((right_a, 0), (right_a, BAR), (right_b, HEIGHT - BAR), (right_b, HEIGHT))
    up = ((left_b, HEIGHT), (left_b, HEIGHT - BAR), (left_a, BAR), (left_a, 0))
    points = " ".join(f"{x:.1f},{y}" for x, y in (*down, *up))
    return Band(points, a.anchor, a.family, a.note, a.recurring, a.near)


def _edges(place: Place, scale: float) -> tuple[float, float]:
    left = place.span.start * scale
    return left, max(place.span.end * scale, left + NARROWEST)
