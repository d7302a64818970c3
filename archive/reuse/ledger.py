"""The ledger of formulas: clauses, and phrases inside them, that so many speeches say that they are nobody's own.

Counting goes through the whole table of clauses and is done ahead: by the commands that import (``count_formulas``),
and in small archives by the server, soon after an editor has saved something (``count_when_still``). What is shown is
checked anew each time: members that have been withdrawn since are left out, and what then stands in too few speeches is
no formula. Speeches that came since are not yet counted, which the ledger says.
"""

from __future__ import annotations

import datetime
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import CharField, Count, Max, QuerySet, Sum
from django.db.models.functions import Cast

from archive.compare import clause_at, clause_hash
from archive.models import Clause, Formula, IndexChange, LedgerCount, Printed, Speech
from archive.reuse.entries import Row, recurring
from archive.reuse.phrases import Phrase, phrases
from archive.text import fold

COUNTED = 3  # counts up whenever the same texts may give other formulas: they are then counted anew
LEDGER_PAGE = 50  # formulas
FEW_SPEECHES = 150  # up to here counting takes no longer than a page may
COUNTS = 3  # while texts change; then others have to wait until it is done
TRIES = 5  # members whose text is looked at for the wording; in one a redaction may cut it short

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A formula in the wording of a speech: ``years`` are (year, speeches), None for the undated, in order."""

    text: str
    letters: int
    speeches: int
    years: tuple[tuple[int | None, int], ...]
    first: Speech
    last: Speech


@dataclass(frozen=True, slots=True)
class Ledger:
    """A page of the ledger. ``least`` speeches make a formula; ``uncounted`` came since ``made_at``."""

    entries: tuple[LedgerEntry, ...]
    total: int
    pages: int
    least: int
    speeches: int
    uncounted: int
    made_at: datetime.datetime | None


def formulas_are_current() -> bool:
    return LedgerCount.objects.filter(state=_state()).exists()


def count_formulas() -> int:
    """Count anew; how many formulas there are. Nobody who saves something has to wait for the counting.

    Where somebody saves all the time, what was counted last stays.
    """
    for _try in range(COUNTS):
        state = _state()
        # Somebody has just deleted a speech, or counted as well and was the first to write.
        with suppress(Speech.DoesNotExist, IntegrityError):
            formulas = _found()
            with transaction.atomic():
                if _state() == state:
                    return _store(formulas, state)
    with suppress(Speech.DoesNotExist, IntegrityError), transaction.atomic():
        return _store(_found(), _state())
    return Formula.objects.count()


def _found() -> list[Formula]:
    least = recurring(Speech.objects.published().count())
    inside = {phrase.letters: phrase for phrase in phrases(least)}
    formulas = [_widened(formula, inside.pop(formula.letters, None)) for formula in _counted(least)]
    return formulas + [_of(phrase) for phrase in inside.values()]


def _store(formulas: Sequence[Formula], state: str) -> int:
    Formula.objects.all().delete()
    Formula.objects.bulk_create(formulas, batch_size=150)
    LedgerCount.objects.all().delete()
    LedgerCount.objects.create(state=state)
    return len(formulas)


def count_if_quick() -> None:
    """Count anew before an answer when something has changed and counting takes no longer than a page may."""
    if Printed.objects.count() <= FEW_SPEECHES and not formulas_are_current():
        count_formulas()


def count_when_still() -> None:
    """The same for a server at leisure, before a reader asks; not while somebody imports. Never raises."""
    try:
        if not IndexChange.objects.exists():
            count_if_quick()
    except DatabaseError:
        logger.exception("Counting the formulas has to wait")


def _state() -> str:
    """Another text whenever other texts are published: each text stored has a key of its own."""
    stored = Printed.objects.filter(speech__published=True)
    found = stored.aggregate(n=Count("pk"), total=Sum("pk"), last=Max("pk"))
    return f"{COUNTED}-{found['n']}-{found['total']}-{found['last']}"


def _counted(least: int) -> Iterator[Formula]:
    """Every formula of the published speeches."""
    members = [list(rows) for _hash, rows in groupby(_rows(least), key=lambda row: row[0])]
    texts = _Texts()
    # One speech after the other, so that each text is read once.
    for rows in sorted(members, key=lambda rows: rows[0][1]):
        if wording := texts.wording(rows):
            text, letters = wording
            pks = [pk for _hash, pk, _position in rows]
            yield Formula(hash=rows[0][0], text=text, letters=letters, speeches=len(pks), members=pks)


def _widened(formula: Formula, phrase: Phrase | None) -> Formula:
    """A clause with those too that have it inside a longer one."""
    if phrase is not None:
        formula.members = sorted({*formula.members, *phrase.members})
        formula.speeches = len(formula.members)
    return formula


def _of(phrase: Phrase) -> Formula:
    return Formula(
        hash=clause_hash(phrase.letters),
        text=phrase.text[: Formula._meta.get_field("text").max_length],
        letters=phrase.letters,
        speeches=len(phrase.members),
        members=list(phrase.members),
    )


def _rows(least: int) -> Iterator[Row]:
    clauses = connection.ops.quote_name(Clause._meta.db_table)
    speeches = connection.ops.quote_name(Speech._meta.db_table)
    published = f"speech_id IN (SELECT id FROM {speeches} WHERE published)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT hash, speech_id, position FROM {clauses} WHERE {published} AND hash IN "  # noqa: S608
            f"(SELECT hash FROM {clauses} WHERE {published} GROUP BY hash HAVING COUNT(*) >= %s) "
            "ORDER BY hash, speech_id",
            [least],
        )
        yield from cursor.fetchall()


class _Texts:
    """The text read last."""

    def __init__(self) -> None:
        self._pk = 0
        self._text = ""

    def wording(self, rows: Sequence[Row]) -> tuple[str, str] | None:
        """A clause as it is written, and its letters."""
        for hash_, pk, position in rows[:TRIES]:
            if pk != self._pk:
                self._text = Speech.objects.values_list("text", flat=True).get(pk=pk)
                self._pk = pk
            clause = clause_at(self._text, position)
            if clause is not None and clause.hash == hash_:
                text = self._text[slice(*clause.span)]
                return text[: Formula._meta.get_field("text").max_length], _letters(text)
        return None


def _letters(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


def find_formulas(words: str = "", *, first: bool = False, page: int = 1) -> Ledger:
    """A page of the formulas that hold the letters of ``words`` (``first``: begin with them), commonest first."""
    published = _published()
    chosen = _chosen(_letters(words), first)
    total = chosen.count()
    least = recurring(len(published))
    pages = max(1, -(-total // LEDGER_PAGE))
    end = min(page, pages + 1) * LEDGER_PAGE  # behind the last page is nothing, wherever that is
    rows = chosen[end - LEDGER_PAGE : end]
    live = [(row, [pk for pk in row.members if pk in published]) for row in rows]
    live = [(row, pks) for row, pks in live if len(pks) >= least]
    ends = [_ends(pks, published) for _row, pks in live]
    listed = Speech.objects.published().for_lists().in_bulk({pk for pair in ends for pk in pair})
    count = LedgerCount.objects.first()
    return Ledger(
        tuple(
            _entry(row, pks, published, (listed[first], listed[last]))
            for (row, pks), (first, last) in zip(live, ends, strict=True)
        ),
        total,
        pages,
        least,
        len(published),
        _uncounted(count, len(published)),
        count.made_at if count else None,
    )


def _chosen(letters: str, first: bool) -> QuerySet[Formula]:
    if not letters:
        return Formula.objects.all()
    return Formula.objects.filter(**{f"letters__{'startswith' if first else 'contains'}": letters})


def _uncounted(count: LedgerCount | None, published: int) -> int:
    """How many speeches are published that were not counted, at least."""
    if count is None:
        return published
    last = int(count.state.rpartition("-")[2].replace("None", "0"))
    counted = Printed.objects.filter(pk__lte=last, speech__published=True).count()
    return max(0, published - counted)


Dates = dict[int, tuple[int, int | None]]  # speech -> its rank in the order of dates, its year


def _published() -> Dates:
    """The published speeches. Dates come as text: to parse ten thousand takes longer than all the rest."""
    rows = Speech.objects.published().oldest().annotate(day=Cast("date", CharField()))
    dated = enumerate(rows.values_list("pk", "day"))
    return {pk: (rank, int(day[:4]) if day else None) for rank, (pk, day) in dated}


def _ends(pks: Sequence[int], published: Dates) -> tuple[int, int]:
    """The earliest and the latest of these speeches; an undated one only if there are no others."""
    first = min(pks, key=published.__getitem__)
    dated = [pk for pk in pks if published[pk][1]] or pks
    return first, max(dated, key=published.__getitem__)


def _entry(row: Formula, pks: Sequence[int], published: Dates, ends: tuple[Speech, Speech]) -> LedgerEntry:
    years = Counter([published[pk][1] for pk in pks])
    ordered = sorted(years.items(), key=lambda item: (item[0] is None, item[0] or 0))
    return LedgerEntry(row.text, len(row.letters), len(pks), tuple(ordered), *ends)
