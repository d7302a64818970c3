"""What there is to say of an address for programs."""

from __future__ import annotations

from dataclasses import dataclass, field

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
Values = dict[str, str]

FACETS = ("speaker", "year", "kind", "event")
DATES = ("from", "to")
CSV, ATOM, PLAIN = "text/csv", "application/atom+xml", "text/plain"
MARKDOWN, AKOMA, TEI = "text/markdown", "application/akn+xml", "application/tei+xml"
JSON, COMPLETED = "application/json", "application/x-suggestions+json"
BIB, RIS = "application/x-bibtex", "application/x-research-info-systems"
CSL = "application/vnd.citationstyles.csl+json"


@dataclass(frozen=True, slots=True)
class Operation:
    """One address: ``name`` is that of its URL, ``shapes`` are the schemas of a JSON answer (any of them).

    ``takes`` are those fields of the ``forms`` that mean something here. ``example`` has values for them with
    which it answers; ``{first}``, ``{second}``, ``{speaker}`` … become those of speeches that are there
    (archive.views.openapi.live). ``searches``: it may answer 503 when many ask at once.
    """

    name: str
    group: str
    summary: Text
    media: str = JSON
    shapes: tuple[str, ...] = ()
    forms: tuple[type[forms.Form], ...] = ()
    takes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    example: Values = field(default_factory=dict)
    more: Text = ""
    searches: bool = False
    elsewhere: bool = False  # may answer 302


GROUPS: dict[str, Text] = {
    "speeches": _("讲话与列表"),
    "people": _("讲话人、场合、年份"),
    "search": _("检索"),
    "compare": _("对比与核对"),
    "feeds": _("订阅源"),
    "other": _("其他"),
}
FIRST = {"id": "{first}"}
ASKED = {"q": "党建"}
