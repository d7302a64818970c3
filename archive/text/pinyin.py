"""How Chinese is read aloud: pinyin without tones, from the two dictionaries of pypinyin (0.55.0, MIT).

Only its data are read. Importing the package keeps 59 MB for what a search needs 12 of: which letter is
read how alone, and in which of 47,000 phrases. The longest phrase from the left decides (重庆 chong qing);
a letter that no phrase holds has its first reading, and as others those that phrases know it by (长: zhang,
chang). ü is u here, in texts as in what people type (lü, lv and lu are the same).
"""

from __future__ import annotations

import importlib.util
import json
import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, product
from pathlib import Path
from typing import Any

from archive.text.folding import fold

VARIANTS = 4  # readings of one string; more are no help to anybody
_LAST = 0x9FFF  # letters beyond are too rare to be worth 8 MB
_SHARE = 12  # a reading that fewer than one in this many of a letter's phrases know is not offered

Reading = tuple[str, ...]
"""The readings of one letter, the likeliest first; the letter itself when it is no Chinese."""


@dataclass(frozen=True, slots=True)
class _Dictionary:
    letters: dict[str, Reading]
    phrases: frozenset[str]
    special: dict[str, Reading]  # phrases whose letters are not all read as when alone
    longest: dict[str, int]  # first letter -> letters of its longest phrase


def prepare() -> None:
    """Load the dictionaries now (0.8 s) rather than at the first question."""
    with _loading:
        _dictionary()


@lru_cache(maxsize=1 << 13)
def readings(text: str) -> tuple[Reading, ...]:
    """How each character of ``text`` can be read, one entry a character; Latin and digits as folded."""
    with _loading:
        known = _dictionary()
    folded = fold(text)
    found: list[Reading] = []
    at = 0
    while at < len(folded):
        phrase = _phrase(known, folded, at)
        if len(phrase) > 1:
            spoken = known.special.get(phrase)
            found += [(sound,) for sound in spoken or (known.letters[letter][0] for letter in phrase)]
        else:
            found.append(known.letters.get(phrase, (phrase,)))
        at += len(phrase)
    return tuple(found)


def full(text: str) -> tuple[str, ...]:
    """The text spelled out, the likeliest reading first, at most ``VARIANTS``: ``full("从严") == ("congyan",)``."""
    return _joined(readings(text))


def initials(text: str) -> tuple[str, ...]:
    """The first letter of each syllable, in the same way: ``initials("从严治党") == ("cyzd",)``."""
    return _joined(tuple(tuple(dict.fromkeys(s[0] for s in sounds)) for sounds in readings(text)))


def typed(text: str) -> str:
    """What somebody types as pinyin, spelled as here: small letters, ü and v as u, no blanks, no apostrophes."""
    return "".join(char for char in fold(text) if char.isalnum()).replace("v", "u")


def begins(text: str, written: str) -> bool:
    """Whether ``written`` begins ``text``, each letter of it as itself or by the first sounds of its reading.

    What an input method takes, too: 从严zd, congyzd and cyzhidang all begin 从严治党. ``written`` is folded, its
    Latin letters as ``typed`` leaves them.
    """
    reached = {0}
    for letter, sounds in zip(fold(text), readings(text), strict=True):
        if len(written) in reached:
            return True
        reached = {
            end + size
            for end in reached
            for spelled in (letter.replace("v", "u"), *sounds)
            for size in range(1, len(spelled) + 1)
            if written.startswith(spelled[:size], end)
        }
        if not reached:
            return False
    return len(written) in reached


def alike(letter: str) -> tuple[str, str]:
    """The letters of GB 2312 that are read like this one, and those that many people read like it.

    The latter differ in what dialects do not tell apart: z zh, c ch, s sh, l n, and n ng at the end.
    """
    with _loading:
        known = _dictionary()
    sounds = known.letters.get(letter, ())
    near = dict.fromkeys(other for sound in sounds for other in _by_ear().get(_blurred(sound), ""))
    near.pop(letter, None)
    same = "".join(other for other in near if not set(sounds).isdisjoint(known.letters[other]))
    return same, "".join(other for other in near if other not in same)


