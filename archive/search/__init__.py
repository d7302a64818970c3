"""Finding: the query language, the index, and ranked answers with the places that answer.

find(Query) -> Results    one page of answers
everything(Query, most) -> list[Hit]    all of them at once
find_lines(LineQuery)     one page of the places where a query stands, with what is around them
every_line(LineQuery)     all of them
check_quotation(text)     whether a quotation stands in the speeches, and where it differs
find_trends(queries)      how often queries stand in the speeches of each year
related(speech)           the speeches nearest to one
key_phrases(speech)       what it says more than the others
suggest(text)             what somebody who is typing may want
spans(raw, text)          where a query stands in any text
asks_of_text(raw) / fruitful(queries)    whether it looks into texts; which of some find a speech
state()                   a text that changes whenever an answer may
watching()                was anything answered without the index?
status() / problems() / repair() / rebuild()    the index and the database
batch()                   many saves, few index commits
compose(Wish)             the query that a form's fields ask for
catch_up()                work off what a crash has left
mark(pks)                 speeches changed without a signal (QuerySet.update)
prepare()                 load the dictionaries before the first request
"""

from archive.search.asking import Slots, state, watching
from archive.search.beside import Step
from archive.search.checking import problems, repair, status
from archive.search.composing import Wish, compose, named
from archive.search.concordance import (
    MAX_LINES,
    ORDERS,
    Concordance,
    LineQuery,
    Order,
    every_line,
    find_lines,
)
from archive.search.finding import everything, find
from archive.search.indexing import batch, catch_up, drain, mark, rebuild
from archive.search.lines import LINES_A_PAGE, Line
from archive.search.matching import spans
from archive.search.query import MAX_CHARACTERS
from archive.search.quoting import Checked, Part, Verdict, check_quotation
from archive.search.relating import Related, related
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
from archive.search.sourcing import Source
from archive.search.suggesting import Suggestion, prepare, suggest
from archive.search.telling import key_phrases
from archive.search.trends import MAX_QUERIES, Point, Trend, Trends, Year, find_trends
from archive.search.trying import asks_of_text, fruitful

__all__ = [
    "LINES_A_PAGE",
    "MAX_CHARACTERS",
    "MAX_LINES",
    "MAX_QUERIES",
    "ORDERS",
    "PAGE_SIZE",
    "SORTS",
    "Busy",
    "Checked",
    "Concordance",
    "Condition",
    "Filters",
    "Hit",
    "IndexStatus",
    "IndexUnavailable",
    "Line",
    "LineQuery",
    "Order",
    "Part",
    "Place",
    "Point",
    "Query",
    "QueryError",
    "Related",
    "Results",
    "Slots",
    "Sort",
    "Source",
    "Step",
    "Suggestion",
    "Trend",
    "Trends",
    "Verdict",
    "Wish",
    "Year",
    "asks_of_text",
    "batch",
    "catch_up",
    "check_quotation",
    "compose",
    "drain",
    "every_line",
    "everything",
    "find",
    "find_lines",
    "find_trends",
    "fruitful",
    "key_phrases",
    "mark",
    "named",
    "prepare",
    "problems",
    "rebuild",
    "related",
    "repair",
    "spans",
    "state",
    "status",
    "suggest",
    "watching",
]
