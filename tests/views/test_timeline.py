"""The timeline: bars of years, or of some years together."""

from __future__ import annotations

import itertools

import pytest

from archive.views.timeline import MOST, STEPS, Timeline, span, step_for, timeline


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


def test_the_ends_of_time_are_no_dates_that_nobody_can_ask_for():
    line = drawn([(1, 1), (9999, 1)])
    assert line is not None
    assert (line.bars[-1].first, line.bars[0].last) == (1, 9999)
    assert STEPS[-1] * MOST > 9999


def test_the_span_names_the_first_and_the_last_year():
    assert span([(2022, 1), (None, 5), (2019, 2)]) == "2019–2022"
    assert span([(987, 1)]) == "0987"
    assert span([(None, 1)]) == ""
