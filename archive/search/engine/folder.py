"""The index on disk: a folder a generation, and a file CURRENT that names the one to read.

A rebuild fills a new folder and then rewrites CURRENT in one step, so readers never see half an index.
The lock file lies beside the index, not in it: whoever removes the index must not remove the lock.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from archive.search.results import IndexUnavailable

LOCK_WAIT = 60.0  # seconds; a commit takes tenths of one, a merge of a large archive more
_LOCK_POLL = 0.01  # seconds


class Folder:
    """``path`` holds g000001/, g000002/ …, CURRENT and, while an index is being filled, NEXT."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def lock(self, wait: float = LOCK_WAIT) -> Iterator[None]:
        """Held by whoever writes, in any thread of any process. IndexUnavailable when it stays taken."""
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
            yield  # closing the file frees the lock, whatever happens

    def current(self, name: str = "CURRENT") -> Path | None:
        """The generation that CURRENT (or NEXT) names, if there is one."""
        try:
            return self.path / (self.path / name).read_text(encoding="ascii").strip()
        except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
            return None

    def create(self, manifest: dict[str, Any]) -> Path:
        """A new, empty generation; nobody reads it before ``point`` names it."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        numbers = [int(path.name[1:]) for path in self.path.glob("g[0-9]*")]
        generation = self.path / f"g{max(numbers, default=0) + 1:06d}"
        generation.mkdir(mode=0o700)
        self._write(generation / "manifest.json", json.dumps(manifest))
        return generation

    def manifest(self, generation: Path) -> dict[str, Any]:
        try:
            found = json.loads((generation / "manifest.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def seal(self, generation: Path) -> None:
        """Note how long each file is, after a commit."""
        sizes = {path.name: path.stat().st_size for path in generation.glob("MAIN_*.*")}
        self._write(generation / "sizes.json", json.dumps(sizes))

    def broken(self, generation: Path) -> list[str]:
        """The files that are there but not as long as they were.

        One that is gone Whoosh misses itself; one that is new was committed just before a crash.
        """
        try:
            sizes = json.loads((generation / "sizes.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return []
        now = {path.name: path.stat().st_size for path in generation.glob("MAIN_*.*")}
        return [name for name, size in now.items() if sizes.get(name, size) != size]

    def point(self, generation: Path, name: str = "CURRENT") -> None:
        """Let ``name`` name this generation, in one step that survives a power cut."""
        self._write(self.path / name, f"{generation.name}\n")

    def unpoint(self, name: str) -> None:
        (self.path / name).unlink(missing_ok=True)

    def prune(self) -> None:
        """Remove the generations that nothing names."""
        named = {self.current(), self.current("NEXT")}
        for generation in self.path.glob("g[0-9]*"):
            if generation not in named:
                shutil.rmtree(generation, ignore_errors=True)

    def _write(self, path: Path, content: str) -> None:
        draft = path.with_name(f"{path.name}.tmp")
        with draft.open("w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
