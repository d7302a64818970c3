"""/speeches/: the list with its facets, its orders and its cards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from archive.forms import BrowseForm
from archive.models import Section, Speech, SpeechQuerySet
from archive.views import facets, twins
from archive.views.errors import no_such_page, read_only

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
def browse(request: HttpRequest) -> HttpResponse:
    form = BrowseForm(request.GET)
    if not form.is_valid():
        if form.only_page_is_wrong:
            return no_such_page(request, request.path)
        return render(request, "speeches/browse.html", {"form": form}, status=400)
    address = address_of(request, form)
    paginator = listing(form)
    if form.page_number > paginator.num_pages:
        return no_such_page(request, address.url())
    counts = facet_counts(form.chosen)
    context = {
        "form": form,
        "total": paginator.count,
        "cards": cards(paginator.page(form.page_number).object_list),
        "facets": facets.facets(counts, address),
        "chips": facets.chips(form.chosen, address),
        "everything": address.url(**{name: () for name in form.FACETS}),
        "sorts": sorts(form, address),
        "pages": facets.pages(paginator, form.page_number, address),
    }
    return render(request, "speeches/browse.html", context)


@read_only
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
            "facets": twins.facets(facet_counts(form.chosen)),
        }
    )


def address_of(request: HttpRequest, form: BrowseForm) -> facets.Address:
    sort = form.cleaned_data["sort"]
    return facets.Address(request.path, {**form.chosen, "sort": (sort,) if sort else ()})


def narrowed(chosen: dict[str, tuple[str, ...]], without: str = "") -> SpeechQuerySet:
    """The published speeches that have the chosen values, those of the facet ``without`` apart."""
    speeches = Speech.objects.published()
    for name, values in chosen.items():
        if values and name != without:
            speeches = NARROW[name](speeches, values)
    return speeches


def facet_counts(chosen: dict[str, tuple[str, ...]]) -> dict[str, list[tuple[str, int]]]:
    """For each facet its values with counts as if nothing of its own were chosen; "" is unknown."""
    return {
        name: [(named_value(value), n) for value, n in narrowed(chosen, without=name).counts_by(column)]
        for name, column in COLUMNS.items()
    }


def named_value(value: str | int | None) -> str:
    """A facet's value as its parameter spells it: years have four digits."""
    return f"{value:04}" if isinstance(value, int) else value or ""


def listing(form: BrowseForm) -> Paginator[Any]:
    """The keys of the chosen speeches in the chosen order, in pages."""
    speeches = narrowed(form.chosen)
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
    headings = Section.objects.filter(kind=Section.Kind.BODY, depth=1).defer("parent")
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
