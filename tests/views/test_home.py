"""The first page."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive import reuse
from archive.models import Speech
from tests.views.pages import PageRead

pytestmark = pytest.mark.django_db


def test_it_counts_what_the_archive_holds(client: Client, make_speech):
    make_speech(date="2019", characters=12_000)
    make_speech(date="2022-11-20", characters=8_000)
    make_speech(published=False, date="1999", characters=5_000)
    page = PageRead(client.get("/"))
    assert "2 篇讲话" in page.words
    assert "2.0 万字" in page.words
    assert "2019–2022" in page.words
    assert "1999" not in page.words


def test_the_timeline_leads_to_each_year_and_shows_the_empty_ones(client: Client, make_speech):
    make_speech(date="2019-05")
    make_speech(date="2021")
    make_speech(date="2021-01-02")
    make_speech()
    page = PageRead(client.get("/"))
    assert page.links["2019 年 1 篇12019"] == "/years/2019/"
    assert page.links["2021 年 2 篇22021"] == "/years/2021/"
    assert page.links["日期不详 1 篇1不详"] == "/speeches/?year="
    assert "2020 年 0 篇" in page.words
    assert "/years/2020/" not in page.addresses


def test_the_bars_are_as_high_as_their_counts(client: Client, make_speech):
    for date in ("2020", "2021", "2021", "2021", "2021"):
        make_speech(date=date)
    bars = PageRead(client.get("/")).all("rect")
    assert [(bar["y"], bar["height"]) for bar in bars] == [("0", "100"), ("75", "25")]


def test_the_newest_five_come_first_and_the_undated_last(client: Client, make_speech):
    dates = ["2018", "2020-03-01", "", "2022", "2021", "2019", "2020-03-02"]
    speeches = {date: make_speech(date=date) for date in dates}
    page = PageRead(client.get("/"))
    shown = [href for href in page.addresses if href.startswith("/speeches/") and "?" not in href][1:6]
    newest = ["2022", "2021", "2020-03-02", "2020-03-01", "2019"]
    assert shown == [speeches[date].get_absolute_url() for date in newest]


def test_the_example_queries_are_made_of_this_archive_and_find_something(
    client: Client, make_speech, build_index
):
    make_speech(
        "甲\n同志们：\n来意。\n一、提高认识\n深学。\n二、狠抓落实\n细做。\n三、改进作风\n严管。\n四、凝心铸魂\n铸魂。\n"
    )
    build_index()
    page = PageRead(client.get("/"))
    examples = [href for href in page.addresses if href.startswith("/search/?q=")]
    assert len(examples) == 3
    for address in examples:
        assert client.get(address.replace("/search/", "/search.json")).json()["total"] == 1, address


def test_without_headings_and_formulas_no_example_is_made_up(client: Client, make_speech):
    make_speech()
    page = PageRead(client.get("/"))
    assert not [href for href in page.addresses if href.startswith("/search/?q=")]
    assert "例如" not in page.words


def test_formulas_lead_to_the_speeches_that_have_them(client: Client, make_speech, build_index):
    clause = "我们要把思想和行动统一到全会精神上来"
    for n in range(6):
        make_speech(f"第{n}次讲话\n同志们：\n{clause}，第{n}点。\n")
    make_speech(f"草稿\n同志们：\n{clause}，再说。\n", published=False)
    reuse.fill()
    reuse.count_formulas()
    build_index()
    page = PageRead(client.get("/"))
    address = page.links[clause]
    assert f"{clause} 6 篇" in page.words
    assert client.get(address.replace("/search/", "/search.json")).json()["total"] == 6
    Speech.objects.filter(title="第0次讲话").update(published=False)
    assert f"{clause} 5 篇" in PageRead(client.get("/")).words


def test_what_came_in_last_is_told_when_it_is_not_the_newest(client: Client, make_speech):
    for year in range(2015, 2020):
        make_speech(date=str(year))
    assert "新收录" not in PageRead(client.get("/")).by_id
    make_speech("旧稿\n文\n", date="1950")
    make_speech("草稿\n文\n", date="1949", published=False)
    page = PageRead(client.get("/"))
    assert page.by_id["added"] == "新收录"
    assert "旧稿" in page.links
    assert "草稿" not in page.words


def test_an_empty_archive_says_how_to_bring_in_the_first_file(client: Client):
    response = client.get("/")
    page = PageRead(response)
    assert response.status_code == 200
    assert "库里还没有讲话" in page.words
    assert page.links["登录后上传"] == "/admin/archive/speech/upload/"
    assert "import_speeches" in page.words


def test_a_reader_gets_no_cookie_and_few_queries_are_asked(
    client: Client, make_speech, django_assert_max_num_queries
):
    for n in range(12):
        make_speech(speaker=f"讲话人{n}", event=f"会{n}", date=f"{2000 + n}")
    with django_assert_max_num_queries(16):
        response = client.get("/")
    assert not response.cookies


def test_a_title_is_escaped(client: Client, make_speech):
    make_speech("<script>alert(1)</script>的讲话\n正文。\n")
    assert "<script>alert" not in client.get("/").content.decode()


def test_an_archive_without_any_date_shows_no_timeline(client: Client, make_speech) -> None:
    make_speech("甲讲话\n同志们：\n我们要加强学习。")
    assert "按年份" not in client.get("/").content.decode()


def test_it_is_kept_while_nothing_changes_and_made_anew_when_something_does(
    client: Client, make_speech, build_index, django_assert_max_num_queries
):
    make_speech("甲讲话\n文\n")
    reuse.fill()
    reuse.count_formulas()
    build_index()
    client.get("/")
    with django_assert_max_num_queries(6):
        response = client.get("/")
    assert client.get("/", headers={"if-none-match": response["ETag"]}).status_code == 304
    make_speech("乙讲话\n文\n")
    assert "乙讲话" in client.get("/").content.decode()


def test_nobody_who_looks_at_it_writes(client: Client, make_speech):
    make_speech()
    reuse.fill()  # so that there are formulas to be counted
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert {query["sql"].split()[0] for query in asked.captured_queries} == {"SELECT"}
