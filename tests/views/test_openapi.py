"""The document at /api/openapi.json is whole and true: every twin is in it, and every answer is as it says."""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import jsonschema_rs
import pytest
from django import forms
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, get_resolver

from archive.importing import import_bytes
from archive.models import Speech
from archive.views import openapi
from archive.views.described import GROUPS, Operation
from archive.views.operations import OPERATIONS
from archive.views.schemas import SCHEMAS

pytestmark = pytest.mark.django_db
# What other standards describe, and what is asked by fixed names.
ELSEWHERE = {"robots", "sitemap", "sitemap-part", "opensearch", "security", "health", "oai"}
# Fields that a form shares with a page, and that mean nothing to the twin.
FOR_PAGES = {
    "view",
    "title",
    "sa",
    "sb",
    "style",
    "page",
    "sort",
    "start",
    "end",
    "text",
    "p",
    "script",
    "formulas",
    "depth",
}


@pytest.fixture
def seeds(index_path: Any, build_index: Callable[[], Any]) -> list[int]:
    """The five transcripts, one of them by somebody, on some day, with a heading that is gone."""
    for file in sorted((settings.BASE_DIR / "seeds").glob("*.txt")):
        import_bytes(file.read_bytes(), file.name)
    speech = Speech.objects.earliest("pk")
    from archive.models import Speaker

    speech.speaker = Speaker.objects.create(name="张三")
    speech.date_iso, speech.moved = "2022-11-20", {"p99": "p3"}
    speech.save()
    build_index()
    return list(Speech.objects.order_by("pk").values_list("pk", flat=True))


