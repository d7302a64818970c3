"""A graph of several lines over years, as numbers for an SVG: which x, which y, which path.

Lines break where a year is missing. They are told apart by their dashes, their markers and the name at their
end, not by colour alone (WCAG 2.2, 1.4.1). Units are those of a viewBox of WIDTH × HEIGHT.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

WIDTH, HEIGHT = 960, 380
LEFT, RIGHT, TOP, BOTTOM = 48, 144, 26, 34  # room for the numbers, the names, half a line, the years
LINE = 18  # between two names
TICKS = 6  # about so many on the axis of values
YEAR_ROOM = 44  # that a year's number needs
NAME = 8  # characters of a name at the end of its line
MARKED = 40  # points of a line up to which each has a marker; of more, only the ends of its stretches

Series = Sequence[tuple[int, float]]  # year, value; years ascending


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Marker:
    x: float
    y: float
    year: int
    value: float


@dataclass(frozen=True, slots=True)
class Curve:
    """One line: a ``path`` for its stretches, markers, and its name at (name_x, name_y)."""

    number: int  # from 1; style sheets know its colour and dashes by it
    whole: str  # its name in full
    name: str  # as much of it as there is room for
    path: str
    markers: tuple[Marker, ...]
    end_x: float
    end_y: float
    name_y: float


@dataclass(frozen=True, slots=True)
class Graph:
    curves: tuple[Curve, ...]
    years: tuple[Tick, ...]
    values: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    before: int = LEFT - 8  # where the numbers of the values end
    below: int = HEIGHT - BOTTOM + 22  # the base of the years
    leader: int = WIDTH - RIGHT + 14  # from the end of a line to its name: a thread, a marker, the name
    name_mark: int = WIDTH - RIGHT + 22
    name_x: int = WIDTH - RIGHT + 31


def graph(named: Sequence[tuple[str, Series]]) -> Graph | None:
    """The graph of these lines; None when there is no point at all."""
    years = [year for _name, series in named for year, _value in series]
    if not years:
        return None
    highest = max(value for _name, series in named for _year, value in series)
    step = _step(highest / TICKS) if highest else 1.0
    top = max(1, math.ceil(highest / step - 1e-9)) * step
    scale = _Scale(min(years), max(years), top)
    curves = [_curve(number, name, series, scale) for number, (name, series) in enumerate(named, 1)]
    values = [n * step for n in range(round(top / step) + 1)]
    return Graph(
        tuple(_spread(curves)),
        tuple(Tick(scale.x(year), str(year)) for year in _shown(min(years), max(years))),
        tuple(Tick(scale.y(value), f"{value:,.10g}") for value in values),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int
    top: float

    def x(self, year: int) -> float:
        width = WIDTH - LEFT - RIGHT
        if self.first == self.last:
            return LEFT + width / 2
        return round(LEFT + width * (year - self.first) / (self.last - self.first), 1)

    def y(self, value: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / self.top, 1)


def _step(least: float) -> float:
    """The next round number: 1, 2, 2.5 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(n * power for n in (1, 2, 2.5, 5, 10) if n * power >= least * (1 - 1e-9))


def _shown(first: int, last: int) -> Iterable[int]:
    """The years that are written on the axis: round ones, as many as there is room for."""
    most = (WIDTH - LEFT - RIGHT) // YEAR_ROOM
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000) if (last - first) / n < most)
    return range(-(-first // step) * step, last + 1, step)


def _curve(number: int, name: str, series: Series, scale: _Scale) -> Curve:
    path = ""
    points = [Marker(scale.x(year), scale.y(value), year, value) for year, value in series]
    known = {point.year for point in points}
    for point in points:
        path += f"{'L' if point.year - 1 in known else 'M'}{point.x:g} {point.y:g}"
    marked = [point for point in points if len(points) <= MARKED or not _drawn_through(point.year, known)]
    end = points[-1] if points else Marker(scale.x(scale.last), scale.y(0), scale.last, 0)
    return Curve(number, name, _shortened(name), path, tuple(marked), end.x, end.y, end.y)


def _drawn_through(year: int, known: set[int]) -> bool:
    """Whether the line comes from the year before and goes on to the next."""
    return year - 1 in known and year + 1 in known


def _shortened(name: str) -> str:
    return name if len(name) <= NAME else f"{name[: NAME - 1]}…"


def _spread(curves: Sequence[Curve]) -> Iterable[Curve]:
    """The curves with their names moved apart, in the order of their ends, none below the axis."""
    downward = sorted(curves, key=lambda curve: (curve.end_y, curve.number))
    places: list[float] = []
    for curve in downward:
        places.append(max(curve.end_y, places[-1] + LINE) if places else curve.end_y)
    lowest: float = HEIGHT - BOTTOM
    for at in reversed(range(len(places))):
        places[at] = lowest = min(places[at], lowest)
        lowest -= LINE
    names = {curve.number: place for curve, place in zip(downward, places, strict=True)}
    return [replace(curve, name_y=names[curve.number]) for curve in curves]
