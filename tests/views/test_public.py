"""What holds for every public address, whatever it shows: no cookie, no token, nothing sent twice."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from archive.models import Speech
from archive.views import openapi
from archive.views.operations import OPERATIONS

pytestmark = pytest.mark.django_db
# Parameters with which a page has something to show.
ASKED = {
    "search": "?q=党建",
    "concordance": "?q=党建",
    "trends": "?q=党建",
    "quote": "?text=党建是关键的一步",
    "compare": "?a={first}&b={second}",
    "compare-more": "?s={first}",
}
# Only an answer, or a table, that cannot say beforehand whether it is the same: see archive.views.keeping.
UNTAGGED = {"health", "oai"}


@pytest.fixture
def addresses(
    make_speech: Callable[..., Speech], build_index: Callable[[], Any], settings: Any, client: Client
) -> dict[str, str]:
    """An address that answers 200 for every public name in urls.py."""
    settings.SECURITY_CONTACT = ["safe@example.org"]
    text = "同志们：\n党建是关键的一步，要抓紧抓实抓好，一抓到底。\n"
    for title in ("甲讲话", "乙讲话"):
        make_speech(f"{title}\n{text}", speaker="张三", event="座谈会", date="2022-05")
    build_index()
    found = openapi.live()
    described = {one.name: openapi.address_of(one, found) for one in OPERATIONS}
    every = {}
    for pattern in get_resolver().url_patterns:
        if not isinstance(pattern, URLPattern) or not pattern.name:
            continue
        folder = str(pattern.pattern).partition("/")[0].removesuffix("s")
        values = {"year": "2022", "section": "speeches", "id": found.get(folder, found["first"])}
        path = openapi.routes()[pattern.name].format(**values)
        every[pattern.name] = described.get(pattern.name) or path + ASKED.get(pattern.name, "").format(
            **found
        )
    every.pop("speech-original")  # these speeches came from no file
    return every


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_no_reader_gets_a_cookie_or_a_token(client: Client, addresses: dict[str, str]) -> None:
    assert len(addresses) > 40
    for name, address in addresses.items():
        response = client.get(address)
        assert response.status_code == 200, address
        assert not response.cookies, name
        assert b"csrfmiddlewaretoken" not in body(response), name
    assert not client.cookies


def test_every_answer_may_be_kept_but_has_to_be_asked_for_again(
    client: Client, addresses: dict[str, str]
) -> None:
    for name, address in addresses.items():
        response = client.get(address)
        if name == "health":
            assert "no-store" in response["Cache-Control"]
        elif name in ("robots", "opensearch", "security", "share-image"):
            assert re.search(r"max-age=\d+", response["Cache-Control"]), name
        else:
            assert response["Cache-Control"] == "no-cache", name


def test_whoever_has_an_answer_is_told_that_it_is_the_same(client: Client, addresses: dict[str, str]) -> None:
    for name in addresses.keys() - UNTAGGED:
        first = client.get(addresses[name])
        assert first.has_header("ETag"), name
        assert "Accept-Encoding" in first["Vary"], name
        for tag in (first["ETag"], f"W/{first['ETag']}", f'"other", {first["ETag"]}'):
            again = client.get(addresses[name], headers={"if-none-match": tag})
            assert (again.status_code, body(again)) == (304, b""), name
            assert (again["ETag"], again["Cache-Control"]) == (first["ETag"], first["Cache-Control"]), name
            assert set(again["Vary"].split(", ")) == set(first["Vary"].split(", ")), name
        assert client.get(addresses[name], headers={"if-none-match": '"other"'}).status_code == 200, name


def test_head_says_what_get_would(client: Client, addresses: dict[str, str]) -> None:
    for name, address in addresses.items():
        got, head = client.get(address), client.head(address)
        assert (head.status_code, body(head)) == (200, b""), name
        if name == "oai":  # it tells the second in which it was asked
            continue
        kept = ("Content-Type", "ETag", "Vary", "Cache-Control", "Content-Disposition")
        assert {each: head.get(each) for each in kept} == {each: got.get(each) for each in kept}, name
        if name not in UNTAGGED:
            same = client.head(address, headers={"if-none-match": got["ETag"]})
            assert same.status_code == 304, name


def test_a_packed_answer_is_the_same_under_a_weak_tag(client: Client, addresses: dict[str, str]) -> None:
    packed = 0
    for name, address in addresses.items():
        got = client.get(address)
        small = client.get(address, headers={"accept-encoding": "gzip"})
        if small.get("Content-Encoding") == "gzip":
            packed += 1
            assert name == "oai" or gzip.decompress(body(small)) == body(got), name
            if name not in UNTAGGED:
                assert small["ETag"] == f"W/{got['ETag']}", name
    assert packed > 30


def test_the_two_languages_of_a_page_are_two_answers(addresses: dict[str, str]) -> None:
    chinese, english = Client(), Client()
    english.cookies["lang"] = "en"
    for name in ("home", "speeches", "search", "api", "openapi"):
        first, second = chinese.get(addresses[name]), english.get(addresses[name])
        assert first["ETag"] != second["ETag"], name
        assert "Cookie" in first["Vary"], name
        assert "Cookie" in second["Vary"], name
        assert english.get(addresses[name], headers={"if-none-match": first["ETag"]}).status_code == 200, name


def test_scripts_of_any_site_may_read_what_is_no_page(client: Client, addresses: dict[str, str]) -> None:
    for name, address in addresses.items():
        if name == "health":
            continue
        response = client.get(address, headers={"origin": "https://elsewhere.example"})
        page = response["Content-Type"].startswith("text/html")
        assert response.get("Access-Control-Allow-Origin") == (None if page else "*"), name
        assert not response.has_header("Access-Control-Allow-Credentials"), name
    assert client.get("/nothing.json")["Access-Control-Allow-Origin"] == "*"
    assert not client.get("/admin/login/").has_header("Access-Control-Allow-Origin")


@pytest.mark.parametrize(
    "accept", ["", ";;;q=x", "*/*;q=abc", "/,/;q=1", "x" * 5_000, "text/csv", "text/html;q=0"]
)
def test_whatever_a_program_says_it_accepts_it_is_told_its_mistake(
    client: Client, db: None, accept: str
) -> None:
    for address, status in (
        ("/search.csv?q=*", 400),
        ("/speeches/9.txt", 404),
        ("/speeches/feed/?year=x", 400),
    ):
        response = client.get(address, headers={"accept": accept})
        assert (response.status_code, response["Content-Type"]) == (status, "application/json")
        assert "Accept" in response["Vary"].split(", ")


def test_every_answer_is_apart_from_other_sites_and_asks_for_no_device(
    client: Client, addresses: dict[str, str]
) -> None:
    for address in (*addresses.values(), "/nowhere/", "/admin/login/", "/static/css/base.css"):
        answer = client.get(address)
        assert answer["Cross-Origin-Embedder-Policy"] == "require-corp", address
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", address
        shared = answer.get("Access-Control-Allow-Origin") == "*"
        assert answer["Cross-Origin-Resource-Policy"] == ("cross-origin" if shared else "same-origin"), (
            address
        )
        assert "camera=()" in answer["Permissions-Policy"], address
        assert answer["X-Content-Type-Options"] == "nosniff", address
        assert "default-src 'none'" in answer["Content-Security-Policy"], address
        answer.close()