def _joined(sounds: tuple[Reading, ...]) -> tuple[str, ...]:
    spelled = ("".join(way).replace("v", "u") for way in product(*sounds))
    return tuple(dict.fromkeys(islice(spelled, VARIANTS)))


def _phrase(known: _Dictionary, text: str, at: int) -> str:
    """The longest phrase that begins here, else one letter."""
    for size in range(known.longest.get(text[at], 1), 1, -1):
        if (piece := text[at : at + size]) in known.phrases:
            return piece
    return text[at]


_loading = threading.Lock()


@cache
def _dictionary() -> _Dictionary:
    letters = {
        chr(int(code)): _sounds(sounds) for code, sounds in _items("pinyin_dict.json") if int(code) <= _LAST
    }
    phrases: set[str] = set()
    special: dict[str, Reading] = {}
    longest: dict[str, int] = {}
    times: dict[str, Counter[str]] = {letter: Counter() for letter in letters if len(letters[letter]) > 1}
    for phrase, syllables in _items("phrases_dict.json"):
        sounds = tuple(_plain(sound[0]) for sound in syllables)
        if not 1 < len(phrase) == len(sounds):
            continue
        phrases.add(phrase)
        longest[phrase[0]] = max(len(phrase), longest.get(phrase[0], 0))
        for letter, sound in zip(phrase, sounds, strict=True):
            if letter in times:
                times[letter][sound] += 1
        if any(letters.get(letter, ("",))[0] != sound for letter, sound in zip(phrase, sounds, strict=True)):
            special[phrase] = sounds
    letters.update((letter, _usual(letters[letter], times[letter])) for letter in times)
    return _Dictionary(letters, frozenset(phrases), special, longest)


@cache
def _by_ear() -> dict[str, str]:
    """Blurred syllable -> letters."""
    found: dict[str, str] = {}
    for letter, sounds in _dictionary().letters.items():
        if letter.encode("gb2312", "ignore"):
            for blurred in dict.fromkeys(map(_blurred, sounds)):
                found[blurred] = found.get(blurred, "") + letter
    return found


def _blurred(sound: str) -> str:
    return re.sub(r"(?<=^[zcs])h|(?<=n)g$|^n(?=.)", lambda found: "l" if found[0] == "n" else "", sound)


def _usual(sounds: Reading, times: Counter[str]) -> Reading:
    """The readings of a letter without the rare ones (大 is dai in 3 phrases of 1,247)."""
    least = max(2, times.total() / _SHARE)
    return tuple(dict.fromkeys(sound for sound in sounds if sound == sounds[0] or times[sound] >= least))


def _items(name: str) -> Iterator[tuple[str, Any]]:
    """The pairs of a JSON object one by one: all at once they take 40 MB."""
    package = importlib.util.find_spec("pypinyin")  # finds it without importing it
    if package is None or package.origin is None:
        raise ModuleNotFoundError("pypinyin is not installed: pip install -r requirements.txt")
    text = (Path(package.origin).parent / name).read_text(encoding="utf-8")
    decode = json.JSONDecoder().raw_decode
    at = text.index('"')
    while at < len(text):
        key, at = decode(text, at)
        value, at = decode(text, _past(text, at))
        at = _past(text, at)
        yield key, value


_gap = re.compile(r"[\s:,}]*")


def _past(text: str, at: int) -> int:
    """The end of the blanks, colons and commas that begin here."""
    return at if (gap := _gap.match(text, at)) is None else gap.end()


@cache
def _sounds(toned: str) -> Reading:
    return tuple(map(_plain, toned.split(",")))


@cache
def _plain(sound: str) -> str:
    """A syllable without its tone."""
    return "".join(char for char in unicodedata.normalize("NFD", sound) if not unicodedata.combining(char))
