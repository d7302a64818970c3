"""Where the passages of one speech stand in the others: looked up, then read and compared letter by letter."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate, takewhile

from archive.compare import Lines, Place, Prints, Span, Text, covered, grouped, places, runs
from archive.models import Speech
from archive.reuse.entries import MOST_HERE, as_text, batches, common_of, prints_of, rows_of, too_common
from archive.reuse.passages import Anchors, Passage, Relative, Teller, Weights

MOST_SPEECHES = 1_000  # read for one answer
MOST_LOOKED_UP = 300_000  # pairs of places; only a text that is very long and all formulas has more
MOST_SEEDS = 40_000  # places looked into for one answer: a second or so


@dataclass(frozen=True, slots=True)
class Shared:
    """The answer: passages in the order of the text, relatives by what they share.

    ``letters`` are this speech's, ``covered`` of them stand elsewhere. ``left_out`` speeches share something too, but
    were not read; ``common`` fingerprints stand in so many places that they were not looked up.
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
    own = prints_of(as_text(speech))
    total = Speech.objects.published().count()
    hashes = {each.hash for each in own.fingerprints}
    common = common_of(hashes, too_common(total))
    seeds, counts, limited = _seeds(own, common, speech.pk)
    chosen, left_out = _chosen({pk: len(some) for pk, some in seeds.items()})
    others = _read(chosen)
    found: dict[int, list[Place]] = {}
    for pk, text in others.items():
        lines = Lines(text)
        if some := places(own.letters, lines, runs(own.letters, lines, seeds[pk])):
            found[pk] = some
    listed = Speech.objects.published().for_lists().in_bulk(list(found))
    found = {pk: some for pk, some in found.items() if pk in listed}
    teller = Teller(
        speech,
        own,
        listed,
        {pk: others[pk].text for pk in found},
        Anchors([speech.pk, *found]),
        Weights(own, counts, total),
        total,
    )
    passages = teller.passages(grouped(len(own.letters.string), found))
    return Shared(
        tuple(passages),
        tuple(teller.relatives(found, passages)),
        own.letters.count,
        covered(place for some in found.values() for place in some),
        left_out,
        len(common),
        limited,
    )


def _seeds(
    own: Prints, common: frozenset[int], pk: int
) -> tuple[dict[int, list[tuple[int, int]]], Counter[int], bool]:
    """For each other published speech the pairs of places to look into; in how many of them each hash stands; whether
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
    shown = _published(seeds)
    counts = Counter(hash_ for hash_, other in speeches if other in shown)
    return {other: seeds[other] for other in seeds if other in shown}, counts, room < 0


def _published(pks: Iterable[int]) -> set[int]:
    """Those of these speeches that readers may know of, also by a number."""
    speeches = Speech.objects.published().order_by()
    found: set[int] = set()
    for some in batches(sorted(pks), 1_000):
        found.update(speeches.filter(pk__in=some).values_list("pk", flat=True))
    return found


def _chosen(sizes: Mapping[int, int]) -> tuple[list[int], int]:
    """The speeches to read, and how many there are besides: first those that share most, with half of what may be
    looked into, then those that share least, for they are many and cost little.
    """
    ranked = sorted(sizes, key=lambda pk: (-sizes[pk], pk))
    most = _within(MOST_SEEDS // 2, [sizes[pk] for pk in ranked])
    nearest, rest = ranked[: max(1, most)], ranked[max(1, most) :][::-1]
    room = MOST_SEEDS - sum(sizes[pk] for pk in nearest)
    chosen = [*nearest, *rest[: _within(room, [sizes[pk] for pk in rest])]][:MOST_SPEECHES]
    return chosen, len(ranked) - len(chosen)


def _within(room: int, sizes: Iterable[int]) -> int:
    """How many of the sizes, from the first on, have room together."""
    return sum(1 for _ in takewhile(lambda n: n <= room, accumulate(sizes)))


def _read(pks: Iterable[int]) -> dict[int, Text]:
    """The texts of these speeches, in this order."""
    order = list(pks)
    rows = Speech.objects.filter(pk__in=order).order_by().values_list("pk", "text", "redactions")
    texts = {
        pk: Text(text, tuple(Span(span["start"], span["end"]) for span in redactions))
        for pk, text, redactions in rows
    }
    return {pk: texts[pk] for pk in order if pk in texts}
