"""/events/: every occasion, the latest first, and the speeches of each in the order of time."""

from __future__ import annotations

from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import conditional_page

from archive.forms import ChronicleForm, PagedForm
from archive.models import Event
from archive.views import facets, registers, timeline, twins
from archive.views.chronicle import address_of, chronicle, refused
from archive.views.errors import no_such_page, read_only
from archive.views.keeping import kept

PAGE_SIZE = 200  # occasions a page


@read_only
@kept
def index(request: HttpRequest) -> HttpResponse:
    form = PagedForm(request.GET)
    paginator = Paginator(registers.events(), PAGE_SIZE)
    if not form.is_valid() or form.page_number > paginator.num_pages:
        return no_such_page(request, request.path)
    shown = paginator.page(form.page_number).object_list
    context = {
        "total": paginator.count,
        "groups": [(year, list(those)) for year, those in groupby(shown, key=lambda each: each.last)],
        "pages": facets.pages(paginator, form.page_number, facets.Address(request.path, {})),
    }
    return render(request, "events/index.html", context)


@read_only
@kept
def index_json(request: HttpRequest) -> HttpResponse:
    form = PagedForm(request.GET)
    paginator = Paginator(registers.events(), PAGE_SIZE)
    if not form.is_valid() or form.page_number > paginator.num_pages:
        return no_such_page(request, "")
    shown = paginator.page(form.page_number).object_list
    return twins.answer(
        {
            "total": paginator.count,
            "page": form.page_number,
            "pages": paginator.num_pages,
            "results": [each.record(reverse("event", args=[each.pk])) for each in shown],
        }
    )


@read_only
@conditional_page
def page(request: HttpRequest, pk: int) -> HttpResponse:
    event = registers.known(Event, pk)
    form = ChronicleForm(request.GET)
    if answer := refused(request, form):
        return answer
    found = chronicle(form, event.speeches.published())
    if not found.speeches:
        return no_such_page(request, address_of(request, form).url())
    context = {
        "event": event,
        "span": timeline.span(found.counts),
        "timeline": timeline.of_list(found.counts, event=event.name),
        "list": facets.Address(reverse("speeches"), {"event": (event.name,)}).url(),
        **found.context(address_of(request, form)),
    }
    return render(request, "events/page.html", context)


@read_only
@conditional_page
def page_json(request: HttpRequest, pk: int) -> HttpResponse:
    event = registers.known(Event, pk)
    form = ChronicleForm(request.GET)
    if answer := refused(request, form):
        return answer
    found = chronicle(form, event.speeches.published())
    if not found.speeches:
        return no_such_page(request, "")
    facts = {"id": event.pk, "name": event.name, "url": reverse("event", args=[pk])}
    return twins.answer({**facts, **found.record()})
