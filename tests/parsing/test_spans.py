"""Redactions and stage remarks; first what stands in the text and is neither."""

from __future__ import annotations

import pytest

from archive.parsing.spans import redactions, remarks


@pytest.mark.parametrize(
    "text",
    ["X光检查", "XML文件", "二○○二年", "一九八○年", "3×4", "XX1号", "axxb", "* 列表项", "Xi", "YYYY", "○的"],
)
def test_no_redaction(text: str) -> None:
    assert redactions(text) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("第*轮巡察", ["*"]),
        ("学习***次，共**人", ["***", "**"]),
        ("XXX书记与XX个支部", ["XXX", "XX"]),
        ("×××同志", ["×××"]),
        ("ＸＸ市xx县", ["ＸＸ", "xx"]),
        ("○○县委", ["○○"]),
        ("某某同志，某某某局", ["某某", "某某某"]),
        ("XXXX流毒", ["XXXX"]),
    ],
)
def test_redactions_stand_where_they_stand(text: str, found: list[str]) -> None:
    spans = redactions(text)
    assert [span.text for span in spans] == found
    assert all(text[span.start : span.end] == span.text for span in spans)


@pytest.mark.parametrize("text", ["（见附件）", "（草案）", "掌声雷动", "（一）鼓掌", "(2022)"])
def test_no_remark(text: str) -> None:
    assert remarks(text) == ()


@pytest.mark.parametrize(
    "remark",
    [
        "（掌声）",
        "（热烈鼓掌）",
        "（长时间热烈的掌声）",
        "(笑声)",
        "（笑）",
        "（全场起立）",
        "[laughter]",
        "(Applause.)",
        "（掌聲）",
    ],
)
def test_remark(remark: str) -> None:
    text = f"谢谢大家！{remark}好"
    assert [(s.start, s.text) for s in remarks(text)] == [(5, remark)]
