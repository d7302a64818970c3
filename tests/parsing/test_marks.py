"""Every mark with its example, and first what must not be taken for one."""

from __future__ import annotations

import pytest

from archive.parsing.marks import ALL, Style, mark_at

NOT_MARKS = [
    "三个方面的工作",
    "一方面要坚持",
    "第一书记张三",
    "一是一，二是二",
    "二十大报告指出",
    "2022年工作回顾",
    "1.5%的增长",
    "10.1万人",
    "2022.11.20",
    "３．５亿元",
    "第一、第二产业",
    "第一时间响应",
    "第一节课的内容",
    "第二条战线",
    "第一章程修订",
    "一般来说",
    "一要素投入",
    "最后一公里",
    "首先报告工作",
    "十分重要",
    "星期一：开会",
    "（见附件）",
    "——",
    "#标签",
    "Partners are welcome",
    "I think so",
    "It is. Good",
    "-5度",
]
MARKS = [
    ("第一部分　总体要求", "第一部分", 1),
    ("第三编 总则", "第三编", 3),
    ("第十二章　总则", "第十二章", 12),
    ("第一章总则", "第一章", 1),
    ("第二节 一般规定", "第二节", 2),
    ("第一百零三条 为了", "第一百零三条", 103),
    ("第12条 为了", "第12条", 12),
    ("一、提高站位", "一、", 1),
    ("一．提高站位", "一．", 1),
    ("十一、2022年工作", "十一、", 11),
    ("一：提高站位", "一：", 1),
    ("一 提高站位", "一", 1),
    ("三", "三", 3),
    ("乙、提高站位", "乙、", 2),
    ("（一）加强领导", "（一）", 1),
    ("(二)加强领导", "(二)", 2),
    ("（十一）、加强领导", "（十一）、", 11),
    ("㈢加强领导", "㈢", 3),
    ("1.加强领导", "1.", 1),
    ("2、加强领导", "2、", 2),
    ("３．加强领导", "３．", 3),
    ("12．加强领导", "12．", 12),
    ("1.2 目标", "1.2", 2),
    ("（1）加强领导", "（1）", 1),
    ("(12)加强领导", "(12)", 12),
    ("3）加强领导", "3）", 3),
    ("⑷加强领导", "⑷", 4),
    ("⑤加强领导", "⑤", 5),
    ("关键词之一：凝心铸魂", "关键词之一：", 1),
    ("关键词二：大抓基层", "关键词二：", 2),
    ("一是加强领导", "一是", 1),
    ("二要加强领导", "二要", 2),
    ("第一，提高认识", "第一，", 1),
    ("第二、提高认识", "第二、", 2),
    ("第三点，提高認識", "第三点，", 3),
    ("其一，提高认识", "其一，", 1),
    ("首先，提高认识", "首先，", 1),
    ("其次要提高认识", "其次", 2),
    ("最后，提高认识", "最后，", 99),
    ("——坚持领导", "——", 0),
    ("## 总体要求", "##", 2),
    ("Ⅲ. Growth", "Ⅲ.", 3),
    ("IV. Growth", "IV.", 4),
    ("Chapter 2: Growth", "Chapter 2:", 2),
    ("Second, we act", "Second,", 2),
]


@pytest.mark.parametrize("text", NOT_MARKS)
def test_no_mark(text: str) -> None:
    assert mark_at(text, 0, len(text)) is None


@pytest.mark.parametrize(("text", "num", "ordinal"), MARKS)
def test_mark(text: str, num: str, ordinal: int) -> None:
    mark = mark_at(text, 0, len(text))
    assert mark is not None
    assert (text[mark.start : mark.end], mark.ordinal) == (num, ordinal)


@pytest.mark.parametrize("style", ALL, ids=lambda style: style.name)
def test_every_row_matches_its_own_example(style: Style) -> None:
    mark = mark_at(style.example, 0, len(style.example))
    assert mark is not None
    assert mark.style is style


def test_a_mark_is_looked_for_inside_the_bounds_only() -> None:
    text = "前面。一、后面"
    mark = mark_at(text, 3, len(text))
    assert mark is not None
    assert (mark.start, mark.end) == (3, 5)
    cut = mark_at("一、后面", 0, 1)
    assert cut is not None
    assert cut.end == 1


def test_labels_are_told_apart() -> None:
    first, second, other = (mark_at(t, 0, len(t)) for t in ("关键词之一：甲", "关键词二：乙", "专题三：丙"))
    assert first is not None
    assert second is not None
    assert other is not None
    assert first.family == second.family != other.family
