"""A backup appears whole or not at all, and the one before it stays until then."""

from __future__ import annotations

import errno
import fcntl
import os
from contextlib import suppress
from pathlib import Path

import pytest

from archive import backup
from archive.backup.disk import written_whole
from archive.models import Speaker
from tests.faults.disk import Disk, Failing, Step, watched

from .conftest import members

WRITES = {"try", "write", "fsync", "rename"}


def refusing(number: int, left: int) -> Failing:
    return Failing(left, lambda: OSError(number, os.strerror(number)), for_ever=number == errno.ENOSPC)


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC], ids=errno.errorcode.get)
def test_a_disk_that_fails_at_any_step_leaves_the_backup_before(
    rich: None, tmp_path: Path, number: int
) -> None:
    """Each step in turn, until none fails; a full disk stays full, but files can still be deleted."""
    folder = tmp_path / "kept"
    folder.mkdir()
    path = folder / "kept.zip"
    path.write_bytes(b"the one before")
    for left in range(1000):
        disk, told = refusing(number, left), []

        def step(each: Step, disk: Failing = disk, told: list[Step] = told) -> None:
            told.append(each)
            if each.kind in WRITES:
                disk(each)

        with suppress(OSError), watched(folder, step):
            backup.export(path)
        assert os.listdir(folder) == ["kept.zip"]
        if not disk.failed:
            break
        # Only the very last step comes too late: it makes the new name safe, which is there already.
        renamed = any(each.kind == "rename" for each in told[:-1])
        failed_at = next(each for each in reversed(told) if each.kind in WRITES)
        if not renamed or failed_at.kind == "rename":
            assert path.read_bytes() == b"the one before"
        else:
            assert (failed_at.kind, failed_at.path) == ("fsync", str(folder))
    assert left > 3
    assert "manifest.json" in members(path)


def test_a_power_cut_at_any_step_leaves_the_backup_before_or_the_whole_new_one(
    rich: None, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    path = folder / "kept.zip"
    path.write_bytes(b"the one before")
    disk = Disk(str(folder))
    disk.now[str(path)] = disk.safe[str(path)] = 9999
    disk.contents[9999] = disk.synced[9999] = b"the one before"
    seen: set[bytes] = set()

    def cut(step: Step) -> None:
        """What is certain now, and what may be there as well: every name, with nothing unsynced in it."""
        disk(step)
        for names in (disk.safe, disk.now):
            if str(path) in names:
                seen.add(disk.synced.get(names[str(path)], b"lost"))

    with watched(folder, cut):
        backup.export(path)
    assert seen == {b"the one before", path.read_bytes()}
    assert disk.synced[disk.safe[str(path)]] == path.read_bytes()


def test_what_a_killed_export_left_goes_with_the_next_and_a_running_one_stays(
    tmp_path: Path, db: None
) -> None:
    path = tmp_path / "kept.zip"
    left, other = tmp_path / ".kept.zip.0.part", tmp_path / ".other.zip.0.part"
    for each in (left, other):
        each.write_bytes(b"half")
    running = tmp_path / ".kept.zip.1.part"
    with running.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        backup.export(path)
        assert {each.name for each in tmp_path.iterdir()} == {path.name, running.name, other.name}


def test_two_at_once_leave_a_whole_file(tmp_path: Path, db: None) -> None:
    path = tmp_path / "kept.zip"
    with written_whole(path) as file:
        file.write(b"the other")
        backup.export(path)
        assert "manifest.json" in members(path)
    assert path.read_bytes() == b"the other"
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_only_its_owner_may_read_a_backup(tmp_path: Path, db: None) -> None:
    """It holds drafts."""
    backup.export(tmp_path / "kept.zip")
    assert (tmp_path / "kept.zip").stat().st_mode & 0o777 == 0o600


def test_an_interrupted_export_leaves_nothing(tmp_path: Path, db: None) -> None:
    Speaker.objects.create(name="甲")

    def interrupt(things: object, total: int) -> list[object]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup.export(tmp_path / "kept.zip", interrupt)
    assert list(tmp_path.iterdir()) == []
