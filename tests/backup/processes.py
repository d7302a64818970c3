"""Restores that are killed, and an export while others write: each in a process of its own, on a real database.

Run by test_processes: python -m tests.backup.processes FOLDER, with ARCHIVE_DATA_DIR set; prints a JSON object a trial.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "archive.settings"

from tests.faults.importers import load, migrate, run, say, start, written

KILLS = 12


def main(folder: Path) -> None:
    import django

    django.setup()
    from archive import search

    os.fsync = lambda number: None  # type: ignore[assignment]  # a kill loses nothing that was written
    run(migrate)
    search.prepare()
    os.waitpid(start(lambda: load(written(folder / "kept", 10000, 6))), 0)
    kept = folder / "kept.zip"
    run(lambda: export(kept))
    writer = start(lambda: change_when(folder))
    facts = run(lambda: export_while_writing(folder))
    say("while writing", **facts, writer=os.waitpid(writer, 0)[1])
    old = folder / "old.zip"
    before = run(lambda: export(old))
    last = run(lambda: steps(kept))
    for turn in range(KILLS):
        at = turn * last // (KILLS - 1)
        say("killed", at=at, last=last, **run_killed(kept, at), before=before)
    say("again", whole=run(lambda: replaced(kept)), **run(state), kept=run(lambda: export(folder / "b.zip")))
    say("kept", digest=run(lambda: export_of(kept)))


def export(path: Path) -> str:
    from archive import backup

    return backup.export(path).digest


def export_of(path: Path) -> str:
    import hashlib
    import zipfile

    with zipfile.ZipFile(path) as package:
        return hashlib.sha256(package.read("manifest.json")).hexdigest()


def export_while_writing(folder: Path) -> dict[str, Any]:
    """In the middle of an export the writer is let go, and awaited."""
    from archive import backup
    from archive.models import Speech

    def watch(members: Any, total: int) -> Iterator[Any]:
        for number, each in enumerate(members):
            if number == total // 2:
                (folder / "go").touch()
                wait_for(folder / "done")
            yield each

    before = backup.export(folder / "before.zip").digest
    during = backup.export(folder / "during.zip", watch).digest
    after = backup.export(folder / "after.zip").digest
    return {"same": during == before, "changed": after != before, "speeches": Speech.objects.count()}


def change_when(folder: Path) -> None:
    """Delete a speech and import two, without waiting for anybody."""
    from django.db import connection

    from archive.models import Speech

    texts = written(folder / "meanwhile", 20000, 2)
    try:
        wait_for(folder / "go")
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 0")
        last = Speech.objects.order_by("pk").last()
        assert last is not None
        last.delete()
        load(texts)
    finally:
        (folder / "done").touch()


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def interrupted(path: Path, at: int) -> int:
    """Restore over what is there; killed at the ``at``-th write of rows. How many there are."""
    from archive import backup
    from archive.backup import restoring

    real, seen = restoring._insert, [0]

    def insert(batch: list[Any]) -> None:
        if seen[0] == at:
            os.kill(os.getpid(), signal.SIGKILL)
        seen[0] += 1
        real(batch)

    restoring._insert = insert
    backup.restore(path, replace=True)
    if seen[0] == at:
        os.kill(os.getpid(), signal.SIGKILL)  # after the commit, before the index
    return seen[0]


def steps(path: Path) -> int:
    """How many writes a restore has; it is undone."""
    from django.db import transaction

    with transaction.atomic():
        count = interrupted(path, -1)
        transaction.set_rollback(True)
    return count


def run_killed(path: Path, at: int) -> dict[str, Any]:
    killed = os.WIFSIGNALED(os.waitpid(start(lambda: interrupted(path, at)), 0)[1])
    return {"killed": killed, **run(state), "after": run(lambda: export(path.with_name("now.zip")))}


def state() -> dict[str, Any]:
    """What is left once the archive has been served for a while."""
    from archive import reuse, search

    reuse.fill()
    search.drain()  # as a server does
    return {"problems": [*search.problems(), *reuse.problems()]}


def replaced(path: Path) -> bool:
    from archive import backup

    backup.restore(path, replace=True)
    backup.complete()
    return True


if __name__ == "__main__":
    main(Path(sys.argv[1]))
