"""What a segment has to offer to somebody who types: its words, and the names of its documents.

A segment never changes, so its vocabulary is made once and kept as long as the segment is open; a small commit
adds a small one. Nothing here knows what is published: a segment still holds withdrawn and deleted documents.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from heapq import nlargest
from typing import NamedTuple
from weakref import WeakKeyDictionary

from archive.search.engine.view import Entry, Leaf, Part, View, reading
from archive.search.letters import BARRIERS, Letters
from archive.text import pinyin

MOST_WORDS = 40_000  # of a segment, the commonest first; with their readings some 10 MB
SPELLED = 16  # letters of a name that are spelled out; nobody types more before choosing
SHORTLIST = 60  # the weightiest of all that begin alike; the rest would not be shown
LOOKED_AT = 1_500  # items whose reading is followed letter by letter: some 15 ms

# How well an item meets what was typed, the best first.
LETTERS, WHOLE_SOUND, SOUND, WHOLE_INITIALS, INITIALS, BLEND, INSIDE = range(7)

_word = re.compile("[㐀-䶿一-鿿]{2,}")


class Item(NamedTuple):
    """Something to suggest: ``weight`` is in about how many documents it stands, ``pk`` whose title it is."""

    kind: str
    text: str
    letters: str
    weight: int = 1
    pk: int = 0

    @classmethod
    def named(cls, kind: str, text: str, weight: int = 1, pk: int = 0) -> Item:
        return cls(kind, text, Letters.of(text).letters.strip(BARRIERS), weight, pk)


class Vocabulary:
    """Items by their letters, by full pinyin and by initials. The names come first, then the words."""

    def __init__(self, names: Iterable[Item], words: Iterable[tuple[str, int]], kind: str = "term") -> None:
        self._names = [name for name in names if name.letters]
        self._kind = kind
        kept = nlargest(MOST_WORDS, words, key=lambda word: word[1])
        self._words = [word for word, _ in kept]
        self._weights = array("I", [*(name.weight for name in self._names), *(n for _, n in kept)])
        keys = [name.letters for name in self._names] + self._words
        spelled = [key[:SPELLED] for key in keys]
        self._letters = _Keys((key, n) for n, key in enumerate(keys))
        self._sounds = _Keys((way, n) for n, key in enumerate(spelled) for way in pinyin.full(key))
        self._initials = _Keys((way, n) for n, key in enumerate(spelled) for way in pinyin.initials(key))

    def item(self, number: int) -> Item:
        if number < len(self._names):
            return self._names[number]
        word = self._words[number - len(self._names)]
        return Item(self._kind, word, word, self._weights[number])

    def matches(self, letters: str, sound: str) -> Iterator[tuple[int, Item]]:
        """What begins with ``letters`` or with ``sound`` (as archive.text.pinyin.typed; "" for none), and how well.

        An item may come more than once; of many that match alike only the weightiest come.
        """
        for way, numbers in self._numbers(letters, sound):
            for number in nlargest(SHORTLIST, numbers, key=self._weights.__getitem__):
                yield way, self.item(number)

    def blended(self, written: str) -> Iterator[tuple[int, Item]]:
        """What begins with letters and sounds in any mixture (从严zd, congyzd); see archive.text.pinyin.begins."""
        known = re.split("[a-z]", written, maxsplit=1)[0]
        numbers = self._letters.beginning(known) if known else self._sounds.nearest(written, LOOKED_AT)
        for number in nlargest(LOOKED_AT, set(numbers), key=self._weights.__getitem__):
            item = self.item(number)
            if pinyin.begins(item.letters[:SPELLED], written):
                yield BLEND, item

    def sounding(self, sound: str) -> Iterator[Item]:
        """The items whose whole pinyin this is."""
        for number in self._sounds.equal(sound):
            item = self.item(number)
            if len(item.letters) <= SPELLED:
                yield item

    def _numbers(self, letters: str, sound: str) -> Iterator[tuple[int, Iterable[int]]]:
        yield LETTERS, self._letters.beginning(letters)
        if sound:
            yield WHOLE_SOUND, self._sounds.equal(sound)
            yield SOUND, self._sounds.beginning(sound)
            yield WHOLE_INITIALS, self._initials.equal(sound)
            yield INITIALS, self._initials.beginning(sound)
        if len(letters) > 1:
            yield INSIDE, [n for n, name in enumerate(self._names) if letters in name.letters]


class _Keys:
    """Keys in order, each with the number of its item."""

    def __init__(self, keys: Iterable[tuple[str, int]]) -> None:
        ordered = sorted(keys)
        self._keys = [key for key, _ in ordered]
        self._numbers = array("I", [number for _, number in ordered])

    def beginning(self, key: str) -> array[int]:
        return self._between(key, f"{key}\U0010ffff")

    def equal(self, key: str) -> array[int]:
        return self._between(key, f"{key}\0")

    def nearest(self, key: str, most: int) -> array[int]:
        """Those that begin as ``key`` does, as much of it as possible, until there are ``most``."""
        found = array("I")
        for size in range(len(key), 0, -1):
            wider = self.beginning(key[:size])
            if len(wider) > most:
                break
            found = wider
        return found or wider

    def _between(self, first: str, last: str) -> array[int]:
        return self._numbers[bisect_left(self._keys, first) : bisect_left(self._keys, last)]


_kept: WeakKeyDictionary[Leaf, Vocabulary] = WeakKeyDictionary()


def vocabularies(view: View, names: Callable[[list[Entry]], Iterable[Item]]) -> list[Vocabulary]:
    """The vocabulary of each segment; ``names(entries)`` is asked once for each."""
    for part in view.parts:
        if part.leaf not in _kept:
            with reading():
                words = list(_words(part))
            _kept[part.leaf] = Vocabulary(names(part.leaf.entries), words)
    return [_kept[part.leaf] for part in view.parts]


def _words(part: Part) -> Iterator[tuple[str, int]]:
    """The Chinese words of two letters or more, and how many documents hold each."""
    for (field, term), info in part.reader._terms.items_from("words", b""):
        if field != "words":
            break
        word = term.decode()
        if _word.fullmatch(word):
            yield word, info.doc_frequency()
