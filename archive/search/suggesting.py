"""Suggestions while typing: titles, speakers, events, headings, set phrases and words of this archive.

By the letters typed, by pinyin, by initials, or by any mixture of them. Whatever is suggested stands in a
published speech: the lexicon only proposes, and each proposal is counted before it is shown.
"""

from __future__ import annotations

import gc
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils.http import urlencode

from archive.models import Speech
from archive.search import indexing
from archive.search.asking import note_degraded, slots
from archive.search.engine import View
from archive.search.engine.vocabulary import Item, Vocabulary
from archive.search.letters import needle, stands
from archive.search.lexicon import lexicon
from archive.search.query import parse
from archive.search.results import IndexUnavailable, QueryError
from archive.search.selecting import choose
from archive.search.typed import Typed, typed_ways
from archive.text import pinyin

logger = logging.getLogger(__name__)

LONGEST = 40  # letters typed
FEW = 3  # proposals; with fewer, letters and sounds are also tried in any mixture
MOST_CHECKED = 40  # proposals that are counted before we give up
MOST_IN_FIELD = 12  # in a field of which every title or heading is read
_ENDS = " 。．.，,、；;：:"  # of a heading that is a sentence
_ORDER = {"speaker": 0, "title": 1, "event": 2, "formula": 3, "term": 3, "heading": 4}
_AT_FIRST = {"speaker": 3, "title": 3, "event": 2, "heading": 3}  # more of a kind come after all others

Answer = TypeVar("Answer")


