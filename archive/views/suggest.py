"""/suggest.json: what somebody who is typing may want."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse

from archive import search
from archive.forms import MarkForm
from archive.views import twins
from archive.views.errors import read_only
from archive.views.keeping import kept


@read_only
@kept
def twin(request: HttpRequest) -> HttpResponse:
    form = MarkForm(request.GET)
    if not form.is_valid():
        return twins.refuse_form(form)
    query = form.cleaned_data["q"]
    return twins.answer(
        {"query": query, "suggestions": [asdict(suggestion) for suggestion in search.suggest(query)]}
    )
