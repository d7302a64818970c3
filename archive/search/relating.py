"""Related speeches: those that share the words by which a speech differs from the others.

What stands out in a speech is kept in the index; here it is weighed against this archive, for what every speech
of an archive says relates none of them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from archive.models import Speech
from archive.search.asking import slots
from archive.search.engine import View
from archive.search.indexing import store
from archive.search.ranking import K1, idf
from archive.search.results import Busy, IndexUnavailable

MAX_WORDS = 25  # by which relatives are sought; each costs a look into the index
SHOWN_WORDS = 4
LEAST_SHARED = 2  # words; one alone is chance
PATIENCE = 0.1  # seconds; a page that is there to be read does not wait for those who search


@dataclass(frozen=True, slots=True)
class Related:
    """A speech and the words that it shares, those that say most first."""

    speech: Speech
    words: tuple[str, ...]


def related(speech: Speech, most: int = 5) -> tuple[Related, ...]:
    """The published speeches nearest to this one, nearest first; none while the index cannot be asked."""
    try:
        with slots.turn(PATIENCE), store().view() as view:
            found = _nearest(view, speech.pk, 2 * most)
    except (Busy, IndexUnavailable):
        return ()
    rows = Speech.objects.published().for_lists().in_bulk([pk for pk, _words in found])
    return tuple(Related(rows[pk], words) for pk, words in found if pk in rows)[:most]


def _nearest(view: View, pk: int, most: int) -> list[tuple[int, tuple[str, ...]]]:
    own = next((doc for doc in view.docs if view.entries[doc].pk == pk), None)
    if own is None:
        return []
    shared: dict[int, dict[str, float]] = defaultdict(dict)
    for word, weight in _telling(view, own):
        docs, counts = view.postings("words", word)
        for doc, count in zip(docs, counts, strict=True):
            norm = K1 * view.entries[doc].size / max(1.0, view.average)
            shared[doc][word] = weight * count / (count + norm)
    shared.pop(own, None)  # a text without a word of two Chinese letters shares none, not even with itself
    kept = [doc for doc, words in shared.items() if len(words) >= LEAST_SHARED]
    kept.sort(key=lambda doc: (-sum(shared[doc].values()), view.entries[doc].pk))
    return [(view.entries[doc].pk, _most_telling(shared[doc])) for doc in kept[:most]]


def _telling(view: View, doc: int) -> list[tuple[str, float]]:
    """The words of a document that say most in this archive, and how much."""
    weighed = []
    for word, count in view.keys(doc):
        weight = idf(len(view.docs), view.frequency("words", word)) * count / (count + K1)
        weighed.append((word, weight))
    return sorted(weighed, key=lambda item: (-item[1], item[0]))[:MAX_WORDS]


def _most_telling(words: dict[str, float]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-words[word], word))[:SHOWN_WORDS])