PATIENCE = 0.5  # seconds; who types on asks again anyway


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``kind`` is title, speaker, event, term, formula or heading; ``count`` the speeches; ``url`` where it leads."""

    text: str
    kind: str
    count: int
    url: str


def suggest(text: str, limit: int = 10) -> list[Suggestion]:
    """What somebody who has typed ``text`` may want, the likeliest first; after a blank, its last word.

    Nothing while the index is away. Busy when too many searches wait already.
    """
    ways = typed_ways(text.strip())

    def work(view: View, published: set[int]) -> list[Suggestion]:
        desk = _Desk(view, published)
        return next((found for typed in ways if (found := desk.suggest(typed, limit))), [])

    return _on_index(work) or []


def prepare() -> None:
    """Load the dictionaries and make the lexicon, so that no request waits for them.

    A server may call this before the database has any table, and before it forks: workers must not share
    a connection.
    """
    indexing.prepare()
    pinyin.prepare()
    connected = connection.connection is not None
    try:
        _on_index(lambda view, published: len(lexicon(view)))
    except DatabaseError as error:
        logger.warning("Suggestions are made ready with the first request: %s", error)
    if not connected:
        connection.close()
    gc.collect()
    gc.freeze()  # else each full collection, in the middle of some request, looks through all of it again


def _on_index(work: Callable[[View, set[int]], Answer]) -> Answer | None:
    """As ``ask``, but never from the texts: reading them all at every key would take seconds each."""
    published = set(Speech.objects.published().order_by().values_list("pk", flat=True))
    if not published:
        return None
    with slots.turn(PATIENCE):
        try:
            with indexing.store().view() as view:
                return work(view, published)
        except IndexUnavailable:  # any search says so, and logs it
            note_degraded()
            return None


@dataclass(slots=True)
class _Proposal:
    """An item of the lexicon, all segments together; ``pks`` are the speeches whose title it is."""

    way: int
    item: Item
    weight: int
    pks: list[int]

    @property
    def rank(self) -> tuple[int, int, int, int, str]:
        item = self.item
        return self.way, _ORDER[item.kind], -self.weight, len(item.letters), item.letters

    def join(self, other: _Proposal) -> None:
        """The same letters again, from another segment or as another kind of thing."""
        if other.item.kind == self.item.kind:
            self.weight += other.weight
        elif _ORDER[other.item.kind] < _ORDER[self.item.kind]:
            self.item = other.item
        self.way = min(self.way, other.way)
        self.pks += other.pks


class _Desk:
    """Answers one request."""

    def __init__(self, view: View, published: set[int]) -> None:
        self._view = view
        self._live = {doc for doc in view.docs if view.entries[doc].pk in published}
        self._lexicon = lexicon(view)

    def suggest(self, typed: Typed, limit: int) -> list[Suggestion]:
        if not 0 < len(typed.letters) <= LONGEST:
            return []
        proposals = self._proposals(lambda words: words.matches(typed.letters, typed.sound))
        if len(proposals) < FEW and typed.blended:
            for letters, proposal in self._proposals(lambda words: words.blended(typed.blended)).items():
                proposals.setdefault(letters, proposal)
        found: list[Suggestion] = []
        for proposal in _in_order(proposals.values(), typed)[
            : MOST_IN_FIELD if typed.field else MOST_CHECKED
        ]:
            found += self._checked(proposal, typed)
            if len(found) == limit:
                break
        return found

    def _proposals(self, ask: Callable[[Vocabulary], Iterable[tuple[int, Item]]]) -> dict[str, _Proposal]:
        """By their letters: what the segments say, put together."""
        found: dict[str, _Proposal] = {}
        for words in self._lexicon:
            best: dict[Item, int] = {}
            for way, item in ask(words):
                best[item] = min(way, best.get(item, way))
            for item, way in best.items():
                proposal = _Proposal(way, item, self._weight(item), [item.pk] if item.pk else [])
                if item.letters in found:
                    found[item.letters].join(proposal)
                else:
                    found[item.letters] = proposal
        return found

    def _weight(self, item: Item) -> int:
        """In about how many documents it stands; a set phrase in no more than its rarest pair."""
        if item.kind != "formula":
            return item.weight
        letters = item.letters
        return min(self._view.frequency("pairs", letters[at : at + 2]) for at in range(len(letters) - 1))

    def _checked(self, proposal: _Proposal, typed: Typed) -> Iterator[Suggestion]:
        """The suggestion, if it stands in a published speech."""
        item = proposal.item
        text = item.text.strip(_ENDS) if item.kind == "heading" else item.text
        if typed.before:
            text = typed.completed(text)
            if count := self._answering(text):
                yield Suggestion(text, item.kind, count, _search(q=text))
            return
        pks = self._titled(proposal) if item.kind == "title" else []
        count = len(pks) if item.kind == "title" else self._count(item)
        if count:
            yield Suggestion(text, item.kind, count, _url(item.kind, text, pks))

    def _count(self, item: Item) -> int:
        if item.kind in ("speaker", "event"):
            entries = self._view.entries
            return sum(item.text in (entries[doc].speaker, entries[doc].event) for doc in self._live)
        return len(self._standing(item) & self._live)

    def _answering(self, query: str) -> int:
        """The speeches in which the whole query stands."""
        try:
            return len(choose(self._view, parse(query).literal).literal & self._live)
        except QueryError:
            return 0

    def _standing(self, item: Item) -> set[int]:
        """The documents in which it stands. Those that hold it as a word need no look into their letters."""
        sought = needle(item.text)
        pairs = {item.letters[at : at + 2] for at in range(len(item.letters) - 1)}
        if item.kind != "term" or sought.apart or len(pairs) < 2:
            return self._view.standing(sought)
        known = set(self._view.postings("words", item.letters)[0])
        others = set.intersection(*(set(self._view.postings("pairs", pair)[0]) for pair in pairs)) - known
        return known | {doc for doc in others if stands(sought, *self._view.text(doc))}

    def _titled(self, proposal: _Proposal) -> list[int]:
        """The published speeches that still have this title."""
        now = Speech.objects.published().filter(pk__in=proposal.pks, title=proposal.item.text)
        return list(now.newest().values_list("pk", flat=True))


def _in_order(proposals: Iterable[_Proposal], typed: Typed) -> list[_Proposal]:
    """The best first, but not too many of a kind before all others; of a kind that does not fit, none."""
    seen: Counter[str] = Counter()
    first: list[_Proposal] = []
    later: list[_Proposal] = []
    for proposal in sorted(proposals, key=lambda proposal: proposal.rank):
        kind = proposal.item.kind
        if not typed.takes(kind):
            continue
        seen[kind] += 1
        (first if seen[kind] <= _AT_FIRST.get(kind, MOST_CHECKED) else later).append(proposal)
    return first + later


def _url(kind: str, text: str, pks: list[int]) -> str:
    if len(pks) == 1:
        return reverse("speech", args=pks)
    if kind in ("speaker", "event"):
        return _search(**{kind: text})
    return _search(q=f"“{needle(text).letters}”" if kind in ("heading", "title") else text)


def _search(**query: str) -> str:
    return f"{reverse('search')}?{urlencode(query)}"
