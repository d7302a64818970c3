"""A comparison to take away: the twin of /compare/, and its passages as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.compare import Coverages, Family, Passage, Span
from archive.views import matrix
from archive.views.comparing import Pair
from archive.views.listing import numbered
from archive.views.passages import Locator
from archive.views.tables import Row


def record(pair: Pair) -> dict[str, Any]:
    """The twin. Offsets are characters into each speech's text, half-open; lengths are compared letters."""
    a, b, found = pair.a, pair.b, pair.found
    families = Numbers(pair)
    anchors_a, anchors_b = ([section.anchor for section in speech.sections.all()] for speech in (a, b))
    return {
        "a": {"id": a.pk, "title": a.title, "characters": a.characters},
        "b": {"id": b.pk, "title": b.title, "characters": b.characters},
        "min": found.min_letters,
        "listed_min": found.listed_min,
        "limited": found.limited,
        "identical": found.identical,
        "near_complete": found.near_complete,
        "near": "on" if pair.settings.near else "off",
        "formulas": pair.settings.formulas,
        "passages": [passage(each, number, family) for each, number, family in families.passages()],
        "sections": [
            {
                "a": None if pair.a is None else anchors_a[pair.a],
                "b": None if pair.b is None else anchors_b[pair.b],
                "similarity": round(pair.similarity, 4),
                "shared": pair.shared,
            }
            for pair in found.sections
        ],
        "matrix": matrix.record(pair),
        "coverage": {"a": round(found.coverage_a.share, 4), "b": round(found.coverage_b.share, 4)},
        "covered": {"a": shares(found.covered_a), "b": shares(found.covered_b)},
        "distinctive": {
            "a": [[word, round(score, 2)] for word, score in found.distinctive_a],
            "b": [[word, round(score, 2)] for word, score in found.distinctive_b],
        },
    }


class Numbers:
    """Which family each passage belongs to: its number on the page is that of the family."""

    def __init__(self, pair: Pair) -> None:
        self._pair = pair
        self._exact: dict[Span, tuple[int, Family]] = {}
        self._near: dict[Passage, tuple[int, Family]] = {}
        for number, family in numbered(pair.found):
            self._near.update(dict.fromkeys(family.variants, (number, family)))
            if family.kind == "exact":
                self._exact.update(dict.fromkeys(family.a, (number, family)))

    def of(self, found: Passage) -> tuple[int, Family]:
        return self._near[found] if found.kind == "near" else self._exact[found.a]

    def passages(self) -> Iterator[tuple[Passage, int, Family]]:
        """The passages that the settings show, in the order of a, then b, each with its family."""
        found, settings = self._pair.found, self._pair.settings
        every = (*found.passages, *(found.near if settings.near else ()))
        for each in sorted(every, key=in_order):
            number, family = self.of(each)
            if not (family.recurring and settings.formulas == "hide"):
                yield each, number, family


def in_order(found: Passage) -> tuple[int, int, str]:
    return found.a.start, found.b.start, found.kind


def passage(found: Passage, number: int, family: Family) -> dict[str, Any]:
    """A passage as data; a near one says which stretches of a and b do not agree."""
    one: dict[str, Any] = {"kind": found.kind, "a": found.a, "b": found.b, "length": found.length}
    one |= {"similarity": round(found.similarity, 4), "family": number, "recurring": family.recurring}
    return one if found.kind == "exact" else {**one, "differing": found.differing}


def shares(covered: Coverages) -> dict[str, float]:
    """What is covered by exact passages, and by near ones too; ``plain`` is without formulas."""
    named = ("exact", "both", "plain_exact", "plain_both")
    return {name: round(getattr(covered, name).share, 4) for name in named}


COLUMNS = (
    *("kind", "family", "recurring", "length", "similarity"),
    *("a_start", "a_end", "b_start", "b_end", "a_section", "b_section", "a_text", "b_text"),
)


def rows(pair: Pair) -> Iterator[Row]:
    """Every passage that the settings show; offsets are characters into each speech's text, half-open."""
    locate_a, locate_b = Locator(pair.a), Locator(pair.b)
    for found, number, family in Numbers(pair).passages():
        yield (
            *(found.kind, number, "1" if family.recurring else "0", found.length, round(found.similarity, 4)),
            *(*found.a, *found.b),
            *(locate_a.section(found.a), locate_b.section(found.b)),
            *(pair.a.text[slice(*found.a)], pair.b.text[slice(*found.b)]),
        )
