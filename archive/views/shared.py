"""/speeches/<id>/shared/: the passages of a speech that stand in others too, and where."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from archive import reuse
from archive.forms import SharedForm
from archive.models import Speech
from archive.views import elsewhere, facets, twins
from archive.views.apparatus import compare_link, deep_link, shown
from archive.views.errors import no_such_page, read_only
from archive.views.keeping import kept
from archive.views.speeches import readable
from archive.views.strip import per_cent

PAGE_SIZE = 20  # passages
NEAREST = 5  # relatives named
SAME = 0.8  # share of a speech's letters from which on the other may be the same speech

View = Callable[..., HttpResponseBase]


def kept_when_complete(view: View) -> View:
    """Pages made while some speeches have no fingerprints yet are not kept: filling in changes no state."""
    keeping = kept(view)

    @functools.wraps(view)
    def chosen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return (keeping if reuse.complete() else view)(request, *args, **kwargs)

    return chosen


@read_only
@kept_when_complete
def page(request: HttpRequest, pk: int) -> HttpResponse:
    speech = readable(Speech.objects.with_outline(), pk)
    form = SharedForm(request.GET, [each.number for each in speech.paragraphs.all()])
    if not form.is_valid():
        if form.only_page_is_wrong:
            return no_such_page(request, request.path)
        return render(request, "shared/page.html", {"form": form, "speech": speech}, status=400)
    found = elsewhere.shared(speech)
    address = facets.Address(request.path, params(form))
    paginator = Paginator(asked(found, form), PAGE_SIZE)
    if form.page_number > paginator.num_pages:
        return no_such_page(request, address.url())
    listed = paginator.page(form.page_number)
    context = {
        "form": form,
        "speech": speech,
        "found": found,
        "paragraph": form.cleaned_data["p"],
        "total": paginator.count,
        "own": sum(not passage.formula for passage in found.passages),
        "percent": per_cent(found.covered, found.letters),
        "shown": shown(list(listed.object_list), listed.start_index(), speech),
        "nearest": [
            (each, per_cent(each.letters, found.letters), compare_link(speech, each.speech))
            for each in found.relatives[:NEAREST]
        ],
        "same": [
            (each, per_cent(each.letters, found.letters)) for each in found.relatives if each.share >= SAME
        ],
        "shortest": reuse.SHORTEST,
        "missing": 0 if reuse.complete() else reuse.missing().published().count(),
        "sorts": [
            (label, "" if name == order(form) else address.url(sort=[name]))
            for name, label in (("rarity", _("少见的在前")), ("reading", _("按原文顺序")))
        ],
        "pages": facets.pages(paginator, form.page_number, address),
        "json_url": facets.Address(reverse("shared-json", args=[speech.pk]), address.params).url(),
    }
    return render(request, "shared/page.html", context)


@read_only
@kept_when_complete
def twin(request: HttpRequest, pk: int) -> HttpResponse:
    speech = readable(Speech.objects.with_outline(), pk)
    form = SharedForm(request.GET, [each.number for each in speech.paragraphs.all()])
    if not form.is_valid():
        return no_such_page(request, "") if form.only_page_is_wrong else twins.refuse_form(form)
    found = elsewhere.shared(speech)
    paginator = Paginator(asked(found, form), PAGE_SIZE)
    if form.page_number > paginator.num_pages:
        return no_such_page(request, request.path)
    return twins.answer(
        {
            "id": speech.pk,
            "title": speech.title,
            "url": speech.get_absolute_url(),
            "min": reuse.SHORTEST,
            "letters": found.letters,
            "covered": found.covered,
            "left_out": found.left_out,
            "common": found.common,
            "limited": found.limited,
            "missing": 0 if reuse.complete() else reuse.missing().published().count(),
            "total": paginator.count,
            "page": form.page_number,
            "pages": paginator.num_pages,
            "passages": [record(each, speech) for each in paginator.page(form.page_number).object_list],
            "relatives": [
                {**twins.listed(each.speech), "letters": each.letters, "share": round(each.share, 4)}
                for each in found.relatives
            ],
        }
    )


SORTS: dict[str, Callable[[reuse.Passage], tuple[Any, ...]]] = {
    "rarity": lambda passage: (passage.formula, -passage.rarity, passage.span),
    "reading": lambda passage: (passage.formula, passage.span),
}


def params(form: SharedForm) -> dict[str, tuple[str, ...]]:
    given = ((name, form.cleaned_data[name]) for name in ("sort", "p"))
    return {name: () if value in ("", None) else (str(value),) for name, value in given}


def order(form: SharedForm) -> str:
    """The order in force: within one paragraph that of the text, unless another is asked for."""
    return form.cleaned_data["sort"] or ("rarity" if form.cleaned_data["p"] is None else "reading")


def asked(found: reuse.Shared, form: SharedForm) -> list[reuse.Passage]:
    """What is the speech's own, then the formulas, each in the order asked for; of one paragraph, if it is named."""
    anchor = f"p{form.cleaned_data['p']}"
    passages = found.passages
    if form.cleaned_data["p"] is not None:
        passages = tuple(each for each in passages if any(spot.anchor == anchor for spot in each.spots))
    return sorted(passages, key=SORTS[order(form)])


def record(passage: reuse.Passage, speech: Speech) -> dict[str, Any]:
    """A passage as data: spans are characters into the texts, half-open."""
    return {
        "start": passage.span.start,
        "end": passage.span.end,
        "text": speech.text[slice(*passage.span)],
        "letters": passage.letters,
        "anchor": passage.anchor or None,
        "places": [[spot.span.start, spot.span.end, spot.anchor or None] for spot in passage.spots],
        "speeches": passage.speeches,
        "more": passage.more,
        "formula": passage.formula,
        "rarity": round(passage.rarity, 2),
        "first": passage.first.pk if passage.first else None,
        "last": passage.last.pk if passage.last else None,
        "uses": [
            {
                "id": use.speech.pk,
                "title": use.speech.title,
                "date": use.speech.date_iso,
                "url": deep_link(use.speech, use.text, use.anchor),
                "anchor": use.anchor or None,
                "start": use.span.start,
                "end": use.span.end,
                "before": use.before,
                "text": use.text,
                "after": use.after,
                "same": use.same,
                "exact": use.exact,
                "part": use.part,
            }
            for use in passage.uses
        ],
    }
