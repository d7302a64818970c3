"""One text among several: which of the others share each of its letters, and which words they have together.

Collating against a base is what Juxta's heat map and TACL's intersections do. A letter has a witness when it lies in
a run of at least so many letters that stands in the other text too, so each witness alone says what comparing the
pair says. A passage is letters of the base with all others that have it whole, and it is as long as these have it:
one letter more at either end, and a witness is lost. So a short formula of five speeches and the long sentence of
two of them around it are both told.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from archive.compare.comparison import MIN_LETTERS
from archive.compare.coverage import Coverage
from archive.compare.families import RECURRING, Passage
from archive.compare.formulaic import Formulas
from archive.compare.normalise import Letters, Span, Text, normalise
from archive.compare.reaching import Budget, covered, reaches

PASSAGE_LIMIT = 20_000  # more than a reader can read
LETTER_LIMIT = 5_000_000  # letters of all passages together: only what repeats itself without end has more
SCANNED = 500_000_000  # letters of others that are looked through for their places: about a second
MOST_OF = 0.5  # of a passage, for it to stand with a shorter one
PLACE_LIMIT = 50  # places of one passage in one text

Others = tuple[int, ...]
"""Numbers of others, from 0 up, in order."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Letters of the base that stand together and have the same witnesses; ``nearly``: only in a near passage."""

    span: Span
    letters: int
    witnesses: Others
    nearly: Others

    @property
    def count(self) -> int:
        return len(self.witnesses) + len(self.nearly)


@dataclass(frozen=True, slots=True)
class Common:
    """The same letters in the base (``places``) and in each of ``witnesses``, where ``found`` says, one for one.

    Of many places in one text the first ``PLACE_LIMIT`` are told. ``longer`` are passages that these letters are
    the most of, with some of the witnesses. ``known``: it consists of what the caller named as formulas.
    """

    letters: str
    places: tuple[Span, ...]
    witnesses: Others
    found: tuple[tuple[Span, ...], ...]
    longer: tuple[Common, ...] = ()
    known: bool = False

    @property
    def length(self) -> int:
        return len(self.letters)

    @property
    def recurring(self) -> bool:
        """A formula, as it is one to readers of one of the pairs."""
        return self.known or len(self.places) + max(map(len, self.found)) >= RECURRING


@dataclass(frozen=True, slots=True)
class Witnesses:
    """A base of ``letters`` letters and what several others share of it.

    ``segments`` partition the letters, in order. ``passages`` are ranked: formulas last, else what most others share
    first, then the longest; one that is ``longer`` than another stands with that. They are not ``complete`` when
    there were too many to find all. ``exact`` and ``both`` say for each other how much of the base it covers, by
    exact passages and by near ones too. ``counts[n]`` are the letters that n of the others share: those of
    ``counts[0]`` stand in the base alone.
    """

    letters: int
    segments: tuple[Segment, ...]
    passages: tuple[Common, ...]
    complete: bool
    exact: tuple[Coverage, ...]
    both: tuple[Coverage, ...]
    counts: tuple[int, ...]


def witnesses(
    base: Text,
    others: Sequence[Text],
    min_letters: int = MIN_LETTERS,
    nears: Sequence[Sequence[Passage]] = (),
    formulas: Collection[str] = frozenset(),
    budget: Budget | None = None,
    passage_limit: int = PASSAGE_LIMIT,
) -> Witnesses:
    """What each of ``others`` shares of ``base`` in runs of at least ``min_letters`` letters (1 and more).

    ``nears`` are the near passages of the base with each of the others, the base on side a. ``formulas`` are strings
    of compared letters that are known to say little.
    """
    if min_letters < 1:
        raise ValueError(f"min_letters is {min_letters}, a passage has at least 1 letter")
    letters, witnessing = normalise(base, "a"), [normalise(other, "b") for other in others]
    budget = budget or Budget()
    ends = [reaches(letters.string, other.string, min_letters, budget) for other in witnessing]
    exact = _masks(letters, [covered(each) for each in ends])
    near = _masks(letters, [list(_agreeing(letters, each)) for each in nears])
    either = list(map(int.__or__, exact, near))
    segments = tuple(_segments(letters, exact, near))
    passages, all_listed = _passages(letters, witnessing, ends, formulas, passage_limit)
    return Witnesses(
        letters=letters.count,
        segments=segments,
        passages=tuple(_heads(passages, min_letters)),
        complete=all_listed and not budget.spent,
        exact=tuple(_coverage(letters, exact, n) for n in range(len(others))),
        both=tuple(_coverage(letters, either, n) for n in range(len(others))),
        counts=tuple(_counts(segments, len(others))),
    )


