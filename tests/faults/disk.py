"""A disk that can be watched, that fails at a step, and that loses what was not synced."""

from __future__ import annotations

import builtins
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True, slots=True)
class Step:
    """One change to the disk: open (for writing), write, fsync, rename, unlink, mkdir or rmdir."""

    kind: str
    path: str
    target: str = ""
    data: bytes = b""
    offset: int = 0
    inode: int = 0


Watch = Callable[[Step], None]


class Watched(io.FileIO):
    """A file of which every write is told before it happens."""

    def __init__(self, path: str, mode: str, watch: Watch) -> None:
        super().__init__(path, mode)
        self._watch = watch

    def write(self, data: Any) -> int:
        self._watch(
            Step("write", str(self.name), data=bytes(data), offset=self.tell(), inode=inode(self.fileno()))
        )
        return super().write(data)


def inode(file: int | str) -> int:
    return os.stat(file).st_ino


@contextmanager
def watched(folder: Path, watch: Watch) -> Iterator[None]:
    """Inside, ``watch`` sees every change of what lies at or below ``folder``, and beside it with its name.

    A step is seen before it happens, so that ``watch`` can have it fail; only what is opened is seen after.
    """
    with pytest.MonkeyPatch.context() as patch:
        _Patches(str(folder), watch).apply(patch)
        yield


class _Patches:
    def __init__(self, prefix: str, watch: Watch) -> None:
        self.prefix = prefix
        self.watch = watch

    def apply(self, patch: pytest.MonkeyPatch) -> None:
        opened = self._open(builtins.open)
        patch.setattr(builtins, "open", opened)
        patch.setattr(io, "open", opened)
        for name, kind in (("rename", "rename"), ("replace", "rename")):
            patch.setattr(os, name, self._two(kind, getattr(os, name)))
        for name, kind in (
            ("unlink", "unlink"),
            ("remove", "unlink"),
            ("mkdir", "mkdir"),
            ("rmdir", "rmdir"),
        ):
            patch.setattr(os, name, self._one(kind, getattr(os, name)))
        patch.setattr(os, "fsync", self._fsync(os.fsync))

    def _open(self, real: Any) -> Any:
        def opened(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
            path = os.fspath(file) if isinstance(file, str | os.PathLike) else ""
            if not str(path).startswith(self.prefix) or not set(mode) & set("wax+"):
                return real(file, mode, *args, **kwargs)
            self.watch(Step("try", path))
            raw = Watched(path, mode.replace("b", "").replace("t", ""), self.watch)
            self.watch(Step("open", path, inode=inode(raw.fileno())))
            buffered = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
            return buffered if "b" in mode else io.TextIOWrapper(buffered, "utf-8", newline="")

        return opened

    def _one(self, kind: str, real: Any) -> Any:
        def changed(path: Any, *args: Any, dir_fd: int | None = None, **kwargs: Any) -> Any:
            full = _full(path, dir_fd)
            if full.startswith(self.prefix):
                self.watch(Step(kind, full))
            return real(path, *args, dir_fd=dir_fd, **kwargs)

        return changed

    def _two(self, kind: str, real: Any) -> Any:
        def changed(source: Any, target: Any, **kwargs: Any) -> Any:
            if str(target).startswith(self.prefix):
                self.watch(Step(kind, os.fspath(source), os.fspath(target)))
            return real(source, target, **kwargs)

        return changed

    def _fsync(self, real: Any) -> Any:
        def changed(number: int) -> None:
            path = os.readlink(f"/proc/self/fd/{number}")
            if path.startswith(self.prefix) or self.prefix.startswith(f"{path}/"):
                self.watch(Step("fsync", path, inode=inode(number)))
            real(number)

        return changed


def _full(path: Any, folder: int | None) -> str:
    """shutil.rmtree names what it removes by an open folder."""
    return os.fspath(path) if folder is None else f"{os.readlink(f'/proc/self/fd/{folder}')}/{path}"


@dataclass(slots=True)
class Failing:
    """Lets ``left`` steps pass and then fails: once, or from then on, as a disk that is full."""

    left: int
    error: Callable[[], BaseException]
    for_ever: bool = False
    steps: int = 0
    failed: bool = False

    def __call__(self, step: Step) -> None:
        if step.kind == "open":  # it has happened
            return
        self.steps += 1
        if self.steps > self.left and (self.for_ever or not self.failed):
            self.failed = True
            raise self.error()


@dataclass(slots=True)
class Disk:
    """What a disk holds after a power cut, told step by step.

    ``now``: what the system sees. ``safe``: what is certain to be there. Names and contents are separate: a
    name is safe when its folder was synced, a content when the file was. In between anything may be there.
    """

    root: str
    now: dict[str, int] = field(default_factory=dict)  # path -> inode; folders are 0
    safe: dict[str, int] = field(default_factory=dict)
    contents: dict[int, bytes] = field(default_factory=dict)
    synced: dict[int, bytes] = field(default_factory=dict)
    _numbers: dict[int, int] = field(default_factory=dict)  # inodes are used again
    _next: int = 1

    def __call__(self, step: Step) -> None:
        handle = getattr(self, f"_{step.kind}", None)
        if handle is not None:
            handle(step)

    def _open(self, step: Step) -> None:
        self._numbers[step.inode] = self._next
        self.now[step.path] = self._next
        self.contents[self._next] = b""
        self._next += 1

    def _write(self, step: Step) -> None:
        number = self._numbers[step.inode]
        old = self.contents[number].ljust(step.offset, b"\0")
        self.contents[number] = old[: step.offset] + step.data + old[step.offset + len(step.data) :]

    def _rename(self, step: Step) -> None:
        self.now[step.target] = self.now.pop(step.path)

    def _unlink(self, step: Step) -> None:
        self.now.pop(step.path, None)

    def _mkdir(self, step: Step) -> None:
        self.now[step.path] = 0

    def _rmdir(self, step: Step) -> None:
        self.now.pop(step.path, None)

    def _fsync(self, step: Step) -> None:
        number = self._numbers.get(step.inode)
        if number is not None and number in self.now.values():
            self.synced[number] = self.contents[number]
            return
        names = {path for path in {*self.now, *self.safe} if os.path.dirname(path) == step.path}
        for path in names:
            if path in self.now:
                self.safe[path] = self.now[path]
            else:
                self.safe.pop(path, None)

    def write_to(self, folder: Path, names: dict[str, int], content: Callable[[int], bytes]) -> None:
        """Lay these names below ``folder``; whatever lies in a folder that is not there is lost."""
        for path, number in sorted(names.items()):
            target = folder / os.path.relpath(path, self.root)
            if not target.parent.is_dir():
                continue
            if number:
                target.write_bytes(content(number))
            else:
                target.mkdir(exist_ok=True)
