"""/api/ tells people what the document tells programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from archive.models import Speech
from archive.views import openapi
from archive.views.api import limits
from archive.views.operations import OPERATIONS
from tests.views.pages import PageRead

pytestmark = pytest.mark.django_db


@pytest.fixture
def speech(make_speech: Callable[..., Speech], build_index: Callable[[], Any]) -> Speech:
    make_speech("乙讲话\n党建是关键的一步，要抓紧抓实抓好。\n", speaker="张三", event="座谈会", date="2022")
    made = make_speech("甲讲话\n党建是关键的一步，要抓紧抓实抓好。\n")
    build_index()
    return made


def test_every_address_is_told_with_a_link_that_answers(client: Client, speech: Speech) -> None:
    page = client.get("/api/").content.decode()
    links = {each.get("href", "") for each in PageRead(client.get("/api/")).all("a")}
    found = openapi.live()
    for one in OPERATIONS:
        assert f'<article id="{one.name}">' in page
        assert f"<code>{openapi.routes()[one.name]}</code>" in page
        example = openapi.address_of(one, found)
        assert example in links, one.name
        if one.name != "speech-original":  # these speeches came from no file
            assert client.get(example).status_code == 200, example


def test_every_parameter_is_told_and_every_link_within_the_page_leads_somewhere(
    client: Client, speech: Speech
) -> None:
    page = PageRead(client.get("/api/"))
    ids = [
        each["id"]
        for tag in ("dt", "article", "section", "main", "h2")
        for each in page.all(tag)
        if "id" in each
    ]
    assert len(set(ids)) == len(ids)
    within = {each["href"][1:] for each in page.all("a") if each.get("href", "").startswith("#")}
    assert within - {"main"} <= set(ids)
    html = client.get("/api/").content.decode()
    for one in OPERATIONS:
        for name in one.takes:
            assert f"<code>{name}</code>" in html, (one.name, name)


def test_an_empty_archive_has_a_page_without_examples_that_lead_nowhere(client: Client) -> None:
    links = [each.get("href", "") for each in PageRead(client.get("/api/")).all("a")]
    assert not any(link.startswith(("/speeches/", "/speakers/")) and link[-1].isdigit() for link in links)
    assert "/speeches.json?sort=oldest" in links
    assert client.get("/api/openapi.json").status_code == 200


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "string", "enum": ["", "on", "off"]}, "on · off"),
        ({"type": "string", "maxLength": 2000}, "最多 2,000 字"),
        ({"type": "integer", "minimum": 8, "maximum": 64}, "8 到 64"),
        ({"type": "integer", "minimum": 1}, ""),
        (
            {"type": "array", "items": {"type": "string", "maxLength": 200}, "maxItems": 50},
            "最多 200 字；最多 50 个",
        ),
    ],
)
def test_limits_are_said_in_words(schema: dict[str, Any], said: str) -> None:
    assert limits(schema) == said


def test_the_page_and_the_document_cost_few_queries(
    client: Client, speech: Speech, django_assert_max_num_queries: Any
) -> None:
    for address in ("/api/", "/api/openapi.json"):
        with django_assert_max_num_queries(8):
            client.get(address)
