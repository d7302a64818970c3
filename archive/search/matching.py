"""Where a query stands in one text: the same answer for marks, counts, snippets and the slow search.

A term that stands literally is marked literally; only where it does not are its words marked instead.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from archive.search.letters import Letters, Needle, positions, stands, tally
from archive.search.query import Near, Parsed, Term, parse

SLOW = 16  # looking at each place takes so many times as long as counting them


class Occurrence(NamedTuple):
    """One occurrence: ``size`` letters from letter number ``first``."""

    first: int
    size: int


def occurrences(query: Parsed, letters: str, apart: str | None, most: int | None = None) -> list[Occurrence]:
    """Every place of every wanted term, in order, or the first ``most`` of them; two terms at one place are two."""
    # Numbers sort and slice many times faster than what they stand for; no query has 2**16 letters.
    found = [at << 16 | size for size, begins in _places(query, letters, apart).items() for at in begins]
    found.sort()
    return [Occurrence(key >> 16, key & 0xFFFF) for key in found[:most]]


def count(query: Parsed, letters: str, apart: str | None) -> int:
    """How many occurrences there are; for many texts, much faster than listing them."""
    return counter(query)(letters, apart)


def counter(query: Parsed) -> Callable[[str, str | None], int]:
    """``count`` for many texts: what does not hang on the text is done once."""
    if not is_plain(query):
        return lambda letters, apart: sum(map(len, _places(query, letters, apart).values()))
    sought = query.sought
    return lambda letters, apart: sum(tally(one, letters, apart) for one in _plain(sought, letters, apart))


def effort(query: Parsed) -> int:
    """How many times a text is read to count the places, about."""
    return sum(
        SLOW if isinstance(leaf, Near) or leaf.prefix else max(1, len(leaf.words)) for leaf in query.sought
    )


def is_plain(query: Parsed) -> bool:
    """Whether its places can be counted without looking at each."""
    return not any(isinstance(leaf, Near) or leaf.prefix for leaf in query.sought)


def _places(query: Parsed, letters: str, apart: str | None) -> dict[int, set[int]]:
    """size -> where something of that size begins."""
    found: dict[int, set[int]] = defaultdict(set)
    for one in _plain(query.sought, letters, apart):
        found[len(one.letters)].update(positions(one, letters, apart))
    for leaf in query.sought:
        if isinstance(leaf, Near):
            first, second = near(leaf, letters, apart)
            found[len(leaf.first.needle.letters)].update(first)
            found[len(leaf.second.needle.letters)].update(second)
        elif leaf.prefix:
            found[len(leaf.needle.letters)].update(beginnings(leaf.needle, letters, apart))
    return found


def _plain(sought: Iterable[Term | Near], letters: str, apart: str | None) -> Iterable[Needle]:
    """What to look for in this text: each plain term if it stands in it, else its words."""
    needles: dict[str, Needle] = {}
    for term in sought:
        if isinstance(term, Near) or term.prefix:
            continue
        if not term.words or stands(term.needle, letters, apart):
            needles[term.needle.letters] = term.needle
        else:
            needles.update((word.letters, word) for word in term.words)
    return needles.values()


def beginnings(sought: Needle, letters: str, apart: str | None) -> list[int]:
    """Where ``sought`` begins a word: Chinese letters anywhere, others where none of their kind is before."""
    found = positions(sought, letters, apart)
    if not _joins(sought.letters[0]):
        return found
    return [at for at in found if not at or not _joins(letters[at - 1])]


def _joins(letter: str) -> bool:
    """Whether the letter makes words with its neighbours, as Latin letters and digits do."""
    return letter < "\u2e80" and letter.isalnum()


def near(sought: Near, letters: str, apart: str | None) -> tuple[list[int], list[int]]:
    """The places of either term that stand close enough to one of the other; overlapping is not close."""
    first, second = len(sought.first.needle.letters), len(sought.second.needle.letters)
    before, after = _placed(sought.first, letters, apart), _placed(sought.second, letters, apart)
    return (
        list(_close(before, first, after, second, sought.within)),
        list(_close(after, second, before, first, sought.within)),
    )


def is_near(sought: Near, letters: str, apart: str | None) -> bool:
    """Whether ``near`` finds any."""
    terms = (sought.first, sought.second)
    if not any(term.prefix or term.needle.apart for term in terms):
        rare, other = sorted((term.needle.letters for term in terms), key=letters.count)
        return _is_beside(rare, other, sought.within, letters)
    before, after = _placed(sought.first, letters, apart), _placed(sought.second, letters, apart)
    sizes = len(sought.first.needle.letters), len(sought.second.needle.letters)
    return any(True for _ in _close(before, sizes[0], after, sizes[1], sought.within))


def _is_beside(rare: str, other: str, within: int, letters: str) -> bool:
    """Whether ``rare`` stands anywhere with ``other`` close to it."""
    reach = within + len(other)
    at = letters.find(rare)
    while at >= 0:
        end = at + len(rare)
        if other in letters[max(0, at - reach) : at] or other in letters[end : end + reach]:
            return True
        at = letters.find(rare, at + 1)
    return False


def _close(these: list[int], size: int, those: list[int], other_size: int, within: int) -> Iterator[int]:
    """Those of ``these`` places that have one of ``those`` within so many letters on either side."""
    for at in these:
        last_before = bisect_right(those, at - other_size) - 1
        first_after = bisect_left(those, at + size)
        if (last_before >= 0 and at - those[last_before] - other_size <= within) or (
            first_after < len(those) and those[first_after] - at - size <= within
        ):
            yield at


def _placed(term: Term, letters: str, apart: str | None) -> list[int]:
    return (beginnings if term.prefix else positions)(term.needle, letters, apart)


def spans(raw: str, text: str) -> tuple[tuple[int, int], ...]:
    """Every stretch of ``text`` that the query ``raw`` finds in it, in order, overlapping ones joined.

    Offsets are characters, half-open. QueryError for a query that find() would refuse, too.
    """
    query = parse(raw)
    letters = Letters.of(text)
    return merged(
        letters.span(at.first, at.size) for at in occurrences(query, letters.letters, letters.apart)
    )


def merged(found: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
