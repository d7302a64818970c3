"""The document that describes the twins to programs: OpenAPI 3.1, made from the table of operations.

https://spec.openapis.org/oas/v3.1.0; its schemas are JSON Schema 2020-12. The examples in it answer: they name
speeches that are there.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import URLPattern, get_resolver, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from archive.models import Speech
from archive.views import quote
from archive.views.described import GROUPS, JSON, Operation
from archive.views.operations import OPERATIONS
from archive.views.parameters import in_path, in_query
from archive.views.schemas import SCHEMAS
from archive.views.shapes import ref

# Of what is described: the first number changes when something goes, or means something else.
VERSION = "1.0.0"

Described = dict[str, Any]

HEADERS: Described = {
    "ETag": {"schema": {"type": "string"}},
    "Retry-After": {"schema": {"type": "integer"}},
}


@functools.cache
def routes() -> Mapping[str, str]:
    """Every address of the archive by its name, as OpenAPI writes it: /speeches/{id}.json."""
    patterns = (each for each in get_resolver().url_patterns if isinstance(each, URLPattern) and each.name)
    return {
        each.name: "/" + re.sub(r"<\w+:(\w+)>", _in_braces, str(each.pattern))
        for each in patterns
        if each.name
    }


def _in_braces(part: re.Match[str]) -> str:
    return "{id}" if part[1] == "pk" else f"{{{part[1]}}}"


def placed(operation: Operation) -> list[str]:
    """The names of what stands in an address: id."""
    return re.findall(r"\{(\w+)\}", routes()[operation.name])


def live() -> dict[str, str]:
    """What stands for ``{first}`` and its like in examples, as far as the archive has it.

    first and second are the keys of speeches, speaker and event those of the latest that are named; year has four
    digits, sentence is words to look for.
    """
    speeches = Speech.objects.published().newest()
    keys = speeches.values_list("pk", flat=True)[:2]
    found = {name: str(pk) for name, pk in zip(("first", "second"), keys, strict=False)}
    for name in ("speaker", "event"):
        if key := speeches.exclude(**{name: None}).values_list(name, flat=True).first():
            found[name] = str(key)
    if date := speeches.exclude(date=None).values_list("date", flat=True).first():
        found["year"] = date.isoformat()[:4]
    sentence = next((example.text for example in quote.examples()), _("全面从严治党"))
    return {**found, "sentence": sentence}


def example_of(operation: Operation, found: Mapping[str, str]) -> dict[str, str] | None:
    """The values of an example; None when the archive has nothing to make one of."""
    try:
        return {name: value.format_map(found) for name, value in operation.example.items()}
    except KeyError:
        return None


def address_of(operation: Operation, found: Mapping[str, str]) -> str:
    """Where the example leads, a path of this site; "" without one."""
    values = example_of(operation, found)
    if values is None:
        return ""
    path = reverse(operation.name, args=[values.pop(name) for name in placed(operation)])
    return f"{path}?{urlencode(values)}" if values else path


def document(site: str) -> Described:
    """The whole document, for the archive at ``site`` (https://example.org)."""
    found = live()
    return {
        "openapi": "3.1.0",
        "info": {"title": _("讲话库"), "version": VERSION, "description": " ".join(said())},
        "servers": [{"url": site}],
        "tags": [{"name": name, "description": str(label)} for name, label in GROUPS.items()],
        "paths": {routes()[operation.name]: {"get": described(operation, found)} for operation in OPERATIONS},
        "components": {"schemas": SCHEMAS, "headers": HEADERS},
    }


def said() -> list[str]:
    """What holds for every address, a sentence or two each."""
    return [
        _("只读（GET 和 HEAD），不用密钥，不设 Cookie；其他方法答 405。"),
        _("任何网站的脚本都可以读取（Access-Control-Allow-Origin: *）。"),
        _("答复带 ETag；再问时带上 If-None-Match，没有变化就答 304。文稿可能撤下，用旧的答复之前要先问。"),
        _("同时检索、对比的人太多时答 503，请按 Retry-After 等几秒再试；没有别的次数限制。"),
        _("没有写明的参数不起作用；写错的参数答 400，并指出是哪一个。"),
        _("lang=en 使说明和错误用英文；文稿从不翻译。"),
    ]


def described(operation: Operation, found: Mapping[str, str]) -> Described:
    """One operation as an Operation Object."""
    values = example_of(operation, found) or {}
    parameters = [*map(in_path, placed(operation)), *in_query(operation)]
    for each in parameters:
        if each["name"] in values:
            each["example"] = typed(values[each["name"]], each["schema"])
    return {
        "operationId": operation.name,
        "tags": [operation.group],
        "summary": str(operation.summary),
        **({"description": str(operation.more)} if operation.more else {}),
        "parameters": parameters,
        "responses": dict(responses(operation)),
    }


def typed(value: str, schema: Described) -> Any:
    """An example as its schema wants it."""
    if schema["type"] == "array":
        return [typed(value, schema["items"])]
    return int(value) if schema["type"] == "integer" else value


def responses(operation: Operation) -> Iterator[tuple[str, Described]]:
    """What an operation may answer: statuses and Response Objects."""
    content = {operation.media: {"schema": answered(operation)}}
    headers = {"ETag": {"$ref": "#/components/headers/ETag"}}
    yield "200", {"description": _("成功"), "content": content, "headers": headers}
    if operation.elsewhere:
        location = {"Location": {"schema": {"type": "string"}}}
        yield "302", {"description": _("同一对比的另一种写法"), "headers": location}
    yield "304", {"description": _("没有变化")}
    if operation.takes:
        yield "400", failed(_("参数有误，error.field 是它的名字"), operation)
    if placed(operation) or {"page", "a", "s"} & set(operation.takes):
        yield "404", failed(_("没有这一篇或这一页，或者已经撤下"), operation)
    if operation.searches:
        later = {"Retry-After": {"$ref": "#/components/headers/Retry-After"}}
        yield "503", {**failed(_("此刻太忙或索引暂缺，稍后再试"), operation), "headers": later}


def answered(operation: Operation) -> Described:
    """The schema of a good answer: one of its shapes, or plain text for a file."""
    match operation.shapes:
        case ():
            return {"type": "string"}
        case (name,):
            return ref(name)
        case names:
            return {"oneOf": [ref(name) for name in names]}


def failed(description: str, operation: Operation) -> Described:
    """An error; files and feeds show browsers, which prefer pages, a page instead."""
    content: Described = {JSON: {"schema": ref("Error")}}
    if not routes()[operation.name].endswith(".json"):
        content["text/html"] = {"schema": {"type": "string"}}
    return {"description": description, "content": content}
