"""The queries of the benchmark, a row of the table each: what is typed, and what that means to a bare engine."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.texts import queries

QUERIES = 60  # of a kind
RANKED = 100  # known items of a kind
YEAR = "2019"
PAGE = 20
MOST_TERMS, MOST_LETTERS, GROUPS = 32, 200, 16  # what the archive allows a query


@dataclass(frozen=True, slots=True)
class Asked:
    """One search. ``every``: these phrases must all stand; ``groups``: of each one must stand."""

    typed: str
    every: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    newest: bool = False
    year: str = ""
    last: bool = False  # the last page instead of the first


Kinds = dict[str, list[Asked]]


def kinds(texts: Sequence[str]) -> Kinds:
    """Row -> its searches, always the same for the same texts. No query stands in two rows, so none is an answer
    that is still known, except where that is the point.
    """
    pool = queries(list(texts), 9 * QUERIES)
    some = [pool[start : start + QUERIES] for start in range(0, len(pool), QUERIES)]
    plain, quoted, first, second, dated, narrowed, paged, single, wrong = some
    phrases = [Asked(phrase, (phrase,)) for phrase in plain]
    letters = dict.fromkeys(phrase[0] for phrase in single)
    return {
        "a phrase": phrases,
        "the same again": phrases,
        "a phrase in quotes": [Asked(f"“{phrase}”", (phrase,)) for phrase in quoted],
        "two phrases": [Asked(f"{a} {b}", (a, b)) for a, b in zip(first, second, strict=True)],
        "sorted by date": [Asked(phrase, (phrase,), newest=True) for phrase in dated],
        "narrowed to a year": [Asked(phrase, (phrase,), year=YEAR) for phrase in narrowed],
        "the last page, after the first": [Asked(phrase, (phrase,), last=True) for phrase in paged],
        "one letter is wrong": [Asked(typo, (typo,)) for typo in map(_mistyped, wrong)],
        "one letter": [Asked(letter, (letter,)) for letter in letters],
        **_worst(texts),
    }


def _mistyped(phrase: str) -> str:
    """The phrase with its second letter another one: it may well stand nowhere."""
    return f"{phrase[0]}{'麟' if phrase[1] == '麒' else '麒'}{phrase[2:]}"


def _worst(texts: Sequence[str]) -> Kinds:
    """The largest queries that the archive accepts, made of what the texts hold."""
    dice = random.Random(11)
    pairs = [phrase[:2] for phrase in queries(list(texts), 400)]
    long = [text.replace("\n", "") for text in texts if len(text) > 2 * MOST_LETTERS]
    terms = [tuple(dice.sample(pairs, MOST_TERMS)) for _ in range(10)]
    groups = [tuple(_in_twos(dice.sample(pairs, 2 * GROUPS))) for _ in range(10)]
    passages = (
        [text[len(text) // 2 :][: MOST_LETTERS - 2] for text in dice.choices(long, k=10)] if long else []
    )
    return {
        "32 words": [Asked(" ".join(words), words) for words in terms],
        "16 × “A 或 B”": [Asked(" ".join(f"{a}|{b}" for a, b in g), groups=g) for g in groups],
        "200 letters in quotes": [Asked(f"“{passage}”", (passage,)) for passage in passages],
    }


def _in_twos(words: Sequence[str]) -> list[tuple[str, str]]:
    return list(zip(words[::2], words[1::2], strict=True))
