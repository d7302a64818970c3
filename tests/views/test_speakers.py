"""Everybody who speaks, and the speeches of one."""

from __future__ import annotations

import pytest
from django.test import Client

from archive.models import Alias, Speaker
from archive.views import registers
from tests.views.pages import PageRead

pytestmark = pytest.mark.django_db


def names(client: Client, address: str = "/speakers.json") -> list[str]:
    return [each["name"] for each in client.get(address).json()["results"]]


def test_everybody_stands_under_the_sound_of_the_surname(client: Client, make_speech):
    for name in ("张三", "曾国藩", "区伯", "单霁翔", "李四", "李四", "John Smith", "1号证人"):
        make_speech(speaker=name, date="2021")
    make_speech()
    page = PageRead(client.get("/speakers/"))
    assert names(client) == ["1号证人", "John Smith", "李四", "区伯", "单霁翔", "曾国藩", "张三"]
    assert [key for key in page.ids if len(key) == 1] == ["J", "L", "O", "S", "Z"]
    assert "李四 2 篇2021" in page.words
    assert "7 人" in page.words
    assert page.links["另有 1 篇没有注明讲话人"] == "/speeches/?speaker="


def test_many_names_have_an_alphabet_that_leads_across_pages(client: Client, make_speech, monkeypatch):
    from archive.views import speakers

    monkeypatch.setattr(speakers, "PAGE_SIZE", 8)
    for surname in "安白曹邓范高韩江康李马聂彭秦":
        make_speech(speaker=f"{surname}一")
    page = PageRead(client.get("/speakers/"))
    assert page.links["A"] == "#A"
    assert page.links["Q"] == "/speakers/?page=2#Q"
    assert "Z" not in page.links
    second = PageRead(client.get("/speakers/?page=2"))
    assert "Q" in second.ids
    assert second.links["A"] == "/speakers/#A"
    assert client.get("/speakers/?page=3").status_code == 404
    assert client.get("/speakers.json?page=3").json()["error"]["field"] == "page"


def test_the_page_of_a_speaker_tells_what_the_speeches_say(client: Client, make_speech):
    first = make_speech("甲讲话\n文\n", speaker="张三", role="市长", date="2019-03-01", event="座谈会")
    make_speech("乙讲话\n文\n", speaker="张三", role="书记", date="2021", venue="北京")
    make_speech("丙讲话\n文\n", speaker="张三", role="书记", date="2022-05", characters=12_000)
    make_speech("丁讲话\n文\n", speaker="张三")
    make_speech("戊讲话\n文\n", speaker="李四")
    speaker = Speaker.objects.get(name="张三")
    Alias.objects.create(name="张叁", speaker=speaker)
    response = client.get(f"/speakers/{speaker.pk}/")
    page = PageRead(response)
    for words in ("4 篇讲话", "2019–2022", "又名张叁", "市长 2019", "书记 2021–2022", "北京"):
        assert words in page.words
    assert (
        page.words.index("甲讲话")
        < page.words.index("乙讲话")
        < page.words.index("丙讲话")
        < page.words.index("丁讲话")
    )
    assert "戊讲话" not in page.words
    assert page.links["甲讲话"] == first.get_absolute_url()
    assert page.links["座谈会"] == f"/events/{first.event.pk}/"
    assert page.links["2021 年 1 篇12021"] == "/speeches/?speaker=%E5%BC%A0%E4%B8%89&year=2021"
    assert page.links["日期不详 1 篇1不详"] == "/speeches/?speaker=%E5%BC%A0%E4%B8%89&year="
    assert page.links["订阅"] == f"/speakers/{speaker.pk}/feed/"
    assert page.all("link", rel="alternate", href=f"/speakers/{speaker.pk}.json")
    for address in (page.links["在列表中筛选"], page.links["在其中搜索"]):
        assert client.get(address).status_code == 200


def test_the_other_order_begins_with_the_newest(client: Client, make_speech):
    make_speech("早\n文\n", speaker="张三", date="2019")
    speech = make_speech("晚\n文\n", speaker="张三", date="2022")
    address = f"/speakers/{speech.speaker.pk}"
    assert [each["title"] for each in client.get(f"{address}.json").json()["results"]] == ["早", "晚"]
    assert [each["title"] for each in client.get(f"{address}.json?sort=newest").json()["results"]] == [
        "晚",
        "早",
    ]
    page = PageRead(client.get(f"{address}/?sort=newest"))
    assert page.links["从早到晚"] == f"{address}/"


def test_the_twin_of_a_speaker_says_all_of_it(client: Client, make_speech):
    speech = make_speech(speaker="张三", role="书记", date="2021-02", characters=100)
    make_speech(speaker="张三", characters=50)
    data = client.get(f"/speakers/{speech.speaker.pk}.json").json()
    results = data.pop("results")
    assert data == {
        "id": speech.speaker.pk,
        "name": "张三",
        "url": f"/speakers/{speech.speaker.pk}/",
        "aliases": [],
        "roles": [["书记", "2021"]],
        "total": 2,
        "characters": 150,
        "years": [["2021", 1], [None, 1]],
        "page": 1,
        "pages": 1,
    }
    assert results[0]["id"] == speech.pk


