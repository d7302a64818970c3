"""Where the passages of one speech stand in the others: looked up, then read and compared letter by letter."""

from __future__ import annotations

import datetime
import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from archive.compare import (
    GRAM,
    Group,
    Lines,
    Place,
    Prints,
    Span,
    Text,
    covered,
    grouped,
    places,
    prints,
    runs,
)
from archive.models import Paragraph, Speech
from archive.reuse.entries import MOST_HERE, as_text, common_of, recurring, rows_of, too_common

MOST_SPEECHES = 200  # read for one answer, those that share most
MOST_LOOKED_UP = 300_000  # pairs of places; only a text that is very long and all formulas has more
MOST_SEEDS = 20_000  # places looked into for one answer


@dataclass(frozen=True, slots=True)
class Use:
    """A passage as it stands in another speech: ``span`` and ``pieces`` (what agrees) are characters there.

    ``same`` letters agree; ``part`` when it holds less than the passage, ``exact`` when no letter differs.
    ``text`` is what stands in the span, ``anchor`` names the paragraph.
    """

    speech: Speech
    span: Span
    pieces: tuple[Span, ...]
    text: str
    same: int
    exact: bool
    part: bool
    anchor: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a speech that stand elsewhere too: ``span`` is characters of it, ``letters`` long.

    ``uses`` are in the order of dates, the undated last. ``speeches`` have it, this one included; it is a ``formula``
    when so many have it that it is nobody's own. ``first`` and ``last`` are the earliest and latest that have a date,
    perhaps this one. ``rarity`` adds up how seldom its fingerprints are: log(D / df).
    """

    span: Span
    letters: int
    anchor: str
    uses: tuple[Use, ...]
    speeches: int
    formula: bool
    first: Speech | None
    last: Speech | None
    rarity: float


@dataclass(frozen=True, slots=True)
class Relative:
    """A speech that shares passages: ``share`` of this speech's letters stand in it, ``passages`` of them."""

    speech: Speech
    passages: int
    letters: int
    share: float


@dataclass(frozen=True, slots=True)
class Shared:
    """The answer: passages in the order of the text, relatives by what they share.

    ``letters`` are this speech's, ``covered`` of them stand elsewhere. ``left_out`` speeches share something too, but
    were not read (they share least); ``common`` fingerprints stand in so many places that they were not looked up.
    ``limited``: there were too many, and what the end of the text shares is missing.
    """

    passages: tuple[Passage, ...]
    relatives: tuple[Relative, ...]
    letters: int
    covered: int
    left_out: int
    common: int
    limited: bool


def shared(speech: Speech) -> Shared:
    """Every passage of ``speech`` (text, redactions, outline) that stands in another published speech."""
    own = prints(as_text(speech))
    total = Speech.objects.published().count()
    hashes = {each.hash for each in own.fingerprints}
    common = common_of(hashes, too_common(total))
    seeds, counts, limited = _seeds(own, common, speech.pk)
    chosen, left_out = _chosen(seeds)
    others = _read(chosen)
    found: dict[int, list[Place]] = {}
    for pk, text in others.items():
        lines = Lines(text)
        if some := places(own.letters, lines, runs(own.letters, lines, seeds[pk])):
            found[pk] = some
    listed = Speech.objects.published().for_lists().in_bulk(list(found))
    found = {pk: some for pk, some in found.items() if pk in listed}
    weigh = _Weights(own, counts, total)
    anchors = _anchors([speech.pk, *found])
    about = _About(speech, own, listed, {pk: others[pk].text for pk in found}, anchors, total)
    groups = grouped(len(own.letters.string), found)
    return Shared(
        tuple(_passage(group, about, weigh(group.start, group.end)) for group in groups),
        _relatives(found, listed, own.letters.count),
        own.letters.count,
        covered(place for some in found.values() for place in some),
        left_out,
        len(common),
        limited,
    )


def _seeds(
    own: Prints, common: frozenset[int], pk: int
) -> tuple[dict[int, list[tuple[int, int]]], Counter[int], bool]:
    """For each other speech the pairs of places to look into; in how many speeches each hash stands; whether
    there were too many, and the hashes from somewhere on were not looked up.
    """
    here: dict[int, list[int]] = defaultdict(list)
    for each in own.fingerprints:
        here[each.hash].append(each.at)
    seeds: dict[int, list[tuple[int, int]]] = defaultdict(list)
    speeches: set[tuple[int, int]] = set()
    room = MOST_LOOKED_UP
    for hash_, other, position in rows_of(here, common):
        if other != pk:
            speeches.add((hash_, other))
            seeds[other] += [(at, position) for at in here[hash_][:MOST_HERE]]
            room -= len(here[hash_][:MOST_HERE])
            if room < 0:
                break
    return seeds, Counter(hash_ for hash_, _other in speeches), room < 0


