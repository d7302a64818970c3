"""Browsing the speeches: facets, orders, pages and cards."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.views.pages import PageRead

pytestmark = pytest.mark.django_db

TEXT = """在座谈会上的讲话
同志们：
开场白，说明来意。
一、提高认识
一是学在前。学深悟透。二是走在前。知行合一。
（一）把握方向
方向要正。（掌声）
二、狠抓落实
落实***任务，谢谢大家。
"""


def listed(client: Client, address: str) -> list[str]:
    return [row["title"] for row in client.get(address).json()["results"]]


def test_values_of_one_facet_add_up_and_facets_narrow_each_other(client: Client, make_speech):
    make_speech("甲\n文\n", speaker="张三", date="2021", kind="讲话")
    make_speech("乙\n文\n", speaker="李四", date="2022", kind="讲话")
    make_speech("丙\n文\n", speaker="张三", date="2022", kind="发言")
    make_speech("丁\n文\n", date="", event="座谈会")
    assert listed(client, "/speeches.json?year=2021&year=2022&sort=oldest") == ["甲", "乙", "丙"]
    assert listed(client, "/speeches.json?year=2022&speaker=张三") == ["丙"]
    assert listed(client, "/speeches.json?kind=讲话&speaker=张三&speaker=李四&sort=oldest") == ["甲", "乙"]
    assert listed(client, "/speeches.json?event=座谈会") == ["丁"]


def test_an_empty_value_chooses_the_unknown(client: Client, make_speech):
    make_speech("甲\n文\n", speaker="张三", date="2021", kind="讲话", event="会")
    make_speech("乙\n文\n")
    for facet in ("speaker", "year", "kind", "event"):
        assert listed(client, f"/speeches.json?{facet}=") == ["乙"]
    assert listed(client, "/speeches.json?year=&year=2021&sort=oldest") == ["甲", "乙"]


def test_a_facet_counts_as_if_nothing_of_its_own_were_chosen(client: Client, make_speech):
    make_speech(speaker="张三", date="2021")
    make_speech(speaker="张三", date="2022")
    make_speech(speaker="李四", date="2022")
    make_speech()
    facets = client.get("/speeches.json?year=2022&speaker=李四").json()["facets"]
    assert sorted(facets["year"]) == [["2022", 1]]
    assert sorted(facets["speaker"]) == [["张三", 1], ["李四", 1]]
    assert facets["kind"] == [["", 1]]


def test_every_value_of_a_facet_leads_to_as_many_speeches_as_it_says(client: Client, make_speech):
    make_speech(speaker="张三", date="2021", kind="讲话", event="会")
    make_speech(speaker="张 三&=?", date="2022-05", event="会 & 议")
    make_speech()
    facets = client.get("/speeches.json").json()["facets"]
    for name, values in facets.items():
        assert sum(n for _value, n in values) == 3
        for value, n in values:
            assert client.get("/speeches.json", {name: value}).json()["total"] == n


def test_the_page_shows_facets_as_links_and_chosen_ones_as_chips(client: Client, make_speech):
    make_speech(speaker="张三", date="2021")
    make_speech(speaker="李四", date="2022")
    page = PageRead(client.get("/speeches/?year=2022&sort=oldest"))
    assert page.links["2021年 1"] == "/speeches/?year=2022&year=2021&sort=oldest"
    assert page.links["年份 2022年 ✕去掉这个条件"] == "/speeches/?sort=oldest"
    assert page.links["李四 1"].startswith("/speeches/?speaker=%E6%9D%8E%E5%9B%9B&year=2022")
    assert "1 篇讲话" in page.words
    assert not any("未分类" in words for words in page.links)  # known of none of them


def test_a_combination_that_nothing_has_offers_a_way_out(client: Client, make_speech):
    make_speech(speaker="张三", date="2021")
    page = PageRead(client.get("/speeches/?year=1990&speaker=张三"))
    assert "没有符合全部条件的讲话" in page.words
    assert page.links["不限年份"] == "/speeches/?speaker=%E5%BC%A0%E4%B8%89"
    assert "不限年份 1 篇" in page.words
    assert "不限讲话人" not in page.words  # nobody spoke in 1990
    assert page.links["去掉全部条件，看所有讲话"] == "/speeches/"


def test_every_order_is_kept(client: Client, make_speech):
    make_speech("重\n文\n", date="2020", characters=1, published=False)
    make_speech("中\n文\n", date="2021", characters=20)
    make_speech("阿\n文\n", date="", characters=30)
    make_speech("北\n文\n", date="2022", characters=10)
    assert listed(client, "/speeches.json") == ["北", "中", "阿"]
    assert listed(client, "/speeches.json?sort=oldest") == ["中", "北", "阿"]
    assert listed(client, "/speeches.json?sort=title") == ["阿", "北", "中"]
    assert listed(client, "/speeches.json?sort=length") == ["阿", "中", "北"]


def test_pages_go_to_the_last_and_no_further(client: Client, make_speech):
    for _ in range(41):
        make_speech()
    seen = []
    for number in (1, 2, 3):
        data = client.get(f"/speeches.json?page={number}").json()
        assert (data["total"], data["page"], data["pages"]) == (41, number, 3)
        seen += [row["id"] for row in data["results"]]
    assert len(seen) == len(set(seen)) == 41
    last = PageRead(client.get("/speeches/?page=3&sort=oldest"))
    assert last.links["上一页"] == "/speeches/?sort=oldest&page=2"
    assert last.links["1"] == "/speeches/?sort=oldest"
    assert "下一页" not in last.links
    gone = client.get("/speeches/?page=4&sort=oldest")
    assert gone.status_code == 404
    assert "没有这一页。" in gone.content.decode()
    assert PageRead(gone).links["第 1 页"] == "/speeches/?sort=oldest"
    twin = client.get("/speeches.json?page=4")
    assert (twin.status_code, twin.json()["error"]["field"]) == (404, "page")


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "9" * 30])
def test_a_page_that_is_no_number_is_404(client: Client, page):
    for address in ("/speeches/", "/speeches.json"):
        assert client.get(address, {"page": page}).status_code == 404


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("sort=best", "sort", "没有这种排序"),
        ("year=22", "year", "四位数字"),
        ("year=２０２２", "year", "四位数字"),
        ("speaker=" + "长" * 201, "speaker", "不是可用的值"),
        ("kind=%00", "kind", "不是可用的值"),
        ("from=昨天", "from", "请写成 2022-11-20"),
        ("to=2022-02-30", "to", "没有这一天"),
        ("from=2022-03&to=2022-02", "to", "结束日期早于开始日期"),
        ("&".join(f"event={n}" for n in range(51)), "event", "最多选 50 项"),
    ],
)
def test_a_bad_parameter_is_named_with_its_cure(client: Client, query, field, words):
    page = client.get(f"/speeches/?{query}")
    assert page.status_code == 400
    assert words in page.content.decode()
    twin = client.get(f"/speeches.json?{query}")
    assert twin.status_code == 400
    assert twin.json()["error"]["field"] == field
    assert words in twin.json()["error"]["message"]


def test_unknown_and_empty_parameters_are_ignored(client: Client, make_speech):
    make_speech()
    assert client.get("/speeches.json?utm_source=x&page=&sort=").json()["total"] == 1
    main = client.get("/speeches/?utm_source=x&year=").content.decode().partition("<main")[2]
    assert "utm_source" not in main


def test_a_card_says_what_the_speech_is_and_leads_into_it(client: Client, make_speech):
    speech = make_speech(TEXT, speaker="张三", date="2022-11", event="座谈会", characters=6328)
    page = PageRead(client.get("/speeches/"))
    for words in ("张三", "2022年11月", "座谈会", "6,328 字", "约 13 分钟", "开场白，说明来意。"):
        assert words in page.words
    assert page.links["一、提高认识"] == f"/speeches/{speech.pk}/#s1"
    assert "（一）把握方向" not in page.links
    assert page.links["张三"] == f"/speakers/{speech.speaker.pk}/"
    assert page.links["座谈会"] == f"/events/{speech.event.pk}/"


def test_a_section_without_a_heading_is_no_link(client: Client, make_speech):
    speech = make_speech(TEXT)
    speech.sections.filter(heading="提高认识").update(num="", heading="")
    links = PageRead(client.get("/speeches/")).links
    assert "" not in links
    assert f"{speech.get_absolute_url()}#s1" not in links.values()
    assert links["二、狠抓落实"] == f"{speech.get_absolute_url()}#s3"


def test_speeches_are_chosen_for_comparison_with_a_plain_form(client: Client, make_speech):
    one, other, third = make_speech(TEXT, date="2022"), make_speech(date="2021"), make_speech(date="2020")
    page = PageRead(client.get("/speeches/"))
    assert page.all("form", action="/compare/")
    boxes = page.all("input", type="checkbox", name="s")
    assert [box["value"] for box in boxes] == [str(each.pk) for each in (one, other, third)]
    assert boxes[0]["aria-label"] == f"加入对比：{one.title}"
    two = client.get("/compare/", {"s": [one.pk, other.pk]})
    assert two["Location"] == f"/compare/?a={one.pk}&b={other.pk}"
    assert client.get("/compare/", {"s": [one.pk, other.pk, third.pk]}).status_code == 200


def test_what_cannot_be_compared_offers_no_choice(client: Client, make_speech):
    make_speech()
    page = PageRead(client.get("/speeches/"))
    assert not page.all("button", **{"class": "primary"})
    assert not page.all("input", name="s")


def test_a_list_is_limited_by_dates_and_keeps_its_other_conditions(client: Client, make_speech):
    make_speech("甲\n文\n", date="2021-05-01", speaker="张三")
    make_speech("乙\n文\n", date="2022-03", speaker="张三")
    make_speech("丙\n文\n", date="2022-04-02", speaker="李四")
    make_speech("丁\n文\n", speaker="张三")
    assert listed(client, "/speeches.json?from=2022") == ["丙", "乙"]
    assert listed(client, "/speeches.json?from=2021-05&to=2022-03-10&sort=oldest") == ["甲", "乙"]
    page = PageRead(client.get("/speeches/?from=2022&speaker=张三&sort=oldest"))
    assert page.all("input", name="from", value="2022")
    assert page.all("input", name="speaker", value="张三", type="hidden")
    assert page.all("input", name="sort", value="oldest", type="hidden")
    assert page.links["自 2022 ✕去掉这个条件"] == "/speeches/?speaker=%E5%BC%A0%E4%B8%89&sort=oldest"
    assert client.get("/speeches.json?from=2022").json()["facets"]["speaker"] == [["张三", 1], ["李四", 1]]
    empty = PageRead(client.get("/speeches/?from=2023&speaker=张三"))
    assert empty.links["不限日期"] == "/speeches/?speaker=%E5%BC%A0%E4%B8%89"
    assert "不限日期 3 篇" in empty.words


def test_the_feed_and_the_twin_of_a_list_are_of_that_list(client: Client, make_speech):
    for day in range(1, 23):
        make_speech(date=f"2022-03-{day:02}")
    make_speech("早年的讲话\n文\n", date="2001")
    page = PageRead(client.get("/speeches/?from=2022&sort=title&page=2"))
    assert page.all("link", rel="alternate", href="/speeches/feed/?from=2022")
    assert page.all("link", rel="alternate", href="/speeches.json?from=2022&sort=title&page=2")
    assert page.all("link", rel="prev", href="/speeches/?from=2022&sort=title")
    assert not page.all("link", rel="next")
    assert "早年的讲话" not in client.get("/speeches/feed/?from=2022").content.decode()
    assert "早年的讲话" in client.get("/speeches/feed/").content.decode()


def test_a_card_breaks_off_a_long_opening(client: Client, make_speech):
    make_speech("题\n各位：\n" + "长" * 100 + "\n")
    assert "长" * 80 + "…" in client.get("/speeches/").content.decode()
    assert "长" * 81 not in client.get("/speeches/").content.decode()


def test_the_list_asks_few_queries_and_leaves_no_cookie(
    client: Client, make_speech, django_assert_max_num_queries
):
    for n in range(25):
        make_speech(speaker=f"讲话人{n}", event=f"会{n}", date="2022")
    with django_assert_max_num_queries(12):
        response = client.get("/speeches/?year=2022&sort=title")
    assert not response.cookies
    with django_assert_max_num_queries(12):
        client.get("/speeches.json")
