"""How lengths, reading times and dates are written."""

from __future__ import annotations

import pytest

from archive.templatetags.reading import characters, chinese_date, grouped, reading_time


@pytest.mark.parametrize(
    ("count", "written"),
    [
        (0, "0 字"),
        (999, "999 字"),
        (6328, "6,328 字"),
        (9999, "9,999 字"),
        (10_000, "1.0 万字"),
        (123_456_789, "12,345.7 万字"),
    ],
)
def test_lengths_are_counted_in_zi_and_wan(count, written):
    assert characters(count) == written


@pytest.mark.parametrize(
    ("count", "written"),
    [
        (0, "约 1 分钟"),
        (6328, "约 13 分钟"),
        (59_000, "约 118 分钟"),
        (60_000, "约 2 小时"),
        (367_628, "约 12 小时"),
    ],
)
def test_reading_times_are_rounded_and_at_least_a_minute(count, written):
    assert reading_time(count) == written


@pytest.mark.parametrize(
    ("iso", "written"),
    [
        ("2022-11-20", "2022年11月20日"),
        ("2022-01-05", "2022年1月5日"),
        ("2022-11", "2022年11月"),
        ("2022", "2022年"),
        (None, "日期不详"),
        ("", "日期不详"),
    ],
)
def test_dates_are_as_precise_as_they_are_known(iso, written):
    assert chinese_date(iso) == written


def test_numbers_are_grouped():
    assert grouped(1234567) == "1,234,567"
