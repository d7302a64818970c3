"""Where the type of a page begins and ends, how large it is and how far apart its lines stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from archive.readers.pages.columns import WHOLE
from archive.readers.pages.glyphs import Lane, Line

ENOUGH = 8
"""Lines; a lane with fewer (the last page) takes the margins of left and right pages together."""
SHORT = 15
"""Letters; where all lines are shorter, none of them is full, and the page has its margins alike."""
INDENT = 1.2
"""Letters; two are usual, half of one is a bracket's air."""
DEEP = 5
"""Letters; further in stands what is centred or at the right."""
STEP = 1.3
"""Of the usual distance of lines: more is space between paragraphs."""
MARKED = 0.03
"""Share of the lines of a document that its indents, or its spaces, must have to be the sign of paragraphs."""
SHARE = 0.03
"""A place, or a step, that this part of the lines has is no chance."""
PARTS = 8
"""Of a letter, in which steps are counted."""
FULL = 0.15
"""Share of the lines that reach the right margin, at least, where there are paragraphs of several lines;"""
SLACK = 1.5
"""up to so many letters, for stops and words that are not broken."""

HANGING = "、。，．,."
"""Stops that word processors set into the margin (CLREQ section 3.1.6.1),"""
HANGS = 1.1
"""in letters: so far."""


class Sign(Enum):
    """How the paragraphs of a document begin."""

    NONE = 0
    SPACE = 1
    INDENT = 2


@dataclass(frozen=True, slots=True)
class Margins:
    """Of lines that share them; ``pitch`` is the usual distance of two lines.

    ``sign`` is of the whole document.
    """

    left: float
    right: float
    size: float
    pitch: float
    sign: Sign = Sign.NONE


def margins_of(lines: list[Line]) -> dict[Lane, Margins]:
    """The margins of each lane."""
    lanes: dict[Lane, list[Line]] = {}
    alike: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        lanes.setdefault(line.lane, []).append(line)
        alike.setdefault(line.lane[1:], []).append(line)
    margins = {
        lane: _measure(members if len(members) >= ENOUGH else alike[lane[1:]])
        for lane, members in lanes.items()
    }
    signs = [_signs(members, margins[lane]) for lane, members in lanes.items()]
    indented, spaced = map(sum, zip(*signs, strict=True)) if signs else (0, 0)
    enough = max(2, MARKED * len(lines))
    if max(indented, spaced) >= enough:
        sign = Sign.INDENT if indented >= enough else Sign.SPACE
        return {lane: replace(each, sign=sign) for lane, each in margins.items()}
    return margins


def usual_size(lines: list[Line]) -> float:
    """The size that most letters have; 1 without any."""
    weights = Counter[float]()
    for line in lines:
        weights[max(0.1, round(line.size, 1))] += len(line.text)
    return weights.most_common(1)[0][0] if weights else 1.0


def _measure(lines: list[Line]) -> Margins:
    size = usual_size(lines)
    body = [line for line in lines if abs(line.size - size) < size / 8] or lines
    left = _left(body, size)
    return Margins(left, _right(body, left, size), size, _pitch(body, size))


def _signs(lines: list[Line], margins: Margins) -> tuple[int, int]:
    """How many lines are indented, and how many have space above."""
    size = margins.size
    indented = sum(INDENT * size < line.x0 - margins.left < DEEP * size for line in lines)
    return indented, sum(step > STEP * margins.pitch for step in _steps(lines))


def _left(body: list[Line], size: float) -> float:
    """The leftmost place where lines begin often."""
    places = [round(2 * line.x0 / size) for line in body]
    often = _often(places)
    return min(line.x0 for line, place in zip(body, places, strict=True) if not often or place == min(often))


def _right(body: list[Line], left: float, size: float) -> float:
    """Where full lines end. When hardly any line is full, the right margin is taken to be the left one."""
    end = _end(body, size)
    _, width, column = body[0].lane
    full = sum(line.x1 > end - SLACK * size for line in body)
    if column > WHOLE or (full > FULL * len(body) and end - left > SHORT * size):
        return end
    return max(end, width - left)


def _end(body: list[Line], size: float) -> float:
    """The rightmost place where two lines end; a stop that hangs reaches one letter over it."""
    end = _shared([line.x1 for line in body], size)
    inner = _shared([line.x1 for line in body if line.text[-1] not in HANGING], size)
    return inner if 0 < end - inner < HANGS * size else end


def _shared(ends: list[float], size: float) -> float:
    """The rightmost of ``ends`` that has another one beside it; the rightmost one when none has; 0 of none."""
    ends = sorted(ends, reverse=True)
    for one, other in pairwise(ends):
        if one - other < size / 2:
            return one
    return max(ends, default=0.0)


def _pitch(body: list[Line], size: float) -> float:
    """The least step that is usual; larger ones are spaces between paragraphs."""
    places = [round(PARTS * step / size) for step in _steps(body) if step >= size]
    often = _often(places) or places
    return min(often) * size / PARTS if often else 1.5 * size


def _often(places: list[int]) -> list[int]:
    return [place for place, n in Counter(places).items() if n >= max(2, SHARE * len(places))]


def _steps(body: list[Line]) -> list[float]:
    """From each line down to the next one of the page."""
    return [
        after.y - before.y
        for before, after in pairwise(body)
        if before.page == after.page and after.y > before.y
    ]
