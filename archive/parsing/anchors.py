"""Numbers that links point to (#s3, #p7): they are stored once and stay with their words.

The rule is archive.tw's: on a new version of a text, a piece whose words are unchanged keeps its
number, wherever it has moved; everything else gets a number that was never used before. A number whose
piece is gone leads to the nearest piece.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from itertools import count


def renumber(before: Iterable[tuple[int, str]], words: Sequence[str], *, first: int) -> list[int]:
    """The numbers of the new pieces ``words``, given the (number, words) pairs of the old ones.

    Equal pieces take the old numbers in order. ``first`` is where counting starts when nothing was there.
    """
    waiting: defaultdict[str, deque[int]] = defaultdict(deque)
    highest = first - 1
    for number, old_words in before:
        waiting[old_words].append(number)
        highest = max(highest, number)
    fresh = count(highest + 1)
    return [waiting[piece].popleft() if waiting[piece] else next(fresh) for piece in words]


def nearest(before: Sequence[int], after: Sequence[int]) -> dict[int, int]:
    """For each number of ``before`` that is gone, the number in ``after`` of the piece nearest to it.

    That is the new piece in its place, if there is one: where the piece above it stands now, as many pieces
    farther down. Otherwise it is the piece above it, or the first of all. Empty when nothing is left.
    """
    places = {number: place for place, number in enumerate(after)}
    known = set(before)
    found: dict[int, int] = {}
    place = -1  # of the piece above, or of the new piece that the number above it leads to
    for number in before:
        if number in places:
            place = places[number]
        elif after:
            place += place + 1 < len(after) and after[place + 1] not in known
            found[number] = after[max(place, 0)]
    return found
