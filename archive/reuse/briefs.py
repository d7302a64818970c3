"""Texts so short that they have a handful of fingerprints or none: whether they are alike is read letter by letter."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher

from archive.compare import Prints, Text, clauses
from archive.models import Clause, Fingerprint, Speech
from archive.reuse.entries import as_text, prints_of

BRIEF = 200  # letters
ALIKE = 0.9  # of the letters of both; short speeches for one occasion have half of their words in common
MOST_ROWS = 2_000  # looked at for candidates
MOST_READ = 100  # candidates


def brief_shares(text: Text, own: Prints, besides: int | None) -> dict[int, float]:
    """The short speeches that are like a short text, and how much: the share of letters that agree in order."""
    if own.letters.count > BRIEF:
        return {}
    held: Counter[int] = Counter()
    for model, hashes in (
        (Fingerprint, {each.hash for each in own.fingerprints}),
        (Clause, {clause.hash for clause in clauses(text)}),
    ):
        held.update(model.objects.filter(hash__in=hashes).values_list("speech_id", flat=True)[:MOST_ROWS])
    held.pop(besides or 0, None)
    likely = [pk for pk, _n in held.most_common(MOST_READ)]
    short = Speech.objects.filter(pk__in=likely, characters__lte=2 * BRIEF)
    read = ((speech.pk, prints_of(as_text(speech))) for speech in short.only("text", "redactions"))
    shares = {pk: _share(own, other) for pk, other in read}
    return {pk: share for pk, share in shares.items() if share >= ALIKE}


def _share(one: Prints, other: Prints) -> float:
    matcher = SequenceMatcher(None, one.letters.string, other.letters.string, autojunk=False)
    quick = min(matcher.real_quick_ratio(), matcher.quick_ratio())  # never less than the share
    return matcher.ratio() if quick >= ALIKE else quick
