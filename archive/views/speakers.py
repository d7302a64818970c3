"""/speakers/: everybody by the sound of their name, and each one's speeches in the order of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import conditional_page

from archive.forms import ChronicleForm, PagedForm
from archive.models import Speaker, Speech
from archive.views import facets, registers, timeline, twins
from archive.views.chronicle import address_of, chronicle, refused
from archive.views.errors import no_such_page, read_only
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
    form = PagedForm(request.GET)
    entries = registers.speakers()
    paginator = Paginator(entries, PAGE_SIZE)
    if not form.is_valid() or form.page_number > paginator.num_pages:
        return no_such_page(request, request.path)
    address = facets.Address(request.path, {})
    shown = paginator.page(form.page_number).object_list
    context = {
        "total": len(entries),
        "unnamed": Speech.objects.published().filter(speaker=None).count(),
        "letters": letters(entries, address, form.page_number),
        "groups": [
            (capital, list(names)) for capital, names in groupby(shown, key=lambda each: each.initial)
        ],
        "pages": facets.pages(paginator, form.page_number, address),
    }
    return render(request, "speakers/index.html", context)


def letters(entries: Sequence[registers.Entry], address: facets.Address, here: int) -> list[Letter]:
    """A to Z, each with the page and the place of its first name; the others, under #, are last."""
    first: dict[str, int] = {}
    for at, entry in enumerate(entries):
        first.setdefault(entry.initial, at // PAGE_SIZE + 1)
    alphabet = [chr(code) for code in range(ord("A"), ord("Z") + 1)]
    if "" in first:
        alphabet.append("")
    return [
        Letter(capital or "#", _place(capital, first.get(capital), address, here)) for capital in alphabet
    ]


def _place(capital: str, page: int | None, address: facets.Address, here: int) -> str:
    if page is None:
        return ""
    return f"{'' if page == here else address.page(page)}#{capital or 'other'}"


@read_only
@kept
def index_json(request: HttpRequest) -> HttpResponse:
    form = PagedForm(request.GET)
    paginator = Paginator(registers.speakers(), PAGE_SIZE)
    if not form.is_valid() or form.page_number > paginator.num_pages:
        return no_such_page(request, "")
    shown = paginator.page(form.page_number).object_list
    return twins.answer(
        {
            "total": paginator.count,
            "page": form.page_number,
            "pages": paginator.num_pages,
            "results": [
                {**each.record(reverse("speaker", args=[each.pk])), "initial": each.initial or None}
                for each in shown
            ],
        }
    )


@read_only
@conditional_page
def page(request: HttpRequest, pk: int) -> HttpResponse:
    speaker = registers.known(Speaker, pk)
    form = ChronicleForm(request.GET)
    if answer := refused(request, form):
        return answer
    found = chronicle(form, speaker.speeches.published())
    if not found.speeches:
        return no_such_page(request, address_of(request, form).url())
    roles = registers.roles(speaker)
    context = {
        "speaker": speaker,
        "aliases": list(speaker.aliases.values_list("name", flat=True)),
        "roles": roles[:ROLES],
        "more_roles": len(roles) - ROLES if len(roles) > ROLES else 0,
        "span": timeline.span(found.counts),
        "timeline": timeline.of_list(found.counts, speaker=speaker.name),
        "list": facets.Address(reverse("speeches"), {"speaker": (speaker.name,)}).url(),
        **found.context(address_of(request, form)),
    }
    return render(request, "speakers/page.html", context)


@read_only
@conditional_page
def page_json(request: HttpRequest, pk: int) -> HttpResponse:
    speaker = registers.known(Speaker, pk)
    form = ChronicleForm(request.GET)
    if answer := refused(request, form):
        return answer
    found = chronicle(form, speaker.speeches.published())
    if not found.speeches:
        return no_such_page(request, "")
    facts: dict[str, Any] = {
        "id": speaker.pk,
        "name": speaker.name,
        "url": reverse("speaker", args=[pk]),
        "aliases": list(speaker.aliases.values_list("name", flat=True)),
        "roles": [list(role) for role in registers.roles(speaker)],
    }
    return twins.answer({**facts, **found.record()})
