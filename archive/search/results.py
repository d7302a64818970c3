"""What a search asks for and what it answers: plain values, no engine object.

Offsets are characters into the speech's text, half-open. Strings that end in ``html`` and snippets
are escaped and safe to show: the only markup in them is <mark>.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Sort = Literal["relevance", "newest", "oldest", "hits", "latest"]  # latest: who was published last, for feeds
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest", "hits")
PAGE_SIZE = 20  # speeches a page


class QueryError(ValueError):
    """A request that cannot be answered as it stands: which field, and a sentence that contains the cure."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


class IndexUnavailable(RuntimeError):
    """The index cannot be read (missing, damaged or of another version)."""


class Busy(RuntimeError):
    """Too many searches wait already; the same one will do in a moment."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Values chosen in the facets: OR inside one facet, AND across facets. "" means unknown.

    ``date_from`` and ``date_to`` are "2022", "2022-10" or "2022-10-20", both inclusive.
    """

    speakers: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    date_from: str = ""
    date_to: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """What a reader asked for. ``page`` counts from 1."""

    raw: str
    filters: Filters = Filters()
    sort: Sort = "relevance"
    page: int = 1


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a query as it was understood: in words, and the query without it.

    ``without`` is "" when it was all, None when what is left would be too long for a query.
    """

    text: str
    without: str | None
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One place where a speech answers: its section, a deep link, and a snippet with every hit marked."""

    anchor: str  # "p7", or "s2" when the hit stands in a heading, title or byline
    num: str
    heading: str
    url: str  # /speeches/<id>/?q=…#p7
    snippet: str
    marks: int = 0  # occurrences that the snippet shows


@dataclass(frozen=True, slots=True)
class Hit:
    """One speech found. ``hits`` counts every occurrence in its text; ``places`` holds the best three or fewer."""

    id: int
    title: str
    title_html: str
    url: str
    speaker: str | None
    date: str | None
    event: str | None
    kind: str
    characters: int
    score: float
    hits: int
    places: tuple[Place, ...]

    @property
    def more(self) -> int:
        """How many occurrences are not in the snippets shown (另有 n 处)."""
        return max(0, self.hits - sum(place.marks for place in self.places))


@dataclass(frozen=True, slots=True)
class Results:
    """One page of answers. ``facets``: name -> (value, speeches) pairs for this query, commonest first.

    A facet counts as if nothing of its own had been chosen, so that more of its values can be added.
    ``explained`` reads the query back in a sentence; ``partial`` says that no speech holds all the words
    and the list shows those that hold most of them. ``exact`` counts the speeches that hold every term as it
    was typed; they come first when the sort is relevance. ``degraded``: found without the index.
    ``repaired`` is the query as it was understood, when that is not how it was typed. ``occurrences`` counts
    all places in all speeches found, None when counting them would take too long; ``unfiltered`` the speeches
    found before any filter. ``suggestion`` is a query
    that finds something where this one finds nothing literally. Of a query that found nothing, ``alone``
    has each word and the speeches that hold it, ``relaxed`` each query with one condition less and its total.
    """

    raw: str
    explained: str
    warnings: tuple[str, ...]
    total: int
    page: int
    pages: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    suggestion: str | None = None
    partial: bool = False
    degraded: bool = False
    exact: int = 0
    conditions: tuple[Condition, ...] = ()
    repaired: str = ""
    occurrences: int | None = None
    unfiltered: int = 0
    alone: tuple[tuple[str, int], ...] = ()
    relaxed: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """How the index is. ``message`` says in a sentence what is wrong and what helps ("" when ok)."""

    ok: bool
    documents: int  # in the index
    pending: int  # changed speeches that are not indexed yet
    message: str = ""
