"""/speeches/: the list with its facets, its orders and its cards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.forms import BrowseForm, SeveralForm
from archive.models import Section, Speech, SpeechQuerySet
from archive.views import conditions, facets, twins
from archive.views.errors import no_such_page, read_only, refusal
from archive.views.keeping import kept

PAGE_SIZE = 20  # speeches a page
OPENING = 80  # characters of a card's first words
HEADINGS = 3  # deep links on a card

NARROW: dict[str, Callable[[SpeechQuerySet, tuple[str, ...]], SpeechQuerySet]] = {
    "speaker": SpeechQuerySet.by_speakers,
    "year": SpeechQuerySet.from_years,
    "kind": SpeechQuerySet.of_kinds,
    "event": SpeechQuerySet.at_events,
}
COLUMNS = {"speaker": "speaker__name", "year": "date__year", "kind": "kind", "event": "event__name"}


@read_only
@kept
def browse(request: HttpRequest) -> HttpResponse:
    form = BrowseForm(request.GET)
    if not form.is_valid():
        if form.only_page_is_wrong:
            return no_such_page(request, request.path)
        context = {"form": form, "back": request.path}
        return render(request, "speeches/refused.html", context, status=400)
    address = address_of(request, form)
    paginator = listing(form)
    if form.page_number > paginator.num_pages:
        return no_such_page(request, address.url())
    context = {
        "form": form,
        "total": paginator.count,
        "cards": cards(paginator.page(form.page_number).object_list),
        "most": SeveralForm.MOST,
        "facets": facets.facets(facet_counts(form), address),
        "params": address.params,
        "chips": conditions.filters(form, address),
        "everything": address.url(**{name: () for name in (*form.FACETS, "from", "to")}),
        "ways_out": ways_out(form, address) if not paginator.count else [],
        "sorts": sorts(form, address),
        "pages": facets.pages(paginator, form.page_number, address),
        "feed": facets.Address(reverse("speeches-feed"), {**address.params, "sort": ()}).url(),
        "query": facets.Address("", address.params).url(),
        "json": facets.Address(reverse("speeches-json"), address.params).page(form.page_number),
    }
    return render(request, "speeches/browse.html", context)


@read_only
@kept
def browse_json(request: HttpRequest) -> HttpResponse:
    form = BrowseForm(request.GET)
    if not form.is_valid():
        return no_such_page(request, "") if form.only_page_is_wrong else twins.refuse_form(form)
    paginator = listing(form)
    if form.page_number > paginator.num_pages:
        return no_such_page(request, "")
    shown = in_order(Speech.objects.for_lists(), paginator.page(form.page_number).object_list)
    return twins.answer(
        {
            "total": paginator.count,
            "page": form.page_number,
            "pages": paginator.num_pages,
            "results": [twins.listed(speech) for speech in shown],
            "facets": twins.facets(facet_counts(form)),
        }
    )


def address_of(request: HttpRequest, form: BrowseForm) -> facets.Address:
    data = form.cleaned_data
    single = {name: (data[name],) if data[name] else () for name in ("from", "to", "sort")}
    return facets.Address(request.path, {**form.chosen, **single})


def narrowed(form: BrowseForm, without: str = "") -> SpeechQuerySet:
    """The published speeches that a valid form asks for, one of its facets, or its "date", apart."""
    speeches = Speech.objects.published()
    for name, values in form.chosen.items():
        if values and name != without:
            speeches = NARROW[name](speeches, values)
    return speeches if without == "date" else speeches.between(*form.span)


def ways_out(form: BrowseForm, address: facets.Address) -> list[conditions.Way]:
    """Of a list of none: the same without one of its facets, or without its dates, where that finds any."""
    labels = {name: facets.facet_label(name) for name, values in form.chosen.items() if values}
    found = [
        conditions.Way(label, narrowed(form, without=name).count(), address.url(**{name: ()}))
        for name, label in labels.items()
    ]
    if any(form.span):
        count = narrowed(form, without="date").count()
        found.append(conditions.Way(_("日期"), count, address.url(**{"from": (), "to": ()})))
    return [way for way in found if way.count] if len(found) > 1 else []


def facet_counts(form: BrowseForm) -> dict[str, list[tuple[str, int]]]:
    """For each facet its values with counts as if nothing of its own were chosen; "" is unknown."""
    return {
        name: [(named_value(value), n) for value, n in narrowed(form, without=name).counts_by(column)]
        for name, column in COLUMNS.items()
    }


def named_value(value: str | int | None) -> str:
    """A facet's value as its parameter spells it: years have four digits."""
    return f"{value:04}" if isinstance(value, int) else value or ""


def without(given: QueryDict, *names: str) -> QueryDict:
    """What was asked, save the parameters that mean nothing at an address: they do no harm there either."""
    kept = given.copy()
    for name in names:
        kept.pop(name, None)
    return kept


def whole_list(request: HttpRequest, most: int, too_many: str) -> list[int] | HttpResponse:
    """The keys of every speech of a list, in its order; or why there is none, or that there are more than ``most``."""
    form = BrowseForm(without(request.GET, "page"))
    if not form.is_valid():
        field, messages = next(iter(form.errors.items()))
        return refusal(request, 400, str(messages[0]), field=field)
    keys = list(listing(form).object_list[: most + 1])
    return refusal(request, 400, too_many) if len(keys) > most else keys


def listing(form: BrowseForm) -> Paginator[Any]:
    """The keys of the chosen speeches in the chosen order, in pages."""
    speeches = narrowed(form)
    keys: Any
    match form.cleaned_data["sort"]:
        case "title":
            keys = speeches.by_title().values_list("pk", flat=True)
        case "length":
            keys = speeches.order_by("-characters", "pk").values_list("pk", flat=True)
        case "oldest":
            keys = speeches.oldest().values_list("pk", flat=True)
        case _:
            keys = speeches.newest().values_list("pk", flat=True)
    return Paginator(keys, PAGE_SIZE)


def in_order(speeches: SpeechQuerySet, keys: Any) -> list[Speech]:
    found = speeches.in_bulk(list(keys))
    return [found[key] for key in keys if key in found]


def cards(keys: Any) -> list[dict[str, Any]]:
    """What a card shows: the speech, its first words, and its first headings."""
    headings = (
        Section.objects.filter(kind=Section.Kind.BODY, depth=1).exclude(num="", heading="").defer("parent")
    )
    speeches = Speech.objects.for_lists().with_openings(OPENING)
    shown = in_order(speeches.prefetch_related(Prefetch("sections", headings)), keys)
    return [
        {
            "speech": speech,
            "opening": shortened(getattr(speech, "opening", "")),
            "headings": list(speech.sections.all())[:HEADINGS],
        }
        for speech in shown
    ]


def shortened(opening: str) -> str:
    """The first line of the opening, with an ellipsis where the card breaks it off."""
    line = opening.partition("\n")[0]
    return f"{line}…" if len(line) == OPENING else line


def sorts(form: BrowseForm, address: facets.Address) -> list[tuple[str, str]]:
    """Each order with its address; that of the order in force is empty."""
    now = form.cleaned_data["sort"] or "newest"
    values = [value for value, _label in form.fields["sort"].choices]  # type: ignore[attr-defined]
    return [(value, "" if value == now else address.url(sort=[value])) for value in values]
