"""What holds for every text: nothing lost, offsets true, the same again, never an exception, linear work."""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.parsing import Outline, parse, problems
from archive.text import clean

PIECES = [
    *("在座谈会上的讲话", "同志们：", "各位代表！", "（2022年11月20日）", "市长 李明", "——副标题", "## 标题"),
    *(
        "一、",
        "二、",
        "（一）",
        "（二）",
        "1.",
        "2．",
        "（1）",
        "①",
        "第一章",
        "第二条 ",
        "关键词一：",
        "一是",
        "二是",
    ),
    *(
        "第一，",
        "第二，",
        "首先，",
        "最后，",
        "要抓好。",
        "要",
        "——",
        "提高认识",
        "抓好落实。",
        "；",
        "，",
        "。",
        "！",
        "”",
    ),
    *(
        "谢谢大家！",
        "结束语",
        "***",
        "XX",
        "（掌声）",
        "2022年",
        "唐鳳：",
        "First, ",
        "Thank you.",
        " ",
        "　",
        "\t",
    ),
    *("\n", "\n", "\n", "\n\n", "\r\n", "\u2028", "\u200b", "\ufeff", "𠮷", "e\u0301", "\ud800", "\x00"),
]
texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))


def offsets(outline: Outline) -> Iterator[tuple[int, int]]:
    for spans in (outline.lines, outline.redactions, outline.remarks, outline.sections):
        yield from ((span.start, span.end) for span in spans)
    for section in outline.sections:
        yield section.heading_start, section.heading_end
        for paragraph in section.paragraphs:
            yield paragraph.start, paragraph.end
            yield from ((item.start, item.end) for item in paragraph.items)


@settings(deadline=None)
@given(texts)
def test_the_sections_joined_are_the_text(text: str) -> None:
    outline = parse(text)
    assert outline.text == text
    assert outline.sections[0].kind == "front"
    assert outline.sections[0].start == 0
    assert "".join(text[section.start : section.end] for section in outline.sections) == text


@settings(deadline=None)
@given(texts)
def test_every_word_is_in_exactly_one_line_heading_or_paragraph(text: str) -> None:
    outline = parse(text)
    places = [(line.start, line.end) for line in outline.lines]
    for section in outline.sections:
        places.append((section.heading_start, section.heading_end))
        places += [(p.start, p.end) for p in section.paragraphs]
    places.sort()
    assert all(before[1] <= after[0] for before, after in pairwise(places))
    assert "".join("".join(text[a:b].split()) for a, b in places) == "".join(text.split())


@settings(deadline=None)
@given(texts)
def test_offsets_are_inside_the_text_and_nested(text: str) -> None:
    outline = parse(text)
    assert all(0 <= start <= end <= len(text) for start, end in offsets(outline))
    for section in outline.sections:
        inside = [(p.start, p.end) for p in section.paragraphs]
        assert inside == sorted(inside)
        assert all(section.start <= a < b <= section.end for a, b in inside)
        assert section.start <= section.heading_start <= section.heading_end <= section.end
        for paragraph in section.paragraphs:
            for before, after in pairwise(paragraph.items):
                assert before.end == after.start
            for item in paragraph.items:
                assert paragraph.start <= item.start < item.end <= paragraph.end
                assert text[item.start :].startswith((item.num, item.lead))


@settings(deadline=None)
@given(texts)
def test_headings_are_their_words_and_hang_on_a_parent_above(text: str) -> None:
    outline = parse(text)
    for position, section in enumerate(outline.sections):
        words = text[section.heading_start : section.heading_end]
        assert words.lstrip("# 　\t").startswith(section.num)
        assert words.endswith(section.heading)
        assert (section.depth == 0) == (section.kind != "body")
        if section.parent is None:
            assert section.depth <= 1
        else:
            assert section.parent < position
            assert outline.sections[section.parent].depth == section.depth - 1


@settings(deadline=None)
@given(texts)
def test_the_same_text_gives_the_same_outline(text: str) -> None:
    today = datetime.date(2026, 1, 1)
    assert parse(text, name="a.txt", today=today) == parse(text, name="a.txt", today=today)


