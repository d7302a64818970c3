"""All maximal exact matches: every pair of places where two texts agree and cannot agree longer.

Every occurrence pair counts, in any order: speeches repeat each other's formulas where they like, so an
aligner that walks both texts once (difflib, Myers) sees a sixth of them. Each k-letter string ("gram") that
both sides have gets a number; a pair of places with one number begins where the letters before differ, and
is extended to the right. Places are grouped by the letter before, so that pairs which do not begin a match
are never touched: the work follows the text and the answer, also for 哈哈哈哈… against itself.

Two long texts that are all formulas may share millions of pairs. Their number is counted before they are
listed (that takes only the sizes of the groups), and the shortest length is doubled until the list fits. A
gram of 2k letters is two numbers of k letters (Karp, Miller & Rosenberg 1972), so no long strings are kept,
and numbers lie in arrays: the memory is that of the shortest grams, whatever is in the texts.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import TypeAlias

from archive.compare.normalise import Letters, Span

ROW_LIMIT = 20_000  # pairs of places: more than a page can show or a reader can read
LETTER_LIMIT = (
    10_000_000  # letters of all pairs together: only a text that repeats itself without end has more
)
LONGEST_GRAM = 512  # letters; what is still too much then is one phrase over and over, and the list is cut
APART = -1  # the number of a gram that only one side has

# For each place of a string the number of the gram that begins there.
Grams: TypeAlias = "array[int]"


@dataclass(frozen=True, slots=True)
class Match:
    """``length`` equal letters at ``a`` and at ``b``: indices into the two ``Letters.string``."""

    a: int
    b: int
    length: int


@dataclass(frozen=True, slots=True)
class Matches:
    """The matches in the order of a, then b.

    ``listed_min`` is the shortest length listed: more than was asked when there were too many
    (``limited``). ``runs_a`` and ``runs_b`` cover every letter of a match of the length that was asked,
    listed or not: disjoint spans of indices, in order.
    """

    matches: tuple[Match, ...]
    listed_min: int
    limited: bool
    runs_a: tuple[Span, ...]
    runs_b: tuple[Span, ...]


def exact_matches(a: Letters, b: Letters, min_letters: int, row_limit: int = ROW_LIMIT) -> Matches:
    """Every maximal match of at least ``min_letters`` letters; longer ones only when there are too many."""
    k = min_letters
    grams_a, grams_b = numbered(slices(a.string, k), slices(b.string, k))
    runs_a, runs_b = _runs(grams_a, k), _runs(grams_b, k)
    places = _places(b.string, grams_b)
    while _count(a.string, grams_a, places) > row_limit and 2 * k <= LONGEST_GRAM:
        grams_a, grams_b = numbered(_doubled(grams_a, k), _doubled(grams_b, k))
        k *= 2
        places = _places(b.string, grams_b)
    matches, cut = _listed(a.string, b.string, _begins(a.string, grams_a, places), k, row_limit)
    return Matches(matches, k, k > min_letters or cut, runs_a, runs_b)


def diagonal_matches(a: Letters, b: Letters, min_letters: int) -> Matches:
    """The matches of equal letters with themselves, without those that one text has inside itself."""
    runs = []
    start = 1
    for stretch in a.string[1:-1].split(a.string[0]):
        if len(stretch) >= min_letters:
            runs.append(Span(start, start + len(stretch)))
        start += len(stretch) + 1
    matches = tuple(Match(run.start, run.start, run.end - run.start) for run in runs)
    return Matches(matches, min_letters, False, tuple(runs), tuple(runs))


def slices(string: str, k: int) -> Iterator[str]:
    """Every gram of ``k`` letters; one with a barrier in it is never on the other side."""
    return (string[i : i + k] for i in range(len(string) - k + 1))


def _doubled(grams: Grams, k: int) -> Iterator[Hashable]:
    """Every gram of 2 ``k`` letters as a pair of numbers."""
    pairs = zip(grams, islice(grams, k, None), strict=False)
    return (pair if APART not in pair else APART for pair in pairs)


def numbered(a: Iterable[Hashable], b: Iterable[Hashable]) -> tuple[Grams, Grams]:
    """A number for each gram that both sides have, from 0 up; ``APART`` for any other."""
    numbers: dict[Hashable, int] = {APART: APART}
    of_a = array("i", (numbers.setdefault(gram, len(numbers) - 1) for gram in a))
    of_b = array("i", (numbers.get(gram, APART) for gram in b))
    shared = set(of_b)
    return array("i", (number if number in shared else APART for number in of_a)), of_b


def _runs(grams: Grams, k: int) -> tuple[Span, ...]:
    """The union of all places of shared grams."""
    runs: list[Span] = []
    for i, gram in enumerate(grams):
        if gram != APART:
            if runs and i <= runs[-1].end:
                runs[-1] = Span(runs[-1].start, i + k)
            else:
                runs.append(Span(i, i + k))
    return tuple(runs)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where shared grams stand in one string: by gram, then by the letter before, then in order.

    Those of gram n are ``at[starts[n] : starts[n + 1]]``; ``before[x]`` is the letter before ``at[x]``.
    """

    starts: array[int]
    before: str
    at: array[int]

    def around(self, gram: int, letter: str) -> tuple[slice, slice]:
        """The two ranges of ``at`` with this gram behind another letter than this."""
        start, end = self.starts[gram], self.starts[gram + 1]
        first = bisect_left(self.before, letter, start, end)
        return slice(start, first), slice(bisect_right(self.before, letter, first, end), end)


def _places(string: str, grams: Grams) -> _Places:
    shared = [i for i, gram in enumerate(grams) if gram != APART]
    shared.sort(key=lambda i: (grams[i], string[i - 1]))
    sizes = array("i", bytes(4 * (max(grams, default=0) + 3)))
    for i in shared:
        sizes[grams[i] + 1] += 1
    return _Places(array("i", accumulate(sizes)), "".join(string[i - 1] for i in shared), array("i", shared))


def _count(string: str, grams: Grams, places: _Places) -> int:
    """How many matches there are, without walking through them."""
    found = (places.around(gram, string[i - 1]) for i, gram in enumerate(grams) if gram != APART)
    return sum(one.stop - one.start + other.stop - other.start for one, other in found)


def _begins(string: str, grams: Grams, places: _Places) -> Iterator[tuple[int, int]]:
    """Pairs of places where the grams agree and the letters before them do not."""
    for i, gram in enumerate(grams):
        if gram != APART:
            one, other = places.around(gram, string[i - 1])
            for j in sorted((*places.at[one], *places.at[other])):
                yield i, j


def _listed(
    a: str, b: str, begins: Iterator[tuple[int, int]], known: int, row_limit: int
) -> tuple[tuple[Match, ...], bool]:
    """The matches that begin there, and whether the list had to be cut."""
    matches: list[Match] = []
    letters = 0
    for i, j in begins:
        if len(matches) == row_limit or letters > LETTER_LIMIT:
            return tuple(matches), True
        matches.append(Match(i, j, agreement(a, i, b, j, known)))
        letters += matches[-1].length
    return tuple(matches), False


def agreement(a: str, i: int, b: str, j: int, known: int) -> int:
    """How many letters agree from a[i] and b[j], when the first ``known`` do.

    Compares slices that double and then halve. The barriers differ, so no slice agrees beyond an end.
    """
    length, step = known, 1
    while a[i + length : i + length + step] == b[j + length : j + length + step]:
        length += step
        step *= 2
    while step := step // 2:
        if a[i + length : i + length + step] == b[j + length : j + length + step]:
            length += step
    return length
