"""For the margin of a speech: which of its paragraphs have words that stand elsewhere too, and where first.

Asked for whenever a speech is read, so no other text is: what is told follows from the fingerprints alone. Where
two of them follow each other closely both here and there, all letters between their ends agree, for the grams
overlap. Only fingerprints that few speeches have are looked up, and so many at most. ``shared`` finds every
passage that is noted here, and more: shorter ones, variants, what many have.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from archive.compare import GRAM, Fingerprint, Prints
from archive.models import Paragraph, Speech
from archive.reuse.entries import as_text, batches, common_of, prints_of, recurring, rows_of

MOST_NOTED = 8  # speeches; what more have is no discovery
ROWS = 2 * MOST_NOTED  # of one fingerprint: some speeches say a thing twice
MOST_ROWS = 20_000  # of one speech, some 30 ms
LONGEST = 30_000  # characters; longer speeches are looked through only when somebody asks for it
REACH = 24  # characters in the other speech from one fingerprint to the next: letters, and marks between them
RARE = 3  # fingerprints of a passage that few have
LETTERS = 16  # of a passage; shorter ones are mostly names and phrases
WHOLE = 0.5  # share of the paragraphs from which on it is the speech that stands elsewhere, not a paragraph
FEWEST = 4  # paragraphs


@dataclass(frozen=True, slots=True)
class Note:
    """Words of a paragraph stand in ``speeches`` others, first in ``first``.

    ``earlier`` than here? None when one of the two has no date.
    """

    speeches: int
    first: Speech
    earlier: bool | None


@dataclass(frozen=True, slots=True)
class Margin:
    """Notes by the numbers of the paragraphs.

    ``whole`` are the speeches that have most paragraphs, which no note repeats. Not ``complete`` when there was too
    much to look through.
    """

    notes: Mapping[int, Note]
    whole: tuple[Speech, ...]
    complete: bool


Rank = tuple[datetime.date, int]  # the order of dates, the undated last
Places = Mapping[int, Sequence[tuple[int, int]]]  # hash -> speech, position


def margin(speech: Speech, paragraphs: Sequence[Paragraph]) -> Margin:
    """What is to be noted beside ``paragraphs``, those of ``speech`` in its order."""
    if len(speech.text) > LONGEST:
        return Margin({}, (), False)
    own = prints_of(as_text(speech))
    places, complete = _looked_up(own, speech.pk)
    if not places:
        return Margin({}, (), complete)
    ranks = _ranks({pk for rows in places.values() for pk, _position in rows})
    found = _found(own, places, ranks, paragraphs)
    whole = _whole(found, len(paragraphs))
    noted = {number: left for number, pks in found.items() if (left := pks - whole)}
    firsts = {number: min(pks, key=ranks.__getitem__) for number, pks in noted.items()}
    listed = Speech.objects.published().for_lists().in_bulk({*firsts.values(), *whole})
    notes = {
        number: Note(len(noted[number]), listed[pk], _earlier(listed[pk], speech))
        for number, pk in firsts.items()
        if pk in listed
    }
    return Margin(
        notes, tuple(listed[pk] for pk in sorted(whole, key=ranks.__getitem__) if pk in listed), complete
    )


def _looked_up(own: Prints, besides: int) -> tuple[Places, bool]:
    """Where the fingerprints stand in other speeches, drafts too, without those that many have."""
    hashes = dict.fromkeys(each.hash for each in own.fingerprints)
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = rows_of(hashes, common_of(hashes, ROWS))
    for hash_, pk, position in islice(rows, MOST_ROWS):
        if pk != besides:
            found[hash_].append((pk, position))
    return found, next(rows, None) is None


def _ranks(pks: Iterable[int]) -> dict[int, Rank]:
    """The published ones among these speeches, with their places in the order of dates."""
    found: dict[int, Rank] = {}
    for keys in batches(sorted(pks), 1_000):
        rows = Speech.objects.published().filter(pk__in=keys).order_by().values_list("pk", "date")
        found.update((pk, (date or datetime.date.max, pk)) for pk, date in rows)
    return found


def _found(
    own: Prints, places: Places, ranks: Mapping[int, Rank], paragraphs: Sequence[Paragraph]
) -> dict[int, set[int]]:
    """By the numbers of the paragraphs: the published speeches that have words of them."""
    few = min(recurring(Speech.objects.published().count()) - 2, MOST_NOTED)
    rare = {hash_ for hash_, rows in places.items() if len({pk for pk, _at in rows if pk in ranks}) <= few}
    starts = [paragraph.start for paragraph in paragraphs]
    found: dict[int, set[int]] = defaultdict(set)
    for at, pk in _stretches(own.fingerprints, places, rare):
        place = own.letters.places[at]
        number = bisect_right(starts, place) - 1
        if pk in ranks and number >= 0 and place < paragraphs[number].end:
            found[paragraphs[number].number].add(pk)
    return found


class _Stretch(NamedTuple):
    """Letters from ``began`` to the end of the gram at ``last``, which ends at ``position`` in another speech."""

    began: int
    rare: int
    last: int
    position: int


def _stretches(
    fingerprints: Sequence[Fingerprint], places: Places, rare: set[int]
) -> Iterator[tuple[int, int]]:
    """(letter, speech): from there on at least LETTERS letters stand in that speech too, and few have them."""
    before: dict[int, list[_Stretch]] = {}
    for hash_, at in fingerprints:
        now: dict[int, list[_Stretch]] = defaultdict(list)
        is_rare = hash_ in rare
        for pk, position in places.get(hash_, ()):
            grown = [s for s in before[pk] if _follows(s, at, position)] if pk in before else ()
            if not grown:  # as most: one alone is no passage
                now[pk].append(_Stretch(at, is_rare, at, position))
                continue
            best = max(grown, key=lambda s: (s.rare, -s.began))
            stretch = _Stretch(best.began, best.rare + is_rare, at, position)
            now[pk].append(stretch)
            if stretch.rare >= RARE and at + GRAM - stretch.began >= LETTERS:
                yield stretch.began, pk
        before = now


def _follows(stretch: _Stretch, at: int, position: int) -> bool:
    """Whether the gram at ``at`` carries a stretch on, here and at ``position`` there."""
    return at - stretch.last < GRAM and 0 < position - stretch.position <= REACH


def _earlier(one: Speech, other: Speech) -> bool | None:
    return (one.date, one.pk) < (other.date, other.pk) if one.date and other.date else None


def _whole(found: Mapping[int, set[int]], paragraphs: int) -> set[int]:
    counts = Counter(pk for pks in found.values() for pk in pks)
    return {pk for pk, n in counts.items() if n >= max(FEWEST, WHOLE * paragraphs)}
