"""Two texts in, everything that a reader may ask about the pair out."""

from __future__ import annotations

from dataclasses import dataclass

from archive.compare.coverage import Coverage, coverage
from archive.compare.distinctive import Scored, distinctive
from archive.compare.exact import Matches, diagonal_matches, exact_matches
from archive.compare.families import Family, Passage, families
from archive.compare.normalise import BARRIER, Letters, Text, normalise
from archive.compare.sections import SectionPair, align

ALGORITHM = 1  # counts up whenever the same texts may give another answer: part of every cache key
MIN_LETTERS = 8  # at 8 five speeches share 107 different passages, at 7 already 143, at 4 a thousand


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two texts have in common, and what each has of its own.

    ``passages`` stand in the order of a, then b; ``families`` are the same grouped by their letters, the
    most telling first. ``limited``: there were too many, only (the first) ones of ``listed_min`` letters
    and more are listed; the coverage counts all of ``min_letters`` and more. ``identical``: the compared
    letters are the same from first to last; the passages then are the text itself, not what it repeats.
    """

    min_letters: int
    listed_min: int
    limited: bool
    identical: bool
    passages: tuple[Passage, ...]
    families: tuple[Family, ...]
    sections: tuple[SectionPair, ...]
    coverage_a: Coverage
    coverage_b: Coverage
    distinctive_a: Scored
    distinctive_b: Scored


def compare(a: Text, b: Text, min_letters: int = MIN_LETTERS) -> Comparison:
    """Compare two texts; passages are at least ``min_letters`` letters long (1 and more)."""
    if min_letters < 1:
        raise ValueError(f"min_letters is {min_letters}, a passage has at least 1 letter")
    letters_a, letters_b = normalise(a, "a"), normalise(b, "b")
    identical = letters_a.count > 0 and letters_a.string == _as_side_a(letters_b)
    find = diagonal_matches if identical else exact_matches
    found = find(letters_a, letters_b, min_letters)
    passages = _passages(found, letters_a, letters_b)
    own_a, own_b = distinctive(a, b)
    return Comparison(
        min_letters=min_letters,
        listed_min=found.listed_min,
        limited=found.limited,
        identical=identical,
        passages=passages,
        families=families(passages, [letters_a.string[m.a : m.a + m.length] for m in found.matches]),
        sections=align((letters_a, a.sections), (letters_b, b.sections), passages),
        coverage_a=coverage(letters_a.count, found.runs_a),
        coverage_b=coverage(letters_b.count, found.runs_b),
        distinctive_a=own_a,
        distinctive_b=own_b,
    )


def _as_side_a(letters: Letters) -> str:
    return letters.string.replace(BARRIER["b"], BARRIER["a"])


def _passages(found: Matches, a: Letters, b: Letters) -> tuple[Passage, ...]:
    return tuple(
        Passage("exact", a.span(m.a, m.length), b.span(m.b, m.length), m.length, 1.0) for m in found.matches
    )
