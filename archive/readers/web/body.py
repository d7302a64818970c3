"""Which element of a page holds the text: the one with the most prose and the least furniture.

Every line has a worth: a sentence is worth its length, a line of links and a line of the site costs. The
element whose lines are worth most in sum is the body; of equal ones an inner one. Going out from it
costs at once, because what stands around a text is links. (The sum over a subtree, as in Readability's
scores and Sun's text density, SIGIR 2011, but exact and in one pass.)
"""

from __future__ import annotations

import re
from itertools import accumulate

from archive.readers.web.blocks import Block, Span
from archive.readers.web.furniture import NAMED, is_noise, is_source

LINK = 0.5
"""Share of a line that is links, from which on it is no sentence."""
COST = 20
"""Of a line of furniture, beside its length."""
STOPPED = 0.5
"""Of the text of a page that is no link; where less has stops, the transcript was written without them,"""
PLAIN = 0.5
"""and a line without stops is worth so much of its length."""
NAME = 200
"""Characters of a class and an id that are looked at."""
NEUTRAL = 6
"""Lines without worth that an element may have more than the one inside it: by-lines, a word of thanks."""
HOLDS = 0.4
"""Part of the prose of a page that no furniture holds, whatever it is named."""

_SENTENCE = re.compile(r"[，。；：！？、,.;:!?]")


def is_link(block: Block) -> bool:
    """Whether the line is a link, or a row of them."""
    return block.links > LINK * len("".join(block.text.split()))


def is_prose(block: Block) -> bool:
    """Whether the line can be of a speech: words with stops in or after them."""
    if is_link(block) or not _SENTENCE.search(block.text):
        return False
    return not (is_noise(block.text) or is_source(block.text))


def body_of(blocks: list[Block], spans: list[Span]) -> tuple[Span | None, frozenset[int]]:
    """The span of the body, None for a page without prose; and the lines that named furniture holds."""
    prose = _sums([len(block.text) if is_prose(block) else 0 for block in blocks])
    aside = _aside(spans, prose)
    plain = sum(len(block.text) for block in blocks if not is_link(block))
    spare = PLAIN if prose[-1] < STOPPED * plain else 0
    worth = _sums([_worth(block, n in aside, spare) for n, block in enumerate(blocks)])
    best, most = None, 0
    for span in spans:
        value = worth[span.end] - worth[span.start]
        wider = best is not None and value == most and _length(span) <= _length(best) + NEUTRAL
        if value > most or (value and wider):
            best, most = span, value
    return best, aside


def _length(span: Span) -> int:
    return span.end - span.start


def _worth(block: Block, aside: bool, plain: float) -> int:
    if aside or is_link(block) or is_noise(block.text):
        return -COST - len(block.text)
    return len(block.text) if is_prose(block) else int(plain * len(block.text))


def _sums(values: list[int]) -> list[int]:
    """sums[n] of the first n values."""
    return list(accumulate(values, initial=0))


def _aside(spans: list[Span], prose: list[int]) -> frozenset[int]:
    """The lines of elements that are named as furniture and do not hold the text."""
    steps = [0] * (len(prose) + 1)
    for span in spans:
        name = f"{span.element.get('class') or ''} {span.element.get('id') or ''}"
        if NAMED.search(name[:NAME]) and prose[span.end] - prose[span.start] <= HOLDS * prose[-1]:
            steps[span.start] += 1
            steps[span.end] -= 1
    return frozenset(n for n, depth in enumerate(accumulate(steps)) if depth)
