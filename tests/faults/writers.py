"""Several writers at once on a server that runs: editors who upload over HTTP, and an importer beside them.

Used by test_uploads, which counts; for how long an upload takes (W2):
python -m tests.faults.writers --seconds 60 [--editors 2] prints a table, and exits 1 when anything went wrong.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

from tests.bench.texts import synthetic

from .serving import MANAGE, PATIENCE, ROOT, Editor, Server, environment, manage, serving

SAVED, IN_ALREADY = "已保存《", "已经入库"
LONG = 60  # letters; a longer line is a paragraph
REPEATED = 0.1  # of the paragraphs are said word for word in other speeches too
FOLDER = 200  # files an importer of the long run is given at a time


class Texts:
    """As many speeches as anybody wants, each to one of those who want them at once.

    Most paragraphs are shuffled two letters at a time: an archive in which everybody says the same is none.
    """

    def __init__(self) -> None:
        self._texts = synthetic(1_000_000)
        self._dice = random.Random(1)
        self._lock = threading.Lock()

    def take(self) -> tuple[str, bytes]:
        with self._lock:
            name, text = next(self._texts)
            lines = [self._shuffled(line) if len(line) > LONG else line for line in text.split("\n")]
        return name, "\n".join(lines).encode()

    def _shuffled(self, paragraph: str) -> str:
        if self._dice.random() < REPEATED:
            return paragraph
        pairs = re.findall("..?", paragraph[:-1])
        return "".join(self._dice.sample(pairs, len(pairs))) + paragraph[-1]

    def folder(self, path: Path, count: int) -> Path:
        path.mkdir(parents=True)
        for _ in range(count):
            name, content = self.take()
            (path / name).write_bytes(content)
        return path


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file. ``told`` is what the last page said of it: SAVED, IN_ALREADY, else the page."""

    writer: str
    name: str
    content: bytes
    told: str
    statuses: tuple[int, ...]
    milliseconds: float


@dataclass(slots=True)
class Work:
    """What all writers did; ``failures`` are the importer's."""

    taken: list[Taken] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def acknowledged(self) -> list[Taken]:
        return [each for each in self.taken if each.told == SAVED]

    def errors(self) -> list[str]:
        """Every file whose writer was not told that it is saved."""
        lost = [f"{each.writer} {each.name} {each.statuses}" for each in self.taken if each.told != SAVED]
        return lost + self.failures


def save(editor: Editor, name: str, content: bytes) -> Taken:
    """What a person does to get a file in: send it, look at what was read, confirm, see that it is saved."""
    began = time.monotonic()
    answers = [editor.upload(name, content)]
    if answers[0].status == 302:
        answers.append(editor.look())
        answers.append(editor.confirm(answers[-1].page))
        answers.append(editor.look())
    took = (time.monotonic() - began) * 1_000
    page = answers[-1].page
    told = next((sentence for sentence in (SAVED, IN_ALREADY) if sentence in page), page)
    return Taken(editor.name, name, content, told, tuple(answer.status for answer in answers), took)


def write_at_once(server: Server, editors: Iterable[Editor], folders: Iterable[Path], texts: Texts) -> Work:
    """Import the folders one after the other; the editors upload from the first file of the first until the last."""
    work, over = Work(), threading.Event()
    with ThreadPoolExecutor() as pool:
        for number, folder in enumerate(folders):
            importing = _import(server, folder, work)
            next(importing, None)
            if number == 0:
                busy = [pool.submit(_upload_until, over, editor, texts) for editor in editors]
            for _ in importing:
                pass
        over.set()
        for each in busy:
            work.taken += each.result()
    return work


def _upload_until(over: threading.Event, editor: Editor, texts: Texts) -> list[Taken]:
    done = [save(editor, *texts.take())]
    while not over.is_set():
        done.append(save(editor, *texts.take()))
    return done


