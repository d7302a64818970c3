"""Key phrases: the words and runs of words that a speech says, and the others do not.

How sure it is that a phrase is more frequent here than elsewhere: log-likelihood G² (Dunning, "Accurate Methods for
the Statistics of Surprise and Coincidence", 1993). How much more: Log Ratio (Hardie, 2014). How evenly it runs through
the speech: DP (Gries, "Dispersions and Adjusted Frequencies in Corpora", 2008), normed after Lijffijt & Gries (2012).
In how many speeches of the archive it stands: inverse document frequency (Spärck Jones, 1972). All four are multiplied,
and longer phrases gain, for they say more. What most speeches of an archive say is no key to any of them.

A run of words stands in the archive no more often than the rarest pair of its letters, which the index has counted and
which for most runs says it exactly; so no other text is read. General Chinese, as the segmenter's dictionary knows it,
joins the archive as one more long text: in an archive of one speech it is all there is to compare with.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from math import log, log2
from operator import add

from archive.compare import log_likelihood
from archive.models import Speech
from archive.search.asking import slots
from archive.search.engine import View
from archive.search.indexing import store
from archive.search.relating import PATIENCE
from archive.search.results import Busy, IndexUnavailable
from archive.text import words
from archive.text.phrases import Phrase, recurring

LONGEST = 40_000  # characters; of longer speeches so many are looked through, a quarter of a second
MOST_WEIGHED = 500  # phrases, the most frequent ones
SIGNIFICANT = 15.13  # G² of p < 0.0001 with one degree of freedom
LEAST_RATIO = 1.0  # twice as frequent as elsewhere
MOST_RATIO = 8.0  # beyond, it is chance how much rarer it is elsewhere
GENERAL = 100_000  # letters of general Chinese that are added to the archive,
FEW = 20  # and speeches, where speeches are counted
LETTERS_A_WORD = 1.6  # of general Chinese
OF_ITS_WORDS = 0.1  # so much of its rarest word's occurrences in general Chinese a run takes at most
GROWN = 1.2  # times as large is an archive against which a speech is weighed anew
PARTS = 10  # of a speech, equally long, for dispersion
EVEN = 1.15  # less DP: the weight of how evenly a phrase runs through the speech
NEARLY = 0.7  # a phrase that stands in a longer one so often is a fragment of it
OWN = 0.7  # a longer phrase must be so frequent as one that it holds to be told beside it


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A phrase by its letters: how often it occurs, and where first."""

    letters: str
    count: int
    start: int
    score: float


