"""/suggest.json."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture
def archive(make_speech, build_index) -> None:
    make_speech("治理讲话\n全面从严治党。\n", speaker="治平", date="2022")
    build_index()


def test_suggestions_as_json(archive: None, client: Client) -> None:
    response = client.get("/suggest.json", {"q": " cyzd"})
    assert response.status_code == 200
    assert response.json() == {
        "query": "cyzd",
        "suggestions": [
            {
                "text": "从严治党",
                "kind": "term",
                "count": 1,
                "url": "/search/?q=%E4%BB%8E%E4%B8%A5%E6%B2%BB%E5%85%9A",
                "label": "词语 · 1 篇",
            }
        ],
    }
    english = client.get("/suggest.json", {"q": "cyzd", "lang": "en"}).json()
    assert english["suggestions"][0]["label"] == "word · 1 speech"
    assert "no-cache" in response["Cache-Control"]


@pytest.mark.parametrize(
    "address", ["/suggest.json", "/suggest.json?q=", "/suggest.json?q=%20", "/suggest.json?p=1"]
)
def test_nothing_typed_is_no_mistake(archive: None, client: Client, address: str) -> None:
    assert client.get(address).json() == {"query": "", "suggestions": []}


def test_the_same_again_costs_no_answer(archive: None, client: Client) -> None:
    first = client.get("/suggest.json?q=治")
    again = client.get("/suggest.json?q=治", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("q", ["党" * 201, "党\0"])
def test_what_cannot_be_a_query_is_named(archive: None, client: Client, q: str) -> None:
    response = client.get("/suggest.json", {"q": q})
    assert response.status_code == 400
    assert response.json()["error"]["field"] == "q"
    assert "请" in response.json()["error"]["message"]


def test_only_reading(archive: None, client: Client) -> None:
    assert client.post("/suggest.json", {"q": "治"}).status_code == 405


def test_every_address_leads_somewhere(archive: None, client: Client) -> None:
    suggestions = client.get("/suggest.json?q=治").json()["suggestions"]
    assert {each["kind"] for each in suggestions} == {"title", "speaker", "term"}
    assert [client.get(each["url"]).status_code for each in suggestions] == [200] * len(suggestions)
