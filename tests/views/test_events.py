"""The occasions, and the speeches of one."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.views.pages import PageRead

pytestmark = pytest.mark.django_db


def test_the_latest_occasions_come_first_and_the_undated_last(client: Client, make_speech):
    make_speech(event="甲会", date="2019")
    make_speech(event="乙会", date="2022-05-01")
    make_speech(event="丙会")
    make_speech(event="丁会", date="2022-06")
    make_speech(event="甲会", date="2022-01-01")
    make_speech()
    data = client.get("/events.json").json()
    assert [each["name"] for each in data["results"]] == ["丁会", "乙会", "甲会", "丙会"]
    first, last = data["results"][2]["first"], data["results"][2]["last"]
    assert (first, last, data["results"][2]["speeches"]) == ("2019", "2022", 2)
    page = PageRead(client.get("/events/"))
    assert page.by_id["y2022"] == "2022年"
    assert page.by_id["y0"] == "日期不详"
    assert "甲会 2 篇2019–2022" in page.words
    assert "乙会 1 篇2022" not in page.words  # the heading says so
    assert page.links["甲会"] == data["results"][2]["url"]


def test_the_page_of_an_occasion_has_its_speeches_in_the_order_of_time(client: Client, make_speech):
    make_speech("乙\n文\n", event="座谈会", date="2022-05-02", speaker="李四")
    speech = make_speech("甲\n文\n", event="座谈会", date="2022-05-01", speaker="张三")
    page = PageRead(client.get(f"/events/{speech.event.pk}/"))
    assert page.words.index("甲") < page.words.index("乙")
    assert page.links["张三"] == f"/speakers/{speech.speaker.pk}/"
    assert "2 篇讲话" in page.words
    assert client.get(page.links["在列表中筛选"]).status_code == 200
    data = client.get(f"/events/{speech.event.pk}.json").json()
    assert (data["name"], data["total"], data["years"]) == ("座谈会", 2, [["2022", 2]])
    assert [each["title"] for each in data["results"]] == ["甲", "乙"]


def test_without_occasions_there_is_a_way_out(client: Client):
    assert PageRead(client.get("/events/")).links["浏览全部讲话"] == "/speeches/"


def test_many_occasions_have_pages(client: Client, make_speech, monkeypatch):
    from archive.views import events

    monkeypatch.setattr(events, "PAGE_SIZE", 2)
    for n in range(3):
        make_speech(event=f"会{n}", date=f"{2019 + n}")
    assert PageRead(client.get("/events/")).links["下一页"] == "/events/?page=2"
    assert [each["name"] for each in client.get("/events.json?page=2").json()["results"]] == ["会0"]
    for address in ("/events/?page=3", "/events.json?page=3", "/events/?page=x"):
        assert client.get(address).status_code == 404
