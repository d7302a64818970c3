"""A search read back: its conditions, each with the way to drop it, and the ways on from a dead end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from archive.forms import DatedForm
from archive.search import Condition, Results
from archive.views import facets


@dataclass(frozen=True, slots=True)
class Part:
    """A condition in words; ``url`` leads to the search without it, "" when there is none."""

    text: str
    negative: bool
    url: str


@dataclass(frozen=True, slots=True)
class Way:
    """A search that finds ``count`` speeches where this one finds none; no address where ``count`` is 0."""

    text: str
    count: int
    url: str


def read_back(conditions: Sequence[Condition], address: facets.Address) -> list[Part]:
    return [
        Part(each.text, each.negative, "" if each.without is None else address.url(q=_query(each.without)))
        for each in conditions
    ]


def _query(text: str) -> list[str]:
    return [text] if text else []


def filters(form: DatedForm, address: facets.Address) -> list[facets.Chip]:
    """The filters in force: the chosen values of the facets, then the bounds of the date."""
    labels = {"from": _("自"), "to": _("至")}
    dates = [
        facets.Chip(label, form.cleaned_data[name], address.url(**{name: ()}))
        for name, label in labels.items()
        if form.cleaned_data[name]
    ]
    return facets.chips(form.chosen, address) + dates


def words_alone(results: Results, path: str) -> list[Way]:
    """Of a query that found nothing: each of its words, with the speeches of the archive that hold it."""
    search = facets.Address(path, {})
    return [Way(word, n, search.url(q=[word]) if n else "") for word, n in results.alone]


def relaxed(results: Results, address: facets.Address) -> list[Way]:
    """Of a query that found nothing: the same with one condition less."""
    return [Way(text, n, address.url(q=[text])) for text, n in results.relaxed if n]
