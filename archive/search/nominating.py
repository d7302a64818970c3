"""Which speeches may hold a quotation, found by the index, and where in their letters it stands.

Exactly: the index says where each run of letters stands. Nearly: the rarest pairs of the quotation vote for
documents, and the best of these are looked into. Sentence ends are left out on both sides, for people quote
with other marks than they found.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from archive.compare import Placed, Seeds, find_stretch, likeness, most_wrong, place_stretch
from archive.search.asking import Reading
from archive.search.engine import Entry
from archive.search.letters import SENTENCE, Letters, Needle
from archive.search.ranking import idf

VOTERS = 40  # pairs, the rarest; the common ones say little and cost most
BALLOTS = 40_000  # postings read for one quotation, some 8 ms
FINALISTS = 32  # documents whose letters are compared with the quotation's pairs
LOOKED_INTO = 8  # documents in which the fewest edits are sought
FAINTEST = 0.2  # of what all pairs say; less is in common with any text
FAINT = 0.5  # of what the likeliest document has in common
LONG = 400  # letters; a longer quotation says more of where it is from, and each look costs more
LOOKED_INTO_LONG = 2


@dataclass(frozen=True, slots=True)
class Run:
    """The letters of a stretch, sentence ends left out; ``apart`` as in Needle."""

    letters: str
    apart: str | None
    needles: tuple[Needle, ...]  # the same between sentence ends

    @classmethod
    def of(cls, letters: str, apart: str | None) -> Run:
        pieces = letters.split(SENTENCE)
        others: Sequence[str | None] = [None] * len(pieces) if apart is None else apart.split(SENTENCE)
        needles = (Needle(*both) for both in zip(pieces, others, strict=True) if both[0])
        joined = None if apart is None else apart.replace(SENTENCE, "")
        return cls(letters.replace(SENTENCE, ""), joined, tuple(needles))


class Text:
    """A document's letters without its sentence ends. ``breaks`` are the places where they stood."""

    def __init__(self, letters: str, apart: str | None, own: int) -> None:
        self._whole = letters[:own]
        self.letters = self._whole.replace(SENTENCE, "")
        self.apart = None if apart is None else apart[:own].replace(SENTENCE, "")

    @cached_property
    def breaks(self) -> list[int]:
        """Ascending, in ``letters``."""
        found: list[int] = []
        at = self._whole.find(SENTENCE)
        while at >= 0:
            found.append(at - len(found))
            at = self._whole.find(SENTENCE, at + 1)
        return found

    def offset(self, letters: Letters, at: int) -> int:
        """Where letter ``at`` stands in the speech's text."""
        return letters.span(at + bisect_right(self.breaks, at), 1)[0]


Placing = tuple[Placed | None, ...]
"""The place of each run, in order; None where a run has none."""


@dataclass(frozen=True, slots=True)
class Nominee:
    """A document, and where the runs stand in it."""

    doc: int
    entry: Entry
    placing: Placing
    differences: int


