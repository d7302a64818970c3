"""One state of the index, read fast: documents are numbers from 0, terms give columns of numbers.

Facts about documents and their letters are kept in memory once read; postings are read at each need.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from whoosh.reading import TermNotFound

from archive.search.engine.codec import arrays
from archive.search.letters import BARRIERS, Letters, Needle, stands
from archive.search.results import IndexUnavailable

CURE = "请运行 manage.py check_index --repair 重建索引。"

# Letters kept in memory by one process (two bytes each); the rest is read from disk at each need.
MAX_KEPT = 64_000_000
MAX_STANDING = 200_000  # documents in all the sets kept of where something stands, some 12 MB
MAX_TERMS = 20_000  # places of terms kept in memory by one segment, some 5 MB


@contextmanager
def reading() -> Iterator[None]:
    """Around every look into Whoosh's files: what a damaged one raises becomes IndexUnavailable."""
    try:
        yield
    except IndexUnavailable:
        raise
    except Exception as error:  # a pickle, a struct, a hash table: anything can break in its own way
        raise IndexUnavailable(f"索引已损坏（{type(error).__name__}）。{CURE}") from error


class Entry(NamedTuple):
    """What the index knows of a speech besides its letters. The date is ISO or "".

    ``size`` counts letters and barriers; those before ``own`` are the text's, the others its title's.
    """

    pk: int
    fingerprint: str
    date: str
    speaker: str
    kind: str
    event: str
    size: int
    own: int


Heads = tuple[tuple[str, str | None], tuple[str, str | None]]
"""The letters of title and subtitle, and of the headings, each with the same read apart where that differs."""


class Leaf:
    """One segment: written once, never changed, except that documents in it can be marked deleted."""

    def __init__(self, reader: Any) -> None:
        column = reader.column_reader("entry", translate=False)
        self.entries = [Entry(*json.loads(column[doc])) for doc in range(reader.doc_count_all())]
        self.texts: list[tuple[str, str | None] | None] = [None] * len(self.entries)
        self.heads: list[Heads] = []  # of all documents, once one was asked for
        self._terms: dict[tuple[str, str], Any] = {}

    def term(self, reader: Any, field: str, term: str) -> Any:
        """Where the postings of a term are and how many, or None: asked of the disk once.

        A query asks for its pairs several times over, and each look into Whoosh's table costs eight reads.
        """
        key = (field, term)
        if key not in self._terms:
            if len(self._terms) >= MAX_TERMS:
                self._terms.clear()
            try:
                self._terms[key] = reader.term_info(field, term.encode())
            except TermNotFound:
                self._terms[key] = None
        return self._terms[key]


class Part(NamedTuple):
    """An open segment: its first document is number ``base`` in the view."""

    reader: Any
    base: int
    leaf: Leaf
    columns: dict[str, Any]

    @classmethod
    def open(cls, reader: Any, base: int, leaf: Leaf) -> Part:
        names = ("letters", "other", "runs", "heads", "keys")
        return cls(reader, base, leaf, {name: reader.column_reader(name, translate=False) for name in names})

    def postings(self, field: str, term: str) -> tuple[array[int], array[int]]:
        info = self.leaf.term(self.reader, field, term)
        return arrays(self.reader._terms._postfile, info) if info else (array("I"), array("H"))


