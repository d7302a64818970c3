"""Keeping the index in step with the database.

A changed speech leaves an IndexChange row in the transaction that changes it; after the commit the rows are
worked off under a lock. Whatever goes wrong in between (a crash, a full disk, a lock held by a rebuild), the
row stays and the next commit, update_index or check_index --repair works it off. Saving never fails because
of the index.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from haystack.signals import BaseSignalProcessor

from archive.models import Event, IndexChange, Speaker, Speech
from archive.search.engine import LOCK_WAIT, Store, documents, open_store
from archive.search.index import document, fingerprint, indexable
from archive.search.results import IndexStatus, IndexUnavailable
from archive.text import words

logger = logging.getLogger(__name__)

BATCH = 100  # speeches a commit
SAVE_WAIT = 5.0  # seconds that a save waits for another writer; a rebuild picks up what it leaves
REBUILD_BATCH = 20_000_000  # characters a commit of a rebuild: some 400 MB of postings held in memory

_batches = threading.local()


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

    For changes that send no signal: ``QuerySet.update`` and the like. A new row replaces an old one, so that
    working off the old one does not forget the new change.
    """
    pks = list(pks)
    if not pks:
        return
    with transaction.atomic():
        IndexChange.objects.filter(speech_id__in=pks).delete()
        IndexChange.objects.bulk_create([IndexChange(speech_id=pk) for pk in pks])
        transaction.on_commit(_after_commit)


@contextmanager
def batch() -> Iterator[None]:
    """Inside, commits do not each pay for the index: it is brought up to date every 100 and at the end."""
    _batches.depth = getattr(_batches, "depth", 0) + 1
    try:
        yield
    finally:
        _batches.depth -= 1
        if not _batches.depth:
            _drain_quietly()


def _after_commit() -> None:
    if not getattr(_batches, "depth", 0) or IndexChange.objects.count() >= BATCH:
        _drain_quietly()


def _drain_quietly() -> None:
    try:
        drain(SAVE_WAIT)
    except Exception:  # the save has happened; what is left here is worked off later
        logger.exception("The index is behind the database; check_index --repair brings it up to date")


def drain(wait: float = LOCK_WAIT) -> int:
    """Index every marked speech; how many. IndexUnavailable, with all marks kept, when there is no index or
    another writer holds it for longer than ``wait`` seconds.
    """
    if not IndexChange.objects.exists():
        return 0
    done = 0
    with store().folder.lock(wait):
        generation = _generation()
        while rows := list(IndexChange.objects.all()[:BATCH]):
            pks = [row.speech_id for row in rows]
            store().write(generation, pks, map(document, indexable().filter(pk__in=pks)))
            IndexChange.objects.filter(pk__in=[row.pk for row in rows]).delete()
            done += len(rows)
    return done


def _generation() -> Any:
    """The live index; the first speeches of an archive begin one."""
    try:
        return store().checked()
    except IndexUnavailable:
        pending = IndexChange.objects.values("speech_id")
        if store().folder.current() or Speech.objects.published().exclude(pk__in=pending).exists():
            raise
        generation = store().create()
        store().publish(generation)
        return generation


def settle(pks: Iterable[int]) -> None:
    """Forget the marks of speeches that have just been indexed."""
    known = {entry.pk: entry.fingerprint for entry in _entries()}
    speeches = indexable().prefetch_related(None).defer("text").filter(pk__in=list(pks))
    done = [speech.pk for speech in speeches if known.get(speech.pk) == fingerprint(speech)]
    IndexChange.objects.filter(speech_id__in=done).delete()


def rebuild(watch: Callable[[Iterator[Speech]], Iterable[Speech]] = iter) -> int:
    """Build a new index beside the live one and let it take over; how many speeches it holds.

    ``watch`` sees the speeches pass: a progress bar.
    """
    held = store()
    with held.folder.lock():
        marked = list(IndexChange.objects.values_list("pk", flat=True))
        generation = held.create()
        speeches = iter(watch(indexable().iterator(chunk_size=BATCH)))
        for speech in speeches:
            held.write(generation, [], map(document, _up_to(REBUILD_BATCH, speech, speeches)))
        held.publish(generation)
        count = documents(generation)
        IndexChange.objects.filter(pk__in=marked).delete()
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
    """Whether searching works, and how far the index is behind."""
    pending = IndexChange.objects.count()
    try:
        with store().view() as view:
            return IndexStatus(True, len(view.docs), pending)
    except IndexUnavailable as error:
        return IndexStatus(False, 0, pending, str(error))


def problems() -> list[str]:
    """Every difference between index and database, a sentence each; [] when they agree."""
    try:
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


def _entries() -> list[Any]:
    with store().view() as view:
        return [view.entries[doc] for doc in view.docs]


def _twice(pks: Iterable[int]) -> list[int]:
    seen: set[int] = set()
    return sorted({pk for pk in pks if pk in seen or seen.add(pk)})  # type: ignore[func-returns-value]


def repair() -> list[str]:
    """Make index and database agree; what is still wrong afterwards."""
    try:
        drain()
    except IndexUnavailable:
        rebuild()
    if problems():
        rebuild()
    return problems()
