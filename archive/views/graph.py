"""A graph of several lines over years, as numbers for an SVG: which x, which y, which path.

Lines break where a year is missing. They are told apart by their dashes, their markers and the name at their
end, not by colour alone (WCAG 2.2, 1.4.1). Units are those of a viewBox, WIDTH × HEIGHT or that of another frame:
a phone has one of its own, so that all years and the axis of values stay in sight there; the names are in a legend.
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
POINT_ROOM = 18  # units a point; where a line has less, only the ends of its stretches have markers


@dataclass(frozen=True, slots=True)
class Frame:
    """How large the graph is, and what its margins are."""

    width: int
    height: int
    left: int
    right: int
    top: int = TOP
    bottom: int = BOTTOM
    ticks: int = TICKS
    year_room: int = YEAR_ROOM


WIDE = Frame(WIDTH, HEIGHT, LEFT, RIGHT)
PHONE = Frame(400, 300, 44, 20, ticks=5, year_room=50)

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
    frame: Frame = WIDE

    @property
    def right(self) -> int:
        """Where the lines end."""
        return self.frame.width - self.frame.right

    @property
    def before(self) -> int:
        """Where the numbers of the values end."""
        return self.frame.left - 8

    @property
    def below(self) -> int:
        """The base of the years."""
        return self.frame.height - self.frame.bottom + 22

    @property
    def leader(self) -> int:
        """From the end of a line to its name there are a thread, a marker, the name."""
        return self.right + 14

    @property
    def name_mark(self) -> int:
        return self.right + 22

    @property
    def name_x(self) -> int:
        return self.right + 31

    @property
    def named(self) -> bool:
        """Whether there is room for names."""
        return self.frame == WIDE


def graph(named: Sequence[tuple[str, Series]], frame: Frame = WIDE) -> Graph | None:
    """The graph of these lines; None when there is no point at all."""
    years = [year for _name, series in named for year, _value in series]
    if not years:
        return None
    highest = max(value for _name, series in named for _year, value in series)
    step = _step(highest / frame.ticks) if highest else 1.0
    top = max(1, math.ceil(highest / step - 1e-9)) * step
    scale = _Scale(min(years), max(years), top, frame)
    curves = [_curve(number, name, series, scale) for number, (name, series) in enumerate(named, 1)]
    values = [n * step for n in range(round(top / step) + 1)]
    return Graph(
        tuple(_spread(curves, frame)),
        tuple(Tick(scale.x(year), str(year)) for year in _shown(min(years), max(years), frame)),
        tuple(Tick(scale.y(value), f"{value:,.10g}") for value in values),
        frame,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int
    top: float
    frame: Frame

    @property
    def width(self) -> int:
        return self.frame.width - self.frame.left - self.frame.right

    def x(self, year: int) -> float:
        if self.first == self.last:
            return self.frame.left + self.width / 2
        return round(self.frame.left + self.width * (year - self.first) / (self.last - self.first), 1)

    def y(self, value: float) -> float:
        frame = self.frame
        lowest = frame.height - frame.bottom
        return round(lowest - (lowest - frame.top) * value / self.top, 1)


def _step(least: float) -> float:
    """The next round number: 1, 2, 2.5 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(n * power for n in (1, 2, 2.5, 5, 10) if n * power >= least * (1 - 1e-9))


def _shown(first: int, last: int, frame: Frame) -> Iterable[int]:
    """The years that are written on the axis: round ones, as many as there is room for."""
    most = (frame.width - frame.left - frame.right) // frame.year_room
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000) if (last - first) / n < most)
    return range(-(-first // step) * step, last + 1, step)


def _curve(number: int, name: str, series: Series, scale: _Scale) -> Curve:
    path = ""
    points = [Marker(scale.x(year), scale.y(value), year, value) for year, value in series]
    known = {point.year for point in points}
    for point in points:
        path += f"{'L' if point.year - 1 in known else 'M'}{point.x:g} {point.y:g}"
    roomy = len(points) * POINT_ROOM <= scale.width
    marked = [point for point in points if roomy or not _drawn_through(point.year, known)]
    end = points[-1] if points else Marker(scale.x(scale.last), scale.y(0), scale.last, 0)
    return Curve(number, name, _shortened(name), path, tuple(marked), end.x, end.y, end.y)


def _drawn_through(year: int, known: set[int]) -> bool:
    """Whether the line comes from the year before and goes on to the next."""
    return year - 1 in known and year + 1 in known


def _shortened(name: str) -> str:
    return name if len(name) <= NAME else f"{name[: NAME - 1]}…"


def _spread(curves: Sequence[Curve], frame: Frame) -> Iterable[Curve]:
    """The curves with their names moved apart, in the order of their ends, none below the axis."""
    downward = sorted(curves, key=lambda curve: (curve.end_y, curve.number))
    places: list[float] = []
    for curve in downward:
        places.append(max(curve.end_y, places[-1] + LINE) if places else curve.end_y)
    lowest: float = frame.height - frame.bottom
    for at in reversed(range(len(places))):
        places[at] = lowest = min(places[at], lowest)
        lowest -= LINE
    names = {curve.number: place for curve, place in zip(downward, places, strict=True)}
    return [replace(curve, name_y=names[curve.number]) for curve in curves]
