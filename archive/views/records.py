"""A comparison to take away: the twin of /compare/."""

from __future__ import annotations

from typing import Any

from archive.compare import Coverages, Passage
from archive.views.comparing import Pair


def record(pair: Pair) -> dict[str, Any]:
    """The twin. Offsets are characters into each speech's text, half-open; lengths are compared letters."""
    a, b, found = pair.a, pair.b, pair.found
    anchors_a, anchors_b = ([section.anchor for section in speech.sections.all()] for speech in (a, b))
    return {
        "a": {"id": a.pk, "title": a.title, "characters": a.characters},
        "b": {"id": b.pk, "title": b.title, "characters": b.characters},
        "min": found.min_letters,
        "listed_min": found.listed_min,
        "limited": found.limited,
        "identical": found.identical,
        "near_complete": found.near_complete,
        "passages": [passage(p) for p in sorted((*found.passages, *found.near), key=in_order)],
        "sections": [
            {
                "a": None if pair.a is None else anchors_a[pair.a],
                "b": None if pair.b is None else anchors_b[pair.b],
                "similarity": round(pair.similarity, 4),
                "shared": pair.shared,
            }
            for pair in found.sections
        ],
        "coverage": {"a": round(found.coverage_a.share, 4), "b": round(found.coverage_b.share, 4)},
        "covered": {"a": shares(found.covered_a), "b": shares(found.covered_b)},
        "distinctive": {
            "a": [[word, round(score, 2)] for word, score in found.distinctive_a],
            "b": [[word, round(score, 2)] for word, score in found.distinctive_b],
        },
    }


def in_order(found: Passage) -> tuple[int, int, str]:
    return found.a.start, found.b.start, found.kind


def passage(found: Passage) -> dict[str, Any]:
    """A passage as data; a near one says which stretches of a and b do not agree."""
    one: dict[str, Any] = {"kind": found.kind, "a": found.a, "b": found.b, "length": found.length}
    one["similarity"] = round(found.similarity, 4)
    return one if found.kind == "exact" else {**one, "differing": found.differing}


def shares(covered: Coverages) -> dict[str, float]:
    """What is covered by exact passages, and by near ones too; ``plain`` is without formulas."""
    named = ("exact", "both", "plain_exact", "plain_both")
    return {name: round(getattr(covered, name).share, 4) for name in named}
