"""How well a document answers: BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009).

Terms are the query's pairs of letters and its words, in the text, and its pairs in title and headings.
Pairs and words together ranked best on official notices and on speech sections; either alone ranked worse.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise

from archive.search.asking import Reading
from archive.search.letters import BARRIERS
from archive.search.query import Parsed

K1 = 1.2
B = 0.75
HEAD = 1.0  # weight of a pair that stands in a title or heading, beside its weight in the text
WORD = 2.0  # weight of a word beside its pairs
MAX_PAIRS = 32  # the rarest; a long phrase has one pair a letter and the common ones say little


def scores(view: Reading, docs: set[int], query: Parsed) -> dict[int, float]:
    """BM25 of each of ``docs``."""
    total = dict.fromkeys(docs, 0.0)
    entries = view.entries
    scale = K1 * B / max(1.0, view.average)
    fixed = K1 * (1 - B)
    for field, term, weight in _terms(view, query):
        held, counts = view.postings(field, term)
        gain = weight * _idf(len(view.docs), len(held)) * (K1 + 1)
        for doc, count in zip(held, counts, strict=True):
            if doc in total:
                norm = K1 if field == "head" else fixed + scale * entries[doc].size
                total[doc] += gain * count / (count + norm)
    return total


def _idf(documents: int, holding: int) -> float:
    return math.log(1 + (documents - holding + 0.5) / (holding + 0.5))


def _terms(view: Reading, query: Parsed) -> Iterator[tuple[str, str, float]]:
    pairs = sorted(_pairs(query), key=lambda pair: view.frequency("pairs", pair))[:MAX_PAIRS]
    for pair in pairs:
        yield "pairs", pair, 1.0
        yield "head", pair, HEAD
    for word in _words(query):
        yield "words", word, WORD


def _pairs(query: Parsed) -> set[str]:
    return {
        pair
        for term in query.terms
        for letters in (term.needle.letters,)
        for pair in map("".join, pairwise(letters))
        if not set(pair) & set(BARRIERS)
    }


def _words(query: Parsed) -> Iterable[str]:
    return {
        word.letters
        for term in query.terms
        for word in (term.words or (term.needle,))
        if len(word.letters) > 1
    }
