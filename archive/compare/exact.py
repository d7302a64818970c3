"""All maximal exact matches: every pair of places where two texts agree and cannot agree longer.

Every occurrence pair counts, in any order: speeches repeat each other's formulas where they like, so an
aligner that walks both texts once (difflib, Myers) sees a sixth of them. The k-letter strings ("grams")
that both sides have are looked up in a dictionary; a pair begins where the letters before differ, and is
extended to the right. Places are grouped by the letter before, so that pairs which do not begin a match
are never touched: the work follows the text and the answer, also for 哈哈哈哈… against itself.

Two long texts that are all formulas may share millions of pairs. Their number is counted before they are
listed (that takes only the sizes of the groups), and the shortest length is doubled until the list fits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from archive.compare.normalise import Letters, Span

ROW_LIMIT = 20_000  # pairs of places: more than a page can show or a reader can read
LONGEST_GRAM = 512  # letters; doubling ends here, longer grams would cost more than they tell

# gram -> letter before it -> places
Places = dict[str, dict[str, list[int]]]


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
    common = _grams(a.string, min_letters) & _grams(b.string, min_letters)
    runs_a, runs_b = _runs(a.string, common, min_letters), _runs(b.string, common, min_letters)
    k = min_letters
    places = _places(b.string, common, k)
    while _count(a.string, places, k) > row_limit and 2 * k <= LONGEST_GRAM:
        k *= 2
        common = _grams(a.string, k) & _grams(b.string, k)
        places = _places(b.string, common, k)
    begins = list(islice(_begins(a.string, places, k), row_limit + 1))
    matches = tuple(Match(i, j, _length(a.string, i, b.string, j, k)) for i, j in begins[:row_limit])
    return Matches(matches, k, k > min_letters or len(begins) > row_limit, runs_a, runs_b)


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


def _grams(string: str, k: int) -> set[str]:
    return {string[i : i + k] for i in range(1, len(string) - k)}


def _runs(string: str, common: set[str], k: int) -> tuple[Span, ...]:
    """The union of all places of the grams in ``common``."""
    runs: list[Span] = []
    for i in range(1, len(string) - k):
        if string[i : i + k] in common:
            if runs and i <= runs[-1].end:
                runs[-1] = Span(runs[-1].start, i + k)
            else:
                runs.append(Span(i, i + k))
    return tuple(runs)


def _places(string: str, common: set[str], k: int) -> Places:
    places: Places = {gram: {} for gram in common}
    for i in range(1, len(string) - k):
        groups = places.get(string[i : i + k])
        if groups is not None:
            groups.setdefault(string[i - 1], []).append(i)
    return places


def _count(string: str, places: Places, k: int) -> int:
    """How many matches there are, without walking through them."""
    totals = {gram: sum(map(len, groups.values())) for gram, groups in places.items()}
    return sum(
        totals[gram] - len(places[gram].get(string[i - 1], ()))
        for i in range(1, len(string) - k)
        if (gram := string[i : i + k]) in totals
    )


def _begins(string: str, places: Places, k: int) -> Iterator[tuple[int, int]]:
    """Pairs of places where k letters agree and the letters before them do not."""
    for i in range(1, len(string) - k):
        if groups := places.get(string[i : i + k]):
            before = string[i - 1]
            js = [j for letter, found in groups.items() if letter != before for j in found]
            for j in sorted(js):
                yield i, j


def _length(a: str, i: int, b: str, j: int, known: int) -> int:
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
