"""What changed between two versions of one text: kept, deleted and inserted stretches, in order.

Two steps, each with Python's difflib: sentences first, then the characters inside sentences that were
replaced by similar ones (a diff of all characters at once takes hundreds of times as long and reads like
confetti). Sentences that stand twice in b are no anchors, only neighbours of anchors: that keeps the work
near the product of sentences and changes also when a formula is repeated all the time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from archive.compare.normalise import Span

SENTENCE = re.compile(r"[^。！？；\n]*(?:[。！？；]+[”’」』）]*|\n+|\Z)")
LONGEST_PAIR = 400  # characters; longer replaced stretches are shown as a whole
ALIKE = 0.6  # difflib's ratio; below this, character differences hide more than they show
SHORTEST_KEPT = 2  # characters between two changes; a single one that happens to agree is noise
SENTENCE_LIMIT = 6_000  # a side; the work grows with the square

Kind = Literal["same", "deleted", "inserted"]


class TooLong(ValueError):
    """The texts have more sentences than can be compared while a reader waits."""


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of ``a``, of ``b`` or of both (characters, half-open); the absent side's span is empty."""

    kind: Kind
    a: Span
    b: Span


@dataclass(frozen=True, slots=True)
class Versions:
    """The stretches in order: those kept or deleted, joined, are a; those kept or inserted are b.

    ``similarity`` is the kept share of both texts, 0 to 1.
    """

    changes: tuple[Change, ...]
    similarity: float


def versions(a: str, b: str) -> Versions:
    """Align ``b`` to ``a``. Raises TooLong beyond SENTENCE_LIMIT sentences on a side."""
    sentences_a, sentences_b = sentences(a), sentences(b)
    if max(len(sentences_a), len(sentences_b)) > SENTENCE_LIMIT:
        raise TooLong(f"more than {SENTENCE_LIMIT} sentences")
    steps = _by_sentences(a, sentences_a, b, sentences_b)
    changes = tuple(_joined(step for whole in steps for step in _refined(a, b, whole)))
    kept = sum(change.a.end - change.a.start for change in changes if change.kind == "same")
    return Versions(changes, 2 * kept / (len(a) + len(b)) if a or b else 1.0)


def sentences(text: str) -> list[Span]:
    """The sentences of ``text`` with their end marks; joined they are the text."""
    return [Span(*match.span()) for match in SENTENCE.finditer(text) if match.group()]


Step = tuple[str, Span, Span]


def _by_sentences(a: str, spans_a: list[Span], b: str, spans_b: list[Span]) -> Iterator[Step]:
    """difflib's opcodes over sentences, as spans of characters."""
    words_a, words_b = ([text[s:e] for s, e in spans] for text, spans in ((a, spans_a), (b, spans_b)))
    counts = Counter(words_b)
    matcher = SequenceMatcher(lambda sentence: counts[sentence] > 1, words_a, words_b, autojunk=False)
    bounds_a = [*(span.start for span in spans_a), len(a)]
    bounds_b = [*(span.start for span in spans_b), len(b)]
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "replace" and i2 - i1 == j2 - j1:
            for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                yield tag, spans_a[i], spans_b[j]
        else:
            yield tag, Span(bounds_a[i1], bounds_a[i2]), Span(bounds_b[j1], bounds_b[j2])


def _refined(a: str, b: str, step: Step) -> Iterator[Change]:
    """A step as changes, down to characters where the two sides are versions of each other."""
    tag, span_a, span_b = step
    if tag == "equal":
        yield Change("same", span_a, span_b)
        return
    x, y = a[slice(*span_a)], b[slice(*span_b)]
    if tag == "replace" and max(len(x), len(y)) <= LONGEST_PAIR:
        matcher = SequenceMatcher(None, x, y, autojunk=False)
        if min(matcher.real_quick_ratio(), matcher.quick_ratio(), matcher.ratio()) >= ALIKE:
            yield from _by_characters(matcher, span_a.start, span_b.start)
            return
    yield Change("deleted", span_a, Span(span_b.start, span_b.start))
    yield Change("inserted", Span(span_a.end, span_a.end), span_b)


def _by_characters(matcher: SequenceMatcher[str], at_a: int, at_b: int) -> Iterator[Change]:
    opcodes = matcher.get_opcodes()
    last = len(opcodes) - 1
    for number, (tag, i1, i2, j1, j2) in enumerate(opcodes):
        span_a, span_b = Span(at_a + i1, at_a + i2), Span(at_b + j1, at_b + j2)
        noise = i2 - i1 < SHORTEST_KEPT and 0 < number < last
        if tag == "equal" and not noise:
            yield Change("same", span_a, span_b)
        else:
            yield Change("deleted", span_a, Span(span_b.start, span_b.start))
            yield Change("inserted", Span(span_a.end, span_a.end), span_b)


def _joined(changes: Iterable[Change]) -> Iterator[Change]:
    """Neighbours of one kind as one; between two kept stretches first what went, then what came."""
    deleted = inserted = same = None
    for change in changes:
        if change.kind == "same":
            yield from _present(deleted, inserted)
            deleted = inserted = None
            same = _extended(same, change)
        else:
            yield from _present(same)
            same = None
            if change.kind == "deleted":
                deleted = _extended(deleted, change)
            else:
                inserted = _extended(inserted, change)
    yield from _present(same, deleted, inserted)


def _extended(sofar: Change | None, change: Change) -> Change:
    if sofar is None:
        return change
    a = Span(change.a.end if change.kind == "inserted" else sofar.a.start, change.a.end)
    b = Span(sofar.b.start, sofar.b.start if change.kind == "deleted" else change.b.end)
    return Change(change.kind, a, b)


def _present(*changes: Change | None) -> Iterator[Change]:
    for change in changes:
        if change is not None and (change.a.start < change.a.end or change.b.start < change.b.end):
            yield change
