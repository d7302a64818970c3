"""A search to take away: every speech found as a table, those that came in last as a feed to subscribe to.

The feed is Atom (RFC 4287): its entries are named by the addresses of the speeches, so that a reader shows
each once, whatever order they come in.
"""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page

from archive import search
from archive.forms import SearchForm
from archive.models import Speech
from archive.templatetags.reading import chinese_date
from archive.views.errors import read_only, refusal
from archive.views.search import address_of, query_of
from archive.views.tables import Row, csv_answer

MOST = 5_000  # speeches in a table
COLUMNS = (
    *("title", "speaker", "date", "event", "kind", "characters", "hits", "score", "url"),
    *("section", "snippet"),
)
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2

Answer = HttpResponse | StreamingHttpResponse
Build = Callable[[HttpRequest, SearchForm, search.Query, search.Results], Answer]


@read_only
def table(request: HttpRequest) -> Answer:
    """/search.csv: every speech found, in the order asked for, with its best place."""
    return _answer(request, _table)


@read_only
@conditional_page
def feed(request: HttpRequest) -> Answer:
    """/search/feed/: the twenty speeches found that came in last, undated ones too."""
    return _answer(request, _feed, sort="latest")


def _answer(request: HttpRequest, build: Build, **changes: object) -> Answer:
    """What ``build`` makes of the search, or 400 and the reason why there is nothing to take away."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return refusal(request, 400, " ".join(form.named_errors))
    query = replace(query_of(form), page=1, **changes)  # type: ignore[arg-type]  # Query's own fields
    try:
        results = search.find(query)
        asks_for_nothing = not results.explained if query.raw else query.filters == search.Filters()
        if asks_for_nothing:
            return refusal(request, 400, " ".join(results.warnings))
        if results.degraded:  # a file cannot say that it may not hold everything
            return refusal(request, 503, _("索引暂时不可用，取走的结果可能不全。请在索引恢复以后再试。"))
        return build(request, form, query, results)
    except search.QueryError as refused:
        return refusal(request, 400, refused.message)


def _table(request: HttpRequest, form: SearchForm, query: search.Query, results: search.Results) -> Answer:
    hits = results.hits if results.pages <= 1 else search.everything(query, MOST)
    return csv_answer("search.csv", COLUMNS, [_row(request, hit) for hit in hits])


def _row(request: HttpRequest, hit: search.Hit) -> Row:
    best = hit.places[0] if hit.places else None
    return (
        *(hit.title, hit.speaker, hit.date, hit.event, hit.kind, hit.characters, hit.hits, hit.score),
        request.build_absolute_uri(hit.url),
        f"{best.num}{best.heading}" if best else "",
        plain(best.snippet) if best else "",
    )


def plain(snippet: str) -> str:
    """A snippet as text: its only markup is <mark>."""
    return html.unescape(_unmarked(snippet))


def _unmarked(snippet: str) -> str:
    return snippet.replace("<mark>", "").replace("</mark>", "")


class SearchFeed(Atom1Feed):
    """A feed that stays the same, byte for byte, as long as it says the same."""

    def latest_post_date(self) -> datetime.datetime:
        dates = [item["updateddate"] for item in self.items]
        return max(dates, default=datetime.datetime.fromtimestamp(0, datetime.UTC))


def _feed(request: HttpRequest, form: SearchForm, query: search.Query, results: search.Results) -> Answer:
    page = replace(address_of(request, form), path=reverse("search"))
    title = _("搜索：%(query)s — 讲话库") % {"query": query.raw or _("按条件筛选")}
    made = SearchFeed(
        title=_in_xml(title),
        link=request.build_absolute_uri(page.url(sort=["newest"])),
        description="",
        subtitle=_in_xml(results.explained),
        language="zh-Hans",
        author_name=_("讲话库"),
        feed_url=request.build_absolute_uri(replace(page, path=reverse("search-feed")).url(sort=[])),
    )
    keys = [hit.id for hit in results.hits]
    dates = Speech.objects.published().filter(pk__in=keys).values_list("pk", "created_at", "updated_at")
    times = {pk: (created, updated) for pk, created, updated in dates}
    for hit in results.hits:
        if hit.id in times:
            _add_entry(made, request, hit, *times[hit.id])
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


def _add_entry(
    made: SearchFeed,
    request: HttpRequest,
    hit: search.Hit,
    created: datetime.datetime,
    updated: datetime.datetime,
) -> None:
    facts = " · ".join(html.escape(fact) for fact in (hit.speaker, chinese_date(hit.date), hit.event) if fact)
    snippets = " ".join(_unmarked(place.snippet) for place in hit.places)
    made.add_item(
        title=_in_xml(hit.title),
        link=request.build_absolute_uri(hit.url),
        description=_in_xml(f"{facts}。{snippets}"),  # HTML, as Atom's type says: escaped
        unique_id=request.build_absolute_uri(reverse("speech", args=[hit.id])),
        author_name=_in_xml(hit.speaker) if hit.speaker else None,
        pubdate=created,
        updateddate=updated,
    )


def _in_xml(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)
