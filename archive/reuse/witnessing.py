"""In how many speeches some words stand: two look-ups for all the passages of a page.

Every speech that has a passage of ``SHORTEST`` letters has all its fingerprints, so the rarest of them names every
candidate, and only some letters around it are read to be sure. Shorter words may stand without any, so of them the
count is "at least". What stands in very many speeches is not looked through.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from archive.compare import FINGERPRINTS, GRAM, SHORTEST, Text, clauses, gram_hashes, prints
from archive.models import Fingerprint, Formula, Printed, Speech
from archive.reuse.entries import AT_ONCE, FEW, batches
from archive.text import fold

LOOKED_UP = 4  # fingerprints of one passage; more would not name fewer candidates
MOST_READ = 150  # candidates of one passage that are read
MOST_AT_ALL = 3_000  # candidates that are read for one answer
MOST_LETTERS = 500_000  # characters that are read for one answer
LONGEST = 500  # letters; a longer passage is a text, and whole texts are likeness' business
LOOSE = 3  # characters that a letter may take in another speech, marks and blanks with it


@dataclass(frozen=True, slots=True)
class Witnessed:
    """``others``: how many other speeches have the words; ``more``: there are more than were counted.

    ``weight`` says how seldom the words are, whatever their length: the mean of log(D / df) over fingerprints of
    theirs; where none is known, what is usual among the words asked for.
    """

    others: int
    more: bool
    weight: float


@dataclass(frozen=True, slots=True)
class _Asked:
    """The letters of one passage, and where in them each of its hashes begins."""

    letters: str
    at: Mapping[int, int]

    @property
    def complete(self) -> bool:
        return len(self.letters) >= SHORTEST


def formulas_in(*texts: Text) -> frozenset[str]:
    """The clauses of these texts that are formulas of the archive as it was last counted, as letters."""
    own = {clause.hash for text in texts for clause in clauses(text)}
    found: set[str] = set()
    for hashes in batches(own, AT_ONCE):
        found.update(Formula.objects.filter(hash__in=hashes).order_by().values_list("letters", flat=True))
    return frozenset(found)


Found = Mapping[int, Sequence[tuple[int, int]]]  # hash -> (speech, position); of the common ones nothing


def witnessed(words: Sequence[str], besides: Collection[int]) -> list[Witnessed]:
    """For each of ``words`` the published speeches that have it, those of the keys ``besides`` not counted."""
    asked = [_asked(each) for each in words]
    found, total, whole = _look_up({hash_ for each in asked for hash_ in each.at})
    wanted, left_out = _candidates(asked, found, besides)
    read = _read(wanted)
    weights = [_weight(each, found, total) for each in asked]
    known = [weight for weight in weights if weight is not None]
    usual = sum(known) / len(known) if known else 0.0
    answers = []
    for number, (each, weight) in enumerate(zip(asked, weights, strict=True)):
        others = {pk for pk, text in read.get(number, ()) if each.letters in text}
        more = number in left_out or not (whole and each.complete)
        answers.append(Witnessed(len(others), more, usual if weight is None else weight))
    return answers


def _asked(words: str) -> _Asked:
    letters = _letters(words)
    if not GRAM <= len(letters) <= LONGEST:
        return _Asked(letters, {})
    if len(letters) < SHORTEST:
        return _Asked(letters, {hash_: at for at, hash_ in enumerate(gram_hashes(letters))})
    found = prints(Text(letters)).fingerprints
    step = -(-len(found) // LOOKED_UP)
    return _Asked(letters, {each.hash: each.at - 1 for each in found[::step]})


def _letters(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


def _look_up(hashes: Collection[int]) -> tuple[Found, int, bool]:
    """Where these hashes stand in published speeches, without those in more than ``FEW`` rows; how many speeches are
    published, and whether all of those can be found.
    """
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    if not hashes:
        return found, 0, False
    rows = ", ".join(["(%s)"] * len(hashes))
    entries, speeches, printed = (
        connection.ops.quote_name(model._meta.db_table) for model in (Fingerprint, Speech, Printed)
    )
    hidden = f"SELECT id FROM {speeches} WHERE published IN (%s)"  # noqa: S608  # few, so it costs next to nothing
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH own(hash) AS (VALUES {rows}) "  # noqa: S608
            f"SELECT f.hash, f.speech_id, f.position FROM own JOIN {entries} f ON f.hash = own.hash WHERE NOT EXISTS "
            f"(SELECT 1 FROM {entries} g WHERE g.hash = own.hash AND g.speech_id NOT IN ({hidden}) LIMIT 1 OFFSET %s) "
            f"AND f.speech_id NOT IN ({hidden}) "
            f"UNION ALL SELECT NULL, COUNT(*), COUNT(p.id) FROM {speeches} s "
            f"LEFT JOIN {printed} p ON p.speech_id = s.id AND p.version = %s WHERE s.published",
            [*hashes, False, FEW, False, FINGERPRINTS],
        )
        answer = cursor.fetchall()
    ((_counts, published, known),) = (row for row in answer if row[0] is None)
    for hash_, pk, position in answer:
        if hash_ is not None:
            found[hash_].append((pk, position))
    return found, published, known == published


def _weight(asked: _Asked, found: Found, total: int) -> float | None:
    """The mean of log(D / df); None when nothing is known. What is too common counts as in ``FEW`` speeches."""
    if not asked.at:
        return None
    if not any(hash_ in found for hash_ in asked.at):
        return 0.0 if asked.complete else None
    frequencies = [len({pk for pk, _at in found[hash_]}) if hash_ in found else FEW for hash_ in asked.at]
    return sum(math.log(max(1.0, total / df)) for df in frequencies) / len(frequencies)


Wanted = tuple[int, int, int, int]  # passage, speech, from which character, how many


def _candidates(
    asked: Sequence[_Asked], found: Found, besides: Collection[int]
) -> tuple[list[Wanted], set[int]]:
    """What is to be read, and the passages that have more candidates than that."""
    wanted: list[Wanted] = []
    left_out: set[int] = set()
    letters = MOST_LETTERS
    for number, each in enumerate(asked):
        rare = sorted((hash_ for hash_ in each.at if hash_ in found), key=lambda hash_: len(found[hash_]))
        if not rare:
            left_out.add(number)
        chosen = rare[:1] if each.complete else rare
        places = {(pk, at - LOOSE * each.at[hash_]) for hash_ in chosen for pk, at in found[hash_]}
        places = {(pk, start) for pk, start in places if pk not in besides}
        long = LOOSE * 2 * max(1, len(each.letters))
        room = min(MOST_READ, MOST_AT_ALL - len(wanted), letters // long)
        if len(places) > room:
            left_out.add(number)
        letters -= long * min(len(places), room)
        wanted += [(number, pk, max(0, start), long) for pk, start in sorted(places)[:room]]
    return wanted, left_out


def _read(wanted: Sequence[Wanted]) -> dict[int, list[tuple[int, str]]]:
    """For each passage the speeches, and the letters of their text that were asked for."""
    read: dict[int, list[tuple[int, str]]] = defaultdict(list)
    if wanted:
        rows = ", ".join(["(%s, %s, %s, %s)"] * len(wanted))
        speeches = connection.ops.quote_name(Speech._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH wanted(number, pk, start, long) AS (VALUES {rows}) "  # noqa: S608
                "SELECT wanted.number, s.id, SUBSTR(s.text, wanted.start + 1, wanted.long) "
                f"FROM wanted JOIN {speeches} s ON s.id = wanted.pk WHERE s.published",
                [value for row in wanted for value in row],
            )
            for number, pk, text in cursor.fetchall():
                read[number].append((pk, "\n".join(map(_letters, text.replace("*", "\n").splitlines()))))
    return read
