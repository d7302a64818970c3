"""Keeping the index in step with the database.

A changed speech leaves an IndexChange row, its mark, in the transaction that changes it; after the commit
the marks are worked off under a lock, once a transaction. Whatever goes wrong in between (a crash, a full
disk, a lock held by a rebuild), a mark stays and the next commit, update_index or check_index --repair works
it off. Saving never fails because of the index. What left no mark (a crash between a save outside any
transaction and its mark, an index restored from elsewhere), check_index finds by comparing every speech.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.db.models.signals import post_delete, post_save
from haystack.signals import BaseSignalProcessor

from archive.models import Event, IndexChange, Speaker, Speech
from archive.search.engine import LOCK_WAIT, Entry, Store, documents, open_store
from archive.search.index import document, fingerprint, indexable
from archive.search.results import IndexStatus, IndexUnavailable
from archive.text import words

logger = logging.getLogger(__name__)

BATCH = 1000  # speeches a commit: each leaves a segment, and every search looks into every segment
BATCH_CHARACTERS = 7_000_000  # a commit, some 150 MB of postings held in memory
FETCH = 100  # speeches that are fetched from the database at a time
SAVE_WAIT = 5.0  # seconds that a save waits for another writer; a rebuild picks up what it leaves
REBUILD_BATCH = 20_000_000  # characters a commit of a rebuild: some 400 MB of postings held in memory

_local = threading.local()  # depth: of batch(); after: what the marks of this transaction do at its end


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
    transaction.on_commit(after)


class _AfterCommit:
    """Brings the index up to date, once for all marks of a transaction.

    Each mark registers it, for each may be rolled back alone; the first that is left does the work.
    """

    ran = False

    def __call__(self) -> None:
        if self.ran:
            return
        self.ran = True
        if not getattr(_local, "depth", 0):
            _drain_quietly(SAVE_WAIT)
        elif IndexChange.objects.count() >= BATCH:
            _drain_quietly(0)  # if another writer is busy, the end of the batch will wait for it


@contextmanager
def batch() -> Iterator[None]:
    """Inside, commits do not each pay for the index: it is brought up to date every thousand and at the end."""
    _local.depth = getattr(_local, "depth", 0) + 1
    try:
        yield
    finally:
        _local.depth -= 1
        if not _local.depth:
            _drain_quietly(SAVE_WAIT)


def catch_up() -> bool:
    """Work off what a crash or a full disk has left marked; False when that has to wait. Never raises."""
    return _drain_quietly(0)


def _drain_quietly(wait: float) -> bool:
    try:
        drain(wait)
    except IndexUnavailable as error:
        logger.error("The index is behind the database: %s", error)
        return False
    except Exception:  # the save has happened; what is left here is worked off later
        logger.exception("The index is behind the database; check_index --repair brings it up to date")
        return False
    return True


def drain(wait: float = LOCK_WAIT) -> int:
    """Index every marked speech; how many. IndexUnavailable, with all marks kept, when there is no index or
    another writer holds it for longer than ``wait`` seconds.
    """
    if not IndexChange.objects.exists():
        return 0
    done = 0
    with store().folder.lock(wait):
        store().folder.tidy()
        generation = _generation()
        while rows := _next_marks():
            pks = {row.speech_id for row in rows}
            speeches = indexable().filter(pk__in=pks).iterator(chunk_size=FETCH)
            store().write(generation, pks, map(document, speeches))
            if generation != store().folder.named("CURRENT"):
                store().publish(generation)
            _forget([row.pk for row in rows])
            done += len(pks)
    return done


def _next_marks() -> list[IndexChange]:
    """The marks that the next commit works off: at least one, if there is any."""
    rows = list(IndexChange.objects.all()[:BATCH])
    sizes = dict(
        Speech.objects.filter(pk__in={row.speech_id for row in rows}).values_list("pk", "characters")
    )
    left = BATCH_CHARACTERS
    for number, row in enumerate(rows):
        left -= sizes.get(row.speech_id, 0)
        if left < 0 and number:
            return rows[:number]
    return rows


def _forget(rows: list[int]) -> None:
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


def settle(pks: Iterable[int] | None) -> None:
    """Forget the marks of speeches (None: of all) whose entries in the live index are as they should be."""
    wanted = None if pks is None else set(pks)
    rows = IndexChange.objects.values_list("pk", "speech_id")
    marks = [(row, pk) for row, pk in rows if wanted is None or pk in wanted]
    if not marks:
        return
    known = {entry.pk: entry.fingerprint for entry in _entries()}
    marked = indexable().filter(pk__in=IndexChange.objects.values("speech_id"))
    speeches = marked.prefetch_related(None).defer("text", "closing")
    expected = {speech.pk: fingerprint(speech) for speech in speeches.iterator(chunk_size=1000)}
    _forget([row for row, pk in marks if known.get(pk) == expected.get(pk)])


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
        _forget(marked)
    drain()
    return count


def _up_to(characters: int, first: Speech, rest: Iterator[Speech]) -> Iterator[Speech]:
    """``first`` and as many of ``rest`` as there is room for."""
    yield first
    left = characters - first.characters
    while left > 0 and (speech := next(rest, None)):
        left -= speech.characters
        yield speech


def status() -> IndexStatus:
    """Whether searching works, and how far the index is behind. Waits for no search."""
    pending = IndexChange.objects.aggregate(n=Count("speech_id", distinct=True))["n"]
    try:
        return IndexStatus(True, store().documents(), pending)
    except IndexUnavailable as error:
        if store().folder.current() or Speech.objects.published().exists():
            return IndexStatus(False, 0, pending, str(error))
        return IndexStatus(True, 0, pending)


def problems() -> list[str]:
    """Every damaged file of the index, else every difference between it and the database, a sentence each.

    [] when all is well. Every byte of the index is read, whatever this process has seen of it before.
    """
    try:
        if _needed() and (damaged := store().damage()):
            return damaged
        entries = _entries()
    except IndexUnavailable as error:
        return [str(error)]
    known = {entry.pk: entry.fingerprint for entry in entries}
    found = [f"讲话 {pk} 在索引中有多份。" for pk in _twice(entry.pk for entry in entries)]
    speeches = indexable().prefetch_related(None).defer("text", "closing")
    expected = {speech.pk: fingerprint(speech) for speech in speeches.iterator(chunk_size=1000)}
    found += [f"讲话 {pk} 不在索引中。" for pk in expected if pk not in known]
    found += [f"讲话 {pk} 在索引中，但已删除或未发布。" for pk in known if pk not in expected]
    found += [
        f"讲话 {pk} 的索引不是最新的。" for pk, digest in expected.items() if known.get(pk, digest) != digest
    ]
    return found


def _entries() -> list[Entry]:
    """What the live index holds."""
    if not _needed():
        return []
    with store().view() as view:
        return [view.entries[doc] for doc in view.docs]


def _needed() -> bool:
    """An archive that is still empty needs no index."""
    return store().folder.current() is not None or Speech.objects.published().exists()


def _twice(pks: Iterable[int]) -> list[int]:
    seen: set[int] = set()
    return sorted({pk for pk in pks if pk in seen or seen.add(pk)})  # type: ignore[func-returns-value]


def repair() -> list[str]:
    """Make index and database agree, and remove what a crash has left; what is still wrong afterwards."""
    with store().folder.lock():
        store().folder.tidy()
    try:
        drain()
    except IndexUnavailable:
        rebuild()
    if problems():
        rebuild()
    return problems()
