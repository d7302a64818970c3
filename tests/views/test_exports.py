"""A search as a table and as a feed."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.test import Client

from archive import search
from archive.models import Speech
from archive.views import exports

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


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


def feed(client: Client, **query: Any) -> ElementTree.Element:
    response = client.get("/search/feed/", query)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)  # noqa: S314  # what this archive wrote itself


def entries(client: Client, **query: Any) -> list[str]:
    return [each.findtext(f"{ATOM}title") or "" for each in feed(client, **query).iter(f"{ATOM}entry")]


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


def test_the_feed_is_well_formed_atom_with_the_latest_to_come_in_first(client: Client, archive: None) -> None:
    root = feed(client, q="党建", sort="oldest")
    assert root.findtext(f"{ATOM}title") == "搜索：党建 — 讲话库"
    assert entries(client, q="党建", sort="oldest") == ["经费讲话", "=党建讲话"]
    asked = urlencode({"q": "党建"})
    links = {each.get("rel"): each.get("href") for each in root.findall(f"{ATOM}link")}
    assert links == {
        "self": f"http://testserver/search/feed/?{asked}",
        "alternate": f"http://testserver/search/?{asked}&sort=newest",
    }


def test_an_entry_is_named_by_its_speech_and_tells_when_it_changed(client: Client, archive: None) -> None:
    speech = Speech.objects.get(title="=党建讲话")
    for query in ("党建 -经费", "“党建” 工作"):
        entry = feed(client, q=query).find(f"{ATOM}entry")
        assert entry is not None
        assert entry.findtext(f"{ATOM}id") == f"http://testserver/speeches/{speech.pk}/"
        assert entry.findtext(f"{ATOM}updated", "")[:19] == speech.updated_at.isoformat()[:19]
        assert entry.findtext(f"{ATOM}author/{ATOM}name") == "张三"
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert link.get("href") == f"http://testserver/speeches/{speech.pk}/?{urlencode({'q': query})}"


def test_a_summary_is_escaped_once_for_html_and_holds_no_marks(client: Client, archive: None) -> None:
    summary = feed(client, q="工作").find(f"{ATOM}entry/{ATOM}summary")
    assert summary is not None
    assert summary.get("type") == "html"
    assert summary.text == "张三 · 2022年11月20日 · 座谈会。要抓好“党建”&lt;工作&gt;，AT&amp;T。"


def test_characters_that_xml_cannot_hold_are_left_out(client: Client, make_speech, build_index) -> None:
    make_speech("甲\x0b乙讲话\n党\x01建\ufffe工作\x1b[31m。\n", speaker="张\x02三")
    build_index()
    assert entries(client, q="甲") == ["甲乙讲话"]
    assert entries(client, q="党建\x1b工作") == ["甲乙讲话"]


def test_the_feed_holds_twenty_and_never_a_draft(client: Client, make_speech, build_index) -> None:
    for number in range(22):
        make_speech(f"第{number}次讲话\n党建。\n", published=number != 7, date=f"20{number:02}")
    build_index()
    found = entries(client, q="党建")
    assert len(found) == 20
    assert found[0] == "第21次讲话"
    assert "第7次讲话" not in found
    assert len(rows(client, q="党建")) == 21


def test_a_speech_withdrawn_while_the_feed_is_made_is_left_out(
    client: Client, archive: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = search.find(search.Query("党建"))
    Speech.objects.filter(title="经费讲话").update(published=False)
    monkeypatch.setattr(search, "find", lambda query: found)
    assert entries(client, q="党建") == ["=党建讲话"]


def test_a_feed_that_says_the_same_need_not_be_sent_again(client: Client, archive: None) -> None:
    for query in ("党建", "龘龘"):
        first = client.get("/search/feed/", {"q": query})
        assert first["Cache-Control"] == "no-cache"
        again = client.get("/search/feed/", {"q": query}, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304


def test_a_search_that_finds_nothing_yet_is_still_a_feed_and_a_table(client: Client, archive: None) -> None:
    assert entries(client, q="龘龘") == []
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
