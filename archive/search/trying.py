"""What can be said of queries without showing what they find: do they ask of the text, do they find anything."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from archive.search.asking import Reading, ask, state
from archive.search.query import parse
from archive.search.results import Busy
from archive.search.selecting import choose


def asks_of_text(raw: str) -> bool:
    """Whether the query looks for anything in the text, not in fields alone."""
    return bool(parse(raw).sought)


def fruitful(queries: Iterable[str]) -> frozenset[str]:
    """Those of the queries that find a speech with all they ask for; none while nobody has time to look."""
    known = state()
    try:
        return _fruitful(known, tuple(queries)) if known else frozenset()
    except Busy:
        return frozenset()


@lru_cache(maxsize=4)
def _fruitful(_state: str, queries: tuple[str, ...]) -> frozenset[str]:
    def work(reading: Reading, published: set[int]) -> frozenset[str]:
        shown = {doc for doc in reading.docs if reading.entries[doc].pk in published}
        selected = {raw: choose(reading, parse(raw)) for raw in queries}
        return frozenset(
            raw for raw, found in selected.items() if not found.partial and not shown.isdisjoint(found.loose)
        )

    return ask(work).answer
