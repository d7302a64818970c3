"""Words and runs of words that recur in a text: what may be worth calling its key phrases.

Set phrases (固定提法) count as words. A run lies inside a sentence: no mark, number or foreign word stands in it. It
neither begins nor ends with a word that only frames (framing.txt), a number or a date. A line that ends with a colon
calls a speaker or an audience and says nothing. Runs are grown a word at a time from shorter ones that recur too
(Agrawal & Srikant, "Fast Algorithms for Mining Association Rules", 1994).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from archive.text.folding import fold
from archive.text.formulas import formula_spans
from archive.text.words import cut

LIST = Path(__file__).with_name("framing.txt")
LONG = 1_500  # letters; in a shorter text twice is often
MOST_WORDS = 8  # of a run
SHORTEST_RUN, LONGEST_RUN = 3, 16  # letters
BREAK = ""  # between neighbouring words: a mark, a number or a foreign word
INSIDE = frozenset("的之和与")  # what may hold a run together, once: 党的建设

_han = re.compile(r"[㐀-鿿]+")
_called = re.compile(r"(?m)^.*[：:][^\S\n]*$")
_NUMBER = "[一二三四五六七八九十百千零〇两几数半]"
_counted = re.compile(
    rf"第?{_NUMBER}*(?:[年月日号时点分秒岁周天条款项届次章节个批套类名位倍成遍家国省市县区期轮]|[万亿]+[元人]?|世纪|年代|季度|周年|年度|月份|年[来底初]|个月|分钟|小时|公里|亩)"
    rf"|第?{_NUMBER}+|百分之.*|[上下前后今去明本初末底]+[年月周日半]*"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word, set phrase or run of words; ``parts`` are its words, ``starts`` its places: characters."""

    parts: tuple[str, ...]
    starts: tuple[int, ...]

    @property
    def letters(self) -> str:
        """As the phrase is written when folded."""
        return "".join(self.parts)

    @property
    def is_word(self) -> bool:
        return len(self.parts) == 1


@dataclass(frozen=True, slots=True)
class Recurring:
    """What recurs in a text of so many Chinese letters."""

    letters: int
    phrases: tuple[Phrase, ...]


def recurring(text: str) -> Recurring:
    """The words of two letters and more, and the runs of words, that occur two or three times at least."""
    tokens, starts = _tokens(fold(_called.sub(_blank, text)))
    letters = sum(map(len, tokens))
    least = 3 if letters > LONG else 2
    found = [
        Phrase(parts, tuple([starts[at] for at in places]))
        for parts, places in _grown(tokens, least)
        if _says_something(parts)
    ]
    return Recurring(letters, tuple(found))


def _blank(line: re.Match[str]) -> str:
    return " " * len(line[0])


def _tokens(folded: str) -> tuple[list[str], list[int]]:
    """The words of Chinese letters, each with where it starts, and BREAK wherever something else stands between."""
    tokens, starts = [BREAK], [0]
    chinese: dict[str, bool] = {}  # each word is judged once
    at = 0
    for word in _words(folded):
        if word not in chinese:
            chinese[word] = _han.fullmatch(word) is not None
        if chinese[word]:
            tokens.append(word)
            starts.append(at)
        elif tokens[-1] != BREAK:
            tokens.append(BREAK)
            starts.append(at)
        at += len(word)
    return [*tokens, BREAK], [*starts, at]


def _words(folded: str) -> Iterator[str]:
    """All words in order, with every set phrase as one; joined they are the text."""
    done = 0
    for start, end in formula_spans(folded):
        yield from cut(folded[done:start])
        yield folded[start:end]
        done = end
    yield from cut(folded[done:])


def _grown(tokens: Sequence[str], least: int) -> Iterator[tuple[tuple[str, ...], list[int]]]:
    """Every sequence of neighbouring words that occurs ``least`` times, short ones first, with its places."""
    found: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(tokens):
        found[word].append(at)
    found.pop(BREAK)
    often: dict[tuple[str, ...], list[int]]
    often = {(word,): places for word, places in found.items() if len(places) >= least}
    tokens = [word if (word,) in often else BREAK for word in tokens]
    for size in range(1, MOST_WORDS + 1):
        yield from often.items()
        often = _longer(tokens, often, size, least)


def _longer(
    tokens: Sequence[str], often: Mapping[tuple[str, ...], list[int]], size: int, least: int
) -> dict[tuple[str, ...], list[int]]:
    """Those sequences a word longer that occur ``least`` times, as do then all their words but the first."""
    found: dict[tuple[str, ...], list[int]] = {}
    for parts, places in often.items():
        grown: dict[str, list[int]] = defaultdict(list)
        for at in places:
            grown[tokens[at + size]].append(at)
        for word, some in grown.items():
            if word != BREAK and len(some) >= least:
                found[*parts, word] = some
    return found


def _says_something(parts: tuple[str, ...]) -> bool:
    letters = "".join(parts)
    if len(set(letters)) < 2 or not (_is_edge(parts[0]) and _is_edge(parts[-1])):
        return False
    if len(parts) == 1:
        return True
    inside = [part for part in parts[1:-1] if part in framing()]
    return SHORTEST_RUN <= len(letters) <= LONGEST_RUN and len(inside) < 2 and INSIDE.issuperset(inside)


def _is_edge(part: str) -> bool:
    return part not in framing() and not _counted.fullmatch(part)


@cache
def framing() -> frozenset[str]:
    """The words that only frame, simplified."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
