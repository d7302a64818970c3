"""Dates of bylines in all their forms; first what is no date of a speech."""

from __future__ import annotations

import datetime

import pytest

from archive.parsing.dates import find_date, find_years, is_future

NO_DATES = [
    "十月二十日",
    "去年底",
    "2022年",
    "1.5.10万",
    "10.1万人",
    "192.168.2022.1",
    "中華民國113年1月13日",
    "民国三十八年十月一日",
    "7·9",
    "version 3.2.1",
    "Smarch 13, 2022",
]
DATES = [
    ("2022年11月20日", "2022-11-20"),
    ("（2022年11月20日）", "2022-11-20"),
    ("二〇二二年十一月二十日", "2022-11-20"),
    ("二○二二年十月二十日", "2022-10-20"),
    ("一九五七年六月二十六日", "1957-06-26"),
    ("２０２２年１０月２０日", "2022-10-20"),
    ("2022 年 11 月 20 日", "2022-11-20"),
    ("2022-11-20", "2022-11-20"),
    ("2022.11.20", "2022-11-20"),
    ("2022/1/5 10:30", "2022-01-05"),
    ("2022．11．20", "2022-11-20"),
    ("2022年11月20日至21日", "2022-11-20"),
    ("2022年11月", "2022-11"),
    ("二〇二二年十一月", "2022-11"),
    ("2022-11", "2022-11"),
    ("November 20, 2022", "2022-11-20"),
    ("20th November 2022", "2022-11-20"),
    ("Nov. 20, 2022", "2022-11-20"),
    ("Sept 5, 2022", "2022-09-05"),
]
IMPOSSIBLE = ["0000年00月00日", "99999年1月1日", "2022年13月1日", "2023年2月29日", "二〇二二年十三月一日"]


@pytest.mark.parametrize("text", NO_DATES)
def test_no_date(text: str) -> None:
    assert find_date(text) is None


@pytest.mark.parametrize(("text", "iso"), DATES)
def test_date_in_its_precision(text: str, iso: str) -> None:
    found = find_date(text)
    assert found is not None
    assert found.iso == iso


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_a_date_that_does_not_exist_is_found_and_left_open(text: str) -> None:
    found = find_date(text)
    assert found is not None
    assert found.iso is None


def test_the_first_date_counts() -> None:
    found = find_date("2022年11月20日，2021.1.1")
    assert found is not None
    assert (found.iso, found.start, found.end) == ("2022-11-20", 0, 11)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2022年度总结", []),
        ("90年代", []),
        ("民國2022年", []),
        ("2022年政府工作报告", ["2022"]),
        ("二〇二二年新年贺词", ["2022"]),
        ("关于2021年执行情况与2022年计划的报告", ["2021", "2022"]),
    ],
)
def test_years(text: str, years: list[str]) -> None:
    assert [found.iso for found in find_years(text)] == years


@pytest.mark.parametrize(
    ("iso", "future"),
    [
        ("2022-11-19", False),
        ("2022-11-20", False),
        ("2022-11-21", True),
        ("2022-11", False),
        ("2022-12", True),
        ("2022", False),
        ("2023", True),
    ],
)
def test_future_in_the_precision_given(iso: str, future: bool) -> None:
    assert is_future(iso, datetime.date(2022, 11, 20)) is future
