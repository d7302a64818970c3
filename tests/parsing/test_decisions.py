"""Decisions of an editor about headings hold against what the text looks like, and break nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.parsing import Decision, Outline, parse

from .test_parser import texts

SPEECH = """在座谈会上的讲话
同志们：
今天讲三点意见，供大家参考。
一、提高认识
认识要再提高，这是前提。
（一）学习理论
理论要学得深，学得透。
（二）联系实际
实际要联系得紧，联系得准。
二、抓好落实
落实要抓得实，抓得细。
工作要求
各级要把责任扛起来，一级抓一级，层层抓落实，确保各项工作都落到实处。
落实要抓得实，抓得细。
我就讲这些，谢谢大家！
"""


def headings(outline: Outline) -> list[tuple[int, str]]:
    return [(s.depth, f"{s.num}{s.heading}") for s in outline.sections if s.kind == "body"]


AS_IT_LOOKS = [
    (1, "一、提高认识"),
    (2, "（一）学习理论"),
    (2, "（二）联系实际"),
    (1, "二、抓好落实"),
    (2, "工作要求"),
]


def test_without_decisions_the_text_speaks_for_itself() -> None:
    assert headings(parse(SPEECH)) == AS_IT_LOOKS


@pytest.mark.parametrize(
    "decision",
    [
        Decision("在座谈会上的讲话", 1),
        Decision("同志们：", 1),
        Decision("没有这一行", 1),
        Decision("二、抓好落实", 1, nth=2),
        Decision("落实要抓得实，抓得细。", 0),
    ],
)
def test_a_decision_about_no_line_of_the_body_changes_nothing(decision: Decision) -> None:
    assert parse(SPEECH, decisions=[decision]) == parse(SPEECH)


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([Decision("工作要求", 0)], AS_IT_LOOKS[:-1]),
        ([Decision("工作要求", 1)], [*AS_IT_LOOKS[:-1], (1, "工作要求")]),
        (
            [Decision("二、抓好落实", 2)],
            [
                (1, "一、提高认识"),
                (2, "（一）学习理论"),
                (2, "（二）联系实际"),
                (2, "二、抓好落实"),
                (2, "工作要求"),
            ],
        ),
        (
            [Decision("一、提高认识", 0)],
            [(1, "（一）学习理论"), (1, "（二）联系实际"), (1, "二、抓好落实"), (2, "工作要求")],
        ),
        ([Decision("工作要求", 9)], AS_IT_LOOKS),
        ([Decision("工作要求", 1), Decision("工作要求", 0)], AS_IT_LOOKS[:-1]),
        (
            [Decision("落实要抓得实，抓得细。", 1, nth=2)],
            [*AS_IT_LOOKS, (1, "落实要抓得实，抓得细。")],
        ),
        ([Decision("我就讲这些，谢谢大家！", 1)], [*AS_IT_LOOKS, (1, "我就讲这些，谢谢大家！")]),
    ],
)
def test_what_was_decided_holds(decisions: list[Decision], expected: list[tuple[int, str]]) -> None:
    assert headings(parse(SPEECH, decisions=decisions)) == expected


def test_a_line_that_is_no_heading_any_more_is_a_paragraph() -> None:
    outline = parse(SPEECH, decisions=[Decision("工作要求", 0)])
    words = [SPEECH[p.start : p.end] for section in outline.sections for p in section.paragraphs]
    assert "工作要求" in words


def test_a_lead_sentence_heads_the_text_behind_it() -> None:
    line = "（一）加强领导。各级要把责任扛起来，把工作抓起来，把队伍带起来，一级抓一级，层层抓落实，确保干出成效。"
    text = f"讲话\n同志们：\n{line}"
    outline = parse(text, decisions=[Decision(line, 1)])
    section = outline.sections[1]
    assert (section.num, section.heading) == ("（一）", "加强领导。")
    assert text[section.paragraphs[0].start :].startswith("各级要")


@settings(deadline=None)
@given(texts, st.data())
def test_any_decisions_leave_a_whole_outline(text: str, data: st.DataObject) -> None:
    lines = [line.strip() for line in text.split("\n") if line.strip()] or ["一、"]
    decisions = data.draw(
        st.lists(
            st.builds(Decision, st.sampled_from(lines), st.integers(-1, 12), st.integers(1, 3)), max_size=8
        )
    )
    outline = parse(text, decisions=decisions)
    assert "".join(text[s.start : s.end] for s in outline.sections) == text
    places = [(line.start, line.end) for line in outline.lines]
    for position, section in enumerate(outline.sections):
        places.append((section.heading_start, section.heading_end))
        places += [(p.start, p.end) for p in section.paragraphs]
        assert (section.depth == 0) == (section.kind != "body")
        assert section.parent is None or section.parent < position
        above = outline.sections[section.parent].depth if section.parent is not None else 0
        assert section.depth <= 1 if section.parent is None else section.depth == above + 1
    places.sort()
    assert all(before[1] <= after[0] for before, after in pairwise(places))
    assert "".join("".join(text[a:b].split()) for a, b in places) == "".join(text.split())
