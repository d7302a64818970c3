"""The fewest edits between two short runs of letters: which are kept, replaced, added, left out, swapped.

Distance: Damerau's with neighbours swapped at most once ("optimal string alignment"). The table is computed
a column at a time, a letter a bit: G. Myers, "A fast bit-vector algorithm for approximate string matching",
J. ACM 46 (1999); swaps after H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit
distances", Nordic J. of Computing 10 (2003). Python's integers are as wide as the quotation is long, so 200
letters against 400 cost half a millisecond and 2,000 against 3,000 some 10.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from archive.compare.normalise import Span

EditKind = Literal["=", "~", "-", "+", "x"]


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of the quotation and what stands for it in the source; letters, half-open.

    "=" the same; "~" other letters, as many; "-" only in the quotation; "+" only in the source; "x" two
    neighbours in the other order.
    """

    kind: EditKind
    quoted: Span
    source: Span

    @property
    def differences(self) -> int:
        """What it adds to the distance: a letter counts one, and so do two in the other order."""
        if self.kind in "=x":
            return int(self.kind == "x")
        return max(self.quoted.end - self.quoted.start, self.source.end - self.source.start)


def align(quoted: str, source: str) -> tuple[Edit, ...]:
    """The edits that make the whole of ``source`` out of ``quoted``: as few as can be."""
    table = _Table(quoted, source, anywhere=False)
    return tuple(_joined(table.back(len(source))))


def nearest(quoted: str, text: str, breaks: Collection[int] = ()) -> tuple[Edit, ...]:
    """The same for the stretch of ``text`` that is nearest to ``quoted``, the first of several.

    ``breaks`` are the places in ``text`` where a sentence begins. What the quotation adds at either end
    is not taken for letters of the neighbouring sentence.
    """
    if not quoted or not text:
        return align(quoted, "")
    table = _Table(quoted, text, anywhere=True)
    best = min(table.scores)
    end = table.scores.index(best) + 1
    while best and end < len(text) and table.scores[end] == best and end not in breaks:
        end += 1
    edits = list(_joined(table.back(end)))
    return tuple(_joined([*_begun(edits[:1], breaks), *edits[1:-1], *_ended(edits[1:][-1:], breaks)]))


def distance(edits: Iterable[Edit]) -> int:
    return sum(edit.differences for edit in edits)


class _Table:
    """Bit i of ``diagonals[j]``: cell (i, j) costs what (i-1, j-1) costs; of ``falls[j]``: one more than (i-1, j).

    ``scores[j]`` is the distance of the quotation from what ends with letter j of the text; ``anywhere``:
    from the best stretch that ends there.
    """

    def __init__(self, quoted: str, text: str, anywhere: bool) -> None:
        self._quoted, self._text, self._anywhere = quoted, text, anywhere
        self.diagonals: list[int] = []
        self.falls: list[int] = []
        self.scores: list[int] = []
        if quoted:
            self._fill()

    def _fill(self) -> None:
        size = len(self._quoted)
        full, last = (1 << size) - 1, 1 << (size - 1)
        masks: dict[str, int] = {}
        for at, letter in enumerate(self._quoted):
            masks[letter] = masks.get(letter, 0) | 1 << at
        edge = int(not self._anywhere)
        plus, minus, diagonal, before, score = full, 0, 0, 0, size
        for letter in self._text:
            here = masks.get(letter, 0)
            swapped = ((~diagonal & here) << 1) & before
            diagonal = ((((here & plus) + plus) ^ plus) | here | minus | swapped) & full
            right = minus | (full & ~(diagonal | plus))
            left = plus & diagonal
            score += bool(right & last) - bool(left & last)
            right = right << 1 | edge
            plus = (left << 1 | ~(diagonal | right)) & full
            minus = right & diagonal
            before = here
            self.diagonals.append(diagonal)
            self.falls.append(plus)
            self.scores.append(score)

    def back(self, end: int) -> list[Edit]:
        """The edits, letter by letter, on the way that ends with the letter before ``end``."""
        i, j = len(self._quoted), end
        steps: list[Edit] = []
        while i > 0 or (j > 0 and not self._anywhere):
            kind = self._step(i, j)
            wide = 2 if kind == "x" else 1
            i_before = i - (0 if kind == "+" else wide)
            j_before = j - (0 if kind == "-" else wide)
            steps.append(Edit(kind, Span(i_before, i), Span(j_before, j)))
            i, j = i_before, j_before
        return steps[::-1]

    def _step(self, i: int, j: int) -> EditKind:
        if i == 0 or j == 0:
            return "+" if i == 0 else "-"
        if self._quoted[i - 1] == self._text[j - 1]:
            return "="
        if not self._same(i, j):
            return "~"
        if self._swapped(i, j):
            return "x"
        return "-" if self.falls[j - 1] >> (i - 1) & 1 else "+"

    def _same(self, i: int, j: int) -> bool:
        return bool(self.diagonals[j - 1] >> (i - 1) & 1)

    def _swapped(self, i: int, j: int) -> bool:
        if min(i, j) < 2 or self._same(i - 1, j - 1):
            return False
        return self._quoted[i - 2 : i] == self._text[j - 1] + self._text[j - 2]


def _joined(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Neighbours of one kind as one, except swaps."""
    last: Edit | None = None
    for edit in edits:
        if last is not None and last.kind == edit.kind != "x":
            quoted, source = (
                Span(last.quoted.start, edit.quoted.end),
                Span(last.source.start, edit.source.end),
            )
            last = Edit(edit.kind, quoted, source)
            continue
        if last is not None:
            yield last
        last = edit
    if last is not None:
        yield last


def _begun(edits: list[Edit], breaks: Collection[int]) -> Iterator[Edit]:
    """What is replaced before the first sentence begins is added instead."""
    for edit in edits:
        start, end = edit.source
        cuts = [at for at in range(start + 1, end + 1) if at in breaks] if edit.kind == "~" else []
        if not cuts:
            yield edit
            continue
        middle = edit.quoted.start + cuts[-1] - start
        yield Edit("-", Span(edit.quoted.start, middle), Span(cuts[-1], cuts[-1]))
        if middle < edit.quoted.end:
            yield Edit("~", Span(middle, edit.quoted.end), Span(cuts[-1], end))


def _ended(edits: list[Edit], breaks: Collection[int]) -> Iterator[Edit]:
    """What is replaced after the last sentence has ended is added instead."""
    for edit in edits:
        start, end = edit.source
        cuts = [at for at in range(start, end) if at in breaks] if edit.kind == "~" else []
        if not cuts:
            yield edit
            continue
        middle = edit.quoted.start + cuts[0] - start
        if edit.quoted.start < middle:
            yield Edit("~", Span(edit.quoted.start, middle), Span(start, cuts[0]))
        yield Edit("-", Span(middle, edit.quoted.end), Span(cuts[0], cuts[0]))
