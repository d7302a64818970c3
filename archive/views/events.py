"""/events/: every occasion, the latest first, and the speeches of each in the order of time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import conditional_page

from archive.models import Event
from archive.views import facets, registers, timeline, twins
from archive.views.chronicle import chronicle
from archive.views.errors import read_only
from archive.views.keeping import kept

PAGE_SIZE = 200  # occasions a page


@read_only
@kept
def index(request: HttpRequest) -> HttpResponse:
    shown = registers.page_of(request, registers.events(), PAGE_SIZE)
    if isinstance(shown, HttpResponse):
        return shown
    return render(request, "events/index.html", registers.context(request, shown, lambda event: event.last))


@read_only
@kept
def index_json(request: HttpRequest) -> HttpResponse:
    shown = registers.page_of(request, registers.events(), PAGE_SIZE)
    if isinstance(shown, HttpResponse):
        return shown
    return twins.answer(registers.record(shown, [event.record() for event in shown]))


@read_only
@conditional_page
def page(request: HttpRequest, pk: int) -> HttpResponse:
    event = registers.known(Event, pk)
    found = chronicle(request, event.speeches.published())
    if isinstance(found, HttpResponse):
        return found
    context = {
        "event": event,
        "span": timeline.span(found.counts),
        "timeline": timeline.of_list(found.counts, event=event.name),
        "list": facets.Address(reverse("speeches"), {"event": (event.name,)}).url(),
        **found.context(),
    }
    return render(request, "events/page.html", context)


@read_only
@conditional_page
def page_json(request: HttpRequest, pk: int) -> HttpResponse:
    event = registers.known(Event, pk)
    found = chronicle(request, event.speeches.published())
    if isinstance(found, HttpResponse):
        return found
    facts = {"id": event.pk, "name": event.name, "url": reverse("event", args=[pk])}
    return twins.answer({**facts, **found.record()})
