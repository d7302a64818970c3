"""Which words one text uses more than the other: keyness by log-likelihood.

G² after Dunning (1993, "Accurate methods for the statistics of surprise and coincidence") in the form of
Rayson & Garside (2000, "Comparing corpora using frequency profiling"):
G² = 2 · (O₁ ln(O₁/E₁) + O₂ ln(O₂/E₂)) with E₁ = N₁ · (O₁ + O₂) / (N₁ + N₂). Unlike χ² it bears small counts.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import chain
from math import log

from archive.compare.normalise import Text
from archive.text import fold
from archive.text.words import words

LISTED = 20  # words a side
LEAST = 2  # a word used once is chance
SIGNIFICANT = 6.63  # G² of p < 0.01 with one degree of freedom

Scored = tuple[tuple[str, float], ...]


def distinctive(a: Text, b: Text) -> tuple[Scored, Scored]:
    """For each side its own words with their G², most telling first."""
    counts_a, counts_b = _counts(a), _counts(b)
    return _keyness(counts_a, counts_b), _keyness(counts_b, counts_a)


@lru_cache(maxsize=16)  # texts: whoever compares one speech compares it with several
def _counts(text: Text) -> Counter[str]:
    """Folded words of two letters and more; numbers and what is redacted say nothing."""
    hidden = set(chain.from_iterable(range(*span) for span in text.redactions))
    return Counter(
        word.text
        for word in words(fold(text.text))
        if len(word.text) > 1 and word.text.isalpha() and hidden.isdisjoint(range(word.start, word.end))
    )


def _keyness(own: Counter[str], other: Counter[str]) -> Scored:
    n_own, n_other = own.total(), other.total()
    scored = []
    for word, n in own.items():
        score = log_likelihood(n, other[word], n_own, n_other)
        if n >= LEAST and n * n_other > other[word] * n_own and score >= SIGNIFICANT:
            scored.append((word, score))
    return tuple(sorted(scored, key=lambda entry: (-entry[1], entry[0]))[:LISTED])


def log_likelihood(observed_a: float, observed_b: float, total_a: float, total_b: float) -> float:
    """G² of a word that stands ``observed`` times among ``total`` words on each side."""
    rate = (observed_a + observed_b) / (total_a + total_b)
    parts = ((observed_a, total_a * rate), (observed_b, total_b * rate))
    return 2 * sum(observed * log(observed / expected) for observed, expected in parts if observed)
