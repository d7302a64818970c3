"""Importers that are killed, that race each other, and that go on during rebuilds: each in a process of its own.

Run by test_importers: python -m tests.faults.importers FOLDER TRIALS, with ARCHIVE_DATA_DIR set; prints a JSON
object a trial. One process loads everything and forks the others, which saves their seconds of start.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "archive.settings"

TEXT = """在第{n}次座谈会上的讲话

同志们：
{n}号材料说的是党建工作。

一、统一思想认识
要学习第{n}号文件，抓好党建工作。

二、抓好工作落实
要抓好第{n}项落实。

谢谢大家！
"""


def main(folder: Path, trials: int) -> None:
    import django

    django.setup()
    from archive import search

    os.fsync = lambda number: None  # type: ignore[assignment]  # a kill loses nothing that was written
    run(migrate)
    search.prepare()
    chance = random.Random(1)
    began = time.monotonic()
    os.waitpid(start(lambda: load(written(folder / "whole", 90000, 6))), 0)
    span = time.monotonic() - began
    for trial in range(trials):
        some = written(folder / f"killed{trial}", 10000 + trial * 10, 6)
        say("killed", **killed_at_random(some, chance.uniform(0, span)))
    say("before the index", **killed_before_the_index(written(folder / "unindexed", 60000, 1)))
    say("two", **two_at_once(written(folder / "two", 70000, 8)))
    say("rebuilding", **while_rebuilding(folder, trials))


def written(folder: Path, first: int, count: int) -> Path:
    """A folder of transcripts, numbered; all numbers are equally long, so that none is part of another."""
    folder.mkdir(parents=True)
    for n in range(first, first + count):
        (folder / f"{n}.txt").write_text(TEXT.format(n=n), encoding="utf-8")
    return folder


def run(work: Callable[[], Any]) -> Any:
    """What ``work`` returns, in a process of its own."""
    reader, writer = os.pipe()
    child = start(lambda: os.write(writer, json.dumps(work()).encode()))
    os.close(writer)
    with os.fdopen(reader) as answer:
        said = answer.read()
    if os.waitpid(child, 0)[1]:
        sys.exit("a process failed")
    return json.loads(said)


def start(work: Callable[[], Any]) -> int:
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        work()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def say(name: str, **facts: Any) -> None:
    print(json.dumps({"name": name, **facts}), flush=True)  # noqa: T201 (its answer)


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def load(folder: Path) -> None:
    from django.core.management import call_command

    call_command("import_speeches", str(folder), verbosity=0)


def state(folder: Path) -> dict[str, Any]:
    """What the archive holds of a folder: whole and half speeches, copies, and what a search finds."""
    from archive import search
    from archive.models import Speech

    names = sorted(path.stem for path in folder.iterdir())
    speeches = [s for s in Speech.objects.all() if s.title in {f"在第{n}次座谈会上的讲话" for n in names}]
    found = [name for name in names if search.find(search.Query(f"“{name}号材料”")).total == 1]
    return {
        "files": len(names),
        "speeches": len(speeches),
        "copies": len(speeches) - len({speech.digest for speech in speeches}),
        "half": [s.pk for s in speeches if s.sections.count() != 4 or not s.source],
        "found": len(found),
        "pending": search.status().pending,
        "problems": search.problems(),
    }


def killed_at_random(folder: Path, after: float) -> dict[str, Any]:
    """K1: an importer is killed after some seconds, and run again."""
    child = start(lambda: load(folder))
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
    left = run(lambda: state(folder))
    run(lambda: load(folder))
    return {"killed": killed, "after": left, "again": run(lambda: state(folder))}


def killed_before_the_index(folder: Path) -> dict[str, Any]:
    """K4: the transaction is done, its marks are not worked off; the next start does it."""

    def last() -> None:
        from archive.search import indexing

        indexing.drain = lambda *wait: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment,return-value]
        load(folder)

    os.waitpid(start(last), 0)
    after = run(lambda: state(folder))
    run(repair)
    return {"after": after, "again": run(lambda: state(folder))}


def repair() -> None:
    from django.core.management import call_command

    call_command("check_index", "--repair", verbosity=0)


def two_at_once(folder: Path) -> dict[str, Any]:
    """W1: two importers of the same folder."""
    children = [start(lambda: load(folder)) for _ in range(2)]
    statuses = [os.waitpid(child, 0)[1] for child in children]
    return {"statuses": statuses, "again": run(lambda: state(folder))}


def while_rebuilding(folder: Path, count: int) -> dict[str, Any]:
    """W3: one process writes, one rebuilds, and this one's child searches."""
    done = folder / "done"
    done.mkdir()

    def write() -> None:
        for n in range(80000, 80000 + count):
            load(written(folder / f"while{n}", n, 1))
            (done / str(n)).touch()

    def rebuild() -> int:
        from archive import search

        turns = 0
        while len(list(done.iterdir())) < count:
            search.rebuild()
            turns += 1
            time.sleep(0.1)  # locks are not handed out in turn, and the writer wants one too
        return turns

    writer = start(write)
    reader = start(lambda: search_until(done, count))
    turns = run(rebuild)
    statuses = [os.waitpid(child, 0)[1] for child in (writer, reader)]
    return {"statuses": statuses, "turns": turns, "problems": run(problems)}


def search_until(done: Path, count: int) -> None:
    """Fails when a search finds less than was acknowledged before it began."""
    from archive import search

    while (acknowledged := len(list(done.iterdir()))) < count:
        results = search.find(search.Query("号材料"))
        if results.degraded or results.total < acknowledged:
            sys.exit(f"found {results.total} of {acknowledged}, {results.warnings}")


def problems() -> list[str]:
    from archive import search

    search.drain()
    return search.problems()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
