"""/years/: the timeline, and the speeches of a year, month by month."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField, Count
from django.db.models.functions import Cast, Substr
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import conditional_page

from archive.models import Speech, SpeechQuerySet
from archive.views import facets, timeline, twins
from archive.views.chronicle import Chronicle, chronicle, in_time
from archive.views.errors import read_only
from archive.views.keeping import kept

Months = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Bar:
    """A month, "2022-11"; ``height`` in per cent of the tallest, ``url`` is "" when it has no speeches."""

    date: str
    count: int
    height: int
    url: str

    @property
    def month(self) -> int:
        return int(self.date[5:])

    @property
    def rest(self) -> int:
        return 100 - self.height


@read_only
@kept
def index(request: HttpRequest) -> HttpResponse:
    counts = Speech.objects.published().counts_by("date__year")
    rows = [(year, n, address(year)) for year, n in in_time(counts)]
    context = {
        "timeline": timeline.of_everything(counts),
        "rows": rows,
        "total": sum(n for _year, n in counts),
        "span": timeline.span(counts),
    }
    return render(request, "years/index.html", context)


@read_only
@kept
def index_json(request: HttpRequest) -> HttpResponse:
    counts = in_time(Speech.objects.published().counts_by("date__year"))
    years = [{"year": f"{year:04}", "speeches": n, "url": address(year)} for year, n in counts if year]
    return twins.answer(
        {"total": sum(n for _year, n in counts), "undated": dict(counts).get(None, 0), "years": years}
    )


def address(year: int | None) -> str:
    """Where the speeches of a year are; None stands for those without a date."""
    if year is None:
        return facets.Address(reverse("speeches"), {"year": ("",)}).url()
    return reverse("year", args=[f"{year:04}"])


@read_only
@conditional_page
def page(request: HttpRequest, year: str) -> HttpResponse:
    speeches = Speech.objects.published().from_years([year])
    found = chronicle(request, speeches, by_month=True)
    if isinstance(found, HttpResponse):
        return found
    earlier, later = beside(int(year))
    context = {
        "year": year,
        "months": bars(year, months(speeches), found),
        "earlier": earlier,
        "later": later,
        "list": facets.Address(reverse("speeches"), {"year": (year,)}).url(),
        **found.context(digits=7),
    }
    return render(request, "years/page.html", context)


@read_only
@conditional_page
def page_json(request: HttpRequest, year: str) -> HttpResponse:
    speeches = Speech.objects.published().from_years([year])
    found = chronicle(request, speeches, by_month=True)
    if isinstance(found, HttpResponse):
        return found
    facts = {"year": year, "url": reverse("year", args=[year])}
    record = found.record()
    del record["years"]
    return twins.answer({**facts, "months": [list(pair) for pair in months(speeches)], **record})


def months(speeches: SpeechQuerySet) -> Months:
    """How many speeches each month has, in order: "2022-11"; "2022" are those of which no more is known."""
    month = Substr(Cast("date", CharField()), 1, 7)
    rows = (
        speeches.order_by()
        .annotate(month=month)
        .values_list("month", "date_precision")
        .annotate(n=Count("pk"))
    )
    found: dict[str, int] = {}
    for span, precision, n in rows:
        known = span[:4] if precision == Speech.DatePrecision.YEAR else span
        found[known] = found.get(known, 0) + n
    return sorted(found.items())


def bars(year: str, counts: Months, shown: Chronicle) -> list[Bar]:
    """Twelve bars, one a month, none when no month is known.

    Each leads to the place where its speeches begin, whatever page of ``shown`` that is on.
    """
    found = dict(counts)
    spans = [f"{year}-{month:02}" for month in range(1, 13)]
    tallest = max(found.get(span, 0) for span in spans)
    if not tallest:
        return []
    before = 0 if shown.newest else found.get(year, 0)
    places = {}
    for span in reversed(spans) if shown.newest else spans:
        places[span] = f"{shown.address.page(before // shown.paginator.per_page + 1)}#m{span}"
        before += found.get(span, 0)
    return [_bar(span, found.get(span, 0), tallest, places[span]) for span in spans]


def _bar(span: str, count: int, tallest: int, place: str) -> Bar:
    height = max(facets.SMALLEST_BAR, round(100 * count / tallest)) if count else 0
    return Bar(span, count, height, place if count else "")


def beside(year: int) -> tuple[str, str]:
    """The years before and after that have speeches; "" when there is none."""
    dates = Speech.objects.published().exclude(date=None)
    earlier = dates.filter(date__year__lt=year).order_by("-date").values_list("date__year", flat=True).first()
    later = dates.filter(date__year__gt=year).order_by("date").values_list("date__year", flat=True).first()
    return (f"{earlier:04}" if earlier else "", f"{later:04}" if later else "")
