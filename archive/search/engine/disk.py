"""Files that survive a power cut, and how to tell one that has changed since.

A file is durable when it has been synced, and so is its name when its folder has been (fsync(2)). Whoosh does
neither: of 384 states that a power cut could leave of six of its commits, 17 were usable.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage

from archive.search.engine.view import CURE
from archive.search.results import IndexUnavailable

Signature = tuple[int, int, int, int]  # inode, size, mtime and ctime in ns: another one, another content


def signature(file: Path | str | int) -> Signature | None:
    """Of a path or an open file; None when there is none to see."""
    try:
        seen = os.stat(file)
    except OSError:
        return None
    return seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def put(path: Path, content: str) -> None:
    """Write a file in one step that survives a power cut: the old content or the new, never neither."""
    draft = path.with_name(f"{path.name}.tmp")
    with draft.open("w", encoding="utf-8", newline="") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync(path.parent)


def sync(folder: Path) -> None:
    """Make the names in a folder durable."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def remove(path: Path) -> None:
    """A file, or a folder with all that is in it."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


class Files(FileStorage):  # type: ignore[misc]
    """A generation as Whoosh sees it: durable when written, verified when read.

    Only files with a signature in ``verified`` can be opened: Whoosh keeps pickles in its files, and one that
    somebody else put there must not be loaded. ``release`` closes whatever was opened, however Whoosh left it;
    ``close`` does nothing, for Whoosh calls it whenever it is done with one segment of many.
    """

    def __init__(self, generation: Path, verified: Mapping[str, Signature]) -> None:
        super().__init__(str(generation))
        self._path = generation
        self._verified = verified
        self._opened: list[Any] = []
        self._unsynced: list[int] = []  # open, for an error of the disk is told to who had the file open
        self._scratch: list[Scratch] = []

    def create_file(self, name: str, excl: bool = False, mode: str = "wb", **kwargs: Any) -> Any:
        file = super().create_file(name, excl, mode, onclose=self._written, **kwargs)
        self._opened.append(file)
        return file

    def open_file(self, name: str, **kwargs: Any) -> Any:
        try:
            file = super().open_file(name, **kwargs)
        except FileNotFoundError:
            raise IndexUnavailable(missing(name)) from None
        except OSError as error:
            raise IndexUnavailable(unreadable(name, error)) from error
        self._opened.append(file)
        if name not in self._verified or signature(file.fileno()) != self._verified[name]:
            raise IndexUnavailable(damaged(name))
        return file

    def _written(self, file: Any) -> None:
        file.flush()
        self._unsynced.append(os.dup(file.fileno()))

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """The last step of Whoosh's commit: by now all that it has written must be on the disk."""
        self._sync()
        super().rename_file(oldname, newname, safe)
        sync(self._path)

    def _sync(self) -> None:
        """All at once, which a file system answers with one write of its journal instead of ten."""
        if self._unsynced:
            with ThreadPoolExecutor(len(self._unsynced)) as pool:
                list(pool.map(os.fsync, self._unsynced))
            self._let_go()

    def _let_go(self) -> None:
        while self._unsynced:
            os.close(self._unsynced.pop())

    def temp_storage(self, name: str | None = None) -> Scratch:
        scratch = Scratch(str(self._path / (name or "scratch.tmp"))).create()
        self._scratch.append(scratch)
        return scratch  # type: ignore[no-any-return]

    def release(self) -> None:
        """Close all; what is not synced yet is of no use any more."""
        _close(self._opened)
        self._let_go()
        for scratch in self._scratch:
            _close(scratch.opened)
            shutil.rmtree(scratch.folder, ignore_errors=True)


class Scratch(FileStorage):  # type: ignore[misc]
    """What Whoosh lays aside while it writes; nobody needs it after a power cut."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.opened: list[Any] = []

    def create_file(self, name: str, excl: bool = False, mode: str = "wb", **kwargs: Any) -> Any:
        file = super().create_file(name, excl, mode, **kwargs)
        self.opened.append(file)
        return file


def damaged(name: str) -> str:
    return f"索引文件 {name} 已损坏。{CURE}"


def missing(name: str) -> str:
    return f"索引文件 {name} 不见了。{CURE}"


def unreadable(name: str, error: OSError) -> str:
    return f"索引文件 {name} 无法读取（{error.strerror}），请检查磁盘和权限。"


def _close(opened: list[Any]) -> None:
    for file in opened:
        with suppress(OSError):  # a full disk: what is left in the buffer cannot be written, nor need it be
            file.file.close()
    opened.clear()
