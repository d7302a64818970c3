"""The years, and the months of one."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.views.pages import PageRead

pytestmark = pytest.mark.django_db


def test_every_year_is_listed_with_its_count(client: Client, make_speech):
    for date in ("1950", "2022", "2022-03", ""):
        make_speech(date=date)
    page = PageRead(client.get("/years/"))
    assert page.links["1950年"] == "/years/1950/"
    assert page.links["日期不详"] == "/speeches/?year="
    assert page.links["1950–1954 年 1 篇11950"] == "/speeches/?from=1950&to=1954"
    assert client.get("/years.json").json() == {
        "total": 4,
        "undated": 1,
        "years": [
            {"year": "1950", "speeches": 1, "url": "/years/1950/"},
            {"year": "2022", "speeches": 2, "url": "/years/2022/"},
        ],
    }


def test_a_year_is_told_month_by_month(client: Client, make_speech):
    make_speech("丙\n文\n", date="2022-03-05")
    make_speech("甲\n文\n", date="2022-01-01")
    make_speech("年\n文\n", date="2022")
    make_speech("乙\n文\n", date="2022-01")
    make_speech(date="2021")
    make_speech(date="2024")
    page = PageRead(client.get("/years/2022/"))
    assert page.by_id["m2022"] == "月份不详"
    assert page.by_id["m2022-01"] == "2022年1月"
    shown = [title for title in ("年", "甲", "乙", "丙") if title in page.links]
    places = [page.addresses.index(page.links[title]) for title in shown]
    assert places == sorted(places)
    assert page.links["2022年1月 2 篇21"] == "/years/2022/#m2022-01"
    assert "2022年2月 0 篇" in page.words
    assert page.links["← 2021年"] == "/years/2021/"
    assert page.links["2024年 →"] == "/years/2024/"
    data = client.get("/years/2022.json").json()
    assert data["months"] == [["2022", 1], ["2022-01", 2], ["2022-03", 1]]
    assert [each["title"] for each in data["results"]] == ["年", "甲", "乙", "丙"]
    assert (data["year"], data["total"]) == ("2022", 4)


@pytest.mark.parametrize("sort", ["oldest", "newest"])
def test_a_month_leads_to_the_page_that_it_begins_on(client: Client, make_speech, monkeypatch, sort):
    from archive.views import chronicle

    monkeypatch.setattr(chronicle, "PAGE_SIZE", 3)
    for date in ("2022", "2022", *(f"2022-{month:02}" for month in (1, 1, 2, 3, 3, 3, 3, 5, 12))):
        make_speech(date=date)
    page = PageRead(client.get(f"/years/2022/?sort={sort}"))
    for month in (1, 2, 3, 5, 12):
        address = next(href for href in page.addresses if href.endswith(f"#m2022-{month:02}"))
        assert f"m2022-{month:02}" in PageRead(client.get(address)).ids
        number = int(address.partition("page=")[2].partition("#")[0] or 1)
        if number > 1:  # it does not begin earlier
            link = f"/years/2022/?{'sort=newest&' if sort == 'newest' else ''}page={number - 1}"
            before = client.get(link).content.decode()
            assert f'id="m2022-{month:02}"' not in before
