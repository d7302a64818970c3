"""A link to words of a text that can tell later whether the text still reads so.

``?words=…&at=p7.12-45&sum=…``: the words (of more than WHOLE characters the first and last ones), where they stand
(anchor, first and last character from its beginning, half-open), and a sum. The sum holds a digest of all the words
and a seal by the archive's own key over everything. So only words that once stood here can make the archive say
that they have been changed; whoever makes up a link learns no more than that the words are not there, nothing of
earlier versions.

Line breaks, and the blanks around them, do not count: where a paragraph is split or two are joined, no word changes.
So characters are counted in the text without them ("flat"), which for words of one paragraph is the text itself.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from archive.text import fold

MOST = 2_000  # characters that a link may mean
WHOLE = 40  # characters that a link spells out; of more, it gives the ends
END = 16  # characters of each end
DIGEST, SEAL = 8, 10  # hexadecimal digits
TRIED = 200  # places with the same ends whose middle is looked at, the nearest first
_AT = re.compile(r"([ps][0-9]{1,9})\.([0-9]{1,7})-([0-9]{1,7})", re.ASCII)
_SUM = re.compile(rf"[0-9a-f]{{{DIGEST + SEAL}}}", re.ASCII)


Place = tuple[str, int]
"""An anchor and the offset of its first character that is shown."""

Verdict = Literal["same", "moved", "gone"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Words of a text, from ``start`` to ``end`` flat characters behind its anchor.

    ``shown`` is what the link spells out, ``digest`` that of all the words.
    """

    anchor: str
    start: int
    end: int
    shown: str
    digest: str

    @property
    def length(self) -> int:
        return self.end - self.start

    @property
    def at(self) -> str:
        return f"{self.anchor}.{self.start}-{self.end}"

    def is_read_by(self, words: str) -> bool:
        """Whether these flat words are the chosen ones."""
        if len(words) != self.length or _shown(words) != self.shown:
            return False
        return _digest(words) == self.digest


@dataclass(frozen=True, slots=True)
class Found:
    """Where the words stand now: at their place ("same", also when the paragraph was changed around them), or
    somewhere else ("moved"); ``start`` and ``end`` are characters of the text. Of words that are "gone" it is
    where their anchor is. ``anchor`` is the one to go to.
    """

    verdict: Verdict
    start: int
    end: int
    anchor: str


class _Flat:
    """A text without its line breaks, and the way between both."""

    def __init__(self, text: str) -> None:
        kept, at = [], 0
        for line in text.split("\n"):
            start = at + len(line) - len(line.lstrip())
            kept.append((start, start + len(line.strip())))
            at += len(line) + 1
        self.string = "".join(text[start:end] for start, end in kept)
        self._raw = [start for start, _end in kept]
        sizes = [end - start for start, end in kept]
        self._flat = [0, *accumulate(sizes)][: len(kept)]
        self._sizes = sizes

    def flat(self, at: int) -> int:
        """Where the character at ``at`` of the text is, or the next one that is kept."""
        line = max(0, bisect_right(self._raw, at) - 1)
        return self._flat[line] + max(0, min(at - self._raw[line], self._sizes[line]))

    def raw(self, at: int) -> int:
        """Where the flat character at ``at`` is in the text."""
        line = bisect_right(self._flat, at) - 1
        return self._raw[line] + at - self._flat[line]


def choose(text: str, places: Sequence[Place], start: int, end: int) -> Chosen | None:
    """The words in [start, end) without white space around them; None where there are none, or more than MOST."""
    start, end = max(0, start), min(end, len(text))
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    if not 0 < len(piece.strip()) <= MOST:
        return None
    anchor, place = _before(places, start)
    flat = _Flat(text)
    first = flat.flat(start)
    words = "".join(line.strip() for line in piece.split("\n"))
    shift = first - flat.flat(place)
    return Chosen(anchor, shift, shift + len(words), _shown(words), _digest(words))


def locate(text: str, places: Sequence[Place], moved: Mapping[str, str], chosen: Chosen) -> Found:
    """Where the chosen words stand in ``text`` now; ``moved`` says which anchor took the place of a lost one."""
    known, flat = dict(places), _Flat(text)
    anchor = chosen.anchor if chosen.anchor in known else moved.get(chosen.anchor, chosen.anchor)
    expected = flat.flat(known.get(anchor, 0)) + chosen.start
    for at in _candidates(flat.string, chosen, expected):
        if chosen.is_read_by(flat.string[at : at + chosen.length]):
            start, end = flat.raw(at), flat.raw(at + chosen.length - 1) + 1
            now = _before(places, start)[0]
            return Found("same" if now == anchor else "moved", start, end, now)
    place = known.get(anchor, 0)
    return Found("gone", place, place, anchor if anchor in known else "")


def _candidates(text: str, chosen: Chosen, expected: int) -> Iterator[int]:
    """Where the words may begin: as the link says, then wherever their ends stand, the nearest first."""
    yield expected
    long = chosen.length > WHOLE
    head, tail = (chosen.shown[:END], chosen.shown[-END:]) if long else (chosen.shown, "")
    found, at = [], text.find(head)
    while at >= 0:
        if text.startswith(tail, at + chosen.length - len(tail)):
            found.append(at)
        at = text.find(head, at + 1)
    yield from sorted(found, key=lambda place: abs(place - expected))[:TRIED]


def find(text: str, quoted: str) -> tuple[int, int] | None:
    """The first place where the letters of ``quoted`` stand, in whichever script and whatever marks are between."""
    wanted = "".join(filter(str.isalnum, fold(quoted)))
    kept = [(at, char) for at, char in enumerate(fold(text)) if char.isalnum()]
    at = "".join(char for _at, char in kept).find(wanted) if wanted else -1
    return None if at < 0 else (kept[at][0], kept[at + len(wanted) - 1][0] + 1)


def read(words: str, at: str, given: str) -> Chosen | None:
    """The link's three parameters; None when they cannot have been made here."""
    place, total = _AT.fullmatch(at), _SUM.fullmatch(given)
    if not place or not total:
        return None
    chosen = Chosen(place[1], int(place[2]), int(place[3]), words, given[:DIGEST])
    size = chosen.length if chosen.length <= WHOLE else 2 * END + 1
    return chosen if 0 < chosen.length <= MOST and len(words) == size else None


def address(chosen: Chosen, speech: int, key: bytes) -> dict[str, str]:
    """The parameters of the link."""
    return {"words": chosen.shown, "at": chosen.at, "sum": chosen.digest + _seal(chosen, speech, key)}


def signed(chosen: Chosen, given: str, speech: int, key: bytes) -> bool:
    """Whether a link with the sum ``given`` was made here, of this speech as it read then."""
    return hmac.compare_digest(given[DIGEST:], _seal(chosen, speech, key))


def _seal(chosen: Chosen, speech: int, key: bytes) -> str:
    sealed = "\n".join(("words", str(speech), chosen.at, chosen.digest, chosen.shown))
    return hmac.new(key, sealed.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:SEAL]


def _before(places: Sequence[Place], at: int) -> Place:
    """The last anchor that begins at ``at`` or before; before the first one, that with its offset taken as it is."""
    index = bisect_right([start for _anchor, start in places], at) - 1
    return places[index] if index >= 0 else ("s0", 0)


def _shown(words: str) -> str:
    return words if len(words) <= WHOLE else f"{words[:END]}…{words[-END:]}"


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST]
