"""The sections of one text against the sections of another: what each two share, and which answer each other."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from archive.compare.cells import At, agreeing, by_cell, letters_under
from archive.compare.comparison import Comparison
from archive.compare.families import Passage
from archive.compare.normalise import BARRIER, Letters, Side, Span, Text, normalise
from archive.compare.sections import PAIR_LIMIT, Words, likeliest, similarities, turned, words_of


@dataclass(frozen=True, slots=True)
class Shared:
    """Letters of one section that the other has too, each once.

    ``exact`` under an exact passage, ``plain`` of these under one that is no formula; ``near`` besides, agreeing in a
    near passage only.
    """

    exact: int = 0
    plain: int = 0
    near: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A section of a and one of b: letters of a that b has too, and of b that a has too."""

    a: Shared = Shared()
    b: Shared = Shared()


@dataclass(frozen=True, slots=True)
class Matrix:
    """All sections of a (rows) against all of b (columns), by their positions.

    ``similarity`` is the likeness of their themes, 0 to 1; ``cells`` are those that share a passage. ``forth``
    names for a section of a the one of b that answers it best, ``back`` the other way; what has no answer is
    in neither. ``letters`` counts those of every section.
    """

    letters: tuple[tuple[int, ...], tuple[int, ...]]
    similarity: tuple[tuple[float, ...], ...]
    cells: Mapping[At, Cell]
    forth: Mapping[int, int]
    back: Mapping[int, int]

    @property
    def pairs(self) -> list[At]:
        """The suggested pairs in the order of a, likest first."""
        found = {*self.forth.items(), *((i, j) for j, i in self.back.items())}
        return sorted(found, key=lambda at: (at[0], -self.similarity[at[0]][at[1]], at[1]))

    def is_suggested(self, at: At) -> bool:
        """At least one of the two is the other's best."""
        return self.forth.get(at[0]) == at[1] or self.back.get(at[1]) == at[0]

    def is_mutual(self, at: At) -> bool:
        """Either is the other's best."""
        return self.forth.get(at[0]) == at[1] and self.back.get(at[1]) == at[0]


class TooMany(ValueError):
    """The outlines make more than PAIR_LIMIT pairs."""


def matrix(a: Text, b: Text, found: Comparison) -> Matrix:
    """The sections of two texts against each other; ``found`` is the comparison of the two, whatever its outlines.

    Raises TooMany.
    """
    if len(a.sections) * len(b.sections) > PAIR_LIMIT:
        raise TooMany(f"more than {PAIR_LIMIT} pairs of sections")
    letters = normalise(a, "a"), normalise(b, "b")
    words = words_of(letters[0], a.sections), words_of(letters[1], b.sections)
    rows = similarities(*words)
    return Matrix(
        (_counts(words[0], "a"), _counts(words[1], "b")),
        tuple(map(tuple, rows)),
        _cells(a, b, letters, found),
        likeliest(a.sections, b.sections, rows),
        likeliest(b.sections, a.sections, turned(rows, len(b.sections))),
    )


def _counts(sections: Sequence[Words], side: Side) -> tuple[int, ...]:
    return tuple(len(words.all) - words.all.count(BARRIER[side]) for words in sections)


def _cells(a: Text, b: Text, letters: tuple[Letters, Letters], found: Comparison) -> dict[At, Cell]:
    exact = by_cell(a.sections, b.sections, found.passages)
    near = by_cell(a.sections, b.sections, found.near)
    formulas = {span for family in found.families if family.recurring for span in family.a}
    return {
        at: Cell(
            _shared(letters[0], "a", exact.get(at, ()), near.get(at, ()), formulas),
            _shared(letters[1], "b", exact.get(at, ()), near.get(at, ()), formulas),
        )
        for at in sorted({*exact, *near})
    }


def _shared(
    letters: Letters,
    side: Side,
    exact: Sequence[Passage],
    near: Sequence[Passage],
    formulas: Collection[Span],
) -> Shared:
    whole = [span for passage in exact for span in agreeing(passage, side)]
    plain = [span for passage in exact if passage.a not in formulas for span in agreeing(passage, side)]
    both = [*whole, *(span for passage in near for span in agreeing(passage, side))]
    count = letters_under(letters, whole)
    return Shared(count, letters_under(letters, plain), letters_under(letters, both) - count)