def _masks(letters: Letters, runs: Sequence[Sequence[Span]]) -> list[int]:
    """For each place the others with a run over it: bit n is the n-th."""
    masks = [0] * len(letters.string)
    for n, spans in enumerate(runs):
        for start, end in spans:
            for place in range(start, end):
                masks[place] |= 1 << n
    return masks


def _agreeing(letters: Letters, passages: Sequence[Passage]) -> Iterator[Span]:
    """The stretches of letters that agree in near passages."""
    for passage in passages:
        at = bisect_left(letters.places, passage.a.start, 1)
        for odd, _other in (*passage.differing, (Span(passage.a.end, passage.a.end), None)):
            until = bisect_left(letters.places, odd.start, at)
            yield Span(at, until)
            at = bisect_left(letters.places, odd.end, until)


def _segments(letters: Letters, exact: Sequence[int], near: Sequence[int]) -> Iterator[Segment]:
    barrier = letters.string[0]
    at = 0
    alike = zip(letters.string, exact, near, strict=True)
    for (apart, mask, nearly), group in groupby(alike, key=lambda each: (each[0] == barrier, *each[1:])):
        size = len(list(group))
        if not apart:
            yield Segment(letters.span(at, size), size, _others(mask), _others(nearly & ~mask))
        at += size


def _others(mask: int) -> Others:
    return tuple(n for n in range(mask.bit_length()) if mask >> n & 1)


def _coverage(letters: Letters, masks: Sequence[int], n: int) -> Coverage:
    return Coverage(letters.count, sum(mask >> n & 1 for mask in masks))


def _counts(segments: Sequence[Segment], others: int) -> list[int]:
    counts = [0] * (others + 1)
    for segment in segments:
        counts[segment.count] += segment.letters
    return counts


def _passages(
    letters: Letters,
    others: Sequence[Letters],
    ends: Sequence[Sequence[int]],
    formulas: Collection[str],
    limit: int,
) -> tuple[list[Common], bool]:
    """The passages in their order, and whether these are all."""
    places: dict[str, list[Span]] = {}
    masks: dict[str, int] = {}
    size, complete = 0, True
    for start, end, mask in _closed(ends):
        run = letters.string[start:end]
        size += len(run)
        if size > LETTER_LIMIT or (len(places) == limit and run not in places):
            complete = False
            break
        places.setdefault(run, []).append(letters.span(start, len(run)))
        masks[run] = mask
    found: list[Common] = []
    named = Formulas(formulas)
    budget = Budget(SCANNED)
    for run in sorted(places, key=lambda run: (-masks[run].bit_count(), -len(run), places[run][0])):
        if budget.spent:
            return sorted(found, key=_rank), False
        having = _others(masks[run])
        elsewhere = tuple(tuple(_places(others[n], run, budget)) for n in having)
        where = tuple(places[run][:PLACE_LIMIT])
        found.append(Common(run, where, having, elsewhere, known=run in named))
    return sorted(found, key=_rank), complete


def _heads(ranked: Sequence[Common], gram: int) -> Iterator[Common]:
    """The passages, each with those behind it that say the same and a little more; no passage is in two."""
    begins: dict[str, list[int]] = {}  # the first letters of a head -> which begin so
    longer: dict[int, list[Common]] = {}
    for number, passage in enumerate(ranked):
        run = passage.letters
        grams = (run[at : at + gram] for at in range(passage.length - gram + 1))
        known = {head for each in grams for head in begins.get(each, ())}
        fitting = [
            n
            for n in sorted(known)
            if ranked[n].letters in run and MOST_OF * passage.length <= ranked[n].length
        ]
        if fitting:
            longer[fitting[0]].append(passage)
        else:
            longer[number] = []
            begins.setdefault(run[:gram], []).append(number)
    for number, more in longer.items():
        yield replace(ranked[number], longer=tuple(more))


def _rank(passage: Common) -> tuple[bool, int, int, Span]:
    return passage.recurring, -len(passage.witnesses), -passage.length, passage.places[0]


def _closed(ends: Sequence[Sequence[int]]) -> Iterator[tuple[int, int, int]]:
    """Runs [start, end) that lose a witness when they grow at either end, and the mask of their witnesses."""
    before: tuple[int, ...] = (0,) * len(ends)
    for start, now in enumerate(zip(*ends, strict=True)):
        if now != before:  # else every run from here begins earlier
            mask = 0
            for end in sorted({end for end in now if end}, reverse=True):
                mask |= sum(1 << n for n, other in enumerate(now) if other == end)
                if any(before[n] < end for n in _others(mask)):
                    yield start, end, mask
        before = now


def _places(letters: Letters, run: str, budget: Budget) -> Iterator[Span]:
    at, found = -1, 0
    while found < PLACE_LIMIT:
        before, at = at, letters.string.find(run, at + 1)
        budget.letters -= (at if at >= 0 else len(letters.string)) - before
        if at < 0:
            return
        yield letters.span(at, len(run))
        found += 1
