"""How well a document answers: BM25 of the document, and of its best passage.

BM25: Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009. Its terms are the query's pairs of
letters and its words, in the text, and its pairs in title and headings. Pairs and words together ranked best
on official notices and on speech sections; either alone ranked worse. Long documents hold any few words
somewhere, so the best documents are looked into: words that stand close together answer better than words
pages apart (Callan, "Passage-Level Evidence in Document Retrieval", 1994).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise

from archive.search.asking import Reading
from archive.search.letters import BARRIERS, Needle, positions
from archive.search.query import Parsed, Term

K1 = 1.2
B = 0.75
HEAD = 1.0  # weight of a pair that stands in a title or heading, beside its weight in the text
WORD = 2.0  # weight of a word beside its pairs
MAX_PAIRS = 32  # the rarest; a long phrase has one pair a letter and the common ones say little
PASSAGE = 120  # letters, three or four sentences
CLOSE = 6.0  # weight of a word that stands in the best passage
TITLE = 40.0  # what a document gains of which the query is the title
HEADING = 20.0  # or a heading
LOOKED_INTO = 100  # documents: five pages of answers
SAYS_NOTHING = 0.2  # weight; the word stands in four of five documents
MAX_PLACES = 200  # of one word in one document,
ALL_PLACES = 2000  # and of all words


def weights(reading: Reading, query: Parsed) -> dict[Needle, float]:
    """How much each word of the query says, and each run as a whole: the rarer, the more."""
    runs = {term.needle for term in query.terms}
    return {word: idf(len(reading.docs), len(reading.standing(word))) for word in _needles(query) | runs}


def scores(reading: Reading, docs: set[int], query: Parsed, known: dict[Needle, float]) -> dict[int, float]:
    """The score of each of ``docs``; ``known`` are the weights of the query's words."""
    total = dict.fromkeys(docs, 0.0)
    entries = reading.entries
    scale = K1 * B / max(1.0, reading.average)
    fixed = K1 * (1 - B)
    for field, term, weight in _terms(reading, query):
        held, counts = reading.postings(field, term)
        gain = weight * idf(len(reading.docs), len(held)) * (K1 + 1)
        for doc, count in zip(held, counts, strict=True):
            if doc in total:
                norm = K1 if field == "head" else fixed + scale * entries[doc].size
                total[doc] += gain * count / (count + norm)
    _add_passages(reading, total, {word: known[word] for word in _needles(query)})
    _add_headings(reading, total, query)
    return total


def _add_headings(reading: Reading, total: dict[int, float], query: Parsed) -> None:
    """Raise the best documents of which the query is just a heading, or the title."""
    runs = [term.needle.letters for term in query.terms]
    if len(runs) != 1:
        return
    for doc in sorted(total, key=total.__getitem__, reverse=True)[:LOOKED_INTO]:
        (title, _), (headings, _) = reading.heads(doc)
        for lines, gain in ((title, TITLE), (headings, HEADING)):
            if f"\n{runs[0]}\n" in f"\n{lines}\n":
                total[doc] += gain


def _add_passages(reading: Reading, total: dict[int, float], words: dict[Needle, float]) -> None:
    """Raise the best documents by what stands together in them."""
    words = {word: weight for word, weight in words.items() if weight > SAYS_NOTHING}
    if len(words) < 2:
        return
    for doc in sorted(total, key=total.__getitem__, reverse=True)[:LOOKED_INTO]:
        total[doc] += CLOSE * best_passage(words, *reading.text(doc))


def best_passage(words: dict[Needle, float], letters: str, apart: str | None) -> float:
    """The greatest sum of weights of different words that begin within PASSAGE letters of each other."""
    most = min(MAX_PLACES, ALL_PLACES // len(words))
    places = sorted(
        (at, number) for number, word in enumerate(words) for at in positions(word, letters, apart)[:most]
    )
    gains = list(words.values())
    held = [0] * len(gains)
    best = now = 0.0
    first = 0
    for at, number in places:
        held[number] += 1
        now += gains[number] if held[number] == 1 else 0
        while at - places[first][0] > PASSAGE:
            left = places[first][1]
            held[left] -= 1
            now -= gains[left] if not held[left] else 0
            first += 1
        best = max(best, now)
    return best


def idf(documents: int, holding: int) -> float:
    """What a term says that stands in so many of so many documents."""
    return math.log(1 + (documents - holding + 0.5) / (holding + 0.5))


def _terms(reading: Reading, query: Parsed) -> Iterator[tuple[str, str, float]]:
    """(field, term, weight) of everything that is counted; what is asked of titles and headings only there."""
    pairs = sorted(_pairs(query.terms), key=lambda pair: reading.frequency("pairs", pair))[:MAX_PAIRS]
    for pair in pairs:
        yield "pairs", pair, 1.0
        yield "head", pair, HEAD
    for pair in sorted(_pairs((*query.asked_of("title"), *query.asked_of("section"))))[:MAX_PAIRS]:
        yield "head", pair, HEAD
    for word in {word.letters for word in _needles(query) if len(word.letters) > 1}:
        yield "words", word, WORD


def _pairs(terms: Iterable[Term]) -> set[str]:
    return {
        pair
        for term in terms
        for pair in map("".join, pairwise(term.needle.letters))
        if not set(pair) & set(BARRIERS)
    }


def _needles(query: Parsed) -> set[Needle]:
    """The words of the query; a quotation is one."""
    return {word for term in query.terms for word in (term.words or (term.needle,))}
