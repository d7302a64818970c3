"""The passages of a speech that stand elsewhere, as a reader is told: in which speeches, since when, how seldom."""

from __future__ import annotations

import datetime
import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive.compare import GRAM, Group, Place, Prints, Span, covered
from archive.models import Paragraph, Speech
from archive.reuse.entries import recurring

MOSTLY = 0.5  # of a passage's letters; a speech that has less of them has only words out of it
CONTEXT = 20  # characters shown on either side of a place


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a passage stands in the speech itself: characters, and the name of the paragraph."""

    span: Span
    anchor: str


@dataclass(frozen=True, slots=True)
class Use:
    """A passage as it stands in another speech: ``span`` and ``pieces`` (what agrees) are characters there.

    ``same`` letters agree; ``part`` when it holds less than the passage, ``mostly`` when at least half of it,
    ``exact`` when no letter differs. ``text`` is what stands in the span, ``before`` and ``after`` what stands
    around it in its line, ``anchor`` names the paragraph.
    """

    speech: Speech
    span: Span
    pieces: tuple[Span, ...]
    text: str
    before: str
    after: str
    same: int
    exact: bool
    part: bool
    mostly: bool
    anchor: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a speech that stand elsewhere too, ``letters`` long; ``spots`` are all their places in it.

    ``uses`` are in the order of dates, the undated last. ``speeches`` have most of it, this one included, and perhaps
    ``more`` have: what is common everywhere is not looked up. It is a ``formula`` when so many have it that it is
    nobody's own. ``first`` and ``last`` are the earliest and latest of them that have a date, perhaps this one.
    ``rarity`` adds up how seldom its fingerprints are: log(D / df).
    """

    spots: tuple[Spot, ...]
    letters: int
    uses: tuple[Use, ...]
    speeches: int
    more: bool
    formula: bool
    first: Speech | None
    last: Speech | None
    rarity: float

    @property
    def span(self) -> Span:
        """Its first place in the speech."""
        return self.spots[0].span

    @property
    def anchor(self) -> str:
        return self.spots[0].anchor


@dataclass(frozen=True, slots=True)
class Relative:
    """A speech that shares passages: ``share`` of this speech's letters stand in it, ``passages`` of them."""

    speech: Speech
    passages: int
    letters: int
    share: float


class Weights:
    """How telling letters [start, end) are: the sum of log(D / df) over the fingerprints in them."""

    def __init__(self, own: Prints, counts: Mapping[int, int], total: int) -> None:
        self._at = [each.at for each in own.fingerprints]
        self._sums = [0.0]
        self._looked_up = [0]
        for each in own.fingerprints:
            known = counts.get(each.hash, 0)  # none: it stands nowhere else, or everywhere
            self._looked_up.append(self._looked_up[-1] + bool(known))
            self._sums.append(
                self._sums[-1] + (math.log(max(total, 1) / min(known + 1, total)) if known else 0)
            )

    def __call__(self, start: int, end: int) -> float:
        first, last = self._within(start, end)
        return self._sums[last] - self._sums[first]

    def name_all(self, start: int, end: int) -> bool:
        """Whether every speech that has letters [start, end) has a fingerprint of them that was looked up."""
        first, last = self._within(start, end)
        return self._looked_up[last] > self._looked_up[first]

    def _within(self, start: int, end: int) -> tuple[int, int]:
        first = bisect_left(self._at, start)
        return first, max(first, bisect_right(self._at, end - GRAM))


class Anchors:
    """The names that links call the paragraphs of some speeches by."""

    def __init__(self, pks: Sequence[int]) -> None:
        self._known: dict[int, tuple[list[int], list[str]]] = {pk: ([], []) for pk in pks}
        rows = Paragraph.objects.filter(speech__in=pks).order_by("speech", "position")
        for pk, start, number in rows.values_list("speech_id", "start", "number"):
            self._known[pk][0].append(start)
            self._known[pk][1].append(f"p{number}")

    def name(self, pk: int, offset: int) -> str:
        """The paragraph that ``offset`` is in, or follows; "" before the first."""
        starts, names = self._known[pk]
        at = bisect_right(starts, offset)
        return names[at - 1] if at else ""


@dataclass(frozen=True, slots=True)
class Teller:
    """What the passages of ``speech`` are told with: its letters, and the others by their keys."""

    speech: Speech
    own: Prints
    listed: Mapping[int, Speech]
    texts: Mapping[int, str]
    anchors: Anchors
    weights: Weights
    total: int

    def passages(self, groups: Sequence[Group[int]]) -> list[Passage]:
        """In the order of the text; what has the same letters is one passage."""
        alike: dict[str, list[Group[int]]] = {}
        for group in groups:
            alike.setdefault(self.own.letters.string[group.start : group.end], []).append(group)
        return [self._passage(same) for same in alike.values()]

    def _passage(self, groups: Sequence[Group[int]]) -> Passage:
        length = groups[0].end - groups[0].start
        found = {(other, place.span): (place, group) for group in groups for other, place in group.places}
        uses = [self._use(other, place, group) for (other, _span), (place, group) in found.items()]
        uses.sort(key=lambda use: (when(use.speech), use.span))
        spans = [self.own.letters.span(group.start, length) for group in groups]
        having = {use.speech.pk: use.speech for use in uses if use.mostly}
        dated = sorted((each for each in (self.speech, *having.values()) if each.date), key=when)
        return Passage(
            tuple(Spot(span, self.anchors.name(self.speech.pk, span.start)) for span in spans),
            length,
            tuple(uses),
            1 + len(having),
            not any(self.weights.name_all(group.start, group.end) for group in groups),
            1 + len(having) >= recurring(self.total),
            dated[0] if dated else None,
            dated[-1] if dated else None,
            max(self.weights(group.start, group.end) for group in groups),
        )

    def _use(self, other: int, place: Place, group: Group[int]) -> Use:
        text, span = self.texts[other], place.span
        length = group.end - group.start
        held = min(place.end, group.end) - max(place.start, group.start)  # it may begin or end elsewhere
        return Use(
            self.listed[other],
            span,
            place.pieces,
            text[slice(*span)],
            _last_line(text[max(0, span.start - CONTEXT) : span.start]),
            _first_line(text[span.end : span.end + CONTEXT]),
            place.same,
            place.exact,
            held < length,
            held >= MOSTLY * length,
            self.anchors.name(other, span.start),
        )

    def relatives(self, found: Mapping[int, Sequence[Place]], passages: Sequence[Passage]) -> list[Relative]:
        """The nearest first."""
        letters = self.own.letters.count
        numbers = Counter(pk for passage in passages for pk in {use.speech.pk for use in passage.uses})
        shares = [(covered(some), numbers[pk], pk) for pk, some in found.items()]
        shares.sort(key=lambda share: (-share[0], -share[1], share[2]))
        return [Relative(self.listed[pk], number, n, n / letters) for n, number, pk in shares]


def _last_line(text: str) -> str:
    lines = f".{text}.".splitlines()
    return lines[-1][:-1] if len(lines) > 1 else text


def _first_line(text: str) -> str:
    lines = f".{text}.".splitlines()
    return lines[0][1:] if len(lines) > 1 else text


def when(speech: Speech) -> tuple[datetime.date, int]:
    """The order of dates, the undated last; those of one day by the order of arrival."""
    return speech.date or datetime.date.max, speech.pk
