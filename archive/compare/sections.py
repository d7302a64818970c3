"""Which sections of two outlines speak of the same thing.

Cosine of TF-IDF over pairs of neighbouring letters, the documents being the sections of both texts
(Salton & Buckley 1988; letter pairs need no segmenter and do as well as words here). What a section is called says
most plainly what it is about, so its heading counts several times, as a field of its own does in search. The order
of the sections is not used: 六 of one speech answers 三 of another. A very long section touches every theme and
would attract everything, so its similarity is damped. An opening greets, names the meeting and sums up what follows;
it answers an opening only, and a closing a closing. All of this is a suggestion, shown with its figure.

On fifteen pairs of sections that a reader matched by hand, looked for from both sides, 26 of 30 come first and 29
among the first two, whether the sections are cut as he cut them or as the archive does (tests/compare/matched.tsv).
Without the headings it is 25 and 27; words instead of letter pairs find fewer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt
from statistics import median
from typing import NamedTuple

from archive.compare.cells import by_cell, letters_under
from archive.compare.families import Passage
from archive.compare.normalise import Letters, Unit

FLOOR = 0.035  # three in four pairs of unrelated sections stay below; a reader's pairs reach 0.04 to 0.10
PAIR_LIMIT = 20_000  # sections of a times sections of b: a second's work; speeches have hundreds of pairs
LONG = 3  # times the median length: longer sections are damped in proportion
HEADING = 3  # times that a heading counts besides its place in the text; from 2 to 8 the answers are nearly the same

Vector = dict[str, float]
Rows = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class SectionPair:
    """``a`` and ``b`` are positions in the two outlines; None when the other has no counterpart.

    ``shared`` counts the letters of the passages that stand in both, each letter of a once.
    """

    a: int | None
    b: int | None
    similarity: float
    shared: int = 0


class Words(NamedTuple):
    """The letters of a section, and those of its heading once more."""

    all: str
    heading: str = ""


def words_of(letters: Letters, units: Sequence[Unit]) -> list[Words]:
    """The letters of each section, barriers included (the outer two belong to none)."""
    last = len(letters.string) - 1

    def cut(start: int, end: int) -> str:
        return letters.string[slice(*(bisect_left(letters.places, at, 1, last) for at in (start, end)))]

    return [Words(cut(unit.start, unit.end), cut(*unit.heading)) for unit in units]


def align(
    a: tuple[Letters, Sequence[Unit]], b: tuple[Letters, Sequence[Unit]], passages: Sequence[Passage]
) -> tuple[SectionPair, ...]:
    """Each section's likeliest counterpart, asked from both sides; those without one stand alone.

    Pairs come in the order of a, likest first; then the sections of b that have none. Outlines that make
    more than PAIR_LIMIT pairs are not aligned at all.
    """
    if len(a[1]) * len(b[1]) > PAIR_LIMIT:
        return ()
    rows = similarities(words_of(*a), words_of(*b))
    forth, back = likeliest(a[1], b[1], rows), likeliest(b[1], a[1], turned(rows, len(b[1])))
    found = {*forth.items(), *((i, j) for j, i in back.items())}
    shared = by_cell(a[1], b[1], passages)
    pairs = [
        SectionPair(i, j, rows[i][j], letters_under(a[0], (p.a for p in shared.get((i, j), ()))))
        for i, j in found
    ]
    pairs += [SectionPair(i, None, 0.0) for i in range(len(a[1])) if i not in {i for i, _ in found}]
    pairs.sort(key=lambda pair: (pair.a, -pair.similarity, pair.b))
    lonely = [j for j in range(len(b[1])) if j not in {j for _, j in found}]
    return (*pairs, *(SectionPair(None, j, 0.0) for j in lonely))


def likeliest(a: Sequence[Unit], b: Sequence[Unit], rows: Rows) -> dict[int, int]:
    """For the sections of a the one of b that answers best; those whose best is below the floor are left out."""
    first = {
        i: next(iter(ranked(one, b, row)), None) for i, (one, row) in enumerate(zip(a, rows, strict=True))
    }
    return {i: j for i, j in first.items() if j is not None and rows[i][j] >= FLOOR}


def ranked(one: Unit, others: Sequence[Unit], row: Sequence[float]) -> list[int]:
    """The positions of those that may answer a section, the likest first; ``row`` are its similarities."""
    return sorted((j for j, other in enumerate(others) if other.part == one.part), key=lambda j: (-row[j], j))


def turned(rows: Rows, width: int) -> Rows:
    """The columns of rows of so many figures."""
    return [[row[j] for row in rows] for j in range(width)]


def similarities(a: Sequence[Words], b: Sequence[Words]) -> list[list[float]]:
    """A row for each section of ``a``: its similarity, 0 to 1, to each section of ``b``."""
    counts = [_letter_pairs(words) for words in (*a, *b)]
    vectors = _weighted(counts)
    damping = _damping([len(words.all) for words in (*a, *b)])
    return [
        [_dot(vectors[i], vectors[len(a) + j]) * min(damping[i], damping[len(a) + j]) for j in range(len(b))]
        for i in range(len(a))
    ]


def _letter_pairs(words: Words) -> Counter[str]:
    found: Counter[str] = Counter()
    for string, times in ((words.all, 1), (words.heading, HEADING)):
        for i in range(len(string) - 1):
            if (pair := string[i : i + 2]).isalnum():
                found[pair] += times
    return found


def _weighted(counts: Sequence[Counter[str]]) -> list[Vector]:
    """Unit vectors of (1 + log tf) · log((1 + N) / df): what stands everywhere still counts a little."""
    frequency = Counter(pair for count in counts for pair in count)
    documents = sum(map(bool, counts))
    vectors = []
    for count in counts:
        vector = {p: (1 + log(n)) * log((1 + documents) / frequency[p]) for p, n in count.items()}
        norm = sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        vectors.append({p: weight / norm for p, weight in vector.items()})
    return vectors


def _dot(x: Vector, y: Vector) -> float:
    if len(y) < len(x):
        x, y = y, x
    return sum(weight * y[pair] for pair, weight in x.items() if pair in y)


def _damping(sizes: Sequence[int]) -> list[float]:
    limit = LONG * median([size for size in sizes if size] or [1])
    return [min(1.0, limit / size) if size else 0.0 for size in sizes]