@settings(deadline=None)
@given(texts, st.text(max_size=30))
def test_a_title_is_never_missing_and_a_date_is_one(text: str, name: str) -> None:
    outline = parse(text, name=name)
    assert outline.title.strip()
    assert "\n" not in outline.title
    assert outline.date is None or re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", outline.date)
    assert all(note.line >= 0 and note.message.endswith("。") for note in outline.notes)
    assert len(problems(outline)) <= 1


@pytest.mark.parametrize(
    "line",
    [
        "长" * 99,
        "——" + "长" * 97,
        "尊敬的" + "各位代表，" * 20 + "同志们：",
        "讲话人：" + "长" * 60,
        "地点：" + "长" * 60,
        "第一部分" + "　" * 80 + "：长",
        "在" + "长" * 80 + "会议上的讲话",
        "长" * 39 + "书记　王伟",
    ],
)
def test_what_is_read_off_stays_short(line: str) -> None:
    """Rows have room for 300 characters of title, 200 of role and event, 40 of a number."""
    o = parse(
        "讲话\n" + "\n".join(f"{line[:-1]}{end}" for end in "甲乙丙丁：，") + "\n正文。" * 3, name="长" * 250
    )
    assert max(len(o.title), len(o.subtitle), len(o.salutation)) <= 300
    assert max(len(o.role), len(o.event), len(o.venue)) <= 200
    assert len(o.speaker) <= 100
    assert max(len(o.kind), *(len(section.num) for section in o.sections)) <= 40


def test_only_today_makes_a_date_future() -> None:
    text = "讲话\n2999年1月1日\n同志们：\n大家好，我讲几句。"
    assert [n.kind for n in parse(text, today=datetime.date(2026, 1, 1)).notes] == ["future_date"]
    assert parse(text).notes == ()
    assert parse(text, today=datetime.date(2999, 1, 1)).notes == ()


LOADS = {
    "headings": lambda n: "".join(f"一、标题{i}\n" for i in range(n)),
    "nested marks on one line": lambda n: "讲话\n同志们：\n" + "一、（一）1．（1）①" * n,
    "numerals": lambda n: "一二三四五六七八九十" * n,
    "commas": lambda n: "讲话\n" + "，" * n + "\n正文",
    "wishes": lambda n: "要抓好。" * n,
    "stars": lambda n: "* **" * n,
    "open remarks": lambda n: "（掌声" * n,
    "addresses": lambda n: "同志们，各位代表：\n" * n,
    "labels": lambda n: "".join(
        f"{chr(0x4E00 + i)}{chr(0x4E00 + i)}{'一二'[i % 2]}：\n正文。\n" for i in range(n)
    ),
    "thanks": lambda n: "正文。\n" + "谢谢大家！\n" * n,
    "spaces": lambda n: "讲话\n" + " " * n + "x",
    "spaced title": lambda n: "讲 " * n + "\n正文",
    "dates": lambda n: "2022年11月" * n,
    "contents twice": lambda n: "".join(f"一、甲{i}\n二、乙{i}\n" for i in range(n)) * 2,
    "markdown": lambda n: "# 甲\n## 乙\n### 丙\n" * n,
}


def calls_of(text: str) -> int:
    """Function calls, into C too, that a parse makes: work that no busy machine can disturb."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        parse(text)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("load", LOADS.values(), ids=LOADS.keys())
def test_work_grows_with_the_text_and_no_faster(load) -> None:  # type: ignore[no-untyped-def]
    assert calls_of(load(800)) <= 4.6 * calls_of(load(200)) + 2000


def test_a_hundred_thousand_headings() -> None:
    outline = parse("".join(f"一、标题{i}\n" for i in range(100_000)))
    assert len(outline.sections) == 100_001
    assert [problem.code for problem in problems(outline)] == ["too_many_sections"]


def test_a_megabyte_without_a_line_end() -> None:
    outline = parse(clean("我们要坚持学习，" * 125_000).text)
    assert [len(section.paragraphs) for section in outline.sections] == [0, 1]
