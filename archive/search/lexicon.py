"""The vocabulary of the archive: the words of its index, what its speeches are called, and the set phrases.

It proposes and never decides: a segment also holds what has been withdrawn since, so whoever shows something
of it looks first whether it stands in a published speech.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

from archive.models import Section, Speech
from archive.search.engine import Entry, View
from archive.search.engine.vocabulary import Item, Vocabulary, vocabularies
from archive.text.formulas import formulas

LONGEST_HEADING = 40  # characters; a longer one is a sentence
_AT_ONCE = 500  # keys in one question to the database


def lexicon(view: View) -> list[Vocabulary]:
    """The words and names of the index, segment by segment, and the set phrases."""
    return [*vocabularies(view, _names), set_phrases()]


@cache
def set_phrases() -> Vocabulary:
    """All of them, also those that stand nowhere in this archive."""
    return Vocabulary([], ((formula, 1) for formula in formulas()), kind="formula")


def _names(entries: list[Entry]) -> Iterator[Item]:
    """What the documents of a segment are called: they themselves, their speakers, events and headings."""
    for kind, names in (
        ("speaker", Counter(entry.speaker for entry in entries)),
        ("event", Counter(entry.event for entry in entries)),
    ):
        for name, speeches in names.items():
            yield Item.named(kind, name, speeches)
    headings: Counter[str] = Counter()
    for first in range(0, len(entries), _AT_ONCE):
        pks = [entry.pk for entry in entries[first : first + _AT_ONCE]]
        for pk, title in Speech.objects.filter(pk__in=pks).order_by().values_list("pk", "title"):
            yield Item.named("title", title, pk=pk)
        sections = Section.objects.filter(speech__in=pks, heading__gt="").order_by()
        headings.update(heading for heading, _ in sections.values_list("heading", "speech_id").distinct())
    for heading, speeches in headings.items():
        if len(heading) <= LONGEST_HEADING:
            yield Item.named("heading", heading, speeches)
