"""Which documents answer a query: sets of document numbers, no order yet."""

from __future__ import annotations

from dataclasses import dataclass

from archive.search.asking import Reading
from archive.search.letters import Needle
from archive.search.query import Either, Parsed, Term, parse


@dataclass(frozen=True, slots=True)
class Selection:
    """``literal`` hold every term as it was typed, ``loose`` at least its words (and include ``literal``).

    ``partial``: nothing holds all the words, and ``loose`` are the documents that hold most of them.
    """

    literal: set[int]
    loose: set[int]
    partial: bool = False


def select(view: Reading, query: Parsed | str) -> set[int]:
    """All documents that answer."""
    return choose(view, parse(query) if isinstance(query, str) else query).loose


def choose(view: Reading, query: Parsed) -> Selection:
    return _Choice(view, query).selection()


class _Choice:
    """Evaluates one query on one view, looking up every needle once."""

    def __init__(self, view: Reading, query: Parsed) -> None:
        self._view = view
        self._query = query
        self._known: dict[Needle, set[int]] = {}

    def selection(self) -> Selection:
        if not self._query.wanted:
            return Selection(set(), set())
        unwanted: set[int] = set()
        for term in self._query.unwanted:
            unwanted |= self._standing(term.needle)
        literal = self._all(words=False) - unwanted
        loose = self._all(words=True) - unwanted
        if loose:
            return Selection(literal, loose)
        return Selection(set(), self._most() - unwanted, partial=True)

    def _all(self, words: bool) -> set[int]:
        found: set[int] | None = None
        for part in self._query.wanted:
            docs = self._part(part, words)
            found = docs if found is None else found & docs
            if not found:
                break
        return set(found or ())

    def _part(self, part: Term | Either, words: bool) -> set[int]:
        if isinstance(part, Either):
            return set().union(*(self._term(term, words) for term in part.parts))
        return self._term(part, words)

    def _term(self, term: Term, words: bool) -> set[int]:
        literal = self._standing(term.needle)
        if not words or not term.words:
            return literal
        return literal | set.intersection(*(self._standing(word) for word in term.words))

    def _most(self) -> set[int]:
        """Documents with every quotation and more than half of the other words."""
        loose = [part for part in self._query.wanted if isinstance(part, Term) and part.words]
        if not loose:
            return set()
        docs = self._view.docs
        for part in self._query.wanted:
            if part not in loose:
                docs = docs & self._part(part, words=False)
        words = dict.fromkeys(word for term in loose for word in term.words)
        held: dict[int, int] = {}
        for word in words:
            for doc in self._standing(word):
                held[doc] = held.get(doc, 0) + 1
        return {doc for doc, n in held.items() if 2 * n > len(words) and doc in docs}

    def _standing(self, sought: Needle) -> set[int]:
        if sought not in self._known:
            self._known[sought] = self._view.standing(sought)
        return self._known[sought]
