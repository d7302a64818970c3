"""The JSON twins: what a page says, for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.http import HttpResponse, JsonResponse

from archive.forms import ListForm
from archive.models import Section, Speech
from archive.search import Hit, Results

Counts = Mapping[str, Sequence[tuple[str, int]]]


def answer(data: Mapping[str, Any], status: int = 200) -> HttpResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})


def refuse(field: str, message: str, status: int = 400) -> HttpResponse:
    return answer({"error": {"field": field or None, "message": message}}, status)


def refuse_form(form: forms.Form) -> HttpResponse:
    """The first mistake of a form, with the name of its parameter."""
    field, messages = next(iter(form.errors.items()))
    return refuse(field, str(messages[0]))


def listed(speech: Speech) -> dict[str, Any]:
    """A speech as lists show it."""
    return {
        "id": speech.pk,
        "title": speech.title,
        "url": speech.get_absolute_url(),
        "date": speech.date_iso,
        "speaker": speech.speaker.name if speech.speaker else None,
        "event": speech.event.name if speech.event else None,
        "kind": speech.kind,
        "characters": speech.characters,
    }


def facets(counts: Counts) -> dict[str, list[list[Any]]]:
    """Every facet by name, also one that has nothing to count."""
    return {name: [[value, n] for value, n in counts.get(name, ())] for name in ListForm.FACETS}


def record(speech: Speech) -> dict[str, Any]:
    """A speech fetched ``with_outline()``, whole. Offsets are characters into ``text``, half-open."""
    speaker = speech.speaker
    return {
        **listed(speech),
        "title_source": speech.title_source,
        "subtitle": speech.subtitle,
        "speaker": {"id": speaker.pk, "name": speaker.name, "role": speech.role} if speaker else None,
        "role": speech.role,  # known at times of speakers that are not
        "venue": speech.venue,
        "salutation": speech.salutation,
        "closing": speech.closing,
        "text": speech.text,
        "digest": speech.digest,
        "sections": _sections(speech),
        "moved": speech.moved,
        "redactions": speech.redactions,
        "remarks": speech.remarks,
        "notes": speech.notes,
    }


def _sections(speech: Speech) -> list[dict[str, Any]]:
    sections = list(speech.sections.all())
    positions = {section.pk: section.position for section in sections}
    paragraphs: dict[int, list[dict[str, Any]]] = {section.pk: [] for section in sections}
    for paragraph in speech.paragraphs.all():
        paragraphs[paragraph.section_id].append(
            {
                "anchor": paragraph.anchor,
                "kind": paragraph.kind,
                "start": paragraph.start,
                "end": paragraph.end,
                "items": paragraph.items,
            }
        )
    return [_section(section, positions, paragraphs[section.pk]) for section in sections]


def _section(section: Section, positions: dict[int, int], paragraphs: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": section.pk,
        "position": section.position,
        "anchor": section.anchor,
        "kind": section.kind,
        "parent": positions[section.parent_id] if section.parent_id else None,
        "depth": section.depth,
        "num": section.num,
        "heading": section.heading,
        "start": section.start,
        "end": section.end,
        "paragraphs": paragraphs,
    }


def found(results: Results) -> dict[str, Any]:
    """A page of search results."""
    return {
        "query": {
            "raw": results.raw,
            "explained": results.explained,
            "warnings": list(results.warnings),
            "conditions": [asdict(condition) for condition in results.conditions],
            "repaired": results.repaired or None,
        },
        "total": results.total,
        "occurrences": results.occurrences,
        "page": results.page,
        "pages": results.pages,
        "results": [_hit(hit) for hit in results.hits],
        "facets": facets(results.facets),
        "suggestion": results.suggestion,
        "alone": [list(word) for word in results.alone],
        "relaxed": [list(query) for query in results.relaxed],
        "partial": results.partial,
        "degraded": results.degraded,
    }


HIT = ("id", "title", "title_html", "url", "speaker", "date", "event", "kind", "characters", "score", "hits")


def _hit(hit: Hit) -> dict[str, Any]:
    shown = ("anchor", "num", "heading", "url", "snippet")
    sections = [{name: getattr(place, name) for name in shown} for place in hit.places]
    return {**{name: getattr(hit, name) for name in HIT}, "sections": sections}
