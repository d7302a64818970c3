"""What the two compiled engines have in common: letters and pairs as the archive's own index has them."""

from __future__ import annotations

from itertools import pairwise

from archive.search.letters import BARRIERS, Letters, needle

BARRIER = "0barrier0"  # no phrase crosses it


def of_text(text: str) -> str:
    """The folded letters of a text, and the barriers between its sentences."""
    return Letters.of(text).letters


def of_query(phrase: str) -> str:
    return needle(phrase).letters


def singles(letters: str) -> list[str]:
    """Each letter a token."""
    return [BARRIER if letter in BARRIERS else letter for letter in letters]


def pairs(letters: str) -> list[str]:
    """Each pair of neighbours a token; one barrier where a sentence ends."""
    tokens = []
    for first, second in pairwise(letters):
        if second in BARRIERS:
            tokens.append(BARRIER)
        elif first not in BARRIERS:
            tokens.append(first + second)
    return tokens
