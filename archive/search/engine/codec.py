"""How terms lie on disk: for each, the documents that hold it and how often, as two plain arrays.

Whoosh's own postings are a pickle a block, written and read one posting at a time, and cost 5 µs each
to write and to read. Everything else of Whoosh's format (columns, term table, segments, commits) stays.
"""

from __future__ import annotations

import secrets
from array import array
from collections.abc import Iterable, Iterator
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3Segment, W3TermInfo
from whoosh.matching import ListMatcher
from whoosh.system import pack_ushort

_MOST = 0xFFFF  # more occurrences in one document rank no higher
Posting = tuple[
    str, bytes, int, float, bytes
]  # field, term, document, weight, payload: as Whoosh passes them


class TallyPool:
    """Postings on their way to a segment, held by term: document << 16 | count, alone or in an array."""

    def __init__(self) -> None:
        self._fields: dict[str, dict[str, int | array[int]]] = {}

    def tally(self, field: str, doc: int, tally: dict[str, int]) -> None:
        """Add all terms of one document; documents come in ascending order."""
        terms = self._fields.setdefault(field, {})
        head = doc << 16
        for term, count in tally.items():
            posting = head | (count if count < _MOST else _MOST)
            known = terms.get(term)
            if known is None:
                terms[term] = posting
            elif isinstance(known, int):
                terms[term] = array("Q", (known, posting))
            else:
                known.append(posting)

    def add(self, item: Posting) -> None:
        """One posting, as Whoosh adds them when it merges segments."""
        field, term, doc, weight, _ = item
        self.tally(field, doc, {term.decode(): int(weight)})

    def iter_postings(self) -> Iterator[tuple[str, bytes, array[int], array[int]]]:
        """Every term in the order of the term table (UTF-8 sorts as code points do)."""
        for field in sorted(self._fields):
            terms = self._fields[field]
            for term in sorted(terms):
                held = terms[term]
                postings = (held,) if isinstance(held, int) else held
                docs = array("I", [posting >> 16 for posting in postings])
                counts = array("H", [posting & _MOST for posting in postings])
                yield field, term.encode(), docs, counts

    def cleanup(self) -> None:
        self._fields.clear()


class TallyWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes what a TallyPool holds."""

    def add_postings(
        self, schema: Any, lengths: Any, items: Iterable[tuple[str, bytes, array[int], array[int]]]
    ) -> None:
        offset = self._postfile.tell()
        for field, term, docs, counts in items:
            number = self._fieldmap.setdefault(field, len(self._fieldmap))
            info = W3TermInfo(weight=sum(counts), df=len(docs))
            data = docs.tobytes() + counts.tobytes()
            info.set_extent(offset, len(data))
            self._postfile.write(data)
            self._tindex.add(pack_ushort(number) + term, info.to_bytes())
            offset += len(data)


class TallyCodec(W3Codec):  # type: ignore[misc]
    """Whoosh 3's codec with array postings."""

    length_stats = False  # no field keeps lengths; asking for them is a look at the disk for each posting

    def new_segment(self, storage: Any, indexname: str) -> W3Segment:
        """Named by the system's randomness: Whoosh asks Python's, and two processes seeded alike choose one name."""
        return W3Segment(self, indexname, segid=secrets.token_hex(8))

    def field_writer(self, storage: Any, segment: Any) -> TallyWriter:
        return TallyWriter(self, storage, segment)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> ListMatcher:
        docs, counts = arrays(dbfile, terminfo)
        return ListMatcher(docs, counts, [b""] * len(docs), format_, scorer=scorer, term=term)


def arrays(file: Any, info: Any) -> tuple[array[int], array[int]]:
    """The documents that hold a term, ascending, and how often each one does."""
    size = info.doc_frequency()
    docs, counts = array("I"), array("H")
    data = file.get(info.extent()[0], size * (docs.itemsize + counts.itemsize))
    docs.frombytes(data[: size * docs.itemsize])
    counts.frombytes(data[size * docs.itemsize :])
    if len(docs) != size or len(counts) != size:
        raise ValueError("the postings file is damaged")
    return docs, counts
