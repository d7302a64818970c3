"""/api/: what programs may ask, for people; /api/openapi.json: the same for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from archive.views import openapi, twins
from archive.views.described import GROUPS
from archive.views.errors import read_only
from archive.views.operations import OPERATIONS
from archive.views.schemas import SCHEMAS

OFTEN = 4  # addresses that take the same parameter: it is told once for all of them


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter on the page."""

    name: str
    meaning: str
    limits: str
    required: bool


@dataclass(frozen=True, slots=True)
class Address:
    """An address on the page; ``example`` leads to an answer, "" when there is nothing to show; ``shown`` is the
    same to be read."""

    name: str
    group: str
    path: str
    summary: str
    more: str
    media: str
    parameters: Sequence[Parameter]
    example: str
    shown: str
    statuses: Sequence[str]
    fields: Sequence[str]


@read_only
def document(request: HttpRequest) -> HttpResponse:
    return twins.answer(openapi.document(request.build_absolute_uri("/").removesuffix("/")))


@read_only
def page(request: HttpRequest) -> HttpResponse:
    every = list(addresses())
    taken = Counter(parameter for each in every for parameter in each.parameters)
    shared = [parameter for parameter, n in taken.items() if n >= OFTEN]
    groups = [
        (
            name,
            label,
            [
                (
                    each,
                    [parameter for parameter in each.parameters if parameter not in shared],
                    [parameter for parameter in each.parameters if parameter in shared],
                )
                for each in every
                if each.group == name
            ],
        )
        for name, label in GROUPS.items()
    ]
    context = {"groups": groups, "shared": shared, "said": openapi.said(), "wrong": wrong()}
    return render(request, "api/page.html", context)


def wrong() -> str:
    """An error, as it is answered."""
    message = _("“x”不是年份，请写成四位数字，如 2022。")
    return json.dumps({"error": {"field": "year", "message": message}}, ensure_ascii=False)


def addresses() -> Iterator[Address]:
    found = openapi.live()
    for operation in OPERATIONS:
        described = openapi.described(operation, found)
        example = openapi.address_of(operation, found)
        yield Address(
            operation.name,
            operation.group,
            openapi.routes()[operation.name],
            described["summary"],
            described.get("description", ""),
            operation.media,
            [
                Parameter(each["name"], each["description"], limits(each["schema"]), each["required"])
                for each in described["parameters"]
                if each["in"] == "query"  # the number in the path explains itself
            ],
            example,
            unquote_plus(example),
            [status for status in described["responses"] if status >= "400"],
            [name for shape in operation.shapes for name in SCHEMAS[shape].get("properties", ())],
        )


def limits(schema: dict[str, Any]) -> str:
    """What a schema allows, in words; a pattern is told by the parameter's description."""
    if schema["type"] == "array":
        inner = limits(schema["items"])
        return _("；").join(filter(None, (inner, _("最多 %(n)d 个") % {"n": schema["maxItems"]})))
    if "enum" in schema:
        return " · ".join(filter(None, schema["enum"]))
    if "maxLength" in schema:
        return _("最多 %(n)s 字") % {"n": f"{schema['maxLength']:,}"}
    if "maximum" in schema:
        return _("%(least)d 到 %(most)d") % {"least": schema["minimum"], "most": schema["maximum"]}
    return ""
