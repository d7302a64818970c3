"""How lengths, reading times and dates are written."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import translation

from archive.templatetags.reading import characters, grouped, reading_time, written_date


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
    assert written_date(iso) == written


def test_numbers_are_grouped():
    assert grouped(1234567) == "1,234,567"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (lambda: written_date("2022-11-05"), "5 November 2022"),
        (lambda: written_date("2022-11"), "November 2022"),
        (lambda: written_date("2022"), "2022"),
        (lambda: written_date(None), "Date unknown"),
        (lambda: characters(1), "1 character"),
        (lambda: characters(6328), "6,328 characters"),
        (lambda: characters(123_456), "123,456 characters"),
        (lambda: reading_time(6328), "about 13 min"),
        (lambda: reading_time(60_000), "about 2 h"),
    ],
)
def test_in_english_they_are_written_as_english_does(written: Callable[[], str], expected: str) -> None:
    with translation.override("en"):
        assert written() == expected
