"""What a run of letters stands beside more than once: the two letters next to it, or three where two are no word.

Letters, not words, are counted, so that a number is exactly how often the run and its neighbour stand together.
"""

from __future__ import annotations

from collections import Counter

from archive.text import words

REACH = 3  # letters of the context that is looked at
MOST = 8  # neighbours on a side

Neighbours = tuple[tuple[str, int], ...]


def before(contexts: Counter[str]) -> Neighbours:
    """The commonest neighbours of a run that has these letters before it, up to three, and how often."""
    return _commonest(contexts, slice(-2, None), at=0)


def behind(contexts: Counter[str]) -> Neighbours:
    """The same for the letters behind it."""
    return _commonest(contexts, slice(2), at=-1)


def _commonest(contexts: Counter[str], nearest: slice, at: int) -> Neighbours:
    """``at`` is where, of the words of a context, the one is that stands farthest from the run."""
    pairs: Counter[str] = Counter()
    for letters, n in contexts.items():
        pairs[letters[nearest]] += n
    common = [(pair, n) for pair, n in pairs.items() if n > 1 and len(pair) == 2 and pair.isalnum()]
    found = dict(sorted(common, key=lambda pair: (-pair[1], pair[0]))[:MOST])
    broken = {pair for pair in found if len(words.words(pair)) > 1}
    longer: dict[str, tuple[int, str]] = {}
    for letters, n in contexts.items():
        if (pair := letters[nearest]) in broken:
            longer[pair] = max(longer.get(pair, (0, "")), (n, letters))
    for pair, (n, letters) in longer.items():
        if 2 * n > found[pair] and _ends_as_a_word(letters, at):
            del found[pair]
            found[letters] = n
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _ends_as_a_word(letters: str, at: int) -> bool:
    """和业务, but not 和业各; and not over the end of a sentence."""
    return len(letters) == REACH and letters.isalnum() and len(words.words(letters)[at].text) > 1
