"""/: what the archive is, how much it holds, and three ways in: a search, a year, the newest speeches."""

from __future__ import annotations

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.models import Speech
from archive.views import facets
from archive.views.errors import read_only

NEWEST = 5


@read_only
def page(request: HttpRequest) -> HttpResponse:
    speeches = Speech.objects.published()
    years = [(f"{year:04}" if year else "", n) for year, n in speeches.counts_by("date__year")]
    known = sorted(year for year, _n in years if year)
    context = {
        **speeches.aggregate(total=Count("pk"), characters=Sum("characters", default=0)),
        "span": "–".join(dict.fromkeys([known[0], known[-1]])) if known else "",
        # One bar, 日期不详, is no timeline.
        "years": facets.years(years, facets.Address(reverse("speeches"), {})) if known else [],
        "newest": speeches.for_lists().newest()[:NEWEST],
        "examples": [_("全面从严治党"), _("“两个维护”"), _("党建 OR 纪检")],
    }
    return render(request, "home/page.html", context)
