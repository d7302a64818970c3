"""How much of a text is shared: letters under at least one passage, each counted once.

Passages overlap (a formula stands in many pairs), so lengths are never added up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.compare.normalise import Span


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of ``letters`` compared letters of one side, ``covered`` stand in a shared passage."""

    letters: int
    covered: int

    @property
    def share(self) -> float:
        """Between 0 and 1; of nothing, nothing is shared."""
        return self.covered / self.letters if self.letters else 0.0


@dataclass(frozen=True, slots=True)
class Coverages:
    """What one side shares, from the strictest reading to the widest.

    ``exact``: letters under an exact passage; ``both``: and those that agree in a near one. The ``plain`` ones
    leave out passages that are formulas (of a list that was cut: they count what is listed).
    """

    exact: Coverage
    both: Coverage
    plain_exact: Coverage
    plain_both: Coverage


def union(spans: Iterable[Span]) -> list[Span]:
    """The same places as disjoint spans in order; spans that touch become one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def coverage(letters: int, spans: Iterable[Span]) -> Coverage:
    """``spans`` are indices of letters: barriers are never inside one."""
    return Coverage(letters, sum(end - start for start, end in union(spans)))
