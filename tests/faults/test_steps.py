"""D2, D4, D5, R1, W8: the Nth write, fsync, rename or open fails, for every N until it succeeds.

As SQLite and Lucene test themselves: after each, the index is the old or the new one, and goes on.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive import search
from archive.models import IndexChange, Speech
from archive.search import Query, indexing

from .conftest import litter
from .disk import Failing, Step, watched

KINDS = [errno.EIO, errno.ENOSPC]


def error(number: int) -> Callable[[], BaseException]:
    return lambda: OSError(number, os.strerror(number))


def until_it_succeeds(
    work: Callable[[], object], path: Path, number: int, check: Callable[[bool], None], stride: int = 1
) -> int:
    """Run ``work`` with the first step failing, then the second …; how many runs failed.

    An error of input or output strikes once; a full disk stays full. Errors are kept alive, as a debugger
    or a reporter of errors would.
    """
    kept = []
    for left in range(0, 10_000, stride):
        disk = Failing(left, error(number), for_ever=number == errno.ENOSPC)
        try:
            with watched(path, disk):
                work()
        except Exception as failure:
            kept.append(failure)
        check(disk.failed)
        if not disk.failed:
            return len(kept)
    raise AssertionError("never done")


@pytest.mark.parametrize("number", KINDS, ids=errno.errorcode.get)
def test_a_failing_step_of_a_commit_leaves_the_old_or_the_new_index(
    archive: list[Speech], index_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    speech, turn = archive[0], [0]
    monkeypatch.setattr(indexing, "LOCK_WAIT", 0)

    def change() -> None:
        turn[0] += 1
        Speech.objects.filter(pk=speech.pk).update(
            title=f"第{turn[0]}版", text=f"甲\n党建工作{turn[0]}。", digest=turn[0]
        )
        search.mark([speech.pk])
        search.drain(wait=0)

    def check(failed: bool) -> None:
        results = search.find(Query("党建"))
        assert (results.total, results.degraded) == (3, False)
        with indexing.store().view() as view:
            (doc,) = (doc for doc in view.docs if view.entries[doc].pk == speech.pk)
            assert f"党建工作{turn[0]}" in view.text(doc)[0] or f"党建工作{turn[0] - 1}" in view.text(doc)[0]
        search.drain(wait=0)
        assert not IndexChange.objects.exists()
        assert search.find(Query(f"“党建工作{turn[0]}”")).total == 1

    change()
    assert until_it_succeeds(change, index_path, number, check) > 40
    assert search.problems() == []
    assert litter(index_path) == []


@pytest.mark.parametrize("number", KINDS, ids=errno.errorcode.get)
def test_a_failing_step_of_a_rebuild_leaves_the_old_index_to_readers(
    archive: list[Speech], index_path: Path, number: int
) -> None:
    def check(failed: bool) -> None:
        results = search.find(Query("党建"))
        assert (results.total, results.degraded) == (3, False)

    assert until_it_succeeds(search.rebuild, index_path, number, check, stride=3) > 15
    assert search.repair() == []
    assert litter(index_path) == []


def test_a_failing_step_of_the_first_commit_of_an_archive_leaves_none_or_the_whole(
    make: Callable[..., Speech], index_path: Path
) -> None:
    make("甲\n党建工作。", title="甲")
    rows = [row.speech_id for row in IndexChange.objects.all()]

    def check(failed: bool) -> None:
        results = search.find(Query("党建"))
        assert results.total == 1
        assert results.degraded or indexing.store().checked()
        if failed:
            search.mark(rows)

    assert until_it_succeeds(search.drain, index_path, errno.EIO, check, stride=4) > 8
    assert search.repair() == []
    assert litter(index_path) == []


def test_an_index_that_cannot_be_written_is_still_read(
    archive: list[Speech], index_path: Path, django_capture_on_commit_callbacks: object
) -> None:
    """R1: the folder is read-only, whoever asks; saving goes on, and the mark waits."""

    def refuse(step: Step) -> None:
        raise PermissionError(errno.EROFS, "Read-only file system")

    with watched(index_path, refuse):
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            archive[0].title = "改"
            archive[0].save()
        indexing.store().close()
        results = search.find(Query("党建"))
        assert (results.total, results.degraded) == (3, False)
        assert search.status().pending == 1
    assert search.drain() == 1
    assert search.problems() == []


@pytest.mark.parametrize("command", ["check_index --repair", "rebuild_index"])
def test_a_command_that_meets_a_full_disk_says_so(
    archive: list[Speech], index_path: Path, command: str
) -> None:
    search.mark([archive[0].pk])
    full = Failing(8, error(errno.ENOSPC), for_ever=True)
    sentence = "索引无法写入（No space left on device）"
    with watched(index_path, full), pytest.raises(CommandError, match=sentence):
        call_command(*command.split(), verbosity=0)
    assert search.find(Query("党建")).total == 3
    assert search.repair() == []
