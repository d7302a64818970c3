"""Where in a long text a quotation stands, or what comes nearest to it.

Pairs of letters that both have vote for the places where the quotation might begin; around the best of
these the fewest edits are computed (archive.compare.edits). So the work grows with the quotation, not with
its product with the text. A repetitive quotation has few pairs, and of each only some places are looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from archive.compare.edits import Edit, distance, nearest
from archive.compare.normalise import Span

MOST_WRONG = 0.3  # of the letters; beyond, what is found by chance looks as good
SHORTEST_WRONG = 5  # letters; a shorter run with a wrong letter could be anything
MOST_THERE, MOST_HERE = 40, 4  # places of a pair in the text and in the quotation
WINDOWS = 6  # places of a text that are looked into for one stretch, fewer for a long one
LOOKED_AT = 600  # letters of the quotation held against a text, all those places together
FAINT = 0.5  # of what the likeliest place has in common; fainter ones are not looked into

Seeds = Sequence[tuple[str, float]]
"""Pairs of letters and how much each one says."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The edits from a stretch to its place in a text (``source``: letters into the text)."""

    edits: tuple[Edit, ...]

    @property
    def differences(self) -> int:
        return distance(self.edits)

    @property
    def end(self) -> int:
        return self.edits[-1].source.end


def most_wrong(size: int) -> int:
    """How many differences a quotation of so many letters may have and still be one."""
    return 0 if size < SHORTEST_WRONG else max(1, int(size * MOST_WRONG))


def likeness(quoted: str, text: str, seeds: Seeds) -> float:
    """How much the best place of a text has in common with the quotation: what its pairs say."""
    votes = _votes(quoted, text, seeds, 0)
    return max((votes[at] + votes.get(at + 1, 0.0) for at in list(votes)), default=0.0)


def find_stretch(quoted: str, text: str, after: int = 0) -> Placed | None:
    """The first place from ``after`` on where it stands letter by letter."""
    at = text.find(quoted, after)
    if at < 0 or not quoted:
        return None
    return Placed((Edit("=", Span(0, len(quoted)), Span(at, at + len(quoted))),))


def place_stretch(
    quoted: str, text: str, seeds: Seeds, breaks: Collection[int] = (), after: int = 0
) -> Placed | None:
    """The nearest place from ``after`` on, None when there is none near enough to be meant."""
    found = find_stretch(quoted, text, after)
    if found is not None:
        return found
    placed = [
        Placed(_moved(nearest(quoted, text[start:end], {at - start for at in breaks}), start))
        for start, end in islice(_windows(quoted, text, seeds, after), _looks(len(quoted)))
    ]
    best = min(placed, key=lambda each: (each.differences, each.end), default=None)
    return best if best is not None and best.differences <= most_wrong(len(quoted)) else None


def _looks(size: int) -> int:
    return max(1, min(WINDOWS, LOOKED_AT // size))


def _windows(quoted: str, text: str, seeds: Seeds, after: int) -> Iterator[tuple[int, int]]:
    """Stretches of the text in which the quotation may stand, the likeliest first."""
    votes = _votes(quoted, text, seeds, after)
    width, slack = _width(quoted), most_wrong(len(quoted))
    scored = {at: votes[at] + votes.get(at + 1, 0.0) for at in list(votes)}
    least = FAINT * max(scored.values(), default=0.0)
    shown: list[int] = []
    for at in sorted((at for at in scored if scored[at] >= least), key=lambda at: (-scored[at], at)):
        if any(abs(at - other) < 2 for other in shown):
            continue
        shown.append(at)
        start = max(after, at * width - slack)
        end = min(len(text), (at + 2) * width + len(quoted) + slack)
        if start < end:
            yield start, end


def _votes(quoted: str, text: str, seeds: Seeds, after: int) -> dict[int, float]:
    """What speaks for a beginning in each ``width`` letters of the text."""
    votes: dict[int, float] = defaultdict(float)
    width = _width(quoted)
    for pair, weight in seeds:
        here = list(islice(_places(pair, quoted, 0), MOST_HERE))
        near = {
            (there - at) // width for there in islice(_places(pair, text, after), MOST_THERE) for at in here
        }
        for at in near:
            votes[at] += weight
    return votes


def _width(quoted: str) -> int:
    """Letters by which beginnings may differ and still be one: edits move what stands behind them."""
    return 8 + len(quoted) // 8


def _places(pair: str, text: str, start: int) -> Iterator[int]:
    at = text.find(pair, start)
    while at >= 0:
        yield at
        at = text.find(pair, at + 1)


def _moved(edits: Sequence[Edit], by: int) -> tuple[Edit, ...]:
    return tuple(
        Edit(edit.kind, edit.quoted, Span(edit.source.start + by, edit.source.end + by)) for edit in edits
    )