def _chosen(seeds: Mapping[int, Sequence[tuple[int, int]]]) -> tuple[list[int], int]:
    """The published speeches to read, those that share most first, and how many there are besides."""
    published = set(Speech.objects.published().order_by().values_list("pk", flat=True))
    ranked = sorted((pk for pk in seeds if pk in published), key=lambda pk: (-len(seeds[pk]), pk))
    chosen: list[int] = []
    room = MOST_SEEDS
    for pk in ranked[:MOST_SPEECHES]:
        room -= len(seeds[pk])
        if room < 0 and chosen:
            break
        chosen.append(pk)
    return chosen, len(ranked) - len(chosen)


def _read(pks: Iterable[int]) -> dict[int, Text]:
    """The texts of these speeches, in this order."""
    order = list(pks)
    rows = Speech.objects.filter(pk__in=order).order_by().values_list("pk", "text", "redactions")
    texts = {
        pk: Text(text, tuple(Span(span["start"], span["end"]) for span in redactions))
        for pk, text, redactions in rows
    }
    return {pk: texts[pk] for pk in order if pk in texts}


class _Weights:
    """How telling letters [start, end) are: the sum of log(D / df) over the fingerprints in them."""

    def __init__(self, own: Prints, counts: Mapping[int, int], total: int) -> None:
        self._at = [each.at for each in own.fingerprints]
        self._sums = [0.0]
        for each in own.fingerprints:
            known = counts.get(each.hash, 0)  # none: it stands nowhere else, or everywhere
            self._sums.append(
                self._sums[-1] + (math.log(max(total, 1) / min(known + 1, total)) if known else 0)
            )

    def __call__(self, start: int, end: int) -> float:
        first, last = bisect_left(self._at, start), bisect_right(self._at, end - GRAM)
        return self._sums[max(first, last)] - self._sums[first]


Anchors = Mapping[
    int, tuple[list[int], list[str]]
]  # speech -> where its paragraphs begin, what links call them


def _anchors(pks: Sequence[int]) -> Anchors:
    found: dict[int, tuple[list[int], list[str]]] = {pk: ([], []) for pk in pks}
    rows = Paragraph.objects.filter(speech__in=pks).order_by("speech", "position")
    for pk, start, number in rows.values_list("speech_id", "start", "number"):
        found[pk][0].append(start)
        found[pk][1].append(f"p{number}")
    return found


def _anchor(anchors: Anchors, pk: int, offset: int) -> str:
    """The paragraph that ``offset`` is in, or follows; "" before the first."""
    starts, names = anchors[pk]
    at = bisect_right(starts, offset)
    return names[at - 1] if at else ""


@dataclass(frozen=True, slots=True)
class _About:
    """What the passages of a speech are told with: the speech, its letters, and the others by their keys."""

    speech: Speech
    own: Prints
    listed: Mapping[int, Speech]
    texts: Mapping[int, str]
    anchors: Anchors
    total: int


def _passage(group: Group[int], about: _About, rarity: float) -> Passage:
    length = group.end - group.start
    uses = [_use(other, place, length, about) for other, place in group.places]
    uses.sort(key=lambda use: (when(use.speech), use.span))
    span = about.own.letters.span(group.start, length)
    speeches = 1 + len({other for other, _place in group.places})
    dated = sorted((each for each in (about.speech, *(use.speech for use in uses)) if each.date), key=when)
    return Passage(
        span,
        length,
        _anchor(about.anchors, about.speech.pk, span.start),
        tuple(uses),
        speeches,
        speeches >= recurring(about.total),
        dated[0] if dated else None,
        dated[-1] if dated else None,
        rarity,
    )


def _use(other: int, place: Place, length: int, about: _About) -> Use:
    return Use(
        about.listed[other],
        place.span,
        place.pieces,
        about.texts[other][slice(*place.span)],
        place.same,
        place.exact,
        place.end - place.start < length,
        _anchor(about.anchors, other, place.span.start),
    )


def when(speech: Speech) -> tuple[datetime.date, int]:
    """The order of dates, the undated last; those of one day by the order of arrival."""
    return speech.date or datetime.date.max, speech.pk


def _relatives(
    found: Mapping[int, Sequence[Place]], listed: Mapping[int, Speech], letters: int
) -> tuple[Relative, ...]:
    shares = [(covered(some), len(some), pk) for pk, some in found.items()]
    shares.sort(key=lambda share: (-share[0], -share[1], share[2]))
    return tuple(Relative(listed[pk], number, n, n / letters) for n, number, pk in shares)
