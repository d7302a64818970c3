"""Which documents answer a query: sets of document numbers, no order yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from archive.search import published
from archive.search.asking import Reading
from archive.search.engine import Entry
from archive.search.letters import Letters, Needle, stands
from archive.search.matching import beginnings, is_near
from archive.search.query import All, Either, Field, Near, Node, Parsed, Term, Years, parse
from archive.search.ranking import idf
from archive.search.results import PAGE_SIZE

MOST = 0.5  # of what the words of a query say
PART = 0.25
QUESTION = 4  # words

_FACTS: dict[str, Callable[[Entry], str]] = {
    "speaker": lambda entry: entry.speaker,
    "event": lambda entry: entry.event,
    "kind": lambda entry: entry.kind,
}


@dataclass(frozen=True, slots=True)
class Selection:
    """``literal`` hold every term as it was typed, ``loose`` at least its words (and include ``literal``).

    ``partial``: nothing holds all the words, and ``loose`` are the documents that hold most of them, or,
    ``few``, at least some. ``filled``: to a question few documents hold all the words of, those that hold most
    were added; ``whole`` are those with all.
    """

    literal: set[int]
    loose: set[int]
    partial: bool = False
    few: bool = False
    filled: bool = False
    whole: frozenset[int] = frozenset()


def select(reading: Reading, query: Parsed | str) -> set[int]:
    """All documents that answer."""
    return choose(reading, parse(query) if isinstance(query, str) else query).loose


def choose(reading: Reading, query: Parsed) -> Selection:
    return _Choice(reading, query).selection()


class _Choice:
    """Evaluates one query on one reading, looking up every needle once."""

    def __init__(self, reading: Reading, query: Parsed) -> None:
        self._reading = reading
        self._query = query
        self._known: dict[Needle, set[int]] = {}
        self._near_known: dict[Near, set[int]] = {}

    def selection(self) -> Selection:
        if not self._query.wanted:
            return Selection(set(), set())
        unwanted = self._any(self._query.unwanted, words=False)
        literal = self._all(self._query.wanted, words=False) - unwanted
        loose = self._all(self._query.wanted, words=True) - unwanted
        if loose:
            more = self._most()[0] - unwanted if not literal and self._is_question(loose) else set()
            return Selection(literal, loose | more, filled=more > loose, whole=frozenset(loose))
        most, some = self._most()
        found = (most or some) - unwanted
        return Selection(set(), found, partial=True, few=not most)

    def _is_question(self, found: set[int]) -> bool:
        """Whether the query is one run of many words, and so few documents hold them all that more are wanted.

        A blank between words asks for both; who writes none, asks for what answers.
        """
        only = self._query.wanted[0]
        return (
            len(self._query.wanted) == 1
            and isinstance(only, Term)
            and len(only.words) >= QUESTION
            and len(found) < PAGE_SIZE // 2
        )

    def _all(self, nodes: Iterable[Node], words: bool) -> set[int]:
        found: set[int] | None = None
        for node in nodes:
            docs = self._node(node, words)
            found = docs if found is None else found & docs
            if not found:
                break
        return set(found or ())

    def _any(self, nodes: Iterable[Node], words: bool) -> set[int]:
        return set().union(*(self._node(node, words) for node in nodes))

    def _node(self, node: Node, words: bool) -> set[int]:
        """The documents in which the node holds; ``words``: runs may hold by their words."""
        match node:
            case Term():
                return self._term(node, words)
            case Field(name=name, term=term):
                return self._field(name, term)
            case Near():
                return self._near(node)
            case Years():
                return self._years(node)
            case Either(parts=parts):
                return self._any(parts, words)
            case All(parts=parts, unwanted=unwanted):
                return self._all(parts, words) - self._any(unwanted, words=False)

    def _term(self, term: Term, words: bool) -> set[int]:
        literal = self._standing(term.needle)
        if term.prefix:
            return {doc for doc in literal if beginnings(term.needle, *self._reading.text(doc))}
        if not words or not term.words:
            return literal
        return literal | set.intersection(*map(self._standing, term.words))

    def _field(self, name: str, term: Term) -> set[int]:
        """The documents whose field holds the term, or all its words."""
        reading = self._reading
        if name not in _FACTS:
            which = int(name == "section")
            return {doc for doc in reading.docs if _holds(term, *reading.heads(doc)[which])}
        fact = _FACTS[name]
        values = {value: Letters.of(value) for value in {fact(reading.entries[doc]) for doc in reading.docs}}
        held = {value for value, read in values.items() if _holds(term, read.letters, read.apart)}
        if name == "speaker":
            held |= _also_called(term)
        return {doc for doc in reading.docs if fact(reading.entries[doc]) in held}

    def _near(self, node: Near) -> set[int]:
        if node not in self._near_known:
            both = self._standing(node.first.needle) & self._standing(node.second.needle)
            self._near_known[node] = {doc for doc in both if is_near(node, *self._reading.text(doc))}
        return self._near_known[node]

    def _years(self, node: Years) -> set[int]:
        entries = self._reading.entries
        first, last = node.first or "0000", node.last or "9999"
        return {doc for doc in self._reading.docs if first <= entries[doc].date[:4] <= last}

    def _most(self) -> tuple[set[int], set[int]]:
        """Documents with every other condition and most of what the runs' words say, and those with a part.

        A rare word says more than a common one, and one that stands nowhere nothing.
        """
        loose = [part for part in self._query.wanted if isinstance(part, Term) and part.words]
        docs = self._reading.docs
        for part in self._query.wanted:
            if part not in loose:
                docs = docs & self._node(part, words=False)
        total = 0.0
        held: dict[int, float] = dict.fromkeys(docs, 0.0)
        for word in dict.fromkeys(word for term in loose for word in term.words):
            standing = self._standing(word)
            weight = idf(len(self._reading.docs), len(standing)) if standing else 0.0
            total += weight
            for doc in standing & docs:
                held[doc] += weight
        most = {doc for doc, weight in held.items() if weight > MOST * total}
        return most, {doc for doc, weight in held.items() if weight > PART * total}

    def _standing(self, sought: Needle) -> set[int]:
        if sought not in self._known:
            self._known[sought] = self._reading.standing(sought)
        return self._known[sought]


def _also_called(term: Term) -> set[str]:
    """The speakers one of whose other names holds the term."""
    read = [(Letters.of(alias), name) for alias, name in published.aliases()]
    return {name for letters, name in read if _holds(term, letters.letters, letters.apart)}


def _holds(term: Term, letters: str, apart: str | None) -> bool:
    if term.prefix:
        return bool(beginnings(term.needle, letters, apart))
    if stands(term.needle, letters, apart):
        return True
    return bool(term.words) and all(stands(word, letters, apart) for word in term.words)
