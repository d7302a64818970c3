"""Keeping the index in step with the database.

A changed speech leaves an IndexChange row, its mark, in the transaction that changes it; after the commit
the marks are worked off under a lock, once a transaction. Whatever goes wrong in between (a crash, a full
disk, a lock held by a rebuild), a mark stays and the next commit, update_index or check_index --repair works
it off. Saving never fails because of the index. What left no mark (a crash between a save outside any
transaction and its mark, an index restored from elsewhere), checking finds by comparing every speech.
"""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Max, QuerySet
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from haystack.signals import BaseSignalProcessor

from archive.models import Event, IndexChange, Speaker, Speech
from archive.search.engine import (
    LOCK_WAIT,
    QUICK,
    THOROUGH,
    USUAL,
    Merge,
    Store,
    documents,
    open_store,
    segments,
)
from archive.search.index import document, indexable
from archive.search.results import IndexUnavailable
from archive.text import words

logger = logging.getLogger(__name__)

BATCH = 1000  # speeches a commit: each leaves a segment, and every search looks into every segment
BATCH_CHARACTERS = 7_000_000  # a commit, some 150 MB of postings held in memory
FETCH = 100  # speeches that are fetched from the database at a time
SAVE_WAIT = 0.5  # seconds that a save waits for another writer; what it leaves is worked off later
AT_WORK = timedelta(seconds=2)  # whoever has marked something so recently will bring the index up to date too
MANY_SEGMENTS = 8  # small ones are merged when nobody waits, and again when there are so many more:
MORE_SEGMENTS = 4
OWN_CHARACTERS = 300_000  # of what somebody has changed and waits for: some two seconds; the rest comes after
SAVE_CHARACTERS = 20_000  # what a save indexes besides, of what others have left: a tenth of a second
REBUILD_BATCH = 20_000_000  # characters a commit of a rebuild: some 400 MB of postings held in memory

_local = threading.local()
"""``depth``, ``patient`` and ``marked`` of batch(); ``after``: what the marks of this transaction do at its end."""
_left: dict[Path, int] = {}  # the segments after the last merging, by generation


class CommitSignalProcessor(BaseSignalProcessor):  # type: ignore[misc]
    """Marks what changes; Haystack starts it."""

    def setup(self) -> None:
        prepare(load=False)
        for signal in (post_save, post_delete):
            signal.connect(self.changed, sender=Speech)
        for model in (Speaker, Event):
            post_save.connect(self.renamed, sender=model)

    def teardown(self) -> None:
        for signal in (post_save, post_delete):
            signal.disconnect(self.changed, sender=Speech)
        for model in (Speaker, Event):
            post_save.disconnect(self.renamed, sender=model)

    def changed(self, sender: type[Speech], instance: Speech, raw: bool = False, **kwargs: Any) -> None:
        """Inside a transaction speech and mark are one; a save outside any is committed before its mark."""
        mark([instance.pk])

    def renamed(
        self, sender: type[Any], instance: Any, created: bool = False, raw: bool = False, **kwargs: Any
    ) -> None:
        if not created:
            mark(instance.speeches.values_list("pk", flat=True))


def store() -> Store:
    """The store of the index that the settings name."""
    from haystack import connections

    return open_store(connections["default"].options["PATH"])


def prepare(load: bool = True) -> None:
    """Load the segmenter's dictionary, so that no request waits for it."""
    words.prepare(settings.ARCHIVE_DATA_DIR / "cache", load)


def mark(pks: Iterable[int]) -> None:
    """Note that these speeches have changed, and index them after the commit.

    For changes that send no signal: ``QuerySet.update`` and the like. Every change adds a mark, so that
    working off an older one does not forget it, and no two writers want the same row.
    """
    changes = [IndexChange(speech_id=pk) for pk in pks]
    if not changes:
        return
    IndexChange.objects.bulk_create(changes)
    after: _AfterCommit | None = getattr(_local, "after", None)
    if after is None or after.ran:
        after = _local.after = _AfterCommit()
    after.own.update(change.speech_id for change in changes)
    transaction.on_commit(after)


class _AfterCommit:
    """Brings the index up to date, once for all marks of a transaction.

    Each mark registers it, for each may be rolled back alone; the first that is left does the work.
    """

    def __init__(self) -> None:
        self.ran = False
        self.own: set[int] = set()

    def __call__(self) -> None:
        if self.ran:
            return
        self.ran = True
        if not getattr(_local, "depth", 0):
            _drain_quietly(SAVE_WAIT, self.own)
            return
        _local.marked |= self.own
        if _local.patient and len(_local.marked) >= BATCH and _drain_quietly(0, _local.marked):
            _local.marked = set()  # else another writer is busy, and the end of the batch sees to them


@contextmanager
def batch(patient: bool = False) -> Iterator[None]:
    """Inside, commits do not each pay for the index: it is brought up to date at the end.

    A person waits neither for another writer nor for more than OWN_CHARACTERS: what is left is left marked. A
    ``patient`` batch waits, works off what anybody has marked, and does so every thousand as well.
    """
    _local.depth = getattr(_local, "depth", 0) + 1
    if _local.depth == 1:
        _local.marked, _local.patient = set(), patient
    try:
        yield
    finally:
        _local.depth -= 1
        if not _local.depth:
            _local.patient = False
            if patient:
                _drain_quietly(LOCK_WAIT)
            elif _local.marked:
                _drain_quietly(SAVE_WAIT, _local.marked)