def test_a_long_life_has_pages(client: Client, make_speech):
    for n in range(51):
        speech = make_speech(speaker="张三", date=f"{1950 + n}")
    address = f"/speakers/{speech.speaker.pk}/"
    page = PageRead(client.get(f"{address}?page=2"))
    assert "2000年" in page.words
    assert page.links["上一页"] == address
    assert page.all("link", rel="prev", href=address)
    assert page.links["2000–2004 年 1 篇12000"] == "/speeches/?speaker=%E5%BC%A0%E4%B8%89&from=2000&to=2004"
    assert client.get(f"{address}?page=3").status_code == 404


@pytest.mark.parametrize(
    ("query", "status"), [("sort=best", 400), ("page=x", 404), ("page=0", 404), ("page=2", 404)]
)
def test_a_bad_parameter_is_named(client: Client, make_speech, query, status):
    speech = make_speech(speaker="张三", event="会", date="2022")
    for address in (f"/speakers/{speech.speaker.pk}", f"/events/{speech.event.pk}", "/years/2022"):
        assert client.get(f"{address}/?{query}").status_code == status
        twin = client.get(f"{address}.json?{query}")
        assert twin.status_code == status
        assert twin.json()["error"]["field"] == query.partition("=")[0]


def test_who_has_only_drafts_is_nowhere(client: Client, make_speech):
    draft = make_speech(speaker="无名氏", role="内定", event="内部会", date="1991", published=False)
    shown = make_speech(speaker="张三", event="座谈会", date="2022")
    make_speech(speaker="张三", event="座谈会", role="内定", date="1991-02", title="未定稿", published=False)
    for address in (f"/speakers/{draft.speaker.pk}", f"/events/{draft.event.pk}", "/years/1991"):
        for suffix in ("/", ".json"):
            assert client.get(f"{address}{suffix}").status_code == 404
    for address in (
        "/speakers",
        "/events",
        "/years",
        f"/speakers/{shown.speaker.pk}",
        f"/events/{shown.event.pk}",
    ):
        for suffix in ("/", ".json"):
            content = client.get(f"{address}{suffix}").content.decode()
            for words in ("无名氏", "内部会", "1991", "内定", "未定稿"):
                assert words not in content, (address, words)
    assert client.get("/speakers.json").json()["results"][0]["speeches"] == 1


def test_numbers_that_nobody_has_are_404(client: Client):
    for address in (
        "/speakers/1/",
        "/events/1/",
        f"/speakers/{2**63}/",
        f"/events/{10**30}.json",
        "/years/2022/",
    ):
        assert client.get(address).status_code == 404
    assert client.get("/years/22/").status_code == 404


def test_an_archive_without_names_offers_a_way_out(client: Client, make_speech):
    assert PageRead(client.get("/speakers/")).links["怎样放进第一份文稿"] == "/"
    make_speech()
    assert PageRead(client.get("/speakers/")).links["浏览全部讲话"] == "/speeches/"


def test_few_queries_are_asked_however_many_there_are(
    client: Client, make_speech, django_assert_max_num_queries
):
    for n in range(30):
        make_speech(speaker=f"讲话人{n}", event=f"会{n}", date="2022")
        speech = make_speech(speaker="张三", event="大会", role="书记", date=f"{1990 + n}")
    for address in ("/speakers/", "/events/", "/years/"):
        with django_assert_max_num_queries(8):
            client.get(address)
    for address in (f"/speakers/{speech.speaker.pk}/", f"/events/{speech.event.pk}/", "/years/2022/"):
        with django_assert_max_num_queries(9):
            client.get(address)


def test_names_are_escaped(client: Client, make_speech):
    speech = make_speech(speaker="<b>张</b>", event="<i>会</i>", role="<u>长</u>", date="2022")
    pages = (
        "/speakers/",
        "/events/",
        f"/speakers/{speech.speaker.pk}/",
        f"/events/{speech.event.pk}/",
        "/years/2022/",
    )
    for address in pages:
        markup = client.get(address).content.decode()
        assert not any(tag in markup for tag in ("<b>张", "<i>会", "<u>长"))


def test_the_years_of_an_entry_are_those_of_its_dates():
    assert registers.Entry("speaker", 1, "张三", 2, "2019", "2022", "2022-01-01").years == "2019–2022"
    assert registers.Entry("speaker", 1, "张三", 2, "2019", "2019", "2019-01-01").years == "2019"
    assert registers.Entry("speaker", 1, "张三", 2, "", "", "").years == ""