def closed(schema: Any) -> Any:
    """The schema without room for fields that it does not name."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    shut = {name: closed(each) for name, each in schema.items()}
    return {**shut, "additionalProperties": False} if "properties" in shut and "type" in shut else shut


def validator(shapes: tuple[str, ...]) -> Any:
    every = {"components": {"schemas": closed(copy.deepcopy(SCHEMAS))}}
    refs = [{"$ref": f"#/components/schemas/{name}"} for name in shapes]
    return jsonschema_rs.Draft202012Validator({**every, **({"anyOf": refs} if len(refs) > 1 else refs[0])})


def faults(shapes: tuple[str, ...], answer: Any) -> list[str]:
    return [
        f"{list(error.instance_path)}: {error.message[:200]}"
        for error in validator(shapes).iter_errors(answer)
    ]


def operation(name: str) -> Operation:
    return next(each for each in OPERATIONS if each.name == name)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def machine_addresses() -> Iterator[str]:
    """The names of all addresses that are no pages."""
    for pattern in get_resolver().url_patterns:
        path = str(pattern.pattern)
        if isinstance(pattern, URLPattern) and re.search(r"\.[a-z]+$|(^|/)feed/$|/original$", path):
            yield pattern.name or path


def test_every_twin_file_and_feed_is_described_and_nothing_else() -> None:
    assert {each.name for each in OPERATIONS} == set(machine_addresses()) - ELSEWHERE
    assert len({each.name for each in OPERATIONS}) == len(OPERATIONS)


def test_every_parameter_of_a_twin_is_described() -> None:
    for each in OPERATIONS:
        fields = {name for form in each.forms for name, field in form({}).fields.items() if field}
        left = fields - set(each.takes)
        assert left <= FOR_PAGES, each.name
        assert set(each.takes) <= fields, each.name


def test_every_kind_of_field_has_a_schema_or_says_that_it_has_none() -> None:
    from archive.views.parameters import schema_of

    with pytest.raises(TypeError, match="FileField"):
        schema_of(forms.FileField())


def test_the_document_names_every_operation_once_with_what_it_answers(
    client: Client, seeds: list[int]
) -> None:
    document = client.get("/api/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": "http://testserver"}]
    found = {path: each["get"] for path, each in document["paths"].items()}
    assert len(found) == len(OPERATIONS)
    assert {tag["name"] for tag in document["tags"]} == set(GROUPS)
    for path, each in found.items():
        assert "200" in each["responses"], path
        placed = {parameter["name"] for parameter in each["parameters"] if parameter["in"] == "path"}
        assert placed == set(re.findall(r"\{(\w+)\}", path)), path
        assert all(parameter["description"] for parameter in each["parameters"]), path
        assert each["summary"], path
    references = set(re.findall(r"#/components/schemas/(\w+)", str(document)))
    assert references == set(document["components"]["schemas"])


def test_the_document_speaks_english_to_who_asks(client: Client) -> None:
    chinese, english = (client.get(f"/api/openapi.json?lang={lang}").json() for lang in ("zh-hans", "en"))
    assert chinese["paths"].keys() == english["paths"].keys()


def test_every_example_is_live_and_answers_as_described(client: Client, seeds: list[int]) -> None:
    found = openapi.live()
    for one in OPERATIONS:
        address = openapi.address_of(one, found)
        assert address, one.name
        response = client.get(address)
        assert response.status_code == 200, (address, body(response).decode())
        assert response["Content-Type"].partition(";")[0] == one.media, address
        if one.shapes:
            assert faults(one.shapes, response.json()) == [], address
        described = openapi.described(one, found)
        assert ("304" in described["responses"]) == response.has_header("ETag"), address


ASKED = [
    ("speakers-json", [""]),
    ("events-json", [""]),
    ("years-json", [""]),
    (
        "speeches-json",
        ["", "?year=2022", "?year=1949", "?speaker=张三&speaker=&sort=title", "?from=2022&to=2023"],
    ),
    (
        "search-json",
        ["?q=党建", "?q=dangjian", "?q=党健", "?q=党建 -党建", "?year=2022", "?q=“党建”&sort=hits"],
    ),
    ("concordance-json", ["?q=党建&sort=left", "?q=党建&year=1949", "?q=龘龘", ""]),
    ("trends-json", ["?q=党建&q=纪检", "?q=党建&year=2022", ""]),
    ("suggest-json", ["?q=d", "?q=张", "?q=", ""]),
    ("completions", ["?q=d", ""]),
    ("ledger-json", ["", "?q=党", "?q=学习&at=start", "?q=龘"]),
    ("quote-json", ["?text=以习近平同志为核心的党中央", "?text=以习近平同志为中心的党中央。同志们好呀。"]),
    ("compare-json", ["?a={0}&b={1}", "?a={1}&b={2}&near=off&depth=chapters", "?a={2}&b={3}&formulas=hide"]),
    ("compare-json", ["?s={0}&s={1}&s={2}", "?s={0}&s={1}&s={2}&s={3}&s={4}&near=on&base={2}"]),
]


def test_whatever_is_asked_the_answer_has_the_shape_that_is_described(
    client: Client, seeds: list[int]
) -> None:
    for name, queries in ASKED:
        for query in queries:
            response = client.get(openapi.routes()[name] + query.format(*seeds))
            assert response.status_code == 200, query
            assert faults(operation(name).shapes, response.json()) == [], query


def test_every_speech_has_the_shape_that_is_described(client: Client, seeds: list[int]) -> None:
    for name, pk in itertools.product(("speech-json", "shared-json", "speech-csl"), seeds):
        answer = client.get(openapi.routes()[name].replace("{id}", str(pk))).json()
        assert faults(operation(name).shapes, answer) == [], pk


def test_the_schemas_find_what_is_not_described(client: Client, seeds: list[int]) -> None:
    answer = client.get(f"/speeches/{seeds[0]}.json").json()
    answer["sections"][1]["more"] = 1
    del answer["text"]
    assert len(faults(("Speech",), answer)) == 2


BAD = {
    "year": "x",
    "sort": "best",
    "from": "gestern",
    "min": "99",
    "near": "perhaps",
    "q": "长" * 201,
    "text": "长" * 2_001,
    "a": "x",
    "s": "x",
    "p": "x",
    "at": "end",
    "start": "x",
    "base": "x",
    "depth": "x",
    "formulas": "x",
    "end": "x",
    "to": "x",
    "b": "x",
    "speaker": "长" * 201,
    "kind": "长" * 201,
    "event": "长" * 201,
}


def test_each_bad_parameter_is_named_in_json(client: Client, seeds: list[int]) -> None:
    for one in OPERATIONS:
        path = openapi.routes()[one.name].format(id=seeds[0], year="2022")
        right = {**(openapi.example_of(one, openapi.live()) or {}), "id": []}
        for name in (name for name in one.takes if name != "page"):
            others = {"base": {"s": seeds[:3]}, "s": {}}.get(name, right)
            response = client.get(path, {**others, name: BAD[name]})
            assert response.status_code == 400, (path, name)
            assert response["Content-Type"] == "application/json"
            assert faults(("Error",), response.json()) == []
            assert response.json()["error"]["field"] == name, path
            assert response["Access-Control-Allow-Origin"] == "*"


def test_what_is_not_there_is_404_in_json_to_programs_and_a_page_to_browsers(
    client: Client, seeds: list[int]
) -> None:
    for one in OPERATIONS:
        path = openapi.routes()[one.name]
        if "{id}" not in path:
            continue
        for number in ("999999", "9" * 30):
            response = client.get(path.replace("{id}", number))
            assert response.status_code == 404, path
            assert faults(("Error",), response.json()) == []
        page = client.get(path.replace("{id}", "999999"), headers={"accept": "text/html,*/*;q=0.8"})
        assert page["Content-Type"] == (
            "application/json" if path.endswith(".json") else "text/html; charset=utf-8"
        )


def test_a_parameter_that_is_not_described_does_nothing(client: Client, seeds: list[int]) -> None:
    found = openapi.live()
    given = dict.fromkeys(("page", "sort", "style", "p", "start", "end", "text", "q", "words"), "x")
    for one in (each for each in OPERATIONS if each.group in ("speeches", "feeds") and not each.searches):
        address = openapi.address_of(one, found)
        more = urlencode({name: value for name, value in given.items() if name not in one.takes})
        response = client.get(f"{address}{'&' if '?' in address else '?'}{more}")
        assert response.status_code == 200, (one.name, more)
        assert response.getvalue() == client.get(address).getvalue(), one.name


def test_no_answer_for_programs_leaves_a_cookie(client: Client, seeds: list[int]) -> None:
    found = openapi.live()
    for one in OPERATIONS:
        address = openapi.address_of(one, found)
        response = client.get(f"{address}{'&' if '?' in address else '?'}lang=en")
        assert not response.cookies, one.name


def test_whoever_wants_more_than_reading_is_told_so_in_json(client: Client, seeds: list[int]) -> None:
    methods = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY")
    found = openapi.live()
    for one, method in itertools.product(OPERATIONS, methods):
        response = client.generic(method, openapi.address_of(one, found))
        assert response.status_code == 405, one.name
        assert response["Allow"] == "GET, HEAD"
        assert faults(("Error",), response.json()) == []
        assert not response.cookies
