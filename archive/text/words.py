"""Words of a Chinese text, by jieba: the only module that knows who segments.

HMM is off: it invents words that hang on their surroundings, so that the same word would be cut
differently in a text and in a query (jieba 0.42.1, README "HMM for unknown words").
"""

from __future__ import annotations

import logging
import math
import re
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jieba

jieba.setLogLevel(logging.WARNING)

# What jieba looks at as one run; no sentence is that long, so no real word is cut apart.
_OVERLONG = re.compile(r"[\w+#&.%-]{1000}")
_RUNS = re.compile(r"[\w+#&.%-]{1,1000}|[^\w+#&.%-]+")

_loading = threading.Lock()
_cache_dir: Path | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its place: offsets are characters, half-open."""

    text: str
    start: int
    end: int


def prepare(cache_dir: Path | str, load: bool = True) -> None:
    """Keep the compiled dictionary here, and load it now (0.5-1 s) rather than when the first word is cut.

    The folder must be ours alone: jieba trusts whatever file it finds in it.
    """
    global _cache_dir
    _cache_dir = Path(cache_dir)
    if load:
        _segmenter()


def words(text: str) -> tuple[Word, ...]:
    """All words in order, punctuation and blanks included; joined they are the text."""
    found = []
    start = 0
    for word in cut(text):
        found.append(Word(word, start, start + len(word)))
        start += len(word)
    return tuple(found)


def counts(text: str) -> Counter[str]:
    """How often each word of two letters or more occurs; many times faster to build than ``words``."""
    tally = Counter(cut(text))
    for word in [word for word in tally if len(word) < 2 or not word.isalnum()]:
        del tally[word]
    return tally


def distinctive(tally: Counter[str], most: int) -> list[tuple[str, int]]:
    """The words, with their counts, that stand out most against general Chinese as the dictionary knows it."""
    segmenter = _segmenter()

    def weight(word: str) -> float:
        return tally[word] * math.log(segmenter.total / (segmenter.FREQ.get(word) or 1))

    return [(word, tally[word]) for word in sorted(tally, key=lambda word: (-weight(word), word))[:most]]


def rate(word: str) -> float:
    """How many of the words of general Chinese are this one, as the dictionary knows it; unknown ones are rarest."""
    segmenter = _segmenter()
    return float((segmenter.FREQ.get(word) or 1) / segmenter.total)


def cut(text: str) -> Iterator[str]:
    """The same without their places. A run without blanks or marks is cut in pieces: a text may be one without end."""
    segment = _segmenter().cut
    if not _OVERLONG.search(text):
        return iter(segment(text, HMM=False))
    return (word for run in _RUNS.findall(text) for word in segment(run, HMM=False))


class _Segmenter(jieba.Tokenizer):  # type: ignore[misc]
    """jieba's own words in half of its time: the likeliest way is found while the words are looked up."""

    def get_DAG(self, sentence: str) -> dict[int, list[int]]:
        """Nothing: ``calc`` looks the words up itself."""
        self.check_initialized()
        return {}

    def calc(self, sentence: str, DAG: object, route: dict[int, tuple[float, int]]) -> None:
        """For each letter: how likely is the likeliest way on from it, and with which letter does its word end?

        The numbers are added up in jieba's order, for sums of floats hang on it; of two ways that are equally likely
        jieba takes the one with the longer word.
        """
        count, total, size = self.FREQ.get, math.log(self.total), len(sentence)
        best = [0.0] * (size + 1)
        for start in range(size - 1, -1, -1):
            end = start + 1
            last, top = start, -math.inf
            known = count(sentence[start])
            while known is not None:  # 0 is the beginning of a word and no word
                if known and (likely := math.log(known) - total + best[end]) >= top:
                    last, top = end - 1, likely
                if end == size:
                    break
                end += 1
                known = count(sentence[start:end])
            if top == -math.inf:
                top = 0.0 - total + best[start + 1]
            best[start] = top
            route[start] = top, last


def _segmenter() -> Any:
    with _loading:
        return _loaded()


@cache
def _loaded() -> Any:
    segmenter = _Segmenter()
    if _cache_dir is not None:
        _cache_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        segmenter.tmp_dir = str(_cache_dir)
        segmenter.initialize()
    else:
        with tempfile.TemporaryDirectory(prefix="words-") as private:
            segmenter.tmp_dir = private
            segmenter.initialize()
    return segmenter
