"""One process's hold on the index: every reader takes its turn, every writer takes the lock.

Whoosh searchers are not thread-safe and opening one costs milliseconds, so a process keeps one view open
and hands it to one thread at a time; under the interpreter lock waiting costs nothing that sharing would
save.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from whoosh.index import TOC

from archive.search.engine.disk import Files, Signature, signature
from archive.search.engine.fields import Document, schema
from archive.search.engine.folder import Folder, clean
from archive.search.engine.record import NAME, Record, Verified
from archive.search.engine.view import CURE, View, reading
from archive.search.engine.writing import USUAL, Index, Merge, Writer
from archive.search.results import IndexUnavailable

LOOK_AGAIN = 1.0  # seconds between two looks at every file of the index; a look costs 5 µs a file
TRIES = 5  # at opening what writers may be replacing

Seen = tuple[Signature | None, Signature | None]  # CURRENT and the record


class Held(NamedTuple):
    """An open index, what it was opened from, and what the disk looked like just before."""

    view: View
    generation: Path
    record: Record
    seen: Seen


class Store:
    """The index at ``path``."""

    def __init__(self, path: Path) -> None:
        self.folder = Folder(path)
        self._turn = threading.RLock()
        self._held: Held | None = None
        self._look_again = 0.0
        self._verified: dict[Path, Verified] = {}
        self._pid = os.getpid()

    # Reading

    @contextmanager
    def view(self) -> Iterator[View]:
        """The index as it is now, for this thread alone. IndexUnavailable when it cannot be read."""
        with self._turn:
            view = self._fresh()
            try:
                yield view
            except IndexUnavailable:
                self._forget()
                raise

    def _fresh(self) -> View:
        if os.getpid() != self._pid:  # after a fork the open files share their position with the parent's
            self._held, self._pid = None, os.getpid()
        if self._held is not None and self._unchanged(self._held):
            return self._held.view
        for _ in range(TRIES):
            seen = self._look()
            try:
                return self._opened()
            except IndexUnavailable:
                self._forget()
                if self._look() == seen:  # else a commit or a rebuild has just replaced it
                    raise
        raise IndexUnavailable(f"索引一再变动，没有打开。{CURE}")

    def _unchanged(self, held: Held) -> bool:
        """Two looks at the disk; once a second, a look at every file."""
        if self._seen(held.generation) != held.seen:
            return False
        now = time.monotonic()
        if now < self._look_again:
            return True
        self._look_again = now + LOOK_AGAIN
        return not self._memory(held.generation).changed(held.record)

    def _look(self) -> Seen:
        return self._seen(self._held.generation if self._held else self.folder.current())

    def _seen(self, generation: Path | None) -> Seen:
        """Which CURRENT and which record there are; both change by being replaced."""
        record = signature(generation / NAME) if generation else None
        return signature(self.folder.path / "CURRENT"), record

    def _opened(self) -> View:
        current = signature(self.folder.path / "CURRENT")
        generation = self.checked()
        seen = (current, signature(generation / NAME))  # before it is read, so that no change is missed
        record = Record.read(generation)
        signatures = self._memory(generation).signatures(record)
        key = (f"{generation.name} {record.digest}", record.toc)  # another one also when all begins anew
        view = self._held.view if self._held else None
        if view is None or view.generation != key:
            known = view.leaves if view and self._held and self._held.generation == generation else {}
            files = Files(generation, signatures)
            try:
                with reading():
                    view = View(Index(files, record).reader(), key, known, files.release)
                if len(view.docs) != record.documents:
                    raise IndexUnavailable(f"索引的篇数不对。{CURE}")
            except BaseException:
                files.release()
                raise
            self._forget()
            self._verified = {path: seen for path, seen in list(self._verified.items()) if path.is_dir()}
        self._held = Held(view, generation, record, seen)
        self._look_again = time.monotonic() + LOOK_AGAIN
        return view

    def _forget(self) -> None:
        if self._held is not None:
            self._held.view.close()
            self._held = None

    def close(self) -> None:
        with self._turn:
            self._forget()

    def stamp(self) -> str:
        """Another one after every commit and rebuild; "" without an index. Waits for nobody."""
        held = self._held
        if held is not None and self._seen(held.generation) == held.seen:
            return f"{held.generation.name}-{held.seen[1]}"
        generation = self.folder.current()
        seen = signature(generation / NAME) if generation else None
        return f"{generation.name}-{seen}" if generation and seen else ""

    def documents(self) -> int:
        """How many the live index holds. IndexUnavailable when it cannot be read. Waits for nobody."""
        for _ in range(TRIES):
            generation = self.checked()
            record = Record.read(generation)
            try:
                self._memory(generation).signatures(record)
            except IndexUnavailable:
                if Record.read(self.checked()).digest == record.digest:
                    raise
                continue  # a commit has just removed what the older one named
            return record.documents
        raise IndexUnavailable(f"索引一再变动，没有打开。{CURE}")

    def checked(self, name: str = "CURRENT") -> Path:
        """The current (or NEXT) generation, known to be of this version."""
        generation = self.folder.current() if name == "CURRENT" else self.folder.named(name)
        if generation is None or not generation.is_dir():
            raise IndexUnavailable(f"还没有索引。{CURE}")
        Record.read(generation).check_version()
        return generation

    def damage(self) -> list[str]:
        """What is wrong with the files of the live index, a sentence each; all of them are hashed afresh."""
        while True:
            generation = self.checked()
            record = Record.read(generation)
            found = Verified(generation).problems(record)
            if found and Record.read(self.checked()).digest != record.digest:
                continue  # a commit has removed what the older one named
            if found:
                self.close()
                self._verified.pop(generation, None)
            return [lost, *found] if (lost := self.folder.lost()) else found

    def _memory(self, generation: Path) -> Verified:
        return self._verified.setdefault(generation, Verified(generation))

    # Writing; all of it under ``folder.lock()``

    def create(self) -> Path:
        """An empty index in a generation of its own."""
        generation = self.folder.create()
        files = Files(generation, {})
        try:
            TOC.create(files, schema())
            self._commit(generation, Record.of_nothing(), 0, [])
        finally:
            files.release()
        return generation

    def write(
        self,
        generation: Path,
        remove: Iterable[int],
        add: Iterable[Document],
        optimize: bool = False,
        merge: Merge = USUAL,
    ) -> None:
        """Replace documents in one commit: all of it happens, or nothing."""
        record = Record.read(generation)
        record.check_version()
        clean(generation, record)
        files = Files(generation, self._memory(generation).signatures(record))
        try:
            writer = Writer(
                Index(files, record), lambda toc, segments: self._commit(generation, record, toc, segments)
            )
            writer.fill(remove, add, optimize, merge)
        finally:
            files.release()

    def _commit(self, generation: Path, old: Record, toc: int, segments: list[Any]) -> None:
        """Everything is on the disk: write the record, then remove what only the older one names."""
        record = replace(old, toc=toc, documents=sum(segment.doc_count() for segment in segments), digest="")
        stems = {segment.segment_id() for segment in segments}
        names = sorted(path.name for path in generation.glob("MAIN_*.*") if path.name.split(".")[0] in stems)
        files = self._memory(generation).commit([*names, record.table], old)
        record = replace(record, files=files).write(generation)
        with suppress(OSError):  # it has happened; the next writer removes what is left
            clean(generation, record)

    def publish(self, generation: Path) -> None:
        """Let readers have this generation from now on; any other goes, also one that is being filled."""
        replace(Record.read(generation), ready=True).write(generation)
        self.folder.point(generation)
        self.folder.unpoint("NEXT")
        self.folder.keep(generation)
        self._verified = {generation: self._memory(generation)}

    def begin(self) -> Path:
        """An empty index that NEXT names; the live one stays until it has been filled and published."""
        generation = self.create()
        self.folder.point(generation, "NEXT")
        return generation

    def clear(self) -> None:
        """The same without the live one."""
        generation = self.begin()
        self.folder.unpoint("CURRENT")
        self.folder.keep(generation)


@cache
def open_store(path: str) -> Store:
    """The one store of this process for the index at ``path``."""
    return Store(Path(path))


def documents(generation: Path) -> int:
    """How many documents a generation holds."""
    return Record.read(generation).documents


def segments(generation: Path) -> int:
    """In how many pieces its documents lie; every search looks into every one."""
    return sum(name.endswith(".trm") for name in Record.read(generation).files)
