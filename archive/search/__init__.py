"""Finding: the query language, the index, and ranked answers with the places that answer.

find(Query) -> Results    one page of answers
everything(Query, most) -> list[Hit]    all of them at once
spans(raw, text)          where a query stands in any text
status() / problems() / repair() / rebuild()    the index and the database
batch()                   many saves, few index commits
compose(Wish)             the query that a form's fields ask for
mark(pks)                 speeches changed without a signal (QuerySet.update)
prepare()                 load the dictionary before the first request
"""

from archive.search.composing import Wish, compose, named
from archive.search.finding import everything, find
from archive.search.indexing import batch, drain, mark, prepare, problems, rebuild, repair, status
from archive.search.matching import spans
from archive.search.results import (
    PAGE_SIZE,
    SORTS,
    Busy,
    Condition,
    Filters,
    Hit,
    IndexStatus,
    IndexUnavailable,
    Place,
    Query,
    QueryError,
    Results,
    Sort,
)

__all__ = [
    "PAGE_SIZE",
    "SORTS",
    "Busy",
    "Condition",
    "Filters",
    "Hit",
    "IndexStatus",
    "IndexUnavailable",
    "Place",
    "Query",
    "QueryError",
    "Results",
    "Sort",
    "Wish",
    "batch",
    "compose",
    "drain",
    "everything",
    "find",
    "mark",
    "named",
    "prepare",
    "problems",
    "rebuild",
    "repair",
    "spans",
    "status",
]
