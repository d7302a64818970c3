"""What the index keeps of a speech, as Whoosh fields.

Matching rests on pairs of neighbouring letters: documents that hold all pairs of a phrase are few, and
the letters themselves, kept beside, say whether the phrase stands in them (as in Russ Cox, "Regular
Expression Matching with a Trigram Index", 2012). So there are no positions, and no answer is a guess.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from dataclasses import dataclass
from typing import Any

from whoosh.columns import VarBytesColumn
from whoosh.fields import COLUMN, ID, FieldType, Schema
from whoosh.formats import Format

from archive.search.letters import BARRIERS, Letters
from archive.text import fold, words

# Raise it whenever an index built by older code would answer otherwise.
SCHEMA_VERSION = 3

MAX_KEYS = 60  # words of a speech that are kept to tell its relatives

Tally = Counter[str]


class Tallies(Format):  # type: ignore[misc]
    """Postings that hold how often a term occurs, and nothing else."""

    def __init__(self) -> None:
        super().__init__(field_boost=1.0)

    def fixed_value_size(self) -> int:
        return 0

    def supports(self, name: str) -> bool:
        return name == "weight"


class TALLY(FieldType):  # type: ignore[misc]
    """A field of counted terms. They go straight into the pool of postings (see codec)."""

    indexed = True
    stored = scorable = unique = vector = spelling = False
    column_type = analyzer = sortable_typecode = None

    def __init__(self) -> None:
        self.format = Tallies()

    def clean(self) -> None:
        """Nothing to clean; Whoosh calls it before a schema is written."""


def schema() -> Schema:
    return Schema(
        id=ID(),
        entry=COLUMN(VarBytesColumn()),
        pairs=TALLY(),
        apart=TALLY(),
        head=TALLY(),
        words=TALLY(),
        letters=COLUMN(VarBytesColumn()),
        other=COLUMN(VarBytesColumn()),
        runs=COLUMN(VarBytesColumn()),
        heads=COLUMN(VarBytesColumn()),
        keys=COLUMN(VarBytesColumn()),
    )


@dataclass(frozen=True, slots=True)
class Document:
    """A speech on its way into the index.

    ``fingerprint`` tells whether it has changed since. ``title`` is searched after the text; "" when the text
    has it already. ``head`` is the title and the subtitle, ``headings`` the headings, a line each.
    """

    pk: int
    fingerprint: str
    text: str
    title: str
    head: str
    date: str
    speaker: str
    kind: str
    event: str
    headings: str = ""


def prepared(document: Document) -> tuple[dict[str, Any], dict[str, Tally]]:
    """What to keep beside the document, by column, and the terms to count it under, by field."""
    letters = Letters.of(f"{document.text}\n{document.title}" if document.title else document.text)
    facts = (
        document.pk, document.fingerprint, document.date, document.speaker, document.kind, document.event,
        len(letters.letters), len(letters.letters) - len(Letters.of(document.title).letters),
    )  # fmt: skip
    tally = words.counts(fold(document.text))
    head, headings = Letters.of(document.head), Letters.of(document.headings)
    columns = {
        "id": str(document.pk),
        "entry": json.dumps(facts).encode(),
        "letters": letters.letters.encode("utf-16-le"),
        "other": (letters.apart or "").encode("utf-16-le"),
        "runs": array("I", [*letters.starts, *letters.origins]).tobytes(),
        "keys": json.dumps(words.distinctive(_of_han(tally), MAX_KEYS)).encode(),
        "heads": json.dumps((head.letters, head.apart, headings.letters, headings.apart)).encode(),
    }
    tallies = {
        "pairs": pairs(letters.letters),
        "apart": pairs(letters.apart or ""),
        "head": pairs(head.letters) + pairs(headings.letters),
        "words": tally,
    }
    return columns, tallies


def _of_han(tally: Tally) -> Tally:
    return Counter({word: n for word, n in tally.items() if word[0] >= "\u3400" and word[-1] >= "\u3400"})


def pairs(letters: str) -> Tally:
    """How often each pair of neighbours occurs; a pair never reaches over a barrier."""
    tally = Counter([letters[i : i + 2] for i in range(len(letters) - 1)])
    for pair in [pair for pair in tally if pair[0] in BARRIERS or pair[1] in BARRIERS]:
        del tally[pair]
    return tally
