"""From a speech's text to the letters that are compared, and back.

Official transcripts repeat each other with other punctuation (，for 、, quotation marks dropped), so only
letters and numbers count: Unicode categories L* and N*, which is what ``str.isalnum`` says. They are
folded one to one (traditional to simplified, full to half width, lower case), so every letter keeps
its place in the text.

A shared passage must not run over a paragraph's end, nor over a redaction: what stood under *** is
unknown. There a barrier goes into the letters, another one on each side, so that no comparison of
strings can ever step over it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress, pairwise
from typing import Literal, NamedTuple

from archive.text import fold

Side = Literal["a", "b"]
Part = Literal["front", "body", "back"]

# Neither is a letter, so neither can come from a text.
BARRIER: dict[Side, str] = {"a": "\x00", "b": "\x01"}
CLAUSE_ENDS = frozenset("，。；：！？…—,;:!?")
LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"  # where str.splitlines breaks
_BARRIER = re.compile(f"[{''.join(BARRIER.values())}]")
_LINE_END = re.compile(f"[{LINE_ENDS}]")
WEAK, STRONG = 1, 2  # marks inside a clause and at its end


class Span(NamedTuple):
    """A stretch of text: characters, half-open."""

    start: int
    end: int


class Unit(NamedTuple):
    """A stretch of text that speaks of one thing: a section, or a point of one. Characters, half-open.

    ``heading`` stands inside it, empty if it has none. ``part`` tells the opening and the closing of a speech from
    what it has to say.
    """

    start: int
    end: int
    heading: Span = Span(0, 0)
    part: Part = "body"


@dataclass(frozen=True, slots=True)
class Text:
    """What comparing needs to know of a speech. All spans are characters into ``text``, half-open.

    ``redactions`` are the places where the original withholds words; ``sections`` the outline in the
    order of the text (headings included, subsections excluded).
    """

    text: str
    redactions: tuple[Span, ...] = ()
    sections: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class Letters:
    """A text reduced to what is compared.

    ``string`` holds the folded letters between barriers: one before the first, one after the last,
    one at each break. ``places[i]`` is the offset of ``string[i]`` in the text (of a barrier: of what it
    stands for). ``count`` counts letters only. ``edges[i]`` says what stands before ``string[i]``: nothing (0),
    a mark inside a clause, like a quotation mark or 、 (1), or the end of a clause (2); ``edges`` is one
    longer than the string.
    """

    string: str
    places: tuple[int, ...]
    count: int
    edges: bytes

    def span(self, start: int, length: int) -> Span:
        """Where ``length`` letters from ``start`` stand in the text, inner punctuation included."""
        return Span(self.places[start], self.places[start + length - 1] + 1)


def normalise(text: Text, side: Side) -> Letters:
    """The letters of ``text``, with the barriers of one side of a comparison."""
    barrier = BARRIER[side]
    marked = _with_barriers(text, barrier)
    counted = [*map(str.isalnum, marked.replace(barrier, "0"))]  # letters and barriers
    kept, string = list(compress(range(len(marked)), counted)), "".join(compress(marked, counted))
    # A run of barriers parts no more than one of them.
    if barrier * 2 in string or string.startswith(barrier):
        single = [char != barrier or before != barrier for before, char in pairwise(f"{barrier}{string}")]
        kept, string = list(compress(kept, single)), "".join(compress(string, single))
    if not string.endswith(barrier):
        kept, string = [*kept, len(marked)], f"{string}{barrier}"
    string, places = f"{barrier}{string}", (0, *kept)
    edges = _edges(text.text, string, places)
    return Letters(string, places, len(string) - string.count(barrier), edges)


def _edges(text: str, string: str, places: Sequence[int]) -> bytes:
    edges = bytearray(len(string) + 1)
    barrier = string[0]
    for i in [i for i, (before, place) in enumerate(pairwise(places), 1) if place - before > 1]:
        edges[i] = WEAK if CLAUSE_ENDS.isdisjoint(text[places[i - 1] + 1 : places[i]]) else STRONG
    at = 0
    while at >= 0:
        edges[at] = edges[at + 1] = STRONG
        at = string.find(barrier, at + 1)
    return bytes(edges)


def _with_barriers(text: Text, barrier: str) -> str:
    """The folded text, barriers in place of line ends and redactions; offsets unchanged."""
    marked = _LINE_END.sub(barrier, _BARRIER.sub(" ", fold(text.text)))
    for start, end in text.redactions:
        marked = marked[:start] + barrier * len(marked[start:end]) + marked[end:]
    return marked
