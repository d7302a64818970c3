"""Two texts in, everything that a reader may ask about the pair out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise

from archive.compare.coverage import Coverage, Coverages, coverage
from archive.compare.distinctive import Scored, distinctive
from archive.compare.exact import Match, Matches, diagonal_matches, exact_matches
from archive.compare.families import Family, Passage, families, near_families
from archive.compare.near import Near, NearMatches, near_matches
from archive.compare.normalise import BARRIER, Letters, Side, Span, Text, normalise
from archive.compare.sections import SectionPair, align

ALGORITHM = 3  # counts up whenever the same texts may give another answer: part of every cache key
MIN_LETTERS = 8  # at 8 five speeches share 107 different passages, at 7 already 143, at 4 a thousand


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two texts have in common, and what each has of its own.

    ``passages`` are the exact ones in the order of a, then b; ``families`` are the same grouped by their
    letters, the most telling first. ``limited``: there were too many, only (the first) ones of ``listed_min``
    letters and more are listed; the coverage counts all of ``min_letters`` and more. ``near`` and
    ``near_families`` are the passages that agree in most letters; not ``near_complete`` when looking for all of
    them would have taken too long. ``identical``: the compared letters are the same from first to last; the
    passages then are the text itself, not what it repeats, and nothing is near.
    """

    min_letters: int
    listed_min: int
    limited: bool
    identical: bool
    passages: tuple[Passage, ...]
    families: tuple[Family, ...]
    near: tuple[Passage, ...]
    near_families: tuple[Family, ...]
    near_complete: bool
    sections: tuple[SectionPair, ...]
    covered_a: Coverages
    covered_b: Coverages
    distinctive_a: Scored
    distinctive_b: Scored

    @property
    def coverage_a(self) -> Coverage:
        """Letters of a under an exact passage."""
        return self.covered_a.exact

    @property
    def coverage_b(self) -> Coverage:
        """Letters of b under an exact passage."""
        return self.covered_b.exact


def compare(
    a: Text, b: Text, min_letters: int = MIN_LETTERS, formulas: Collection[str] = frozenset()
) -> Comparison:
    """Compare two texts; in passages at least ``min_letters`` letters agree (1 and more).

    ``formulas`` are strings of compared letters that are known to say little: families that consist of them
    count as formulas however rare they are here.
    """
    if min_letters < 1:
        raise ValueError(f"min_letters is {min_letters}, a passage has at least 1 letter")
    letters_a, letters_b = normalise(a, "a"), normalise(b, "b")
    identical = letters_a.count > 0 and letters_a.string == _as_side_a(letters_b)
    exact = _Exact.of(letters_a, letters_b, min_letters, identical, formulas)
    near = _Near.of(letters_a, letters_b, min_letters, identical, formulas)
    own_a, own_b = distinctive(a, b)
    return Comparison(
        min_letters=min_letters,
        listed_min=exact.found.listed_min,
        limited=exact.found.limited,
        identical=identical,
        passages=exact.passages,
        families=exact.families,
        near=near.passages,
        near_families=near.families,
        near_complete=near.complete,
        sections=align((letters_a, a.sections), (letters_b, b.sections), exact.passages),
        covered_a=_coverages(letters_a.count, "a", exact, near),
        covered_b=_coverages(letters_b.count, "b", exact, near),
        distinctive_a=own_a,
        distinctive_b=own_b,
    )


def _as_side_a(letters: Letters) -> str:
    return letters.string.replace(BARRIER["b"], BARRIER["a"])


@dataclass(frozen=True, slots=True)
class _Exact:
    """The exact layer; ``plain`` are the matches that are no formulas."""

    found: Matches
    passages: tuple[Passage, ...]
    families: tuple[Family, ...]
    plain: tuple[Match, ...]

    @classmethod
    def of(cls, a: Letters, b: Letters, least: int, identical: bool, formulas: Collection[str]) -> _Exact:
        find = diagonal_matches if identical else exact_matches
        found = find(a, b, least)
        passages = tuple(
            Passage("exact", a.span(m.a, m.length), b.span(m.b, m.length), m.length, 1.0)
            for m in found.matches
        )
        strings = [a.string[m.a : m.a + m.length] for m in found.matches]
        grouped = families(passages, strings, formulas)
        recurring = {family.letters for family in grouped if family.recurring}
        plain = (m for m, string in zip(found.matches, strings, strict=True) if string not in recurring)
        return cls(found, passages, grouped, tuple(plain))


@dataclass(frozen=True, slots=True)
class _Near:
    """The near layer; ``matches`` are the letters that agree, ``plain`` those outside formulas."""

    passages: tuple[Passage, ...]
    families: tuple[Family, ...]
    matches: tuple[Match, ...]
    plain: tuple[Match, ...]
    complete: bool

    @classmethod
    def of(cls, a: Letters, b: Letters, least: int, identical: bool, formulas: Collection[str]) -> _Near:
        found = NearMatches((), True) if identical else near_matches(a, b)
        nears = [near for near in found.found if near.letters >= least]
        passages = tuple(_near_passage(near, a, b) for near in nears)
        strings = ["".join(a.string[m.a : m.a + m.length] for m in near.matches) for near in nears]
        grouped = near_families(passages, strings, formulas)
        recurring = {passage for family in grouped if family.recurring for passage in family.variants}
        plain = (
            m for near, p in zip(nears, passages, strict=True) if p not in recurring for m in near.matches
        )
        matches = tuple(match for near in nears for match in near.matches)
        return cls(passages, grouped, matches, tuple(plain), found.complete)


def _near_passage(near: Near, a: Letters, b: Letters) -> Passage:
    first, (size_a, size_b) = near.matches[0], near.sizes
    differing = tuple(
        (_between(a, one.a + one.length, other.a), _between(b, one.b + one.length, other.b))
        for one, other in pairwise(near.matches)
    )
    spans = a.span(first.a, size_a), b.span(first.b, size_b)
    return Passage("near", *spans, near.letters, near.similarity, differing)


def _between(letters: Letters, start: int, end: int) -> Span:
    """The letters from ``start`` to ``end`` in the text; if there are none, the place where they are missing."""
    return (
        letters.span(start, end - start)
        if end > start
        else Span(letters.places[start], letters.places[start])
    )


def _coverages(letters: int, side: Side, exact: _Exact, near: _Near) -> Coverages:
    runs = exact.found.runs_a if side == "a" else exact.found.runs_b
    nearly, plain, plain_near = (_spans(found, side) for found in (near.matches, exact.plain, near.plain))
    return Coverages(
        exact=coverage(letters, runs),
        both=coverage(letters, [*runs, *nearly]),
        plain_exact=coverage(letters, plain),
        plain_both=coverage(letters, [*plain, *plain_near]),
    )


def _spans(matches: Iterable[Match], side: Side) -> list[Span]:
    starts = ((match.a if side == "a" else match.b, match.length) for match in matches)
    return [Span(start, start + length) for start, length in starts]
