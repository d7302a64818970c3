"""?view=unique: what only one of the two says, in full ink; what they share fades, and long stretches of it fold away.

Shared is what the numbers at the head count: exact passages, and the letters of near ones that agree unless those are
turned off. A formula is shared too, whatever is set: it is nobody's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.compare import Side, Span, union
from archive.models import Speech
from archive.views import columns
from archive.views.comparing import Pair
from archive.views.differing import span_of
from archive.views.marking import Mark
from archive.views.side import own_words
from archive.views.strip import per_cent
from archive.views.units import section_name

STRETCH = 8  # letters from which on what is unique is a place to go to,
SCARCE = 0.2  # unless no more than this share of a text is unique: then every letter is
FOLDED = 60  # letters of whole paragraphs, all shared, that fold away
MOSTLY = 0.5  # of the letters of a paragraph that has a rule beside it


@dataclass(frozen=True, slots=True)
class Group:
    """Paragraphs in a row, each with whether it is mostly unique; ``folded`` letters of them are all shared."""

    folded: int
    blocks: tuple[tuple[columns.Block, bool], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A section and how many of its letters only this speech has."""

    anchor: str
    level: int
    heading: SafeString
    name: str
    own: int
    letters: int
    groups: tuple[Group, ...]

    @property
    def percent(self) -> float:
        return per_cent(self.own, self.letters)


@dataclass(frozen=True, slots=True)
class Column:
    """One of the two; ``stretches`` is how many places there are to go to."""

    side: Side
    name: str
    speech: Speech
    own: int
    letters: int
    stretches: int
    parts: tuple[Part, ...]

    @property
    def percent(self) -> float:
        return per_cent(self.own, self.letters)


class Letters:
    """How many letters of a text are compared, and how many of those are unique, between any two places."""

    def __init__(self, speech: Speech, shared: Sequence[Span]) -> None:
        flags = bytearray(char.isalnum() for char in speech.text)
        for span in speech.redactions:
            flags[span["start"] : span["end"]] = bytes(span["end"] - span["start"])
        self._all = list(accumulate(flags, initial=0))
        for start, end in shared:
            flags[start:end] = bytes(end - start)
        self._own = list(accumulate(flags, initial=0))

    def all(self, span: Span) -> int:
        return self._all[span.end] - self._all[span.start]

    def own(self, span: Span) -> int:
        return self._own[span.end] - self._own[span.start]


def only_own(pair: Pair) -> dict[str, Any]:
    return {
        "unique": [_column(pair, "a", _("甲"), pair.a), _column(pair, "b", _("乙"), pair.b)],
        **own_words(pair),
    }


def shared(pair: Pair, side: Side) -> list[Span]:
    """What one side shares, as characters of its text."""
    spans = [span_of(passage, side) for passage in pair.found.passages]
    for passage in pair.found.near if pair.settings.near else ():
        at, whole_end = span_of(passage, side)
        for pieces in passage.differing:
            odd = pieces[side == "b"]
            spans.append(Span(at, odd.start))
            at = odd.end
        spans.append(Span(at, whole_end))
    return union(spans)


def _column(pair: Pair, side: Side, name: str, speech: Speech) -> Column:
    common = shared(pair, side)
    letters = Letters(speech, common)
    whole = Span(0, len(speech.text))
    least = STRETCH if letters.own(whole) > SCARCE * letters.all(whole) else 1
    marks = list(_marks(speech.text, side, common, letters, least))
    parts = columns.laid_out(speech, side, marks)
    sections = zip(parts, speech.sections.all(), strict=True)
    return Column(
        side,
        name,
        speech,
        letters.own(whole),
        letters.all(whole),
        sum(mark.tag == "mark" for mark in marks),
        tuple(
            Part(
                part.anchor,
                part.level,
                part.heading,
                section_name(section),
                letters.own(Span(section.start, section.end)),
                letters.all(Span(section.start, section.end)),
                tuple(_groups(part.blocks, letters)),
            )
            for part, section in sections
        ),
    )


def _marks(text: str, side: Side, common: Sequence[Span], letters: Letters, least: int) -> Iterator[Mark]:
    """What is shared, faded, with the marks of punctuation between; what is unique and long enough, with an anchor."""
    number = 0
    for before, after in pairwise([Span(0, 0), *common, Span(len(text), len(text))]):
        between = Span(before.end, after.start)
        if letters.own(between) >= least:
            number += 1
            yield Mark(*_from_letter(text, between), "mark", (("class", "own"),), f"u-{side}{number}")
        elif not letters.own(between) and between.start > 0 and between.end < len(text):
            yield Mark(*between, "span", (("class", "said"),))
        yield Mark(*after, "span", (("class", "said"),))


def _from_letter(text: str, span: Span) -> Span:
    """The stretch from its first letter on: an anchor on a line's end would be lost."""
    return Span(next(at for at in range(*span) if text[at].isalnum()), span.end)


def _groups(blocks: Sequence[columns.Block], letters: Letters) -> Iterator[Group]:
    """The paragraphs, those that are all shared together."""

    def all_shared(block: columns.Block) -> bool:
        return letters.all(block.span) > 0 and letters.own(block.span) == 0

    for is_shared, some in groupby(blocks, all_shared):
        run = list(some)
        total = sum(letters.all(block.span) for block in run)
        shown = tuple((block, _mostly_own(block, letters)) for block in run)
        yield Group(total if is_shared and total >= FOLDED else 0, shown)


def _mostly_own(block: columns.Block, letters: Letters) -> bool:
    return letters.own(block.span) >= max(STRETCH, MOSTLY * letters.all(block.span))
