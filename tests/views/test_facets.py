"""Facets, the strip of years and page numbers as values, without a request."""

from __future__ import annotations

import pytest
from django.core.paginator import Paginator

from archive.views.facets import Address, chips, facets, pages, years

HERE = Address("/speeches/", {"speaker": ("张三",), "year": (), "sort": ("oldest",)})


def test_a_link_changes_one_thing_keeps_the_rest_and_starts_at_the_first_page():
    here = Address("/s/", {"q": ("党 建&",), "year": ("2022", ""), "page": ("7",)})
    assert here.url() == "/s/?q=%E5%85%9A+%E5%BB%BA%26&year=2022&year="
    assert here.toggled("year", "") == "/s/?q=%E5%85%9A+%E5%BB%BA%26&year=2022"
    assert here.toggled("year", "2021").endswith("year=2022&year=&year=2021")
    assert here.page(2).endswith("&page=2")
    assert here.page(1) == here.url()
    assert Address("/s/", {}).url() == "/s/"


def test_a_chosen_value_stays_in_view_even_when_nothing_has_it():
    (facet,) = facets({"speaker": [("李四", 3)]}, HERE)
    assert [(choice.label, choice.count, choice.chosen) for choice in facet.first] == [
        ("张三", 0, True),
        ("李四", 3, False),
    ]


def test_years_run_from_the_newest_and_the_unknown_comes_last():
    (facet,) = facets({"year": [("2019", 5), ("", 9), ("2022", 1)]}, HERE)
    assert [choice.label for choice in facet.first] == ["2022年", "2019年", "日期不详"]


def test_what_is_known_of_no_speech_is_no_facet():
    assert facets({"speaker": [("", 5)], "year": []}, Address("/speeches/", {})) == []
    (facet,) = facets({"speaker": [("", 5)]}, Address("/speeches/", {"speaker": ("",)}))
    assert [(choice.label, choice.chosen) for choice in facet.first] == [("未注明", True)]


def test_long_facets_fold_and_say_how_much_is_left_out():
    values = [(f"会{n}", 1) for n in range(130)]
    (facet,) = facets({"event": values}, HERE)
    assert (len(facet.first), len(facet.more), facet.left_out) == (8, 92, 30)


def test_a_chip_leads_to_the_list_without_it():
    (chip,) = chips({"speaker": ("张三",), "year": ()}, HERE)
    assert (chip.facet, chip.label, chip.url) == ("讲话人", "张三", "/speeches/?sort=oldest")


def test_the_strip_fills_short_gaps_and_jumps_long_ones():
    assert [bar.label for bar in years([("2020", 1), ("2022", 4), ("", 2)], HERE)] == [
        "不详",
        "2022",
        "2021",
        "2020",
    ]
    assert [bar.label for bar in years([("1921", 1), ("2022", 4)], HERE)] == ["2022", "1921"]
    assert years([], HERE) == []


def test_a_chosen_year_stays_in_the_strip_even_when_nothing_is_of_it():
    here = Address("/s/", {"year": ("2023", "")})
    bars = years([("2020", 1), ("2022", 4)], here)
    assert [(bar.label, bar.count, bar.chosen) for bar in bars] == [
        ("不详", 0, True),
        ("2023", 0, True),
        ("2022", 4, False),
        ("2021", 0, False),
        ("2020", 1, False),
    ]
    assert bars[1].url == "/s/?year="
    assert years([], here) == []


def test_the_bar_of_the_undated_is_cut_when_it_is_taller_than_that_of_any_year():
    assert [bar.cut for bar in years([("2022", 4), ("", 9)], HERE)] == [True, False]
    assert [bar.cut for bar in years([("2022", 4), ("", 4)], HERE)] == [False, False]
    assert [bar.cut for bar in years([("", 4)], HERE)] == [False]


def test_the_smallest_bar_can_still_be_seen_and_no_speech_is_no_bar():
    heights = {bar.label: bar.height for bar in years([("2020", 1), ("2022", 1000)], HERE)}
    assert heights == {"2020": 4, "2021": 0, "2022": 100}


def test_page_numbers_reach_both_ends():
    shown = pages(Paginator(range(400), 20), 10, HERE)
    assert shown is not None
    assert [label for label, _url in shown.entries] == ["1", "…", "8", "9", "10", "11", "12", "…", "20"]
    assert dict(shown.entries)["10"] == ""
    assert dict(shown.entries)["20"].endswith("page=20")
    assert pages(Paginator(range(20), 20), 1, HERE) is None


@pytest.mark.django_db
def test_a_year_before_1000_leads_to_its_speeches(client, make_speech):
    make_speech(date="0987")
    assert client.get("/speeches.json").json()["facets"]["year"] == [["0987", 1]]
    assert client.get("/speeches.json?year=0987").json()["total"] == 1