def catch_up() -> bool:
    """Work off what a crash or a full disk has left marked; False when that has to wait. Never raises.

    An importer works its marks off a thousand at a time, so that they fill few segments.
    """
    try:
        if _somebody_is_at_work(IndexChange.objects.all()):
            return True
    except DatabaseError:
        logger.exception("The database does not answer")
        return False
    return _drain_quietly(0) and _merge_quietly()


def _merge_quietly() -> bool:
    """Merge what saves have left in many small segments: nobody waits for this."""
    try:
        generation = store().checked()
        if segments(generation) < max(MANY_SEGMENTS, _left.get(generation, 0) + MORE_SEGMENTS):
            return True
        with store().folder.lock(0):
            store().write(generation, (), (), merge=THOROUGH)
        _left[generation] = segments(generation)
    except IndexUnavailable as error:
        logger.info("Merging has to wait: %s", error)
    return True


def _somebody_is_at_work(marks: QuerySet[IndexChange]) -> bool:
    now = timezone.now()  # marks of the future are those of a clock that was put back
    return marks.filter(created_at__range=(now - AT_WORK, now)).exists()


def _drain_quietly(wait: float, own: Collection[int] | None = None) -> bool:
    try:
        drain(wait, own)
    except IndexUnavailable as error:
        logger.error("The index is behind the database: %s", error)
        return False
    except Exception:  # the save has happened; what is left here is worked off later
        logger.exception("The index is behind the database; check_index --repair brings it up to date")
        return False
    return True


def drain(wait: float = LOCK_WAIT, own: Collection[int] | None = None) -> int:
    """Index every speech that is marked by now, or of those only one's ``own`` and a few left behind; how many.

    What is marked meanwhile is left to whoever marks it: beside an importer there would be no end.
    IndexUnavailable, with all marks kept, when there is no index or another writer holds it for longer than
    ``wait`` seconds. Of one's own so much is done as somebody may wait for, unless the batch is a patient one.
    """
    last = IndexChange.objects.aggregate(last=Max("pk"))["last"]
    if last is None:
        return 0
    marks, others = IndexChange.objects.filter(pk__lte=last), IndexChange.objects.none()
    if own is not None:
        marks, rest = marks.filter(speech_id__in=own), marks.exclude(speech_id__in=own)
        others = others if _somebody_is_at_work(rest) else rest
    patient = own is None or getattr(_local, "patient", False)
    done, left = 0, math.inf if patient else OWN_CHARACTERS
    with store().folder.lock(wait):
        store().folder.tidy()
        generation = _generation()
        while left > 0 and (some := _next_marks(marks, min(BATCH_CHARACTERS, left)))[0]:
            left -= some[1]
            rows = [*some[0], *_next_marks(others, SAVE_CHARACTERS)[0]]
            done += _work_off(generation, rows, USUAL if own is None else QUICK)
    return done


def _work_off(generation: Any, rows: list[IndexChange], merge: Merge) -> int:
    """One commit; how many speeches that were."""
    pks = {row.speech_id for row in rows}
    speeches = indexable().filter(pk__in=pks).iterator(chunk_size=FETCH)
    store().write(generation, pks, map(document, speeches), merge=merge)
    if generation != store().folder.named("CURRENT"):
        store().publish(generation)
    forget([row.pk for row in rows])
    return len(pks)


def _next_marks(marks: QuerySet[IndexChange], most: float) -> tuple[list[IndexChange], int]:
    """The marks that the next commit works off, at least one if there is any, and their characters."""
    rows = list(marks[:BATCH])
    marked = Speech.objects.filter(pk__in={row.speech_id for row in rows})
    sizes, total = dict(marked.values_list("pk", "characters")), 0
    for number, row in enumerate(rows):
        size = sizes.get(row.speech_id, 0)
        if total + size > most and number:
            return rows[:number], total
        total += size
    return rows, total


def forget(rows: list[int]) -> None:
    """Delete these marks; databases limit how many values one statement may have."""
    for first in range(0, len(rows), 1000):
        IndexChange.objects.filter(pk__in=rows[first : first + 1000]).delete()


def _generation() -> Any:
    """The live index; the first speeches of an archive begin one, which goes live with them in it."""
    try:
        return store().checked()
    except IndexUnavailable:
        pending = IndexChange.objects.values("speech_id")
        if store().folder.current() or Speech.objects.published().exclude(pk__in=pending).exists():
            raise
        return store().create()


def rebuild(watch: Callable[[Iterator[Speech]], Iterable[Speech]] = iter) -> int:
    """Build a new index beside the live one and let it take over; how many speeches it holds.

    ``watch`` sees the speeches pass: a progress bar.
    """
    held = store()
    with held.folder.lock():
        held.folder.tidy()
        marked = list(IndexChange.objects.values_list("pk", flat=True))
        generation = held.create()
        speeches = iter(watch(indexable().iterator(chunk_size=FETCH)))
        for speech in speeches:
            held.write(generation, [], map(document, _up_to(REBUILD_BATCH, speech, speeches)))
        held.publish(generation)
        count = documents(generation)
        forget(marked)
    drain()
    return count


def _up_to(characters: int, first: Speech, rest: Iterator[Speech]) -> Iterator[Speech]:
    """``first`` and as many of ``rest`` as there is room for."""
    yield first
    left = characters - first.characters
    while left > 0 and (speech := next(rest, None)):
        left -= speech.characters
        yield speech
