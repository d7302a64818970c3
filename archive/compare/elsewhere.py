"""From fingerprints that two texts share to what they share letter by letter, and to passages with all their places.

A shared fingerprint is a seed: it says where in both texts to look. Only the lines that hold one are read, and from
each seed the match is grown to both ends, so a whole archive is gone through in the time of one comparison. Every
run of ``SHORTEST`` letters and more holds a seed, so what is found is what ``exact_matches`` finds, and nothing else.

Runs that follow each other at nearly the same distance in both texts are one place whose wording differs
(抓机关党建是本职 / 抓好机关党建是本职). Places that lie on the same letters of the text are one passage.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, TypeVar

from archive.compare.coverage import union
from archive.compare.fingerprints import GRAM, SHORTEST
from archive.compare.normalise import BARRIER, Letters, Span, Text, normalise
from archive.text import fold

GAP = 8  # letters that may stand between two runs of one place, on either side
SKEW = 4  # letters by which the two gaps may differ
# Letters to step over at either end of a run, here and there, and how many must agree behind them.
HOPS = ((1, 1), (0, 1), (1, 0), (2, 2), (0, 2), (2, 0), (3, 3))
AGREEING = 4
ALIKE = 0.75  # share of a place's letters that agree

Key = TypeVar("Key")
Seed = tuple[int, int]  # an index into the letters of one text, an offset into the other text


@dataclass(frozen=True, slots=True)
class Run:
    """``length`` equal letters: at ``a`` in the letters of one text, at ``b`` in the ``line`` of the other."""

    a: int
    line: int
    b: int
    length: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where letters [start, end) of one text stand in another.

    ``span`` and ``pieces`` are characters of the other text: the whole, and the stretches that agree. ``same``
    letters agree; ``exact`` when all do, on both sides.
    """

    start: int
    end: int
    span: Span
    pieces: tuple[Span, ...]
    same: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Group(Generic[Key]):
    """A passage: letters [start, end) of one text, and all that lies on them elsewhere."""

    start: int
    end: int
    places: tuple[tuple[Key, Place], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """The letters of a line as ``normalise`` has them, with their places in the whole text."""

    string: str
    places: Sequence[int]


class Lines:
    """A text read line by line, each only when it is asked for: most of a text is never looked at."""

    def __init__(self, text: Text) -> None:
        self._redactions = text.redactions
        self._lines = text.text.splitlines(keepends=True) or [""]
        self._starts = list(accumulate(map(len, self._lines), initial=0))[:-1]
        self._read: dict[int, Line] = {}

    def at(self, offset: int) -> tuple[int, int]:
        """The line of a character, and the index of its letter there."""
        number = bisect_right(self._starts, offset) - 1
        return number, bisect_right(self.line(number).places, offset, 1) - 1

    def line(self, number: int) -> Line:
        if number not in self._read:
            self._read[number] = self._letters(number)
        return self._read[number]

    def _letters(self, number: int) -> Line:
        string, start = self._lines[number], self._starts[number]
        end = start + len(string)
        hidden = [Span(max(a, start) - start, min(b, end) - start) for a, b in self._redactions if a < end]
        if withheld := tuple(span for span in hidden if span.start < span.end):
            letters = normalise(Text(string, withheld), "b")
            return Line(letters.string, [start + at for at in letters.places])
        folded = fold(string)
        inside = [at for at, letter in enumerate(folded) if letter.isalnum()]
        barrier = BARRIER["b"]
        letters_only = "".join([folded[at] for at in inside])
        return Line(f"{barrier}{letters_only}{barrier}", [start, *[start + at for at in inside], end])

    def span(self, run: Run) -> Span:
        """Where a run stands in the text."""
        inside = self.line(run.line).places
        return Span(inside[run.b], inside[run.b + run.length - 1] + 1)


def runs(own: Letters, other: Lines, seeds: Iterable[Seed]) -> list[Run]:
    """Every maximal match of at least ``GRAM`` letters that goes through a seed, each once, in order."""
    grown: dict[tuple[int, int], int] = {}  # line and distance of the two sides -> where a match of them ends
    found = []
    for a, offset in sorted(seeds):
        line, b = other.at(offset)
        if a < grown.get((line, a - b), 0):
            continue
        string = other.line(line).string
        before = _agreement(own.string[max(0, a - b) : a][::-1], string[max(0, b - a) : b][::-1])
        length = before + _agreement(own.string[a : a + len(string)], string[b:])
        if length >= GRAM:  # a hash may lie, the letters do not
            found.append(Run(a - before, line, b - before, length))
            grown[line, a - b] = a - before + length
    return sorted(found, key=lambda run: (run.a, run.line, run.b))


def _agreement(one: str, other: str) -> int:
    """How many letters agree from the beginning on."""
    for length, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return length
    return min(len(one), len(other))


def places(own: Letters, other: Lines, found: Iterable[Run]) -> list[Place]:
    """The runs as places: neighbours of one wording together, and none of fewer than ``SHORTEST`` letters."""
    chains: list[list[Run]] = []
    by_line: dict[int, list[list[Run]]] = defaultdict(list)
    for run in found:
        chain = next((c for c in reversed(by_line[run.line][-4:]) if _follows(own, other, c[-1], run)), None)
        if chain is None:
            chain = []
            chains.append(chain)
            by_line[run.line].append(chain)
        chain.append(run)
    return [place for chain in chains for place in _whole(other, _hopped(own, other, chain))]


def _hopped(own: Letters, other: Lines, chain: Sequence[Run]) -> list[Run]:
    """The chain with what agrees beyond a word or so that differs, at both its ends."""
    line = chain[0].line
    one, two = own.string, other.line(line).string
    found = list(chain)
    while hop := _hop(one, two, found[-1].a + found[-1].length, found[-1].b + found[-1].length):
        found.append(Run(hop[0], line, hop[1], hop[2]))
    one, two = one[: chain[0].a][::-1], two[: chain[0].b][::-1]
    a = b = 0
    while hop := _hop(one, two, a, b):
        a, b = hop[0] + hop[2], hop[1] + hop[2]
        found.insert(0, Run(len(one) - a, line, len(two) - b, hop[2]))
    return found


def _hop(one: str, two: str, a: int, b: int) -> tuple[int, int, int] | None:
    """Where the two agree again behind a few letters that differ, and for how long."""
    for over_a, over_b in HOPS:
        i, j = a + over_a, b + over_b
        if one[i : i + AGREEING] == two[j : j + AGREEING] != "" and (
            BARRIER["a"] not in one[a:i] and BARRIER["b"] not in two[b:j]
        ):
            length = _agreement(one[i : i + len(two)], two[j:])
            return (i, j, length) if length >= AGREEING else None
    return None


def _follows(own: Letters, other: Lines, run: Run, following: Run) -> bool:
    """Whether ``following`` carries on where ``run`` ends, some letters apart, with no barrier between."""
    a, b = run.a + run.length, run.b + run.length
    gap_a, gap_b = following.a - a, following.b - b
    if not (0 <= gap_a <= GAP and 0 <= gap_b <= GAP and abs(gap_a - gap_b) <= SKEW):
        return False
    between = own.string[a : following.a], other.line(run.line).string[b : following.b]
    return BARRIER["a"] not in between[0] and BARRIER["b"] not in between[1]


def _whole(other: Lines, chain: Sequence[Run]) -> list[Place]:
    """The chain as one place if enough of it agrees, else each long run of it alone."""
    first, last = chain[0], chain[-1]
    same = sum(run.length for run in chain)
    wide = max(last.a + last.length - first.a, last.b + last.length - first.b)
    if len(chain) > 1 and same < ALIKE * wide:
        return [place for run in chain for place in _whole(other, [run])]
    if same < SHORTEST:
        return []
    pieces = tuple(other.span(run) for run in chain)
    span = Span(pieces[0].start, pieces[-1].end)
    return [Place(first.a, last.a + last.length, span, pieces, same, len(chain) == 1)]


def grouped(letters: int, found: Mapping[Key, Sequence[Place]]) -> list[Group[Key]]:
    """Passages of a text of so many letters, in its order: the longest place says what a passage is.

    A shorter one that lies half on a passage, or more, belongs to it; else it is a passage of its own.
    """
    owners = [-1] * letters
    heads: list[Place] = []
    members: list[list[tuple[Key, Place]]] = []
    every = [(key, place) for key, some in found.items() for place in some]
    every.sort(key=lambda item: (item[1].start - item[1].end, item[1].start))
    for key, place in every:
        owner, most = Counter(owners[place.start : place.end]).most_common(1)[0]
        if owner < 0 or 2 * most < place.end - place.start:
            owner = len(heads)
            heads.append(place)
            members.append([])
            for at in range(place.start, place.end):
                if owners[at] < 0:
                    owners[at] = owner
        members[owner].append((key, place))
    groups = [Group(head.start, head.end, tuple(some)) for head, some in zip(heads, members, strict=True)]
    return sorted(groups, key=lambda group: (group.start, group.end))


def covered(found: Iterable[Place]) -> int:
    """How many letters of the text lie under at least one place."""
    return sum(end - start for start, end in union(Span(place.start, place.end) for place in found))