class View:
    """All segments as they were at one commit. Not to be used by two threads at a time."""

    def __init__(
        self, reader: Any, generation: tuple[str, int], known: dict[str, Leaf], close: Callable[[], None]
    ) -> None:
        self.close = close
        self.generation = generation
        self.leaves: dict[str, Leaf] = {}
        self._parts: list[Part] = []
        self.entries: list[Entry] = []
        self.docs: set[int] = set()
        self._dead: set[int] = set()
        self._standing: dict[Needle, set[int]] = {}
        for leaf_reader, base in reader.leaf_readers() if reader.doc_count_all() else ():
            segment = leaf_reader.segment()
            leaf = known.get(segment.segment_id()) or Leaf(leaf_reader)
            self.leaves[segment.segment_id()] = leaf
            self._parts.append(Part.open(leaf_reader, base, leaf))
            self.entries += leaf.entries
            self._dead.update(base + doc for doc in segment.deleted_docs())
        self.docs.update(doc for doc in range(len(self.entries)) if doc not in self._dead)
        self._kept = sum(len(text[0]) for leaf in self.leaves.values() for text in leaf.texts if text)
        self.average = sum(self.entries[doc].size for doc in self.docs) / max(1, len(self.docs))

    @property
    def parts(self) -> list[Part]:
        """The segments, in the order of their documents."""
        return self._parts

    def postings(self, field: str, term: str) -> tuple[list[int], list[int]]:
        """The documents that hold ``term`` in ``field``, ascending, and how often each one does."""
        docs: list[int] = []
        counts: list[int] = []
        for part in self._parts:
            with reading():
                found, times = part.postings(field, term)
            docs.extend([doc + part.base for doc in found] if part.base else found)
            counts.extend(times)
        if self._dead:
            kept = [(doc, n) for doc, n in zip(docs, counts, strict=True) if doc not in self._dead]
            return [doc for doc, _ in kept], [n for _, n in kept]
        return docs, counts

    def frequency(self, field: str, term: str) -> int:
        """In about how many documents ``term`` stands (deleted ones are still counted)."""
        with reading():
            infos = [part.leaf.term(part.reader, field, term) for part in self._parts]
        return sum(info.doc_frequency() for info in infos if info)

    def occurrences(self, field: str, term: str) -> int:
        """How often about ``term`` stands in all documents together (deleted ones are still counted)."""
        with reading():
            infos = [part.leaf.term(part.reader, field, term) for part in self._parts]
        return int(sum(info.weight() for info in infos if info))

    def text(self, doc: int) -> tuple[str, str | None]:
        """The letters of a document, and the same read apart where that differs."""
        part, local = self._locate(doc)
        known = part.leaf.texts[local]
        if known is not None:
            return known
        with reading():
            letters = part.columns["letters"][local].decode("utf-16-le")
            other = part.columns["other"][local].decode("utf-16-le")
        text = (letters, other or None)
        if self._kept < MAX_KEPT:
            part.leaf.texts[local] = text
            self._kept += len(letters)
        return text

    def letters(self, doc: int) -> Letters:
        """The letters of a document with their way back to the text."""
        part, local = self._locate(doc)
        with reading():
            runs = array("I", part.columns["runs"][local])
        half = len(runs) // 2
        return Letters(*self.text(doc), runs[:half], runs[half:])

    def heads(self, doc: int) -> Heads:
        """The letters of a document's title and subtitle, and those of its headings."""
        part, local = self._locate(doc)
        if not part.leaf.heads:
            with reading():
                part.leaf.heads = [_heads(part.columns["heads"][n]) for n in range(len(part.leaf.entries))]
        return part.leaf.heads[local]

    def keys(self, doc: int) -> list[tuple[str, int]]:
        """The words that stand out in a document, and how often each one occurs."""
        part, local = self._locate(doc)
        with reading():
            return [(word, count) for word, count in json.loads(part.columns["keys"][local])]

    def standing(self, sought: Needle) -> set[int]:
        """The documents in which ``sought`` stands: exactly those."""
        found = self._standing.get(sought)
        if found is None:
            found = self._looked_up(sought)
            if sum(map(len, self._standing.values())) > MAX_STANDING:
                self._standing.clear()
            self._standing[sought] = found
        return set(found)

    def _looked_up(self, sought: Needle) -> set[int]:
        if sought.apart is None and len(sought.letters) == 2:
            return set(self.postings("pairs", sought.letters)[0])
        return {doc for doc in self._candidates(sought) if stands(sought, *self.text(doc))}

    def _candidates(self, sought: Needle) -> Iterable[int]:
        found = self._holding("pairs", sought.letters)
        if sought.apart is None:
            return found
        return found | self._holding("pairs", sought.apart) | self._holding("apart", sought.apart)

    def _holding(self, field: str, letters: str) -> set[int]:
        """The documents that hold the rarest pairs of ``letters``."""
        pairs = {letters[i : i + 2] for i in range(len(letters) - 1)}
        counted = sorted(
            (self.frequency(field, pair), pair) for pair in pairs if not set(pair) & set(BARRIERS)
        )
        if not counted:
            return self.docs
        found: set[int] | None = None
        for count, pair in counted[:_RAREST]:
            if found is not None and count > _WORTH * len(found):
                break
            docs = self.postings(field, pair)[0]
            found = set(docs) if found is None else found.intersection(docs)
        return found or set()

    def _locate(self, doc: int) -> tuple[Part, int]:
        for part in reversed(self._parts):
            if doc >= part.base:
                return part, doc - part.base
        raise IndexError(doc)


_RAREST = 4  # pairs that narrow the candidates; reading more costs more than looking into the letters
_WORTH = 20  # a pair this many times as frequent as there are candidates left is not worth reading


def _heads(kept: bytes) -> Heads:
    title, title_apart, headings, headings_apart = json.loads(kept)
    return (title, title_apart), (headings, headings_apart)