def _import(server: Server, folder: Path, work: Work) -> Iterator[Taken]:
    """Run an importer; each file as it is told of."""
    command = [*MANAGE, "import_speeches", str(folder), "--format", "json"]
    before = 0.0
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(server.data), stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout or ():
            now = time.monotonic()
            row = json.loads(line)
            if "path" in row:
                path = Path(row["path"])
                told = SAVED if row["status"] == "imported" else line
                # Of the first nobody saw when the importer began with it.
                took = (now - before) * 1_000 if before else 0.0
                work.taken.append(Taken("importer", path.name, path.read_bytes(), told, (), took))
                yield work.taken[-1]
            before = now
    if process.returncode:
        work.failures.append(f"import_speeches ended with {process.returncode}")


def drained(server: Server) -> bool:
    """Whether the server has brought its index up to date, which it does within seconds when it can."""
    for _ in range(600):
        if rows(server, "SELECT count(*) FROM archive_indexchange") == [(0,)]:
            return True
        time.sleep(0.1)
    return False


def rows(server: Server, query: str) -> list[tuple[Any, ...]]:
    """What the database answers."""
    with closing(sqlite3.connect(server.data / "archive.sqlite3", timeout=PATIENCE)) as database:
        return database.execute(query).fetchall()


def kept(server: Server) -> Counter[bytes]:
    """The files that stand in the archive as speeches, and how often each does."""
    found = rows(
        server,
        "SELECT content FROM archive_speech JOIN archive_sourcefile ON source_id = archive_sourcefile.id",
    )
    return Counter(content for (content,) in found)


def found(server: Server, content: bytes) -> int:
    """How many speeches a search finds for the words that only this text has."""
    words = content.decode().partition("\n")[0].removesuffix("上的讲话").removeprefix("在")
    with urlopen(f"http://127.0.0.1:{server.port}/search.json?{urlencode({'q': f'“{words}”'})}") as answer:
        total: int = json.load(answer)["total"]
    return total


def problems(server: Server, work: Work) -> list[str]:
    """Whatever is not as it was promised, once the writers have ended."""
    said = work.errors()
    if not drained(server):
        said.append("the index is still behind the database")
    copies = kept(server)
    acknowledged = work.acknowledged()
    said += [
        f"{each.name} is kept {copies[each.content]} times"
        for each in acknowledged
        if copies[each.content] != 1
    ]
    said += [
        f"{each.name} is found {n} times" for each in acknowledged if (n := found(server, each.content)) != 1
    ]
    if waiting := rows(server, "SELECT name FROM archive_stagedupload"):
        said.append(f"left waiting: {waiting}")
    if (checked := manage(server.data, "check_index")).returncode:
        said.append(checked.stderr)
    return said + re.findall(r".*\nTraceback.*", server.log.read_text())


def main(seconds: float, people: int) -> int:
    names = tuple(f"editor{number}" for number in range(people))
    texts = Texts()
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder, "data"), names) as server:
        editors = [Editor(server.port, name) for name in names]
        work = write_at_once(server, editors, _folders(Path(folder), texts, seconds), texts)
        wrong = problems(server, work)
    report(work, people, wrong)
    return 1 if wrong else 0


def _folders(path: Path, texts: Texts, seconds: float) -> Iterator[Path]:
    """One after the other, until the time is over."""
    until = time.monotonic() + seconds
    for number in count():
        if time.monotonic() >= until:
            return
        yield texts.folder(path / str(number), FOLDER)


def report(work: Work, people: int, wrong: list[str]) -> None:
    print("| writers at once | files | p50 ms | p95 ms | max ms | errors |\n|---|---|---|---|---|---|")  # noqa: T201
    by_importer = [each.milliseconds for each in work.taken if each.writer == "importer"]
    uploads = [each.milliseconds for each in work.taken if each.writer != "importer"]
    for name, spans in ((f"{people} editors, an upload", uploads), ("an importer, a file", by_importer)):
        cuts = quantiles(spans, n=100)
        print(  # noqa: T201
            f"| {name} | {len(spans):,} | {median(spans):.0f} | {cuts[94]:.0f} | {max(spans):.0f} | {len(wrong)} |"
        )
    print(*wrong, sep="\n", file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--editors", type=int, default=2)
    arguments = parser.parse_args()
    sys.exit(main(arguments.seconds, arguments.editors))
