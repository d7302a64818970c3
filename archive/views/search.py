"""/search/: a query, what was found, and how to narrow it or get out of a dead end."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from archive import search
from archive.forms import SearchForm
from archive.models import Speech
from archive.views import facets, twins
from archive.views.errors import no_such_page, read_only

NEWEST = 5
MOST_TERMS = 5  # each costs a search on the page that found nothing


def syntax() -> list[tuple[str, str]]:
    """What the query language understands: a live example and what it does."""
    return [
        (_("党的建设 座谈会"), _("空格隔开：几个词都要有")),
        (_("“两个维护”"), _("加引号：一字不差，引号中西皆可")),
        (_("党建 OR 纪检"), _("OR、或、|：有一个就行")),
        (_("党建 -经费"), _("减号：不要含这个词的讲话")),
    ]


@read_only
def page(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    if not form.is_valid():
        if form.only_page_is_wrong:
            return no_such_page(request, request.path)
        return _refused(request, form.named_errors)
    query = query_of(form)
    address = address_of(request, form)
    if not query.raw and query.filters == search.Filters():
        newest = Speech.objects.published().for_lists().newest()[:NEWEST]
        return render(request, "search/start.html", {"newest": newest, "syntax": syntax()})
    try:
        results = search.find(query)
    except search.QueryError as refused:
        return (
            no_such_page(request, address.url())
            if refused.field == "page"
            else _refused(request, [refused.message])
        )
    return render(request, "search/page.html", _context(form, query, results, address))


@read_only
def twin(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    if not form.is_valid():
        return no_such_page(request, "") if form.only_page_is_wrong else twins.refuse_form(form)
    query = query_of(form)
    try:
        results = search.find(query)
    except search.QueryError as refused:
        return twins.refuse(refused.field, refused.message, 404 if refused.field == "page" else 400)
    return twins.answer(twins.found(results))


def query_of(form: SearchForm) -> search.Query:
    data = form.cleaned_data
    filters = search.Filters(
        data["speaker"], data["year"], data["kind"], data["event"], data["from"], data["to"]
    )
    return search.Query(data["q"], filters, data["sort"] or "relevance", form.page_number)


def address_of(request: HttpRequest, form: SearchForm) -> facets.Address:
    """Where this search is: q first, then the facets, so that links read well."""
    data = form.cleaned_data
    single = {name: (data[name],) if data[name] else () for name in ("q", "from", "to", "sort")}
    return facets.Address(request.path, {"q": single.pop("q"), **form.chosen, **single})


def _context(
    form: SearchForm, query: search.Query, results: search.Results, address: facets.Address
) -> dict[str, Any]:
    counts = dict(results.facets)
    bars = []
    if any(year for year, _n in counts.get("year", ())):
        bars = facets.years(counts.pop("year"), address)  # the strip is that facet
    return {
        "form": form,
        "q": query.raw,
        "syntax": syntax(),
        "params": address.params,
        "kept": [(name, value) for name, values in address.params.items() if name != "q" for value in values],
        "results": results,
        "occurrences": sum(hit.hits for hit in results.hits) if results.pages == 1 else None,
        "years": bars,
        "facets": facets.facets(counts, address),
        "chips": _chips(form, address),
        "everything": address.url(**{name: () for name in (*form.FACETS, "from", "to")}),
        "without_filters": 0 if results.total else _total_without_filters(query),
        "alone": [] if results.total else _words_alone(query),
        "literal_first": query.sort == "relevance" and query.page == 1 and 0 < results.exact < results.total,
        "suggestion_url": address.url(q=[results.suggestion]) if results.suggestion else "",
        "sorts": [
            (sort, "" if sort == query.sort else address.url(sort=[] if sort == "relevance" else [sort]))
            for sort in search.SORTS
        ],
        "pages": facets.pages(Paginator(range(results.total), search.PAGE_SIZE), results.page, address),
    }


def _chips(form: SearchForm, address: facets.Address) -> list[facets.Chip]:
    labels = {"from": _("起"), "to": _("止")}
    dates = [
        facets.Chip(label, form.cleaned_data[name], address.url(**{name: ()}))
        for name, label in labels.items()
        if form.cleaned_data[name]
    ]
    return facets.chips(form.chosen, address) + dates


def _total_without_filters(query: search.Query) -> int:
    """How many speeches the words alone would find: the way out of a search narrowed to nothing."""
    if not query.raw or query.filters == search.Filters():
        return 0
    return search.find(replace(query, filters=search.Filters(), page=1)).total


def _words_alone(query: search.Query) -> list[tuple[str, int]]:
    """Of a search for a few plain words that found nothing: each word and how many speeches have it."""
    terms = query.raw.split()
    if not 1 < len(terms) <= MOST_TERMS or not all(term.isalnum() for term in terms):
        return []
    return [(term, search.find(search.Query(term)).total) for term in terms]


def _refused(request: HttpRequest, errors: list[str], status: int = 400) -> HttpResponse:
    context = {"errors": errors, "q": request.GET.get("q", "")[:200], "syntax": syntax()}
    return render(request, "search/start.html", context, status=status)
