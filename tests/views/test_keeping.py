"""Pages that are kept: given again without work, and never once anything has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from archive import search
from archive.models import IndexChange, Speech
from archive.search import indexing
from archive.search.engine import Store
from archive.views.keeping import Pages, _Page

ADDRESSES = ["/search/", "/search.json", "/concordance/", "/concordance.json", "/trends/", "/trends.json"]


@pytest.fixture
def speech(make_speech: Callable[..., Speech], build_index: Callable[[], Any]) -> Speech:
    speech = make_speech("党建讲话\n党建是关键。\n", date="2022")
    build_index()
    return speech


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_asked_for_again_costs_two_queries_and_is_the_same(
    client: Client, speech: Speech, django_assert_num_queries: Any, address: str
) -> None:
    first = client.get(address, {"q": "党建"})
    assert not first.has_header("X-Search-Degraded")
    with django_assert_num_queries(2):
        again = client.get(address, {"q": "党建"})
    assert again.content == first.content
    assert again["Content-Type"] == first["Content-Type"]
    with django_assert_num_queries(2):
        unchanged = client.get(address, {"q": "党建"}, headers={"if-none-match": first["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_changed_speech_is_a_changed_page(
    client: Client, speech: Speech, django_capture_on_commit_callbacks: Any, address: str
) -> None:
    first = client.get(address, {"q": "党建"})
    with django_capture_on_commit_callbacks(execute=True):
        speech.date_iso = "2019"
        speech.save()
    again = client.get(address, {"q": "党建"}, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert "2019" in again.content.decode()


def test_while_a_change_waits_for_the_index_nothing_is_kept(client: Client, speech: Speech) -> None:
    first = client.get("/search/", {"q": "党建"})
    Speech.objects.filter(pk=speech.pk).update(title="改过的题目")
    IndexChange.objects.create(speech_id=speech.pk)
    response = client.get("/search/", {"q": "党建"}, headers={"if-none-match": first["ETag"]})
    assert "改过的题目" in response.content.decode()
    assert response["ETag"] != first["ETag"]


def test_a_speech_withdrawn_without_a_mark_is_gone_at_once(client: Client, speech: Speech) -> None:
    client.get("/search.json", {"q": "党建"})
    Speech.objects.filter(pk=speech.pk).update(published=False)
    IndexChange.objects.all().delete()
    assert client.get("/search.json", {"q": "党建"}).json()["total"] == 0


def test_another_host_query_or_page_is_another_page(client: Client, speech: Speech) -> None:
    tags = {
        client.get(address, headers={"host": host})["ETag"]
        for address in (
            "/search/?q=党建",
            "/search/?q=关键",
            "/search/?q=党建&sort=newest",
            "/search.json?q=党建",
        )
        for host in ("localhost", "127.0.0.1")
    }
    assert len(tags) == 8


def test_what_is_refused_is_refused_again(client: Client, speech: Speech) -> None:
    for _ in range(2):
        assert client.get("/search/", {"q": "*"}).status_code == 400
        assert client.get("/search/", {"q": "党建", "page": "9"}).status_code == 404


def test_without_an_index_nothing_is_kept(client: Client, speech: Speech, index_path: Path) -> None:
    client.get("/search/", {"q": "党建"})
    (index_path / "CURRENT").unlink()
    for generation in index_path.glob("g*"):
        generation.rename(generation.with_name(f"gone-{generation.name}"))
    response = client.get("/search/", {"q": "党建"})
    assert "搜索索引暂时不可用" in response.content.decode()
    assert response["X-Search-Degraded"] == "1"
    assert client.get("/search.json", {"q": "党建"})["X-Search-Degraded"] == "1"
    assert not response.has_header("ETag")
    assert search.state() == ""


def test_the_oldest_pages_make_room() -> None:
    pages = Pages(most=10)
    for name in "abc":
        pages.put(name, _Page(b"1234", "text/plain"))
    assert pages.get("a") is None
    assert all(map(pages.get, "bc"))
    pages.put("d", _Page(b"1" * 11, "text/plain"))
    assert not any(map(pages.get, "abcd"))


def test_an_answer_given_without_the_index_is_forgotten_when_the_index_is_back(
    client: Client, speech: Speech, index_path: Path
) -> None:
    addresses = ("/search/", "/search.json", "/trends/", "/trends.json", "/concordance/", "/suggest.json")
    (postings,) = index_path.glob("g*/*.pst")
    away = postings.with_suffix(".away")
    postings.rename(away)
    indexing.store().close()
    for address in addresses:
        response = client.get(address, {"q": "党建"})
        assert (response.status_code, response["X-Search-Degraded"]) == (200, "1")
        assert not response.has_header("ETag")
    for address in ("/search.csv", "/search/feed/"):
        assert client.get(address, {"q": "党建"}).status_code == 503
    away.rename(postings)
    indexing.store().close()
    for address in addresses:
        response = client.get(address, {"q": "党建"})
        assert not response.has_header("X-Search-Degraded")
        assert "正在逐篇查找" not in response.content.decode()


def test_health_takes_no_turn_at_the_index(
    client: Client, speech: Speech, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(self: Store) -> None:
        raise AssertionError("whoever holds the view keeps the health page waiting")

    monkeypatch.setattr(Store, "view", forbidden)
    assert client.get("/healthz").content == b"ok\n"
