"""/trends/: up to six queries year by year, drawn and in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from archive import search
from archive.forms import TrendsForm
from archive.views import conditions, facets, twins
from archive.views.concordance import filters_of
from archive.views.errors import read_only
from archive.views.graph import PHONE, WIDE, Graph, graph
from archive.views.keeping import kept


@dataclass(frozen=True, slots=True)
class Cell:
    """A query in one year, or in all: ``lines`` leads to the places counted, ``found`` to their speeches."""

    occurrences: int
    speeches: int
    per_10000: str
    lines: str
    found: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: what was said in a year, and a cell for each query."""

    label: str
    characters: int
    speeches: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of the table in an element of their own."""

    tag: str
    rows: Sequence[Row]


def examples() -> list[tuple[str, str]]:
    """What can be compared: an address and the queries in it."""
    together = ((_("党建"), _("纪检")), (_("从严治党"), _("党风廉政")), (_("学习"), _("落实"), _("监督")))
    return [(f"?{urlencode([('q', each) for each in some])}", _("、").join(some)) for some in together]


@read_only
@kept
def page(request: HttpRequest) -> HttpResponse:
    form = TrendsForm(request.GET)
    if not form.is_valid():
        return _start(request, form.named_errors, 400)
    if not form.cleaned_data["q"]:
        return _start(request)
    try:
        found = search.find_trends(form.cleaned_data["q"], filters_of(form))
    except search.QueryError as refused:
        return _start(request, [refused.message], 400)
    return render(request, "trends/page.html", _context(form, found, _address_of(request, form)))


@read_only
@kept
def twin(request: HttpRequest) -> HttpResponse:
    form = TrendsForm(request.GET)
    if not form.is_valid():
        return twins.refuse_form(form)
    try:
        found = search.find_trends(form.cleaned_data["q"], filters_of(form))
    except search.QueryError as refused:
        return twins.refuse(refused.field, refused.message)
    return twins.answer(record(found))


def record(found: search.Trends) -> dict[str, Any]:
    """The curves, for programs: the years of each query go with those of all."""
    data = asdict(found)
    unknown = data.pop("unknown")
    for query in data["queries"]:
        del query["literal"], query["unknown"]["year"]
    del unknown["year"]
    return {**data, "unknown": unknown}


def _address_of(request: HttpRequest, form: TrendsForm) -> facets.Address:
    data = form.cleaned_data
    dates = {name: (data[name],) if data[name] else () for name in ("from", "to")}
    return facets.Address(request.path, {"q": data["q"], **form.chosen, **dates})


def _start(request: HttpRequest, errors: Sequence[str] = (), status: int = 200) -> HttpResponse:
    typed = [raw[:200] for raw in request.GET.getlist("q") if raw.strip()][: search.MAX_QUERIES]
    context = {"errors": errors, "boxes": _boxes(typed), "examples": examples()}
    return render(request, "trends/start.html", context, status=status)


def _boxes(queries: Sequence[str]) -> list[str]:
    """What stands in the boxes of the form: the queries, and one empty box while there is room."""
    return [*queries, ""][: search.MAX_QUERIES]


def _context(form: TrendsForm, found: search.Trends, address: facets.Address) -> dict[str, Any]:
    params = address.params
    return {
        "found": found,
        "boxes": _boxes([query.raw for query in found.queries]),
        "kept": [(name, value) for name, values in params.items() if name != "q" for value in values],
        "names": _("、").join(query.raw for query in found.queries),
        "chips": conditions.filters(form, address),
        "everything": address.url(**{name: () for name in (*form.FACETS, "from", "to")}),
        "graphs": _graphs(found),
        "missing": (missing := _missing(found, address)),
        "nowhere": len(missing) == len(found.queries),
        "peaks": [(query.raw, peak) for query in found.queries if (peak := _peak(query))],
        "parts": [Part("tbody", _rows(found, address)), Part("tfoot", [_sums(found, address)])],
        "json_url": facets.Address(reverse("trends-json"), params).url(),
    }


def _graphs(found: search.Trends) -> list[Graph]:
    """The curves, for wide screens and for phones; one year makes none."""
    if len(found.years) < 2:
        return []
    named = [
        (query.raw, [(int(at.year), at.per_10000) for at in query.years if at.per_10000 is not None])
        for query in found.queries
    ]
    return [drawn for frame in (WIDE, PHONE) if (drawn := graph(named, frame))]


def _missing(found: search.Trends, address: facets.Address) -> list[tuple[str, str]]:
    """The queries that stand nowhere, each with the search that may find something like it; none of no speeches."""
    if not (found.years or found.unknown.speeches):
        return []
    there = replace(address, path=reverse("search"))
    return [(query.raw, there.url(q=[query.raw])) for query in found.queries if not query.total]


def _peak(query: search.Trend) -> search.Point | None:
    """The year that has most of it."""
    known = [at for at in query.years if at.per_10000]
    return max(known, key=lambda at: at.per_10000 or 0) if known else None


def _rows(found: search.Trends, address: facets.Address) -> list[Row]:
    """A row a year, then the speeches without a date."""
    rows = []
    for number, year in enumerate(found.years):
        points = [(query, query.years[number]) for query in found.queries]
        rows.append(_row(facets.label_of("year", year.year), year, points, address))
    if found.unknown.speeches:
        points = [(query, query.unknown) for query in found.queries]
        rows.append(_row(facets.label_of("year", ""), found.unknown, points, address))
    return rows


def _row(
    label: str,
    year: search.Year,
    points: Sequence[tuple[search.Trend, search.Point]],
    address: facets.Address,
) -> Row:
    cells = [
        Cell(
            at.occurrences,
            at.speeches,
            _share(at.per_10000),
            *_leading(query, replace(address, params={**address.params, "year": (year.year,)})),
        )
        for query, at in points
    ]
    return Row(label, year.characters, year.speeches, cells)


def _share(per_10000: float | None) -> str:
    """Two decimals, three of what is small; a dash where nothing was said at all."""
    if per_10000 is None:
        return "—"
    if not per_10000 or per_10000 >= 0.1:
        return f"{per_10000:.2f}" if per_10000 else "0"
    return f"{per_10000:.3f}" if per_10000 >= 0.001 else "<0.001"


def _sums(found: search.Trends, address: facets.Address) -> Row:
    """All years and the speeches without a date together, under the filters as they are."""
    every = (*found.years, found.unknown)
    characters = sum(year.characters for year in every)
    cells = []
    for query in found.queries:
        speeches = query.unknown.speeches + sum(at.speeches for at in query.years)
        share = 10_000 * query.total / characters if characters else None
        cells.append(Cell(query.total, speeches, _share(share), *_leading(query, address)))
    return Row(_("合计"), characters, sum(year.speeches for year in every), cells)


def _leading(query: search.Trend, address: facets.Address) -> tuple[str, str]:
    """To the places counted, and to their speeches: a search for the words alone would find more."""
    return (
        replace(address, path=reverse("concordance")).url(q=[query.raw]),
        replace(address, path=reverse("search")).url(q=[query.literal]),
    )