class Nominations:
    """The published documents that hold runs of letters, each question to the index asked once."""

    def __init__(self, reading: Reading, published: set[int]) -> None:
        self._reading = reading
        self._live = {doc for doc in reading.docs if reading.entries[doc].pk in published}
        self._texts: dict[int, Text] = {}

    def text(self, doc: int) -> Text:
        if doc not in self._texts:
            self._texts[doc] = Text(*self._reading.text(doc), self._reading.entries[doc].own)
        return self._texts[doc]

    def letters(self, doc: int) -> Letters:
        return self._reading.letters(doc)

    def exact(self, runs: Sequence[Run]) -> list[Nominee]:
        """All documents in which the runs stand letter by letter and in order, the earliest first."""
        docs = set(self._live)
        for sought in dict.fromkeys(needle for run in runs for needle in run.needles):
            docs &= self._reading.standing(sought)
            if not docs:
                return []
        return _by_date(self._judged(doc, runs, place_exactly(runs, self.text(doc))) for doc in docs)

    def near(self, runs: Sequence[Run]) -> list[Nominee]:
        """Those with the fewest differences first, then the earliest; only those near enough."""
        seeds = [self._seeds(run.letters) for run in runs]
        size = sum(len(run.letters) for run in runs)
        looked_into = LOOKED_INTO if size <= LONG else LOOKED_INTO_LONG
        docs = self._finalists(runs, seeds)[:looked_into]
        found = [self._judged(doc, runs, place(runs, seeds, self.text(doc))) for doc in docs]
        kept = (one for one in _by_date(found) if one.differences <= most_wrong(size))
        return sorted(kept, key=lambda one: one.differences)

    def _judged(self, doc: int, runs: Sequence[Run], placing: Placing | None) -> Nominee | None:
        if placing is None:
            return None
        missing = (
            len(run.letters) if at is None else at.differences for run, at in zip(runs, placing, strict=True)
        )
        return Nominee(doc, self._reading.entries[doc], placing, sum(missing))

    def _seeds(self, letters: str) -> Seeds:
        """The rarest pairs that the archive knows, and how much each says."""
        pairs = dict.fromkeys(letters[at : at + 2] for at in range(len(letters) - 1))
        counted = sorted((self._reading.frequency("pairs", pair), pair) for pair in pairs)
        known = [each for each in counted if each[0]] or counted
        total = len(self._reading.docs)
        return [(pair, idf(total, max(1, count))) for count, pair in known[:VOTERS]]

    def _finalists(self, runs: Sequence[Run], seeds: Sequence[Seeds]) -> list[int]:
        """The documents that have most in common with the quotation, the likeliest first."""
        weights = {pair: weight for part in seeds for pair, weight in part}
        least = FAINTEST * sum(weights.values())
        votes = self._votes(weights)
        voted = sorted((doc for doc in votes if votes[doc] >= least), key=lambda doc: (-votes[doc], doc))
        alike = {}
        for doc in voted[:FINALISTS]:
            letters = self.text(doc).letters
            alike[doc] = sum(
                likeness(run.letters, letters, part) for run, part in zip(runs, seeds, strict=True)
            )
        least = max(least, FAINT * max(alike.values(), default=0.0))
        return sorted((doc for doc in alike if alike[doc] >= least), key=lambda doc: -alike[doc])

    def _votes(self, weights: dict[str, float]) -> dict[int, float]:
        """What the pairs that a document holds say, all together."""
        votes: dict[int, float] = defaultdict(float)
        read = 0
        for pair in sorted(weights, key=lambda pair: (-weights[pair], pair)):
            docs = self._live.intersection(self._reading.postings("pairs", pair)[0])
            read += len(docs)
            for doc in docs:
                votes[doc] += weights[pair]
            if read > BALLOTS:
                break
        return votes


def _by_date(found: Iterable[Nominee | None]) -> list[Nominee]:
    """The earliest first, those without a date last."""
    kept = [one for one in found if one is not None]
    return sorted(kept, key=lambda one: (not one.entry.date, one.entry.date, one.entry.pk))


def place_exactly(runs: Sequence[Run], text: Text) -> Placing | None:
    """The runs letter by letter and in order, each at its first place; None unless all stand there."""
    placed: list[Placed] = []
    after = 0
    for run in runs:
        found = find_stretch(run.letters, text.letters, after)
        if found is None and run.apart is not None:
            found = find_stretch(run.apart, text.letters if text.apart is None else text.apart, after)
        if found is None:
            return None
        placed.append(found)
        after = found.end
    return tuple(placed)


def place(runs: Sequence[Run], seeds: Sequence[Seeds], text: Text) -> Placing | None:
    """The runs in order, each where it differs least; None when none of them is there."""
    placed: list[Placed | None] = []
    after = 0
    for run, part in zip(runs, seeds, strict=True):
        found = place_stretch(run.letters, text.letters, part, text.breaks, after)
        placed.append(found)
        after = found.end if found else after
    return tuple(placed) if any(placed) else None


def replaced(runs: Sequence[Run], text: Text) -> Placing | None:
    """The same without an index: in a text that has changed since."""
    exact = place_exactly(runs, text)
    if exact is not None:
        return exact
    pairs = [dict.fromkeys(run.letters[at : at + 2] for at in range(len(run.letters) - 1)) for run in runs]
    return place(runs, [[(pair, 1.0) for pair in part][:VOTERS] for part in pairs], text)
