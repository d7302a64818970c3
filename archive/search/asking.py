"""The one way to the index for every question of the pages: a turn, the index or else the texts.

Searching is pure Python: two searches at once take as long as two in turn, and slow every other page down.
So one runs at a time, a few wait, and who comes after them is told to come back (RFC 9110, 15.6.4).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from archive.models import IndexChange, Speech
from archive.search import published
from archive.search.engine import Entry, Heads
from archive.search.indexing import store
from archive.search.letters import Letters, Needle
from archive.search.results import Busy, IndexUnavailable
from archive.search.scanning import Scan

logger = logging.getLogger(__name__)

WAITING = 15  # searches; the server has 24 threads, and the other pages need some
PATIENCE = 5.0  # seconds that a search waits for its turn; a connection's thread is worth more

Answer = TypeVar("Answer")


class Reading(Protocol):
    """What an engine answers: the index of the embedded one (View), the texts themselves (Scan).

    Documents are numbers into ``entries``; ``docs`` are those that are there. Letters are folded, see
    archive.search.letters.
    """

    @property
    def entries(self) -> list[Entry]: ...
    @property
    def docs(self) -> set[int]: ...
    @property
    def average(self) -> float:
        """The mean size of a document, in letters."""
        ...

    def standing(self, sought: Needle) -> set[int]:
        """The documents in whose letters ``sought`` stands: exactly those."""
        ...

    def text(self, doc: int) -> tuple[str, str | None]:
        """A document's letters, and the same read apart where that differs."""
        ...

    def letters(self, doc: int) -> Letters:
        """The same with the way back to the text."""
        ...

    def heads(self, doc: int) -> Heads:
        """The letters of its title and subtitle, and those of its headings."""
        ...

    def postings(self, field: str, term: str) -> tuple[list[int], list[int]]:
        """The documents that hold a term ("pairs", "head" or "words"), ascending, and how often."""
        ...

    def frequency(self, field: str, term: str) -> int:
        """In about how many documents a term stands."""
        ...


@dataclass(frozen=True, slots=True)
class Asked(Generic[Answer]):
    """An answer, and what is to be said about how it was found ("" when the index answered)."""

    answer: Answer
    degraded: str = ""


class Slots:
    """One turn at a time, ``waiting`` in line, Busy for everybody else."""

    def __init__(self, waiting: int = WAITING, patience: float = PATIENCE) -> None:
        self.busy = 0  # searches under way or in line
        self._most = waiting + 1
        self._patience = patience
        self._counting = threading.Lock()
        self._turn = threading.Lock()

    @contextmanager
    def turn(self, patience: float | None = None) -> Iterator[None]:
        with self._counting:
            if self.busy == self._most:
                raise Busy
            self.busy += 1
        try:
            if not self._turn.acquire(timeout=self._patience if patience is None else patience):
                raise Busy
            try:
                yield
            finally:
                self._turn.release()
        finally:
            with self._counting:
                self.busy -= 1


slots = Slots()


def ask(work: Callable[[Reading, set[int]], Answer]) -> Asked[Answer]:
    """``work(reading, published)`` on the index, or on the texts themselves when there is none to read.

    ``published`` are the keys that the database shows, so that an index behind it shows and counts no
    more than that. Busy when too many wait already. ``work`` may run twice, and keeps nothing of a reading.
    """
    shown = published.keys()
    with slots.turn():
        if not shown:  # an archive that is still empty needs no index
            return Asked(work(Scan(), shown))
        try:
            with store().view() as view:
                _scans.forget()
                return Asked(work(view, shown))
        except IndexUnavailable as error:
            logger.error("Searching without the index: %s", error, exc_info=error.__cause__)
        _degraded.set(True)
        scan = _scans.get(shown)
        return Asked(work(scan, shown), _said(scan))


class _Scans:
    """The texts as read last: reading them takes a second or two, and nobody's question is the last one."""

    def __init__(self) -> None:
        self._kept: tuple[object, Scan] | None = None

    def get(self, published: set[int]) -> Scan:
        latest = Speech.objects.aggregate(at=models.Max("updated_at"))["at"]
        if self._kept is None or self._kept[0] != (published, latest):
            self._kept = (published, latest), Scan()
        return self._kept[1]

    def forget(self) -> None:
        self._kept = None


_scans = _Scans()
_degraded: ContextVar[bool] = ContextVar("degraded", default=False)


@contextmanager
def watching() -> Iterator[Callable[[], bool]]:
    """Gives a question: was anything inside answered without the index?"""
    before = _degraded.set(False)
    try:
        yield _degraded.get
    finally:
        _degraded.reset(before)


def note_degraded() -> None:
    """For what does not come through ``ask`` and gave less than it would with an index."""
    _degraded.set(True)


def state() -> str:
    """Another text whenever any answer may be another one; "" while nothing can be said of that.

    It costs no turn: one look at the marks, at who is published, and at two files.
    """
    if IndexChange.objects.exists():
        return ""
    stamp = store().stamp()
    return f"{stamp}-{published.tally()}" if stamp else ""


def _said(scan: Scan) -> str:
    if scan.complete:
        return _("搜索索引暂时不可用，正在逐篇查找，会慢一些。")
    said = _("搜索索引暂时不可用，正在逐篇查找，会慢一些。只查找了最新的 %(n)s 篇。")
    return said % {"n": len(scan.docs)}
