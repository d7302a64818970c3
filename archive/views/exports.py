"""A search to take away: every speech found as a table. As a feed to subscribe to it is in archive.views.feeds."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from archive import search
from archive.forms import SearchForm
from archive.text import headed
from archive.views.errors import read_only, refusal
from archive.views.keeping import tagged
from archive.views.search import query_of
from archive.views.tables import Row, csv_answer

MOST = 5_000  # speeches in a table
COLUMNS = (
    *("title", "speaker", "date", "event", "kind", "characters", "hits", "score", "url"),
    *("section", "snippet"),
)

Answer = HttpResponse | StreamingHttpResponse
Build = Callable[[HttpRequest, SearchForm, search.Query, search.Results], Answer]


@read_only
@tagged
def table(request: HttpRequest) -> Answer:
    """/search.csv: every speech found, in the order asked for, with its best place."""
    return answered(request, _table)


def answered(request: HttpRequest, build: Build, **changes: object) -> Answer:
    """What ``build`` makes of the search, or 400 and the reason why there is nothing to take away."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return refusal(request, 400, " ".join(form.named_errors), field=next(iter(form.errors)))
    query = replace(query_of(form), page=1, **changes)  # type: ignore[arg-type]  # Query's own fields
    try:
        results = search.find(query)
        asks_for_nothing = not results.explained if query.raw else query.filters == search.Filters()
        if asks_for_nothing:
            return refusal(request, 400, " ".join(results.warnings), field="q")
        if results.degraded:  # a file cannot say that it may not hold everything
            return refusal(request, 503, _("索引暂时不可用，取走的结果可能不全。请在索引恢复以后再试。"))
        return build(request, form, query, results)
    except search.QueryError as refused:
        return refusal(request, 400, refused.message, field=refused.field or "q")


def _table(request: HttpRequest, form: SearchForm, query: search.Query, results: search.Results) -> Answer:
    hits = results.hits if results.pages <= 1 else search.everything(query, MOST)
    return csv_answer("search.csv", COLUMNS, [_row(request, hit) for hit in hits])


def _row(request: HttpRequest, hit: search.Hit) -> Row:
    best = hit.places[0] if hit.places else None
    return (
        *(hit.title, hit.speaker, hit.date, hit.event, hit.kind, hit.characters, hit.hits, hit.score),
        request.build_absolute_uri(hit.url),
        headed(best.num, best.heading) if best else "",
        plain(best.snippet) if best else "",
    )


def plain(snippet: str) -> str:
    """A snippet as text: its only markup is <mark>."""
    return html.unescape(unmarked(snippet))


def unmarked(snippet: str) -> str:
    return snippet.replace("<mark>", "").replace("</mark>", "")
