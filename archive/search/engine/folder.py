"""The index on disk: a folder a generation, and a file CURRENT that names the one to read.

A rebuild fills a new folder and then rewrites CURRENT in one step, so readers never see half an index.
The lock file lies beside the index, not in it: whoever removes the index must not remove the lock.
"""

from __future__ import annotations

import fcntl
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from archive.search.engine.disk import put, remove, sync
from archive.search.engine.record import NAME, Record
from archive.search.results import IndexUnavailable

LOCK_WAIT = 60.0  # seconds; a commit takes tenths of one, a merge of a large archive more
_LOCK_POLL = 0.01  # seconds
_POINTER = re.compile(r"g\d{6,}\n")


class Folder:
    """``path`` holds g000001/, g000002/ …, CURRENT and, while an index is being filled, NEXT."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def lock(self, wait: float = LOCK_WAIT) -> Iterator[None]:
        """Held by whoever writes, in any thread of any process.

        IndexUnavailable when it stays taken, and when the disk refuses what is written inside.
        """
        try:
            with self._locked(wait):
                yield
        except OSError as error:
            raise IndexUnavailable(
                f"索引无法写入（{error.strerror or error}），请检查磁盘空间和权限。"
            ) from error

    @contextmanager
    def _locked(self, wait: float) -> Iterator[None]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + wait
        with open(f"{self.path}.lock", "w") as file:
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > deadline:
                        raise IndexUnavailable(f"索引被占用超过 {wait:.0f} 秒，请稍后再试。") from None
                    time.sleep(_LOCK_POLL)
            try:
                yield
            finally:  # closing alone would not free it while a forked process has the file open too
                fcntl.flock(file, fcntl.LOCK_UN)

    def named(self, name: str) -> Path | None:
        """The generation that CURRENT (or NEXT) names, whether it is there or not."""
        try:
            content = (self.path / name).read_bytes().decode("ascii")
        except (OSError, UnicodeDecodeError):
            return None
        return self.path / content[:-1] if _POINTER.fullmatch(content) else None

    def current(self) -> Path | None:
        """The live generation: the one that CURRENT names or, when that is lost, the newest that was live."""
        named = self.named("CURRENT")
        if named is not None and named.is_dir() and _was_live(named) is not False:
            return named
        for generation in self._generations():
            live = _was_live(generation)
            if live is not False:  # an older one would be out of date
                return generation if live else None
        return None

    def lost(self) -> str:
        """What is wrong with CURRENT, while there is an index all the same."""
        current = self.current()
        if current is None or current == self.named("CURRENT"):
            return ""
        return f"索引的 CURRENT 文件已损坏或不见了，暂用 {current.name}。"

    def create(self) -> Path:
        """A new, empty folder; nobody reads it before ``point`` names it."""
        if not self.path.is_dir():
            self.path.mkdir(parents=True, mode=0o700)
            sync(self.path.parent)
        numbers = [int(generation.name[1:]) for generation in self._generations()]
        generation = self.path / f"g{max(numbers, default=0) + 1:06d}"
        generation.mkdir(mode=0o700)
        sync(self.path)
        return generation

    def point(self, generation: Path, name: str = "CURRENT") -> None:
        """Let ``name`` name this generation, in one step that survives a power cut."""
        put(self.path / name, f"{generation.name}\n")

    def unpoint(self, name: str) -> None:
        (self.path / name).unlink(missing_ok=True)

    def keep(self, *generations: Path | None) -> None:
        """Remove all other generations."""
        for generation in self._generations():
            if generation not in generations:
                with suppress(OSError):  # it does no harm, and the next writer tries again
                    remove(generation)

    def tidy(self) -> None:
        """Remove what a crash has left, and let CURRENT name the live generation again. Under the lock."""
        for draft in self.path.glob("*.tmp"):
            remove(draft)
        current = self.current()
        if current is not None:
            if current != self.named("CURRENT"):
                self.point(current)
            self.keep(current, self.named("NEXT"))

    def _generations(self) -> list[Path]:
        """Newest first."""
        found = [path for path in self.path.glob("g*") if _POINTER.fullmatch(f"{path.name}\n")]
        return sorted(found, key=lambda path: int(path.name[1:]), reverse=True)


def clean(generation: Path, record: Record) -> None:
    """Remove what the record does not name: half commits and those that others have replaced."""
    for path in generation.iterdir():
        if path.name != NAME and path.name not in record.files:
            remove(path)


def _was_live(generation: Path) -> bool | None:
    """Whether it has ever been CURRENT; None when it cannot say."""
    try:
        return Record.read(generation).ready
    except IndexUnavailable:
        return None
