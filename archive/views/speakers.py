"""/speakers/: everybody by the sound of their name, and each one's speeches in the order of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import conditional_page

from archive.models import Speaker, Speech
from archive.views import facets, registers, timeline, twins
from archive.views.chronicle import chronicle
from archive.views.errors import read_only
from archive.views.keeping import kept

PAGE_SIZE = 500  # names a page
ROLES = 12  # offices on the page; the twin has them all


@dataclass(frozen=True, slots=True)
class Letter:
    """A capital of the alphabet; ``url`` leads to the first name under it, "" when there is none."""

    capital: str
    url: str


@read_only
@kept
def index(request: HttpRequest) -> HttpResponse:
    entries = registers.speakers()
    shown = registers.page_of(request, entries, PAGE_SIZE)
    if isinstance(shown, HttpResponse):
        return shown
    context = {
        "unnamed": Speech.objects.published().filter(speaker=None).count(),
        "letters": letters(entries, facets.Address(request.path, {}), shown.number),
        **registers.context(request, shown, lambda speaker: speaker.initial),
    }
    return render(request, "speakers/index.html", context)


@read_only
@kept
def index_json(request: HttpRequest) -> HttpResponse:
    shown = registers.page_of(request, registers.speakers(), PAGE_SIZE)
    if isinstance(shown, HttpResponse):
        return shown
    results = [{**speaker.record(), "initial": speaker.initial or None} for speaker in shown]
    return twins.answer(registers.record(shown, results))


def letters(entries: Sequence[registers.Entry], address: facets.Address, here: int) -> list[Letter]:
    """A to Z, each with the page and the place of its first name; the others, under #, are last."""
    first: dict[str, int] = {}
    for at, entry in enumerate(entries):
        first.setdefault(entry.initial, at // PAGE_SIZE + 1)
    alphabet = [*ascii_uppercase, *([""] if "" in first else [])]
    return [
        Letter(capital or "#", _place(capital, first.get(capital), address, here)) for capital in alphabet
    ]


def _place(capital: str, page: int | None, address: facets.Address, here: int) -> str:
    if page is None:
        return ""
    return f"{'' if page == here else address.page(page)}#{capital or 'other'}"


@read_only
@conditional_page
def page(request: HttpRequest, pk: int) -> HttpResponse:
    speaker = registers.known(Speaker, pk)
    found = chronicle(request, speaker.speeches.published())
    if isinstance(found, HttpResponse):
        return found
    roles = registers.roles(speaker)
    context = {
        "speaker": speaker,
        "aliases": list(speaker.aliases.values_list("name", flat=True)),
        "roles": roles[:ROLES],
        "more_roles": max(0, len(roles) - ROLES),
        "span": timeline.span(found.counts),
        "timeline": timeline.of_list(found.counts, speaker=speaker.name),
        "list": facets.Address(reverse("speeches"), {"speaker": (speaker.name,)}).url(),
        **found.context(),
    }
    return render(request, "speakers/page.html", context)


@read_only
@conditional_page
def page_json(request: HttpRequest, pk: int) -> HttpResponse:
    speaker = registers.known(Speaker, pk)
    found = chronicle(request, speaker.speeches.published())
    if isinstance(found, HttpResponse):
        return found
    facts: dict[str, Any] = {
        "id": speaker.pk,
        "name": speaker.name,
        "url": reverse("speaker", args=[pk]),
        "aliases": list(speaker.aliases.values_list("name", flat=True)),
        "roles": [list(role) for role in registers.roles(speaker)],
    }
    return twins.answer({**facts, **found.record()})
