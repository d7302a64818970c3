"""Fifteen pairs of sections of the seeds that a reader matched: is the one the other's likeliest counterpart?

Asked from both sides, so thirty times. The reader's sections are looked for as he cut them; how they are found in the
outlines that the archive itself makes is measured in tests/views/test_units.py.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from archive.compare import Span, Text, Unit, ranked
from archive.compare.normalise import normalise
from archive.compare.sections import similarities, turned, words_of
from archive.parsing import Outline, parse

SEEDS = Path(__file__).parents[2] / "seeds"
MATCHED = Path(__file__).with_name("matched.tsv")


@dataclass(frozen=True, slots=True)
class Matched:
    """A reader's section: the seed, where it stands in it, and its heading."""

    seed: str
    span: Span
    heading: str


def matched() -> list[tuple[Matched, Matched]]:
    rows = [line.split("\t") for line in MATCHED.read_text().splitlines() if not line.startswith("#")][1:]
    return [(_side(row[:4]), _side(row[4:])) for row in rows]


def _side(row: list[str]) -> Matched:
    seed, start, end, heading = row
    return Matched(seed, Span(int(start), int(end)), heading)


def text(seed: str) -> str:
    return (SEEDS / f"{seed}.txt").read_text()


class Cut(NamedTuple):
    """A text, what it is cut into, and where the section in question begins."""

    text: str
    units: list[Unit]
    start: int


def ranks(a: Cut, b: Cut) -> tuple[int, int]:
    """The place that each of the two has among the answers to the other, from 1."""
    i, j = ([unit.start for unit in one.units].index(one.start) for one in (a, b))
    rows = similarities(
        words_of(normalise(Text(a.text), "a"), a.units), words_of(normalise(Text(b.text), "b"), b.units)
    )
    forth = ranked(a.units[i], b.units, rows[i])
    back = ranked(b.units[j], a.units, turned(rows, len(b.units))[j])
    return forth.index(j) + 1, back.index(i) + 1


def assert_found(found: list[int]) -> None:
    """Of thirty places among the answers enough are first, and enough among the first two and three."""
    first, two, three = (sum(rank <= most for rank in found) for most in (1, 2, 3))
    sys.stdout.write(f"of {len(found)}: {first} first, {two} among two, {three} among three\n")
    assert len(found) == 30
    assert (first >= 26, two >= 29, three >= 29) == (True, True, True), found


def as_read(outline: Outline, own: list[Matched]) -> list[Unit]:
    """The text as its reader cut it: at lines with a number, and no closing apart."""
    starts = {section.start: (section.heading_start, section.heading_end) for section in outline.sections}
    for section in outline.sections[1:-1]:
        items = [item for p in section.paragraphs for item in p.items[:1] if item.start == p.start]
        starts |= {item.start: (item.start, item.start + len(item.lead)) for item in items if item.num}
    bounds = sorted(at for at in starts if not any(m.span.start < at < m.span.end for m in own))
    front = outline.sections[1].start
    return [
        Unit(start, end, Span(*starts[start]), "body" if start >= front else "front")
        for start, end in pairwise([*bounds, len(outline.text)])
    ]


def test_the_pairs_are_those_of_the_seeds() -> None:
    sides = [side for pair in matched() for side in pair]
    assert len(sides) == 30
    for side in sides:
        assert text(side.seed)[slice(*side.span)].startswith(side.heading)


def test_the_counterpart_that_a_reader_chose_is_among_the_first() -> None:
    pairs = matched()
    own: dict[str, list[Matched]] = {}
    for side in (side for pair in pairs for side in pair):
        own.setdefault(side.seed, []).append(side)
    cut = {seed: as_read(parse(text(seed)), sections) for seed, sections in own.items()}
    assert all(side.span in [unit[:2] for unit in cut[side.seed]] for pair in pairs for side in pair)

    def as_cut(side: Matched) -> Cut:
        return Cut(text(side.seed), cut[side.seed], side.span.start)

    assert_found([rank for a, b in pairs for rank in ranks(as_cut(a), as_cut(b))])
