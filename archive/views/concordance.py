"""/concordance/: every place where a query stands, a line each, sorted by date or by what is around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from archive import search
from archive.forms import ConcordanceForm, TrendsForm
from archive.text import headed
from archive.views import conditions, facets, twins
from archive.views.errors import no_such_page, read_only, refusal
from archive.views.keeping import kept, tagged
from archive.views.search import address_of
from archive.views.tables import Row, csv_answer

COLUMNS = ("left", "hit", "right", "title", "speaker", "date", "section", "url", "offset")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What stands beside the query ``count`` times; ``url`` leads to the places where it does."""

    letters: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Example:
    """A query to try and what it shows."""

    query: str
    use: str
    url: str


def examples() -> list[Example]:
    tried = (
        (_("从严"), "right", _("按后文：从严什么，要求、管理还是治党")),
        (_("党建"), "left", _("按前文：谁的党建，怎样抓党建")),
        (_("“两个维护”"), "date", _("按日期：一句话在哪年、哪篇里说过")),
    )
    return [Example(query, use, f"?{urlencode({'q': query, 'sort': sort})}") for query, sort, use in tried]


@read_only
@kept
def page(request: HttpRequest) -> HttpResponse:
    form = ConcordanceForm(request.GET)
    if not form.is_valid():
        if form.only_page_is_wrong:
            return no_such_page(request, request.path)
        return _start(request, form.named_errors, 400)
    query = query_of(form)
    if not query.raw:
        return _start(request)
    try:
        found = search.find_lines(query)
    except search.QueryError as refused:
        if refused.field == "page":
            return no_such_page(request, address_of(request, form).url())
        return _start(request, [refused.message], 400)
    return render(request, "concordance/page.html", _context(form, found, address_of(request, form)))


@read_only
@kept
def twin(request: HttpRequest) -> HttpResponse:
    form = ConcordanceForm(request.GET)
    if not form.is_valid():
        return no_such_page(request, "") if form.only_page_is_wrong else twins.refuse_form(form)
    try:
        found = search.find_lines(query_of(form))
    except search.QueryError as refused:
        return twins.refuse(refused.field, refused.message, 404 if refused.field == "page" else 400)
    return twins.answer(record(found))


@read_only
@tagged
def table(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """All lines, whatever page."""
    form = ConcordanceForm(request.GET)
    if not form.is_valid():
        return refusal(request, 400, " ".join(form.named_errors), field=next(iter(form.errors)))
    try:
        lines = search.every_line(replace(query_of(form), page=1))
    except search.QueryError as refused:
        return refusal(request, 400, refused.message, field=refused.field or "q")
    return csv_answer("concordance.csv", COLUMNS, _rows(request, lines))


def query_of(form: ConcordanceForm) -> search.LineQuery:
    return search.LineQuery(
        form.cleaned_data["q"], filters_of(form), form.cleaned_data["sort"] or "date", form.page_number
    )


def filters_of(form: ConcordanceForm | TrendsForm) -> search.Filters:
    data = form.cleaned_data
    return search.Filters(
        data["speaker"], data["year"], data["kind"], data["event"], data["from"], data["to"]
    )


def record(found: search.Concordance) -> dict[str, Any]:
    """A page of lines, for programs. Offsets are characters into the speech's text, half-open."""
    lines = []
    for line in found.lines:
        fields = asdict(line)
        lines.append({"id": fields.pop("speech"), **fields})
    return {
        "query": {"raw": found.raw, "explained": found.explained, "warnings": list(found.warnings)},
        "sort": found.sort,
        "total": found.total,
        "speeches": found.speeches,
        "page": found.page,
        "pages": found.pages,
        "lines": lines,
        "neighbours": {"left": found.before, "right": found.behind},
        "facets": twins.facets(found.facets),
        "elsewhere": found.elsewhere,
        "loosely": found.loosely,
    }


def _rows(request: HttpRequest, lines: Iterator[search.Line]) -> Iterator[Row]:
    site = request.build_absolute_uri("/").removesuffix("/")
    for line in lines:
        where = (headed(line.num, line.heading), f"{site}{line.url}", line.start)
        yield line.left, line.hit, line.right, line.title, line.speaker, line.date, *where


def _start(request: HttpRequest, errors: Sequence[str] = (), status: int = 200) -> HttpResponse:
    context = {"errors": errors, "q": request.GET.get("q", "")[:200], "examples": examples()}
    return render(request, "concordance/start.html", context, status=status)


def _context(form: ConcordanceForm, found: search.Concordance, address: facets.Address) -> dict[str, Any]:
    params = address.params
    return {
        "q": found.raw,
        "params": params,
        "kept": [(name, value) for name, values in params.items() if name != "q" for value in values],
        "found": found,
        "first": (found.page - 1) * search.LINES_A_PAGE + 1,
        "chips": conditions.filters(form, address),
        "repaired_url": address.url(q=[found.repaired]) if found.repaired else "",
        "everything": address.url(**{name: () for name in (*form.FACETS, "from", "to")}),
        "facets": facets.facets(found.facets, address) if found.total or found.elsewhere else [],
        "sorts": [
            (sort, "" if sort == found.sort else address.url(sort=[] if sort == "date" else [sort]))
            for sort in search.ORDERS
        ],
        "before": [_neighbour(f"{each}{found.run}", each, n, address) for each, n in found.before],
        "behind": [_neighbour(f"{found.run}{each}", each, n, address) for each, n in found.behind],
        "pages": facets.pages(Paginator(range(found.total), search.LINES_A_PAGE), found.page, address),
        "search_url": replace(address, path=reverse("search")).url(sort=()),
        "trends_url": replace(address, path=reverse("trends")).url(sort=()),
        "csv_url": replace(address, path=reverse("concordance-csv")).url(),
        "json_url": replace(address, path=reverse("concordance-json")).page(found.page),
        "too_many": found.total > search.MAX_LINES,
    }


def _neighbour(run: str, letters: str, count: int, address: facets.Address) -> Neighbour:
    return Neighbour(letters, count, address.url(q=[f"“{run}”"]))
