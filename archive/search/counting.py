"""How often a query stands, letter for letter, in each speech: what lines and trends are made of."""

from __future__ import annotations

from archive.search.asking import Reading
from archive.search.matching import counter
from archive.search.query import Parsed
from archive.search.selecting import choose


def counted(reading: Reading, published: set[int], query: Parsed) -> dict[int, int]:
    """The published documents that answer the query as typed and hold it in their text, and how often."""
    literal = query.literal
    times = counter(literal)
    found = {}
    for doc in choose(reading, literal).literal:
        if reading.entries[doc].pk in published and (n := times(*own_text(reading, doc))):
            found[doc] = n
    return found


def own_text(reading: Reading, doc: int) -> tuple[str, str | None]:
    """The letters of the text, without a title that follows it."""
    letters, apart = reading.text(doc)
    own = reading.entries[doc].own
    return (letters[:own], apart and apart[:own]) if own < len(letters) else (letters, apart)
