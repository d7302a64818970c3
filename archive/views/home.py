"""/: what the archive is, how much it holds, and the ways in: a search, a year, the latest, what recurs."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from archive import reuse
from archive.models import Speech
from archive.views import timeline
from archive.views.errors import read_only
from archive.views.examples import examples
from archive.views.keeping import kept

NEWEST = 5  # speeches
FORMULAS = 20


@read_only
def page(request: HttpRequest) -> HttpResponseBase:
    """Kept while the formulas are those of the speeches as they are. Counting them anew is no reader's business:
    whoever writes just now would keep the first page waiting.
    """
    return (_kept if reuse.formulas_are_current() else _made)(request)


def _made(request: HttpRequest) -> HttpResponse:
    speeches = Speech.objects.published()
    counts = speeches.counts_by("date__year")
    formulas = reuse.commonest(FORMULAS)
    newest = list(speeches.for_lists().newest()[:NEWEST])
    context = {
        **speeches.aggregate(total=Count("pk"), characters=Sum("characters", default=0)),
        "span": timeline.span(counts),
        "timeline": timeline.of_everything(counts),
        "newest": newest,
        "added": added(newest),
        "formulas": [(text, n, search_for(text)) for text, n in formulas],
        "examples": [
            (query, f"{reverse('search')}?{urlencode({'q': query})}")
            for query in examples(text for text, _n in formulas)
        ],
    }
    return render(request, "home/page.html", context)


_kept = kept(_made)


def added(newest: list[Speech]) -> list[Any]:
    """The speeches that came in last; none when the list of the newest has them all."""
    last = list(Speech.objects.published().for_lists().latest_published()[:NEWEST])
    shown = {speech.pk for speech in newest}
    return [] if shown.issuperset(speech.pk for speech in last) else last


def search_for(text: str) -> str:
    """The search for exactly these words, from the first speech that has them on."""
    words = "".join(char for char in text if char not in '"“”')
    return f"{reverse('search')}?{urlencode({'q': f'“{words}”', 'sort': 'oldest'})}"
