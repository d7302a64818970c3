"""What a run of letters stands beside more than once: the two letters next to it, or three where two are no word.

Letters, not words, are counted, so that a number is exactly how often the run and its neighbour stand together.
"""

from __future__ import annotations

from collections import Counter

from archive.search.letters import BARRIERS
from archive.text import words

REACH = 3  # letters of the context that is looked at
MOST = 8  # neighbours on a side
_TWO = 2  # letters: most words

Neighbours = tuple[tuple[str, int], ...]


def before(contexts: Counter[str]) -> Neighbours:
    """The commonest neighbours of a run that has these letters before it, up to three, and how often."""
    turned = Counter({letters[::-1]: n for letters, n in contexts.items()})
    return tuple((letters[::-1], n) for letters, n in _commonest(turned, backward=True))


def behind(contexts: Counter[str]) -> Neighbours:
    """The same for the letters behind it."""
    return _commonest(contexts, backward=False)


def _commonest(contexts: Counter[str], backward: bool) -> Neighbours:
    """Of contexts that are read outward from the run."""
    pairs: Counter[str] = Counter()
    for letters, n in contexts.items():
        if len(pair := _unbroken(letters)[:_TWO]) == _TWO:
            pairs[pair] += n
    common = [(pair, n) for pair, n in pairs.items() if n > 1]
    first = sorted(common, key=lambda pair: (-pair[1], pair[0]))[:MOST]
    whole = [_whole_word(pair, n, contexts, backward) for pair, n in first]
    return tuple(sorted(whole, key=lambda found: (-found[1], found[0])))


def _unbroken(letters: str) -> str:
    """The letters up to the end of the sentence or a redaction."""
    return next((letters[:at] for at, letter in enumerate(letters) if letter in BARRIERS), letters)


def _whole_word(pair: str, count: int, contexts: Counter[str], backward: bool) -> tuple[str, int]:
    """和业 with what mostly follows, 和业务, where that ends as a word does and the two letters do not."""
    if len(_words(pair, backward)) == 1:
        return pair, count
    longer = [(n, letters) for letters, n in contexts.items() if letters.startswith(pair)]
    n, letters = max((n, letters) for n, letters in longer)
    whole = len(_unbroken(letters)) == REACH and len(_words(letters, backward)[-1]) > 1
    return (letters, n) if whole and 2 * n > count else (pair, count)


def _words(letters: str, backward: bool) -> list[str]:
    """The words of letters read outward, nearest first."""
    found = [word.text for word in words.words(letters[::-1] if backward else letters)]
    return found[::-1] if backward else found
