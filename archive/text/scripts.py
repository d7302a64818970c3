"""One text in either script, for the eye: 學習 and 学习. What is searched and kept is the text as it was written.

OpenCC's s2tw and t2s (its README, "Configurations"): letter for letter, by the phrase a letter stands in; the forms of
Taiwan, 為 and 裡, for those are what traditional texts are set in today. One character always becomes one character, so
every offset into the text holds for the converted one.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

import opencc

from archive.text.folding import fold

Script = Literal["hant", "hans"]
SCRIPTS: tuple[Script, ...] = ("hans", "hant")
TAGS = {"hans": "zh-Hans", "hant": "zh-Hant", "latn": "en"}

SAMPLE = 400  # characters that show the script
TRADITIONAL = 0.2  # share of letters with a simplified form; traditional speeches have 0.36 and more
CHINESE = 0.2  # share of Chinese letters; a Chinese speech that quotes a foreign one has more

_FIRST, _LAST = "一", "鿿"
_CONFIG = {"hans": "t2s", "hant": "s2tw"}
_MENDED = (("徵程", "征程"),)  # what OpenCC 1.4 gets wrong in words that every speech has


def script_of(text: str) -> str:
    """hans, hant, or latn for a text that is not in Chinese; judged by its first words."""
    sample = [pair for pair in zip(text[:SAMPLE], fold(text[:SAMPLE]), strict=True) if pair[0].isalpha()]
    han = [pair for pair in sample if _FIRST <= pair[0] <= _LAST]
    if len(han) < CHINESE * len(sample):
        return "latn"
    return "hant" if sum(char != simple for char, simple in han) > TRADITIONAL * len(han) else "hans"


def converted(text: str, script: Script) -> str:
    """The text in ``script``, of the same length: ``converted("学习", "hant") == "學習"``."""
    try:
        other: str = _converter(script).convert(text.replace("\0", " "))
    except UnicodeEncodeError:  # a lone surrogate
        return text
    for wrong, right in _MENDED:
        other = other.replace(wrong, right)
    return other if len(other) == len(text) else text


def same_letters(text: str) -> str:
    """Pairs of letters, one pair after the other: a traditional letter and the simplified one of this text.

    It is for whoever folds the text in a browser: with these, 黨 and 党 meet, and no other letter of it is concerned.
    """
    here = set(fold(text))
    return "".join(f"{other}{simple}" for other, simple in _pairs() if simple in here)


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    """Every traditional letter in use (Big5 has it) with its simplified form."""
    letters = [chr(code) for code in range(ord(_FIRST), ord(_LAST) + 1)]
    simple = _converter("hans").convert("\n".join(letters)).split("\n")
    return tuple(
        (letter, one)
        for letter, one in zip(letters, simple, strict=True)
        if letter != one and len(one) == 1 and letter.encode("big5", "ignore")
    )


@cache
def _converter(script: Script) -> opencc.OpenCC:
    return opencc.OpenCC(_CONFIG[script])
