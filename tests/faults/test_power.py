"""P1: a power cut at any moment. Nothing acknowledged is lost, and what is left can be read and written."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from archive.search import IndexUnavailable
from archive.search.engine import Merge, Store

from .conftest import TRIALS, document, held, litter
from .disk import Disk, Step, watched

CUTS = 40 * TRIALS  # moments, each with three ways to lose what was not synced


@dataclass(slots=True)
class Recorder:
    """Everything that happened, and how far the index was when its writer returned."""

    steps: list[Step] = field(default_factory=list)
    states: list[tuple[int, set[int]]] = field(default_factory=list)  # steps so far, what the index then held

    def __call__(self, step: Step) -> None:
        if step.kind != "try":
            self.steps.append(step)

    def acknowledge(self, pks: set[int]) -> None:
        self.states.append((len(self.steps), set(pks)))


def recorded(path: Path) -> Recorder:
    """A first index, six commits with deletions and merges, a rebuild."""
    recorder = Recorder()
    index = Store(path)
    with watched(path, recorder):
        generation = index.create()
        index.write(generation, [], [document(0)])
        index.publish(generation)
        recorder.acknowledge({0})
        pks = {0}
        for pk in range(1, 7):
            gone = {pk - 2} & pks if pk % 2 else set()
            index.write(generation, gone, [document(pk)], merge=Merge(100, 3))
            pks = pks - gone | {pk}
            recorder.acknowledge(pks)
        generation = index.create()
        index.write(generation, [], [document(pk) for pk in (*pks, 99)])
        index.publish(generation)
        recorder.acknowledge({*pks, 99})
    index.close()
    return recorder


def test_no_power_cut_loses_what_was_acknowledged(tmp_path: Path) -> None:
    recorder = recorded(tmp_path / "index")
    chance = random.Random(1)
    moments = set(chance.sample(range(len(recorder.steps)), min(CUTS, len(recorder.steps))))
    moments |= {number for number, step in enumerate(recorder.steps) if step.kind == "rename"}
    disk = Disk(str(tmp_path))
    for number, step in enumerate(recorder.steps):
        disk(step)
        if number not in moments:
            continue
        for left in (everything_unsynced_is_lost, names_without_contents, anything):
            folder = tmp_path / "after"
            folder.mkdir()
            left(disk, folder, chance)
            usable(folder / "index", recorder.states, number + 1)
            shutil.rmtree(folder)


Left = Callable[[Disk, Path, random.Random], None]


def everything_unsynced_is_lost(disk: Disk, folder: Path, chance: random.Random) -> None:
    disk.write_to(folder, disk.safe, lambda number: disk.synced.get(number, b""))


def names_without_contents(disk: Disk, folder: Path, chance: random.Random) -> None:
    """As file systems do that keep a journal of names only."""
    disk.write_to(folder, disk.now, lambda number: disk.synced.get(number, b""))


def anything(disk: Disk, folder: Path, chance: random.Random) -> None:
    """Each name and each page by itself may have reached the disk or not."""
    names = {}
    for path in {*disk.now, *disk.safe}:
        source = chance.choice((disk.now, disk.safe))
        if path in source:
            names[path] = source[path]

    def content(number: int) -> bytes:
        whole = disk.contents[number]
        if disk.synced.get(number) == whole:
            return whole
        return chance.choice((whole, whole[: len(whole) // 2], b"\0" * len(whole), b""))

    disk.write_to(folder, names, content)


def usable(path: Path, states: list[tuple[int, set[int]]], steps: int) -> None:
    """The index holds what was last acknowledged, or the commit that was under way; and it can go on."""
    done = [pks for when, pks in states if when <= steps]
    under_way = [pks for when, pks in states if when > steps][:1]
    index = Store(path)
    try:
        found = held(index)
    except IndexUnavailable:
        assert not done, f"after step {steps}: unreadable"
        return
    finally:
        index.close()
    assert found in [*done[-1:], *under_way], f"after step {steps}: {found}"
    if steps % 5 == 0:
        index.folder.tidy()
        index.write(index.checked(), [], [document(1000)])
        assert held(index) == found | {1000}
        assert litter(path) == []
        index.close()


def test_without_syncing_the_same_commits_do_not_survive(tmp_path: Path) -> None:
    """The replay can tell: it finds fault with a disk that forgets to sync."""
    recorder = recorded(tmp_path / "index")
    disk = Disk(str(tmp_path))
    for step in recorder.steps:
        if step.kind != "fsync":
            disk(step)
    (tmp_path / "after").mkdir()
    names_without_contents(disk, tmp_path / "after", random.Random(1))
    with pytest.raises(IndexUnavailable):
        held(Store(tmp_path / "after" / "index"))
