"""A number and a heading on one line."""

from __future__ import annotations

import pytest

from archive.text import headed


@pytest.mark.parametrize(
    ("num", "heading", "line"),
    [
        ("", "总则", "总则"),
        ("第二条", "", "第二条"),
        ("一、", "总则", "一、总则"),
        ("（一）", "2022年的工作", "（一）2022年的工作"),
        ("1.", "工作", "1.工作"),
        ("关键词之一：", "凝心铸魂", "关键词之一：凝心铸魂"),
        ("一是", "加强学习", "一是加强学习"),
        ("二要", "抓落实", "二要抓落实"),
        ("第一", "，要学习", "第一，要学习"),
        ("第一章", "总则", "第一章 总则"),
        ("1.", "Introduction", "1. Introduction"),
        ("(a)", "Scope", "(a) Scope"),
        ("Part I", "Scope", "Part I Scope"),
    ],
)
def test_a_blank_stands_only_where_both_would_run_into_each_other(num: str, heading: str, line: str) -> None:
    assert headed(num, heading) == line
