"""Numbers that links point to (#s3, #p7): they are stored once and stay with their words.

The rule is archive.tw's: on a new version of a text, a piece whose words are unchanged keeps its
number, wherever it has moved; everything else gets a number that was never used before.
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
