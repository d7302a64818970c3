"""Phrases that recur inside clauses: 习近平新时代中国特色社会主义思想 stands in most speeches, hardly ever alone.

They are found from the fingerprints that many speeches have: around each of them the letters are read on, on both
sides, and what cannot go on without losing a speech is a phrase (a closed pattern). One of ``SHORTEST`` letters has a
fingerprint that all its places have, so none of them is missed. Each place is read, so this is for archives where these
are not too many; in larger ones formulas stand as whole clauses too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import connection

from archive.compare import CLAUSE_END, LONGEST_CLAUSE, SHORTEST, SHORTEST_CLAUSE, Letters, Text, letters_of
from archive.models import Fingerprint, Speech
from archive.reuse.entries import as_text, batches
from archive.text.words import words

MOST_READINGS = 40  # of what stands on one side of a gram
MOST_PLACES = 200_000  # read for all phrases together: some seconds, and 60 MB


@dataclass(frozen=True, slots=True)
class Phrase:
    """Letters that stand in ``members``, as they are written in one of them."""

    letters: str
    text: str
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Around:
    """A gram in a speech: the letters before it, read backwards, and from it on; where it begins."""

    pk: int
    before: str
    after: str
    position: int


@dataclass(frozen=True, slots=True)
class _Found:
    """A phrase: one of its places, how many letters of it stand before that gram, and who has it."""

    place: _Around
    before: int
    members: set[int]


def phrases(least: int) -> list[Phrase]:
    """Those that at least so many published speeches have; none when there are too many places to read."""
    places = _places(least)
    if places is None:
        return []
    found: dict[str, _Found] = {}
    for some in _around(places).values():
        for letters, before, members in _grown(some, least):
            known = found.setdefault(letters, _Found(members[0], before, set()))
            known.members.update(each.pk for each in members)
    return [
        phrase
        for phrase in _written({letters: one for letters, one in found.items() if len(one.members) >= least})
        if not _is_part(phrase.letters, found)
    ]


Places = Mapping[int, Sequence[tuple[int, int]]]  # speech -> hash, position


def _places(least: int) -> Places | None:
    table = connection.ops.quote_name(Fingerprint._meta.db_table)
    speeches = connection.ops.quote_name(Speech._meta.db_table)
    published = f"speech_id IN (SELECT id FROM {speeches} WHERE published)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT hash, speech_id, position FROM {table} WHERE {published} AND hash IN "  # noqa: S608
            f"(SELECT hash FROM {table} WHERE {published} GROUP BY hash HAVING COUNT(DISTINCT speech_id) >= %s) "
            "LIMIT %s",
            [least, MOST_PLACES + 1],
        )
        rows = cursor.fetchall()
    if len(rows) > MOST_PLACES:
        return None
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for hash_, pk, position in rows:
        found[pk].append((hash_, position))
    return found


def _around(places: Places) -> dict[int, list[_Around]]:
    """What stands around each place, by the hash; one text after the other is read."""
    found: dict[int, list[_Around]] = defaultdict(list)
    for pks in batches(sorted(places), 50):
        for speech in Speech.objects.only("text", "redactions").filter(pk__in=pks).order_by("pk"):
            letters = letters_of(as_text(speech), "a")
            for hash_, position in places[speech.pk]:
                found[hash_].append(_window(speech.pk, letters, position))
    return found


def _window(pk: int, letters: Letters, position: int) -> _Around:
    at = bisect_right(letters.places, position, 1) - 1
    start = letters.edges.rfind(CLAUSE_END, max(0, at - LONGEST_CLAUSE), at + 1)
    end = letters.edges.find(CLAUSE_END, at + 1, at + LONGEST_CLAUSE + 1)
    before = letters.string[start if start >= 0 else max(0, at - LONGEST_CLAUSE) : at]
    after = letters.string[at : end if end >= 0 else at + LONGEST_CLAUSE]
    return _Around(pk, before[::-1], after, position)


def _grown(some: Sequence[_Around], least: int) -> Iterator[tuple[str, int, Sequence[_Around]]]:
    """(letters, how many of them stand before the gram, places) of the phrases around a gram: read on by every
    letter that enough speeches have there, first after it and then before it.
    """
    for after, right in islice(_readings([(each.after, each) for each in some], least), MOST_READINGS):
        for before, left in islice(_readings([(each.before, each) for each in right], least), MOST_READINGS):
            letters = before[::-1] + after
            goes_on = _next([(each.after, each) for each in left], len(after))
            loses = max(goes_on.values(), default=0) < len({each.pk for each in left})
            if loses and SHORTEST <= len(letters) <= LONGEST_CLAUSE and _telling(letters):
                yield letters, len(before), left


def _readings(some: Sequence[tuple[str, _Around]], least: int) -> Iterator[tuple[str, Sequence[_Around]]]:
    """Every beginning of the strings that enough speeches have and that cannot be read on without losing one."""
    waiting = [("", some)]
    while waiting:
        read, some = waiting.pop()
        on = _next(some, len(read))
        if max(on.values(), default=0) < len({each.pk for _string, each in some}):
            yield read, [each for _string, each in some]
        for letter in sorted(letter for letter, n in on.items() if n >= least):
            waiting.append(
                (read + letter, [one for one in some if one[0][len(read) : len(read) + 1] == letter])
            )


def _next(some: Sequence[tuple[str, _Around]], at: int) -> Counter[str]:
    """How many speeches have which letter there."""
    return Counter(
        letter for letter, _pk in {(string[at], each.pk) for string, each in some if len(string) > at}
    )


def _telling(letters: str) -> bool:
    """A phrase in Chinese: a single word has twelve letters in other languages."""
    return sum(not letter.isascii() for letter in letters) >= SHORTEST_CLAUSE


def _is_part(letters: str, found: Mapping[str, _Found]) -> bool:
    """Whether another phrase holds it and as many speeches have that one."""
    members = found[letters].members
    return any(
        len(other) > len(letters) and members == one.members and letters in other
        for other, one in found.items()
    )


def _written(found: Mapping[str, _Found]) -> Iterator[Phrase]:
    """The phrases that begin and end with words, as they are written; one text after the other is read."""
    pk, text, own = 0, "", letters_of(Text(""), "a")
    for letters, one in sorted(found.items(), key=lambda item: (item[1].place.pk, item[0])):
        if one.place.pk != pk:
            speech = Speech.objects.only("text", "redactions").get(pk=one.place.pk)
            pk, text, own = speech.pk, speech.text, letters_of(as_text(speech), "a")
        at = bisect_right(own.places, one.place.position, 1) - 1 - one.before
        same = at >= 0 and own.string[at : at + len(letters)] == letters  # else somebody has just changed it
        if same and _is_words(own, at, at + len(letters)):
            yield Phrase(letters, text[slice(*own.span(at, len(letters)))], tuple(sorted(one.members)))


def _is_words(own: Letters, start: int, end: int) -> bool:
    """Whether no word is cut at the ends of letters [start, end)."""
    first = max(0, start - LONGEST_CLAUSE)
    edges = {first + word.start for word in words(own.string[first : end + LONGEST_CLAUSE])}
    return {start, end} <= edges | {at for at in (start, end) if own.edges[at]}
