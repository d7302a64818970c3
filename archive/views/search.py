"""/search/: a query, what was found, and how to narrow it or get out of a dead end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from archive import search
from archive.forms import ComposeForm, QuoteForm, SearchForm
from archive.models import Speech
from archive.views import conditions, facets, syntax, timeline, twins
from archive.views.errors import no_such_page, read_only
from archive.views.keeping import kept

NEWEST = 5


@read_only
@kept
def page(request: HttpRequest) -> HttpResponse:
    if not request.GET.keys().isdisjoint(ComposeForm.PARTS):
        return _composed(request)
    form = SearchForm(request.GET)
    if not form.is_valid():
        if form.only_page_is_wrong:
            return no_such_page(request, request.path)
        return _refused(request, form, form.named_errors)
    query = query_of(form)
    if not query.raw and query.filters == search.Filters():
        return _start(request)
    try:
        results = search.find(query)
    except search.QueryError as refused:
        return (
            no_such_page(request, address_of(request, form).url())
            if refused.field == "page"
            else _refused(request, form, [refused.message])
        )
    return show(request, form, query, results)


@read_only
@kept
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


def show(
    request: HttpRequest, form: SearchForm, query: search.Query, results: search.Results
) -> HttpResponse:
    """The page of these results."""
    address = address_of(request, form)
    context = {
        "form": form,
        "q": query.raw,
        "params": address.params,
        "kept": [(name, value) for name, values in address.params.items() if name != "q" for value in values],
        "syntax": syntax.table(results.facets),
        "results": results,
        "composed": {"every": query.raw, "from": query.filters.date_from, "to": query.filters.date_to},
        "said": conditions.read_back(results.conditions, address),
        "chips": conditions.filters(form, address),
        "everything": address.url(**{name: () for name in (*form.FACETS, "from", "to")}),
        "repaired_url": address.url(q=[results.repaired]) if results.repaired else "",
        "suggestion_url": address.url(q=[results.suggestion]) if results.suggestion else "",
        "alone": conditions.words_alone(results, request.path),
        "relaxed": conditions.relaxed(results, address),
        **_list(query, results, address),
        **_elsewhere(query, results, address),
    }
    return render(request, "search/page.html", context)


def _list(query: search.Query, results: search.Results, address: facets.Address) -> dict[str, Any]:
    """What stands around the results: orders, facets, the strip of years, other pages."""
    counts = dict(results.facets)
    bars: Sequence[facets.Bar | timeline.Bar] = ()
    if any(year for year, _n in counts.get("year", ())):
        bars = timeline.strip(counts.pop("year"), address)  # it is that facet
    return {
        "years": bars,
        "facets": facets.facets(counts, address),
        "literal_first": query.sort == "relevance" and query.page == 1 and 0 < results.exact < results.total,
        "sorts": [
            (sort, "" if sort == query.sort else address.url(sort=[] if sort == "relevance" else [sort]))
            for sort in search.SORTS
        ],
        "pages": facets.pages(Paginator(range(results.total), search.PAGE_SIZE), results.page, address),
    }


def _elsewhere(query: search.Query, results: search.Results, address: facets.Address) -> dict[str, Any]:
    """The same search as lines, as a curve, as a table, as a feed and as JSON."""

    def there(name: str) -> str:
        return replace(address, path=reverse(name)).url(sort=())

    in_text = query.raw and results.total and results.occurrences != 0  # 标题:党建 asks for none
    return {
        "lines": there("concordance") if in_text else "",
        "curve": there("trends") if in_text else "",
        "csv": replace(address, path=reverse("search-csv")).url(),
        "feed": there("search-feed"),
        "json": replace(address, path=reverse("search-json")).page(query.page),
    }


def _composed(request: HttpRequest) -> HttpResponse:
    """To the search that the fields of the form make together."""
    form = ComposeForm(request.GET)
    if not form.is_valid():
        return _refused(request, form, form.named_errors)
    asked = search.compose(search.Wish(*(form.cleaned_data[name] for name in form.PARTS)))
    whole = SearchForm({"q": asked})
    if not whole.is_valid():  # each field is short enough, all together are not
        return _refused(request, form, whole.named_errors)
    params = {**address_of(request, form).params, "q": (asked,) if asked else ()}
    return HttpResponseRedirect(facets.Address(request.path, params).url())


def _start(request: HttpRequest) -> HttpResponse:
    speeches = Speech.objects.published()
    counts = {
        "speaker": speeches.exclude(speaker=None).counts_by("speaker__name")[:1],
        "year": [(f"{year:04}", n) for year, n in speeches.counts_by("date__year") if year],
    }
    context = {
        "newest": speeches.for_lists().newest()[:NEWEST],
        "syntax": syntax.table(counts),
        "empty": "q" in request.GET,
    }
    return render(request, "search/start.html", context)


def _refused(request: HttpRequest, form: SearchForm, errors: list[str]) -> HttpResponse:
    """The start page with what was typed, field by field, and the filters that are not the mistake."""
    typed = request.GET.get("q", "")
    fields = (*ComposeForm.PARTS, "from", "to")
    context = {
        "errors": errors,
        "q": typed[:200],
        "kept": _acceptable(form),
        "composed": {
            "every": typed[:200],
            **{name: request.GET[name][:200] for name in fields if name in request.GET},
        },
        "wrong": set(form.errors),
        "opened": isinstance(form, ComposeForm) or not form.errors.keys().isdisjoint(fields),
        "syntax": syntax.table({}),
    }
    if search.MAX_CHARACTERS < len(typed) <= QuoteForm.MOST:  # a passage that somebody pasted
        context["quote_url"] = f"{reverse('quote')}?{urlencode({'text': typed})}"
    return render(request, "search/start.html", context, status=400)


def _acceptable(form: SearchForm) -> list[tuple[str, str]]:
    """The filters and the order that the form has no fault to find with."""
    data = form.cleaned_data
    chosen = [(name, value) for name in form.FACETS for value in data.get(name, ())]
    return chosen + [(name, data[name]) for name in ("from", "to", "sort") if data.get(name)]
