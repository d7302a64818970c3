"""/suggest.json: what somebody who is typing may want."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from archive import search
from archive.forms import MarkForm
from archive.views import twins
from archive.views.errors import read_only
from archive.views.keeping import kept

KINDS = {
    "title": pgettext_lazy("suggestion", "讲话"),
    "speaker": pgettext_lazy("suggestion", "讲话人"),
    "event": pgettext_lazy("suggestion", "场合"),
    "term": pgettext_lazy("suggestion", "词语"),
    "formula": pgettext_lazy("suggestion", "提法"),
    "heading": pgettext_lazy("suggestion", "小标题"),
}


@read_only
@kept
def twin(request: HttpRequest) -> HttpResponse:
    form = MarkForm(request.GET)
    if not form.is_valid():
        return twins.refuse_form(form)
    query = form.cleaned_data["q"]
    return twins.answer({"query": query, "suggestions": [_told(each) for each in search.suggest(query)]})


def _told(suggestion: search.Suggestion) -> dict[str, Any]:
    """The suggestion with a ``label``: what it is and in how many speeches, in the language of the page."""
    found = ngettext("%(n)s 篇", "%(n)s 篇", suggestion.count) % {"n": f"{suggestion.count:,}"}
    label = _("%(kind)s · %(found)s") % {"kind": KINDS[suggestion.kind], "found": found}
    return {**asdict(suggestion), "label": label}
