"""K2, K3, W4, W7: a writer is killed or stopped at a step, or rebuilds again and again while others read.

The writer is a fork of this process with a copy of its database in memory, so killing it is killing a process
after the transaction and before or amid the index.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest

from archive import search
from archive.models import IndexChange, Speech
from archive.search import Query, indexing
from archive.search.engine import Store
from archive.search.engine.record import Record, Verified

from .conftest import TRIALS, litter
from .disk import Failing, watched

KILLS = 12 * TRIALS


def kill() -> BaseException:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("alive")


def forked(work: Callable[[], object]) -> int:
    """The process that does ``work`` and ends, without a word to pytest."""
    child = os.fork()
    if child:
        return child
    _work_and_end(work)


def _work_and_end(work: Callable[[], object]) -> NoReturn:
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def killed_at(step: int, path: Path, work: Callable[[], object]) -> bool:
    """Whether the step was reached."""

    def until() -> None:
        with watched(path, Failing(step, kill)):
            work()

    _, status = os.waitpid(forked(until), 0)
    return os.WIFSIGNALED(status)


def steps(path: Path, work: Callable[[], object]) -> int:
    """How many steps ``work`` takes."""
    counter = Failing(10**9, kill)
    with watched(path, counter):
        work()
    return counter.steps


def test_a_commit_killed_at_any_step_leaves_the_old_or_the_new_index(
    archive: list[Speech], index_path: Path
) -> None:
    speech = archive[0]
    killed = 0
    search.mark([speech.pk])
    count = steps(index_path, search.drain)
    for trial in range(KILLS):
        Speech.objects.filter(pk=speech.pk).update(text=f"甲\n党建工作{trial}。", digest=trial)
        search.mark([speech.pk])
        killed += killed_at(count * trial // KILLS, index_path, search.drain)
        results = search.find(Query("党建"))
        assert (results.total, results.degraded) == (3, False)
        search.drain(wait=0)
        assert search.problems() == []
        assert litter(index_path) == []
    assert killed >= KILLS // 2


def test_a_rebuild_killed_at_any_step_leaves_the_old_index_to_readers(
    archive: list[Speech], index_path: Path
) -> None:
    killed = 0
    count = steps(index_path, search.rebuild)
    for trial in range(KILLS):
        killed += killed_at(count * trial // KILLS, index_path, search.rebuild)
        results = search.find(Query("党建"))
        assert (results.total, results.degraded) == (3, False)
        assert len(list(index_path.glob("g*"))) <= 2
        if trial % 3 == 0:
            search.mark([archive[0].pk])
            search.drain(wait=0)
            assert litter(index_path) == []
    assert killed >= KILLS // 2
    assert search.repair() == []
    assert litter(index_path) == []


def test_no_search_finds_less_while_others_rebuild(archive: list[Speech], tmp_path: Path) -> None:
    """W4: readers of one process, rebuilds of another."""
    enough = tmp_path / "enough"

    def rebuild() -> None:
        while not enough.exists():
            search.rebuild()

    child = forked(rebuild)
    seen: set[Path | None] = set()
    while len(seen) <= 8 * TRIALS:
        results = search.find(Query("党建"))
        assert (results.total, results.degraded) == (3, False)
        seen.add(indexing.store().folder.named("CURRENT"))
        assert os.waitpid(child, os.WNOHANG) == (0, 0)
    enough.touch()
    assert os.waitpid(child, 0)[1] == 0
    assert search.problems() == []


@pytest.mark.parametrize("meanwhile", ["a rebuild", "a commit that merges"])
def test_an_index_replaced_while_it_is_being_opened_is_opened_again(
    archive: list[Speech], index_path: Path, monkeypatch: pytest.MonkeyPatch, meanwhile: str
) -> None:
    """Between reading the record and opening what it names; another process has the same right to write."""
    other = Store(index_path)
    signatures = Verified.signatures

    def interrupted(self: Verified, record: Record) -> Any:
        monkeypatch.setattr(Verified, "signatures", signatures)
        if meanwhile == "a rebuild":
            search.rebuild()
        else:
            other.write(other.checked(), [], [], optimize=True)
        return signatures(self, record)

    indexing.store().close()
    monkeypatch.setattr(Verified, "signatures", interrupted)
    results = search.find(Query("党建"))
    assert (results.total, results.degraded) == (3, False)


@contextmanager
def stopped_holding_the_lock() -> Iterator[None]:
    def hold() -> None:
        with indexing.store().folder.lock():
            os.kill(os.getpid(), signal.SIGSTOP)

    child = forked(hold)
    os.waitpid(child, os.WUNTRACED)
    try:
        yield
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_a_stopped_writer_keeps_nobody_waiting_for_ever(
    archive: list[Speech],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: object,
) -> None:
    """W7: saving gives up on the index after SAVE_WAIT; the mark stays for the next writer."""
    monkeypatch.setattr(indexing, "SAVE_WAIT", 0.05)
    with stopped_holding_the_lock():
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            archive[0].title = "改"
            archive[0].save()
        assert "索引被占用" in caplog.text
        assert search.find(Query("党建")).total == 3
        assert search.problems() == [f"讲话 {archive[0].pk} 的索引不是最新的。"]
    assert IndexChange.objects.count() == search.drain(wait=0) == 1
    assert search.problems() == []
