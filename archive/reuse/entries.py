"""Fingerprints and clauses as rows: written, looked up and taken out again.

The rows are keys only, some 0.3 a letter. They are written and looked up with plain SQL, thousands at once: model
objects would cost ten times as much. Whoever looks up gets drafts too, and shows only what is published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from django.db import connection

from archive.compare import FINGERPRINTS, Prints, Span, Text, clauses, prints
from archive.models import Clause, Fingerprint, Printed, Speech

AT_ONCE = 1_000  # values a statement; SQLite allows 32,766, and each may stand in FEW rows
FEW = 100  # rows; what stands in more, and in more than 1 % of the speeches, is too common to look through

MOST_HERE = 50  # places of one hash in one speech; more is a text that repeats itself without end

Item = TypeVar("Item")
Row = tuple[int, int, int]  # hash, speech, position
Model = type[Fingerprint] | type[Clause]


def as_text(speech: Speech) -> Text:
    """What comparing needs of a speech, without its outline."""
    return Text(speech.text, tuple(Span(span["start"], span["end"]) for span in speech.redactions))


@lru_cache(maxsize=2)  # a speech that comes in is asked for three times in a row
def prints_of(text: Text) -> Prints:
    """The fingerprints of a text."""
    return prints(text)


def write(*speeches: Speech) -> None:
    """Store the fingerprints and clauses of speeches, in the place of those they had.

    To be called in the transaction that writes them; before that writes over another text, ``forget`` it. Rows go in
    by the order of their key, so of many speeches at once each page of the table is written once.
    """
    fingerprints: list[Row] = []
    found: list[Row] = []
    for speech in speeches:
        forget(speech.pk)
        text = as_text(speech)
        own = prints_of(text)
        places = own.letters.places
        rows = _rows(((each.hash, places[each.at]) for each in own.fingerprints), speech.pk, MOST_HERE)
        fingerprints += rows
        found += _rows(((clause.hash, clause.span.start) for clause in clauses(text)), speech.pk, 1)
        Printed.objects.create(
            speech=speech, digest=speech.digest, letters=own.digest, version=FINGERPRINTS, count=len(rows)
        )
    _insert(Fingerprint, sorted(fingerprints))
    _insert(Clause, sorted(found))


def _rows(found: Iterable[tuple[int, int]], pk: int, most: int) -> list[Row]:
    """(hash, position) as rows, of each hash the first ``most``."""
    counts: Counter[int] = Counter()
    rows = []
    for hash_, position in found:
        counts[hash_] += 1
        if counts[hash_] <= most:
            rows.append((hash_, pk, position))
    return rows


def forget(pk: int) -> None:
    """Take out what is stored of a speech; what is there follows from the text in the database."""
    printed = Printed.objects.filter(speech=pk).first()
    if printed is None:
        return
    speech = Speech.objects.only("text", "digest", "redactions").get(pk=pk)
    deleted = -1
    if (printed.digest, printed.version) == (speech.digest, FINGERPRINTS):
        text = as_text(speech)
        deleted = _delete(Fingerprint, pk, {each.hash for each in prints_of(text).fingerprints})
        _delete(Clause, pk, {clause.hash for clause in clauses(text)})
    if deleted != printed.count:  # the text was changed by another way: look at every row
        sweep(pk)
    printed.delete()


def sweep(pk: int) -> None:
    """Take out every row of a speech, whatever its text: that reads both tables, seconds in a large archive."""
    for model in (Fingerprint, Clause):
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {_table(model)} WHERE speech_id = %s", [pk])  # noqa: S608


def rows_of(
    own: Iterable[int], common: frozenset[int], speeches: Iterable[int] | None = None
) -> Iterator[Row]:
    """Where these hashes stand (None: in any speech), without those that are ``common``."""
    within = list(speeches or ())
    only = f" AND speech_id IN ({_marks(within)})" if within else ""
    wanted = (hash_ for hash_ in own if hash_ not in common)
    table = _table(Fingerprint)
    for values in batches(wanted, AT_ONCE):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT hash, speech_id, position FROM {table} "  # noqa: S608
                f"WHERE hash IN ({_marks(values)}){only}",
                [*values, *within],
            )
            yield from cursor.fetchall()


def common_of(own: Iterable[int], most: int) -> frozenset[int]:
    """Those of these hashes that stand in more than ``most`` rows; at most so many are read of each."""
    table = _table(Fingerprint)
    found: set[int] = set()
    for values in batches(own, AT_ONCE):
        union = ", ".join(["(%s)"] * len(values))
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH own(hash) AS (VALUES {union}) SELECT hash FROM own WHERE EXISTS "  # noqa: S608
                f"(SELECT 1 FROM {table} f WHERE f.hash = own.hash LIMIT 1 OFFSET %s)",
                [*sorted(values), most],  # neighbours in the table are read together
            )
            found.update(hash_ for (hash_,) in cursor.fetchall())
    return frozenset(found)


def too_common(speeches: int) -> int:
    """In how many rows a hash may stand in an archive of so many speeches before it is passed over."""
    return max(FEW, speeches // 100)


def recurring(speeches: int) -> int:
    """From how many speeches on a passage is a formula, in an archive of so many."""
    return max(3, -(-speeches // 100))


def _insert(model: Model, rows: Sequence[Row]) -> None:
    table = _table(model)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (hash, speech_id, position) VALUES (%s, %s, %s)",  # noqa: S608
            rows,
        )


def _delete(model: Model, pk: int, hashes: Iterable[int]) -> int:
    """Delete these hashes of a speech; how many rows that were."""
    table = _table(model)
    deleted = 0
    for values in batches(sorted(hashes), AT_ONCE):
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {table} WHERE speech_id = %s AND hash IN ({_marks(values)})",  # noqa: S608
                [pk, *values],
            )
            deleted += cursor.rowcount
    return deleted


def _table(model: Model) -> str:
    """A name of ours, quoted for the database; every value goes as a parameter."""
    return connection.ops.quote_name(model._meta.db_table)


def _marks(values: Sequence[int]) -> str:
    return ", ".join(["%s"] * len(values))


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
