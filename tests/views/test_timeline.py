"""The timeline: bars of years, or of some years together."""

from __future__ import annotations

import itertools

import pytest

from archive.views.facets import Address
from archive.views.timeline import FEW, MOST, STEPS, Timeline, span, step_for, strip, timeline


def drawn(counts) -> Timeline | None:
    return timeline(counts, lambda first, last: f"{first}-{last}", "undated")


def test_years_without_speeches_stand_between_the_others_and_lead_nowhere():
    line = drawn([(2020, 4), (2022, 1)])
    assert line is not None
    assert [(bar.first, bar.count, bar.height, bar.url) for bar in line.bars] == [
        (2022, 1, 25, "2022-2022"),
        (2021, 0, 0, ""),
        (2020, 4, 100, "2020-2020"),
    ]


def test_what_has_no_date_has_a_bar_of_its_own_that_outgrows_nothing():
    line = drawn([(2020, 2), (None, 9), (2021, 1)])
    assert line is not None
    undated = line.bars[0]
    assert (undated.label, undated.url, undated.height, undated.cut) == ("不详", "undated", 100, True)
    assert undated.words == "日期不详 9 篇"
    assert line.bars[1].height == 50


def test_without_any_date_there_is_no_timeline():
    assert drawn([]) is None
    assert drawn([(None, 3)]) is None


@pytest.mark.parametrize(
    ("first", "last", "step"),
    [
        (2022, 2022, 1),
        (1981, 2020, 1),  # forty years
        (1981, 2021, 5),
        (1949, 2025, 5),
        (1800, 2025, 10),
        (1601, 2025, 20),
        (1, 9999, 500),
    ],
)
def test_more_than_forty_years_are_taken_together(first, last, step):
    assert step_for(first, last) == step
    line = drawn([(first, 1), (last, 1)])
    assert line is not None
    assert len(line.bars) <= MOST


def test_no_year_is_lost_or_counted_twice_when_taken_together():
    counts = [(year, year % 7) for year in range(1949, 2026)]
    line = drawn(counts)
    assert line is not None
    assert sum(bar.count for bar in line.bars) == sum(n for _year, n in counts)
    spans = [(bar.first, bar.last) for bar in reversed(line.bars)]
    assert spans[0] == (1945, 1949)
    assert all(last + 1 == first for (_, last), (first, _) in itertools.pairwise(spans))
    assert line.bars[0].words == "2025–2029 年 2 篇"


def test_bars_that_stand_close_show_every_fifth_year():
    line = drawn([(1990, 1), (2022, 1)])
    assert line is not None
    assert line.many
    assert [bar.label for bar in line.bars if bar.marked] == [
        "2020",
        "2015",
        "2010",
        "2005",
        "2000",
        "1995",
        "1990",
    ]
    few = drawn([(2010, 1), (2022, 1)])
    assert few is not None
    assert not few.many
    assert all(bar.marked for bar in few.bars)


def test_for_narrow_screens_too_many_bars_are_taken_together_once_more():
    counts = [*((year, 1) for year in range(1949, 2026)), (None, 9)]
    line = drawn(counts)
    assert line is not None
    assert line.tight is not None
    assert (line.step, line.tight.step) == (5, 10)
    assert len(line.tight.bars) == FEW
    assert sum(bar.count for bar in line.tight.bars) == sum(n for _year, n in counts)
    assert [size for size, _bars in line.drawings] == [" some", " tight"]
    few = drawn([(2011, 1), (2020, 1)])
    assert few is not None
    assert few.tight is None
    assert [(size, len(bars)) for size, bars in few.drawings] == [("", 10)]


@pytest.mark.parametrize("last", range(1901, 2400, 13))
def test_a_narrow_screen_never_gets_more_bars_than_it_has_room_for(last):
    for counts in ([(1900, 1), (last, 1)], [(1900, 1), (last, 1), (None, 1)]):
        line = drawn(counts)
        assert line is not None
        assert len((line.tight or line).bars) <= FEW


HERE = Address("/search/", {"q": ("党建",), "year": (), "from": (), "to": ()})
SIXTY = [(f"{year}", 2) for year in range(1960, 2020)]


def test_the_strip_has_a_bar_a_year_while_there_is_room():
    bars = strip([("2019", 1), ("2022", 3), ("", 1)], HERE)
    assert [bar.label for bar in bars] == ["不详", "2022", "2021", "2020", "2019"]
    assert all(bar.marked for bar in bars)
    assert bars[1].url == "/search/?q=%E5%85%9A%E5%BB%BA&year=2022"


def test_of_ten_bars_every_second_has_its_year_and_the_undated_their_name():
    bars = strip([("2013", 1), ("2021", 3), ("", 1)], HERE)
    assert [bar.label for bar in bars if bar.marked] == ["不详", "2021", "2019", "2017", "2015", "2013"]


def test_too_many_years_for_the_strip_are_taken_together_and_lead_to_their_years():
    bars = strip([*SIXTY, ("", 5)], HERE)
    assert [(bar.label, bar.count) for bar in bars[:3]] == [("不详", 5), ("2010", 20), ("2000", 20)]
    assert len(bars) == 7
    assert bars[1].url.endswith("&from=2010&to=2019")
    assert bars[0].url.endswith("&year=")


def test_a_bar_of_the_strip_never_widens_the_dates_that_the_list_is_limited_to():
    here = Address("/search/", {"from": ("1962-05",), "to": ("2017-03-01",)})
    bars = strip([(f"{year}", 2) for year in range(1962, 2018)], here)
    assert bars[0].url == "/search/?from=2010&to=2017-03-01"
    assert bars[1].url == "/search/?from=2000&to=2009"
    assert bars[-1].url == "/search/?from=1962-05&to=1969"


def test_a_chosen_year_is_seen_in_the_bar_that_holds_it():
    here = Address("/search/", {"year": ("1987", "")})
    assert [bar.label for bar in strip([*SIXTY, ("", 5)], here) if bar.chosen] == ["不详", "1980"]


def test_a_bar_with_a_chosen_year_leads_to_the_list_without_it():
    here = Address("/search/", {"year": ("1987", "2001", "1985", "")})
    counts = [*((f"{year}", 2) for year in range(2000, 2020)), ("1950", 1), ("", 5)]
    bars = {bar.label: bar for bar in strip(counts, here)}
    assert (bars["1980"].count, bars["1980"].url) == (0, "/search/?year=2001&year=")
    assert bars["2000"].url == "/search/?year=1987&year=1985&year="
    assert bars["不详"].url == "/search/?year=1987&year=2001&year=1985"
    assert all(bar.url for bar in bars.values() if bar.chosen)


def test_the_ends_of_time_are_no_dates_that_nobody_can_ask_for():
    line = drawn([(1, 1), (9999, 1)])
    assert line is not None
    assert (line.bars[-1].first, line.bars[0].last) == (1, 9999)
    assert STEPS[-1] * MOST > 9999


def test_the_span_names_the_first_and_the_last_year():
    assert span([(2022, 1), (None, 5), (2019, 2)]) == "2019–2022"
    assert span([(987, 1)]) == "0987"
    assert span([(None, 1)]) == ""