class _Kept:
    """What was found last, by the archive it was found against and the digest of the text."""

    MOST = 10_000  # speeches, some 300 bytes each

    def __init__(self) -> None:
        self._found: OrderedDict[tuple[object, str, int], tuple[str, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[object, str, int]) -> tuple[str, ...] | None:
        with self._lock:
            return self._found.get(key)

    def put(self, key: tuple[object, str, int], found: tuple[str, ...]) -> None:
        with self._lock:
            self._found[key] = found
            while len(self._found) > self.MOST:
                self._found.popitem(last=False)


_kept = _Kept()


def key_phrases(speech: Speech, most: int = 12) -> tuple[str, ...]:
    """The phrases that tell most of a speech, as its text writes them, those that tell most first.

    Without an index the speech is weighed against general Chinese alone; while too many search, none is told.
    """
    text = speech.text[:LONGEST]
    try:
        with slots.turn(PATIENCE), store().view() as view:
            found = _kept.get((_against(view), speech.digest, most))
        if found is None:
            _candidates(text)  # takes longest, and nobody has to wait for it
            with slots.turn(PATIENCE), store().view() as view:
                found = _told(text, view, most)
                _kept.put((_against(view), speech.digest, most), found)
    except Busy:
        return ()
    except IndexUnavailable:
        return _told(text, None, most)
    return found


def _against(view: View) -> tuple[object, ...]:
    """Another value when the archive has become another one, or larger or smaller by a fifth or so.

    One speech more tells little about the others; weighing all of them anew after each would slow every page.
    """
    return store().folder.path, round(log(view.average * len(view.docs) + 1, GROWN))


def _told(text: str, view: View | None, most: int) -> tuple[str, ...]:
    chosen = _chosen(_weighed(text, view), most)
    return tuple(text[one.start : one.start + len(one.letters)] for one in chosen)


@lru_cache(maxsize=64)  # speeches: when the archive changes, those that are read are weighed again
def _candidates(text: str) -> tuple[int, tuple[Phrase, ...]]:
    found = recurring(text)
    often = sorted(
        found.phrases, key=lambda phrase: (-len(phrase.starts) * len(phrase.letters), phrase.letters)
    )
    return found.letters, tuple(often[:MOST_WEIGHED])


def _weighed(text: str, view: View | None) -> list[_Weighed]:
    """The phrases that are more frequent here than elsewhere, those that tell most first."""
    size, phrases = _candidates(text)
    archive = _Archive(view, size)
    found = []
    for phrase in phrases:
        here, there = len(phrase.starts), archive.elsewhere(phrase)
        ratio = log2(here / size * archive.size / there)
        if ratio < LEAST_RATIO:
            continue
        sure = log_likelihood(here, there, size, archive.size)
        if sure < SIGNIFICANT:
            continue
        score = sure * min(ratio, MOST_RATIO) * archive.rarity(phrase)
        score *= (EVEN - dispersion(phrase.starts, len(text))) * (len(phrase.letters) - 1) ** 0.5
        found.append(_Weighed(phrase.letters, here, phrase.starts[0], score))
    return sorted(found, key=lambda one: (-one.score, one.letters))


def dispersion(places: Sequence[int], length: int) -> float:
    """DP of what stands at ``places`` in a text of ``length`` characters: 0 is all through it, 1 in one part."""
    counts = Counter(place * PARTS // length for place in places)
    deviation = sum(abs(counts[part] / len(places) - 1 / PARTS) for part in range(PARTS)) / 2
    return deviation / (1 - 1 / PARTS)


class _Archive:
    """The other speeches, and general Chinese; ``size`` in letters. Without a view, general Chinese alone.

    The phrases of a speech hold each other's words and pairs of letters: each is looked up once.
    """

    def __init__(self, view: View | None, own: int) -> None:
        self._speeches = len(view.docs) if view else 0
        others = sum(view.entries[doc].own for doc in view.docs) - own if view else 0
        self.size = GENERAL + max(0, others)
        self._rate = cache(words.rate)
        self._occurrences = cache(partial(view.occurrences, "pairs")) if view else None
        self._frequency = cache(partial(view.frequency, "pairs")) if view else None

    def elsewhere(self, phrase: Phrase) -> float:
        """How often the phrase stands elsewhere; never quite 0."""
        rate = min(map(self._rate, phrase.parts)) * (1 if phrase.is_word else OF_ITS_WORDS)
        counted = _rarest(self._occurrences, phrase)
        return max(0, counted - len(phrase.starts)) + GENERAL / LETTERS_A_WORD * rate

    def rarity(self, phrase: Phrase) -> float:
        """From 0.1 for what stands in every speech to 1.1 for what stands in hardly any."""
        speeches = self._speeches
        general = log(1 / min(map(self._rate, phrase.parts))) / log(1 / self._rate(""))
        holding = _rarest(self._frequency, phrase)
        here = log((speeches + 1) / (min(holding, speeches) + 0.5)) / log(speeches + 2)
        return 0.1 + (speeches * here + FEW * general) / (speeches + FEW)


def _rarest(counted: Callable[[str], int] | None, phrase: Phrase) -> int:
    """How often the rarest pair of its letters stands in the archive, which is at least as often as the phrase."""
    letters = phrase.letters
    return min(map(counted, map(add, letters, letters[1:])), default=0) if counted else 0


def _chosen(weighed: Sequence[_Weighed], most: int) -> list[_Weighed]:
    """The first ``most`` of which none is a fragment of another one or nearly the same as it."""
    chosen: list[_Weighed] = []
    for one in weighed:
        if not _is_fragment(one, weighed) and not any(_says_the_same(one, other) for other in chosen):
            chosen.append(one)
            if len(chosen) == most:
                break
    return chosen


def _is_fragment(one: _Weighed, all_of_them: Sequence[_Weighed]) -> bool:
    return any(
        other.count >= NEARLY * one.count and one.letters in other.letters and other is not one
        for other in all_of_them
    )


def _says_the_same(one: _Weighed, chosen: _Weighed) -> bool:
    """One inside the other: a shorter one has to stand alone more often, a longer one is to be no rare case."""
    if one.letters in chosen.letters:
        return one.count < 2 * chosen.count
    return chosen.letters in one.letters and one.count < OWN * chosen.count
