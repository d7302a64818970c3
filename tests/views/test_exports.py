"""A search as a table."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from archive.models import Speech
from archive.views import exports

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(make_speech, build_index) -> None:
    make_speech(
        "=党建讲话\n同志们：\n要抓好“党建”<工作>，AT&T。\n一、党建先行\n党建党建党建一步。\n",
        date="2022-11-20",
        speaker="张三",
        event="座谈会",
        kind="讲话",
    )
    make_speech("经费讲话\n谈谈党建经费。\n", date="2021")
    make_speech("秘密讲话\n党建草稿。\n", published=False)
    build_index()


def rows(client: Client, **query: Any) -> list[dict[str, str]]:
    response = client.get("/search.csv", query)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def test_the_table_has_every_speech_found_with_its_best_place(client: Client, archive: None) -> None:
    speech = Speech.objects.get(title="=党建讲话")
    best, other = rows(client, q="党建")
    assert other["title"] == "经费讲话"
    assert other["speaker"] == other["event"] == ""
    assert float(best.pop("score")) > float(other["score"])
    assert best == {
        "title": "'=党建讲话",
        "speaker": "张三",
        "date": "2022-11-20",
        "event": "座谈会",
        "kind": "讲话",
        "characters": str(speech.characters),
        "hits": "6",
        "url": f"http://testserver/speeches/{speech.pk}/?{urlencode({'q': '党建'})}",
        "section": "一、党建先行",
        "snippet": "党建党建党建一步。",
    }


def test_a_snippet_is_plain_text() -> None:
    assert exports.plain("抓好<mark>党建</mark>&lt;mark&gt;，AT&amp;T") == "抓好党建<mark>，AT&T"


def test_the_table_keeps_order_and_filters(client: Client, archive: None) -> None:
    assert [row["title"] for row in rows(client, q="党建", sort="oldest")] == ["经费讲话", "'=党建讲话"]
    assert [row["title"] for row in rows(client, q="党建", year="2021")] == ["经费讲话"]
    assert [row["title"] for row in rows(client, year="2021")] == ["经费讲话"]


def test_the_table_is_a_file_that_is_asked_for_anew(client: Client, archive: None) -> None:
    response = client.get("/search.csv?q=党建")
    assert response["Content-Disposition"] == 'attachment; filename="search.csv"'
    assert response["Cache-Control"] == "no-cache"
    assert response.getvalue().startswith(b"\xef\xbb\xbftitle,speaker,date,")


def test_all_pages_are_in_the_table_whatever_page_was_looked_at(client, make_speech, build_index) -> None:
    for _ in range(23):
        make_speech()
    build_index()
    assert len({row["url"] for row in rows(client, q="讲话", page="2")}) == 23


def test_too_many_for_a_table_is_said_with_the_cure(
    client: Client, make_speech, build_index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST", 22)
    for _ in range(23):
        make_speech()
    build_index()
    response = client.get("/search.csv?q=讲话")
    assert response.status_code == 400
    assert "共有 23 篇，一次最多导出 22 篇，请加上条件缩小范围。" in response.content.decode()


def test_a_search_that_finds_nothing_yet_is_still_a_table(client: Client, archive: None) -> None:
    assert rows(client, q="龘龘") == []


@pytest.mark.parametrize("path", ["/search.csv", "/search/feed/"])
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({}, "请输入关键词。"),
        ({"q": "  "}, "请输入关键词。"),
        ({"q": "-党建"}, "请至少给出一个要找的词。"),
        ({"q": "，。"}, "没有可检索的词。"),
        ({"q": "*"}, "不能只用通配符。"),
        ({"q": "长" * 201}, "最多 200 个字"),
        ({"q": "党", "sort": "best"}, "没有这种排序"),
        ({"q": "党", "year": "x"}, "四位数字"),
        ({"q": "党", "page": "x"}, "页："),
    ],
)
def test_what_cannot_be_answered_is_400_and_says_why(
    client: Client, archive: None, path: str, query: dict[str, str], words: str
) -> None:
    response = client.get(path, query)
    assert response.status_code == 400
    assert words in response.content.decode()
    assert "Content-Disposition" not in response


@pytest.mark.parametrize("path", ["/search.csv", "/search/feed/"])
def test_only_reading_is_allowed_and_leaves_no_cookie(client: Client, archive: None, path: str) -> None:
    assert client.post(f"{path}?q=党建").status_code == 405
    assert not client.get(f"{path}?q=党建").cookies
