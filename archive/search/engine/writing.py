"""One commit, step by step: files, table of contents, record; only then the files of the older commit go.

Whoosh 2.7.4 ends a commit with its table of contents, and whoever opens the index takes the newest on the
disk. Here it ends with the record (archive.search.engine.record), and a crash at any step before leaves the
older commit as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, NamedTuple

from whoosh.index import TOC, FileIndex
from whoosh.writing import OPTIMIZE, SegmentWriter

from archive.search.engine.codec import TallyCodec, TallyPool
from archive.search.engine.disk import Files
from archive.search.engine.fields import Document, prepared, schema
from archive.search.engine.record import Record
from archive.search.engine.view import reading


class Merge(NamedTuple):
    """When a commit merges small segments: when there are ``many``, and no more than ``most`` documents."""

    most: int
    many: int


QUICK = Merge(24, 48)  # somebody waits: a second, once in dozens of commits, if nobody else has merged before
USUAL = Merge(100, 12)  # one or two seconds
THOROUGH = Merge(100, 2)  # nobody waits


class Index(FileIndex):  # type: ignore[misc]
    """The index as one commit left it: not the newest that Whoosh would find on the disk."""

    def __init__(self, files: Files, record: Record) -> None:
        self.storage, self.indexname = files, "MAIN"
        self._schema = schema()
        self._number = record.toc

    def _read_toc(self) -> TOC:
        with reading():
            return TOC.read(self.storage, self.indexname, gen=self._number, schema=self._schema)

    def reader(self, reuse: Any = None) -> Any:
        """Whoosh's own waits half a second for a file that is gone."""
        toc = self._read_toc()
        return self._reader(self.storage, toc.schema, toc.segments, toc.generation)


class Writer(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer without its lock (the folder has one) and with our last steps.

    ``committed(toc, segments)`` is called when everything that the new commit needs is on the disk.
    Segments are written loose (``compound=False``): a compound one is copied into memory when opened.
    """

    def __init__(self, index: Index, committed: Callable[[int, list[Any]], None]) -> None:
        super().__init__(index, _lk=False, codec=TallyCodec(), compound=False)
        self.pool = TallyPool()
        self._committed = committed

    def fill(
        self, remove: Iterable[int], add: Iterable[Document], optimize: bool = False, merge: Merge = USUAL
    ) -> None:
        """Replace documents and commit. Whatever fails before the record is written leaves no trace."""
        try:
            with reading():
                gone = _numbers(self, remove)
            for doc in gone:
                self.delete_document(doc)
            for document in add:
                columns, tallies = prepared(document)
                for field, tally in tallies.items():
                    self.pool.tally(field, self.docnum, tally)
                self.add_document(**columns)
            self.commit(mergetype=OPTIMIZE if optimize else partial(_merge_few, merge=merge))
        finally:
            self.pool.cleanup()

    def _commit_toc(self, segments: list[Any]) -> None:
        TOC(self.schema, segments, self.generation).write(self.storage, self.indexname)
        self._committed(self.generation, segments)


def _numbers(writer: Writer, pks: Iterable[int]) -> list[int]:
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


def _merge_few(writer: Writer, segments: list[Any], merge: Merge) -> list[Any]:
    """A merge policy of bounded cost: when there are many small segments, the smallest become one."""
    small = sorted(segments, key=lambda segment: segment.doc_count_all())
    small = [segment for segment in small if segment.doc_count_all() < merge.most]
    if len(small) < merge.many:
        return segments
    merged = 0
    kept = [segment for segment in segments if segment not in small]
    for segment in small:
        merged += segment.doc_count_all()
        if merged > merge.most:
            kept.append(segment)
            continue
        reader = FileIndex._reader(writer.storage, writer.schema, [segment], writer.generation)
        writer.add_reader(reader)
    return kept
