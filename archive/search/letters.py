"""The letters of a text: what a search compares, and the way back to where each one stands.

Letters are Unicode's L* and N*, folded. Marks inside a sentence are dropped, so 不忘初心、牢记使命 and
不忘初心牢记使命 are the same. A sentence end, a line end and a redaction stay as one barrier character
each: no word crosses them. Sentence ends are those of GB/T 15834—2011, 4.1 (句末点号: 。？！); the
semicolon, colon and comma stand inside a sentence.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from archive.text import fold, fold_apart

SENTENCE = "\n"  # a sentence or line ends
REDACTION = "*"
BARRIERS = SENTENCE + REDACTION

_token = re.compile(r"([^\W_]+)|([。｡?!\n\r\v\f\x1c-\x1e\x85\u2028\u2029])|\*+|×{2,}")


@dataclass(frozen=True, slots=True)
class Needle:
    """Letters to look for; ``apart`` are the same with every letter read alone (see archive.text.folding)."""

    letters: str
    apart: str | None = None

    def __bool__(self) -> bool:
        return bool(self.letters)


@dataclass(frozen=True, slots=True)
class Letters:
    """A text as letters and barriers.

    The run that begins at ``starts[k]`` (in ``letters``) begins at ``origins[k]`` (in the text); inside a
    run both count on together. ``apart``, when not None, has the same length and differs from ``letters``
    where a letter is read otherwise inside its phrase.
    """

    letters: str
    apart: str | None
    starts: array[int]
    origins: array[int]

    @classmethod
    def of(cls, text: str) -> Letters:
        folded, apart = fold(text), fold_apart(text)
        letters, starts, origins = _compact(folded)
        other = None if apart is None or apart == folded else _compact(apart)[0]
        return cls(letters, None if other == letters else other, starts, origins)

    def span(self, first: int, size: int) -> tuple[int, int]:
        """The characters of the text that the ``size`` letters from ``first`` span."""
        return self._origin(first), self._origin(first + size - 1) + 1

    def _origin(self, index: int) -> int:
        run = bisect_right(self.starts, index) - 1
        return self.origins[run] + index - self.starts[run]


def needle(text: str) -> Needle:
    """What to look for when ``text`` is sought: its letters, and the barriers between them."""
    apart = fold_apart(text)
    return Needle(
        _compact(fold(text))[0].strip(BARRIERS),
        None if apart is None else _compact(apart)[0].strip(BARRIERS),
    )


def positions(sought: Needle, letters: str, apart: str | None) -> list[int]:
    """Where ``sought`` begins in the letters, every place counted, overlapping ones too."""
    found = _all(sought.letters, letters)
    if sought.apart is None or (apart is None and sought.apart == sought.letters):
        return found
    return sorted({*found, *_all(sought.apart, letters if apart is None else apart)})


def tally(sought: Needle, letters: str, apart: str | None) -> int:
    """The number of ``positions``."""
    piece = sought.letters
    if sought.apart is None and len(set(piece)) == len(piece):  # cannot overlap itself
        return letters.count(piece)
    return len(positions(sought, letters, apart))


def stands(sought: Needle, letters: str, apart: str | None) -> bool:
    """Whether ``sought`` occurs at all."""
    if sought.letters in letters:
        return True
    return sought.apart is not None and sought.apart in (letters if apart is None else apart)


def _all(piece: str, text: str) -> list[int]:
    if len(set(piece)) == len(piece):  # it cannot overlap itself, and splitting is many times faster
        return list(accumulate((len(gap) + len(piece) for gap in text.split(piece)), initial=-len(piece)))[
            1:-1
        ]
    found = []
    at = text.find(piece)
    while at >= 0:
        found.append(at)
        at = text.find(piece, at + 1)
    return found


def _compact(folded: str) -> tuple[str, array[int], array[int]]:
    parts: list[str] = []
    starts, origins = array("I"), array("I")
    size = 0
    last = ""
    for token in _token.finditer(folded):
        kind = token.lastindex
        part = token.group() if kind == 1 else SENTENCE if kind == 2 else REDACTION
        if kind != 1 and part == last:
            continue
        starts.append(size)
        origins.append(token.start())
        parts.append(part)
        size += len(part)
        last = part
    return "".join(parts), starts, origins
