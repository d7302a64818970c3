"""One process's hold on the index: every reader takes its turn, every writer takes the lock.

Whoosh searchers are not thread-safe and opening one costs milliseconds, so a process keeps one view open
and hands it to one thread at a time; under the interpreter lock waiting costs nothing that sharing would
save. Segments are written loose (``compound=False``): a compound one is copied into memory when opened.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.writing import OPTIMIZE, SegmentWriter

from archive.search.engine.codec import TallyCodec, TallyPool
from archive.search.engine.fields import SCHEMA_VERSION, Document, prepared, schema
from archive.search.engine.folder import Folder
from archive.search.engine.view import CURE, View, reading
from archive.search.results import IndexUnavailable

MAX_SEGMENTS = 12  # beyond it, small ones are merged at the next commit
MERGE_DOCUMENTS = 100  # a commit inside a request merges no more than this many, some tenths of a second

_WORDS = "jieba 0.42.1, stock dictionary, no HMM"


class Files(FileStorage):  # type: ignore[misc]
    """A generation's files; ``close`` closes whatever was opened, however Whoosh left it."""

    def __init__(self, generation: Path) -> None:
        super().__init__(str(generation))
        self._opened: list[Any] = []

    def open_file(self, name: str, **kwargs: Any) -> Any:
        file = super().open_file(name, **kwargs)
        self._opened.append(file)
        return file

    def index(self) -> FileIndex:
        return FileIndex(self, schema=schema())

    def close(self) -> None:
        for file in self._opened:
            file.file.close()
        self._opened.clear()


class Store:
    """The index at ``path``."""

    def __init__(self, path: Path) -> None:
        self.folder = Folder(path)
        self._turn = threading.RLock()
        self._view: View | None = None
        self._pid = os.getpid()

    # Reading

    @contextmanager
    def view(self) -> Iterator[View]:
        """The index as it is now, for this thread alone. IndexUnavailable when it cannot be read."""
        with self._turn:
            try:
                view = self._fresh()
            except IndexUnavailable:
                view = self._fresh()  # a rebuild may just have switched; the second time it counts
            try:
                yield view
            except IndexUnavailable:
                self._forget()
                raise

    def _fresh(self) -> View:
        generation = self.checked()
        with reading():
            return self._opened(generation)

    def _opened(self, generation: Path) -> View:
        if os.getpid() != self._pid:  # after a fork the open files share their position with the parent's
            self._view, self._pid = None, os.getpid()
        latest = TOC._latest_generation(Files(generation), "MAIN")
        if latest < 0:
            raise IndexUnavailable(f"索引缺少目录文件。{CURE}")
        if self._view is None or self._view.generation != (generation.name, latest):
            known = self._view.leaves if self._view and self._view.generation[0] == generation.name else {}
            if broken := self.folder.broken(generation):
                raise IndexUnavailable(f"索引文件 {broken[0]} 已损坏。{CURE}")
            files = Files(generation)
            try:
                view = View(files.index().reader(), (generation.name, latest), known, files.close)
            except BaseException:
                files.close()
                raise
            self._forget()
            self._view = view
        return self._view

    def _forget(self) -> None:
        if self._view is not None:
            self._view.close()
            self._view = None

    def close(self) -> None:
        with self._turn:
            self._forget()

    def checked(self, name: str = "CURRENT") -> Path:
        """The current (or NEXT) generation, known to be of this version."""
        generation = self.folder.current(name)
        if generation is None or not generation.is_dir():
            raise IndexUnavailable(f"还没有索引。{CURE}")
        if self.folder.manifest(generation) != _manifest():
            raise IndexUnavailable(f"索引属于另一个版本。{CURE}")
        return generation

    # Writing; all of it under ``folder.lock()``

    def create(self) -> Path:
        """An empty index in a generation of its own."""
        generation = self.folder.create(_manifest())
        Files(generation).create_index(schema())
        return generation

    def write(
        self, generation: Path, remove: Iterable[int], add: Iterable[Document], optimize: bool = False
    ) -> None:
        """Replace documents in one commit: all of it happens, or nothing."""
        files = Files(generation)
        try:
            with reading():
                writer = SegmentWriter(files.index(), codec=TallyCodec(), compound=False)
            self._fill(writer, remove, add, optimize)
            self.folder.seal(generation)
        finally:
            files.close()

    def _fill(
        self, writer: SegmentWriter, remove: Iterable[int], add: Iterable[Document], optimize: bool
    ) -> None:
        writer.pool = TallyPool()
        try:
            with reading():
                gone = _numbers(writer, remove)
            for doc in gone:
                writer.delete_document(doc)
            for document in add:
                columns, tallies = prepared(document)
                for field, tally in tallies.items():
                    writer.pool.tally(field, writer.docnum, tally)
                writer.add_document(**columns)
            writer.commit(mergetype=OPTIMIZE if optimize else _merge_few)
        except BaseException:
            _abandon(writer)
            raise

    def publish(self, generation: Path) -> None:
        """Let readers have this generation from now on; any other that is being filled is given up."""
        self.folder.point(generation)
        self.folder.unpoint("NEXT")
        self.folder.prune()


@cache
def open_store(path: str) -> Store:
    """The one store of this process for the index at ``path``."""
    return Store(Path(path))


def documents(generation: Path) -> int:
    """How many documents a generation holds."""
    return int(Files(generation).index().doc_count())


def _manifest() -> dict[str, Any]:
    return {"schema": SCHEMA_VERSION, "words": _WORDS}


def _numbers(writer: SegmentWriter, pks: Iterable[int]) -> list[int]:
    """The numbers of the live documents of these speeches."""
    wanted = [str(pk).encode() for pk in pks]
    if not wanted or not writer.segments:
        return []
    reader = writer.reader()
    found: list[int] = []
    for pk in wanted:
        if ("id", pk) in reader:
            found += reader.postings("id", pk).all_ids()
    return found


def _merge_few(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
    """A merge policy of bounded cost: when there are many segments, merge the small ones."""
    if len(segments) < MAX_SEGMENTS:
        return segments
    merged = 0
    kept = []
    for segment in sorted(segments, key=lambda segment: segment.doc_count_all()):
        merged += segment.doc_count_all()
        if merged > MERGE_DOCUMENTS:
            kept.append(segment)
            continue
        reader = FileIndex._reader(writer.storage, writer.schema, [segment], writer.generation)
        writer.add_reader(reader)
    return kept


def _abandon(writer: SegmentWriter) -> None:
    """Give the writer up; Whoosh 2.7.4 keeps its lock after a failed commit unless told."""
    if not writer.is_closed:
        try:
            writer.cancel()
        finally:
            if writer.writelock and writer.writelock.fd is not None:
                writer.writelock.release()
