"""Whether index and database agree, and making them agree again."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count

from archive.models import IndexChange, Speech
from archive.search.engine import Entry
from archive.search.index import fingerprint, indexable
from archive.search.indexing import drain, forget, rebuild, store
from archive.search.results import IndexStatus, IndexUnavailable


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
    forget([row for row, pk in marks if known.get(pk) == expected.get(pk)])
