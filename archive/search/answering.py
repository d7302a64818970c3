"""Everything a query finds, in order, before any page of it is looked at: what all its pages share.

Answers are kept by index and query: the next page, another visitor and the back button pay only for what is
shown. What is kept is valid for one state of the index and one set of published speeches; either changes, and
all is forgotten. An answer about speakers is also one for what they are called now.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from archive.search.asking import Reading
from archive.search.counting import own_text
from archive.search.engine import Entry
from archive.search.guessing import guess
from archive.search.letters import Needle, tally
from archive.search.matching import counter, effort
from archive.search.narrowing import Narrowed, narrow
from archive.search.published import Aliases, aliases, latest
from archive.search.query import All, Either, Field, Node, Parsed, Term, parse
from archive.search.ranking import scores, weights
from archive.search.results import Filters, Query, QueryError, Sort
from archive.search.selecting import Selection, choose

LITERAL = 1.0  # added to the score of a document that belongs before the others whatever their scores
MAX_COUNTED = 60_000_000  # letters that are read to count all occurrences, once a word: some 100 ms
MAX_TALLY = 0xFFFF  # more than that the index does not count
MAX_KEPT = 200_000  # documents in all the answers kept, some 20 MB
MAX_ALONE = 8  # words, or conditions, that are looked at one by one when nothing was found

Key = tuple[Parsed, Filters, Sort, Aliases]


@dataclass(frozen=True, slots=True)
class Answer:
    """Documents with their scores, best first. ``unfiltered`` counts those found before any filter.

    ``whole`` counts those with all the words when others were added. ``weights`` says how much the letters of
    each word say, ``counts`` how often the query stands in each document (None: not counted), and ``unsorted``
    that it was to be the order. The others are as in Results.
    """

    ranked: tuple[tuple[int, float], ...]
    facets: dict[str, tuple[tuple[str, int], ...]]
    exact: int
    partial: bool
    few: bool
    whole: int | None
    unfiltered: int
    counts: dict[int, int] | None = None
    unsorted: bool = False
    weights: dict[str, float] = field(default_factory=dict)
    suggestion: str | None = None
    alone: tuple[tuple[str, int], ...] = ()
    relaxed: tuple[tuple[str, int], ...] = ()

    @property
    def occurrences(self) -> int | None:
        return None if self.counts is None else sum(self.counts.values())


class Answers:
    """The answers of one state of the index. Not for two threads at a time: ``ask`` gives turns."""

    def __init__(self, most: int = MAX_KEPT) -> None:
        self._most = most
        self._state: tuple[Reading, set[int]] | None = None
        self._kept: OrderedDict[Key, Answer] = OrderedDict()
        self._size = 0

    def answer(self, reading: Reading, published: set[int], query: Query, parsed: Parsed) -> Answer:
        if self._state is None or self._state[0] is not reading or self._state[1] != published:
            self.forget()
            self._state = (reading, published)
        called = aliases() if _names_speakers((*parsed.wanted, *parsed.unwanted)) else ()
        key = (replace(parsed, raw="", repairs=()), query.filters, query.sort, called)
        if (known := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            return known
        found = answered(reading, published, query, parsed)
        self._keep(key, found)
        return found

    def forget(self) -> None:
        self._kept.clear()
        self._state, self._size = None, 0

    def _keep(self, key: Key, answer: Answer) -> None:
        self._kept[key] = answer
        self._size += len(answer.ranked) + 1
        while self._size > self._most and len(self._kept) > 1:
            self._size -= len(self._kept.popitem(last=False)[1].ranked) + 1


def _names_speakers(nodes: Iterable[Node]) -> bool:
    return any(
        node.name == "speaker"
        if isinstance(node, Field)
        else isinstance(node, Either | All)
        and _names_speakers((*node.parts, *(node.unwanted if isinstance(node, All) else ())))
        for node in nodes
    )


def answered(reading: Reading, published: set[int], query: Query, parsed: Parsed) -> Answer:
    """``parsed`` without anything wanted finds every document: the filters alone decide."""
    selection = choose(reading, parsed) if parsed.wanted else Selection(set(), set(reading.docs))
    shown = _published(reading, selection.loose, published)
    narrowed = narrow(reading.entries, shown, query.filters)
    known = weights(reading, parsed)
    counts = _counts(reading, parsed, narrowed.docs)
    ranked = _ranked(reading, parsed, query.sort, selection, narrowed, known, counts)
    answer = Answer(
        ranked=tuple(ranked),
        facets=narrowed.facets,
        exact=sum(doc in selection.literal for doc in narrowed.docs),
        partial=selection.partial and bool(ranked),
        few=selection.few,
        whole=sum(doc in selection.whole for doc in narrowed.docs) if selection.filled else None,
        unfiltered=len(shown),
        counts=counts,
        unsorted=query.sort == "hits" and counts is None,
        weights={word.letters: weight for word, weight in known.items()},
        suggestion=None if selection.literal else guess(reading, _passing(reading, published, query), parsed),
    )
    if not parsed.wanted or (ranked and not answer.partial):
        return answer
    return replace(
        answer,
        alone=tuple(_alone(reading, published, parsed)),
        relaxed=tuple(_relaxed(reading, published, query.filters, parsed)),
    )


def _passing(reading: Reading, published: set[int], query: Query) -> set[int]:
    """The published keys that pass the filters: a suggestion keeps them, and must find something."""
    if query.filters == Filters():
        return published
    docs = _published(reading, reading.docs, published)
    return {reading.entries[doc].pk for doc in narrow(reading.entries, docs, query.filters).docs}


def _published(reading: Reading, docs: Iterable[int], published: set[int]) -> list[int]:
    entries = reading.entries
    return [doc for doc in docs if entries[doc].pk in published]


def _ranked(
    reading: Reading,
    parsed: Parsed,
    sort: Sort,
    selection: Selection,
    narrowed: Narrowed,
    known: dict[Needle, float],
    counts: dict[int, int] | None,
) -> list[tuple[int, float]]:
    """Documents with their scores in the order asked for; ties by date, newest first."""
    entries: list[Entry] = reading.entries
    docs = narrowed.docs
    if sort == "oldest":
        dated = sorted(docs, key=lambda doc: (not entries[doc].date, entries[doc].date, entries[doc].pk))
        return [(doc, 0.0) for doc in dated]
    if sort == "latest":
        place = {pk: n for n, pk in enumerate(latest())}
        return [(doc, 0.0) for doc in sorted(docs, key=lambda doc: place.get(entries[doc].pk, len(place)))]
    newest = sorted(docs, key=lambda doc: (entries[doc].date, entries[doc].pk), reverse=True)
    if sort == "newest":
        return [(doc, 0.0) for doc in newest]
    if sort == "hits" and counts is not None:
        return [(doc, 0.0) for doc in sorted(newest, key=counts.__getitem__, reverse=True)]
    raw = scores(reading, set(docs), parsed, known)
    first = selection.whole if selection.filled else selection.literal
    score = {doc: round(raw[doc] / (raw[doc] + 10) + (LITERAL if doc in first else 0), 6) for doc in docs}
    return [(doc, score[doc]) for doc in sorted(newest, key=score.__getitem__, reverse=True)]


def _counts(reading: Reading, parsed: Parsed, docs: list[int]) -> dict[int, int] | None:
    """How often the query stands in each document; None when that would take too long."""
    run = _only_run(parsed)
    words = {word.letters: word for word in run.words}.values() if run else ()
    literal = reading.standing(run.needle) if run else set(docs)
    rest = [doc for doc in docs if doc in literal or reading.entries[doc].own < reading.entries[doc].size]
    loose = set(docs).difference(rest)
    scanned = [word for word in words if not _is_pair(word)]
    letters = _size(reading, rest) * effort(parsed) + _size(reading, loose) * len(scanned)
    if letters > MAX_COUNTED:
        return None
    counted = counter(parsed)
    return {
        **_tallied(reading, [word for word in words if _is_pair(word)], scanned, loose),
        **{doc: counted(*own_text(reading, doc)) for doc in rest},
    }


def _only_run(parsed: Parsed) -> Term | None:
    """The run of words that is the whole query."""
    only = parsed.sought[0] if len(parsed.sought) == 1 else None
    return only if isinstance(only, Term) and only.words else None


def _is_pair(word: Needle) -> bool:
    """Whether the index knows how often it stands in each text and the title behind it (up to MAX_TALLY)."""
    return word.apart is None and len(word.letters) == 2


def _size(reading: Reading, docs: Iterable[int]) -> int:
    return sum(reading.entries[doc].size for doc in docs)


def _tallied(reading: Reading, pairs: list[Needle], scanned: list[Needle], docs: set[int]) -> dict[int, int]:
    """How often the words stand in documents in which the run that they are does not stand."""
    total = {doc: sum(tally(word, *reading.text(doc)) for word in scanned) for doc in docs}
    for word in pairs:
        for doc, times in zip(*reading.postings("pairs", word.letters), strict=True):
            if doc in total:
                total[doc] += times if times < MAX_TALLY else tally(word, *reading.text(doc))
    return total


def _alone(reading: Reading, published: set[int], parsed: Parsed) -> Iterable[tuple[str, int]]:
    """Each word of the query and in how many speeches it stands; none when there is only one."""
    words = {
        word.letters: word
        for term in parsed.terms
        for word in (term.words or (term.needle,))
        if not term.prefix
    }
    if len(words) < 2:
        return
    for letters, word in list(words.items())[:MAX_ALONE]:
        yield letters, len(_published(reading, reading.standing(word), published))


def _relaxed(
    reading: Reading, published: set[int], filters: Filters, parsed: Parsed
) -> Iterable[tuple[str, int]]:
    """The queries with one condition less that do find something, and how much."""
    for condition in parsed.conditions[:MAX_ALONE]:
        if not condition.without:
            continue
        try:
            selection = choose(reading, parse(condition.without))
        except QueryError:  # written out, it may be longer than a query may be
            continue
        docs = narrow(reading.entries, _published(reading, selection.loose, published), filters).docs
        if docs and not selection.partial:
            yield condition.without, len(docs)
