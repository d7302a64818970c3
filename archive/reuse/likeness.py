"""The same speech twice: another speech with (nearly) all of a text, or a text that has all of another speech."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from archive.compare import Text
from archive.models import Printed, Speech
from archive.reuse.briefs import brief_shares
from archive.reuse.entries import common_of, prints_of, rows_of, too_common

ALIKE = 0.8  # share of the fingerprints of one that the other has, as in TextPAIR's duplicate_threshold
SAMPLE = 256  # fingerprints by which speeches are nominated, or a quarter of all when that is more
FIRST = 128  # fingerprints looked up before it is known how many rows each has
MOST_ROWS = (
    4_000  # for the sample; in an archive that repeats itself each fingerprint stands in a hundred speeches
)
DOUBT = 3.0  # standard deviations that a sample may err
LIKELY = 20  # speeches that are looked at
FEWEST = 8  # fingerprints; some thirty letters, a quotation is no duplicate


@dataclass(frozen=True, slots=True)
class Likeness:
    """A speech that says the same: ``share`` of the shorter one's fingerprints are the other's too, or of the letters
    of both where there are only some.

    ``equal`` when the letters are the same from first to last.
    """

    speech: Speech
    share: float
    equal: bool

    @property
    def percent(self) -> int:
        """Rounded down, and 100 only for equal letters."""
        return 100 if self.equal else min(99, int(100 * self.share))


def alike(text: Text, besides: int | None = None, most: int = 3) -> list[Likeness]:
    """Speeches, drafts too, that may be the same as ``text``, the likeliest first; not the speech ``besides``."""
    own = prints_of(text)
    if not own.letters.count:
        return []
    equal = set(Printed.objects.filter(letters=own.digest).values_list("speech_id", flat=True))
    hashes = {each.hash for each in own.fingerprints}
    shares = brief_shares(text, own, besides) | _shares(hashes, besides) | dict.fromkeys(equal, 1.0)
    shares.pop(besides or 0, None)
    ranked = sorted(shares, key=lambda pk: (pk not in equal, -shares[pk], pk))[:most]
    speeches = Speech.objects.for_lists().in_bulk(ranked)
    return [Likeness(speeches[pk], shares[pk], pk in equal) for pk in ranked if pk in speeches]


def _shares(hashes: set[int], besides: int | None) -> dict[int, float]:
    """The speeches that share enough, and how much; formulas, which many share, tell nothing and do not count.

    A part of the hashes names the likeliest speeches, and only those are looked at with all of them: in an
    archive that repeats itself every hash stands in a hundred others.
    """
    most = too_common(Printed.objects.count())
    likely = _likely(hashes, most, besides)
    if not likely:
        return {}
    common = common_of(hashes, most)
    telling = len(hashes) - len(common)
    shared = Counter(pk for _hash, pk in {(hash_, pk) for hash_, pk, _at in rows_of(hashes, common, likely)})
    enough = {pk: n for pk, n in shared.items() if n >= FEWEST}
    shares = {pk: n / min(telling, max(n, likely.get(pk, telling))) for pk, n in enough.items()}
    return {pk: share for pk, share in shares.items() if share > ALIKE}


def _likely(hashes: set[int], most: int, besides: int | None) -> dict[int, int]:
    """The speeches that may share enough, the likeliest ones, and how many fingerprints each has.

    The smallest hashes are as good a sample as any chosen by chance (Broder, "On the resemblance and containment
    of documents", 1997): who has so few of the sample that it cannot well be by chance is no candidate.
    """
    looked_at, telling, held = _sampled(sorted(hashes), most)
    held.pop(besides or 0, None)
    sizes = dict(Printed.objects.filter(speech__in=list(held)).values_list("speech_id", "count"))
    whole = len(hashes)
    chances: dict[int, float] = {}
    for pk, n in held.items():
        smaller = min(whole * telling / looked_at, sizes.get(pk, whole))
        if (n + DOUBT * math.sqrt(n)) * whole / looked_at >= ALIKE * smaller:
            chances[pk] = n / max(1.0, smaller)
    ranked = sorted(chances, key=lambda pk: (-chances[pk], pk))
    return {pk: sizes.get(pk, whole) for pk in ranked[:LIKELY]}


def _sampled(ordered: Sequence[int], most: int) -> tuple[int, int, Counter[int]]:
    """How many of the first hashes were looked at, how many of them tell something, and who has how many.

    After the first ones it is known how many rows a hash has, and so how many more can be looked at.
    """
    looked_at = telling = rows = 0
    held: Counter[int] = Counter()
    wanted = FIRST
    while some := ordered[looked_at : looked_at + wanted]:
        rare = set(some) - common_of(some, most)
        found = {(hash_, pk) for hash_, pk, _at in rows_of(rare, frozenset())}
        held.update(pk for _hash, pk in found)
        looked_at, telling, rows = looked_at + len(some), telling + len(rare), rows + len(found)
        affordable = (MOST_ROWS - rows) * looked_at // max(rows, looked_at)
        wanted = min(affordable, max(SAMPLE, len(ordered) // 4) - looked_at)
        if wanted <= 0:
            break
    return looked_at, telling, held
