"""The first page."""

from __future__ import annotations

import pytest
from django.test import Client

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


def test_the_strip_of_years_links_to_each_year_and_shows_the_empty_ones(client: Client, make_speech):
    make_speech(date="2019-05")
    make_speech(date="2021")
    make_speech(date="2021-01-02")
    make_speech()
    page = PageRead(client.get("/"))
    assert page.links["1篇 2019"] == "/speeches/?year=2019"
    assert page.links["2篇 2021"] == "/speeches/?year=2021"
    assert page.links["1篇 不详"] == "/speeches/?year="
    assert "2020" in page.words
    assert "/speeches/?year=2020" not in page.addresses


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


def test_three_example_queries_lead_to_the_search(client: Client):
    examples = [href for href in PageRead(client.get("/")).addresses if href.startswith("/search/?q=")]
    assert len(examples) == 3


def test_an_empty_archive_says_so(client: Client):
    response = client.get("/")
    assert response.status_code == 200
    assert "库里还没有讲话" in response.content.decode()


def test_a_reader_gets_no_cookie_and_few_queries_are_asked(
    client: Client, make_speech, django_assert_max_num_queries
):
    make_speech(speaker="张三", event="座谈会", date="2022")
    with django_assert_max_num_queries(4):
        response = client.get("/")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_a_title_is_escaped(client: Client, make_speech):
    make_speech("<script>alert(1)</script>的讲话\n正文。\n")
    assert "<script>alert" not in client.get("/").content.decode()


def test_an_archive_without_any_date_shows_no_timeline(client: Client, make_speech) -> None:
    make_speech("甲讲话\n同志们：\n我们要加强学习。")
    assert "按年份" not in client.get("/").content.decode()
