"""What the five seeds must give: the files, and beside them the table that a person wrote first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive.parsing import Section, problems
from tests.parsing.golden import SEEDS, as_data, golden_file, outline_of

# Per body section: its num, how its heading begins, and the marks of its items in order.
BODY = {
    "000": [
        ("关键词之一：", "凝心铸魂", "一是 二是 三是 四是"),
        ("关键词二：", "大抓基层", "一是 二是 三是"),
        ("关键词三：", "第二个答案", "一是 二是 三是"),
    ],
    "001": [
        ("一、", "深化思想引导", "要 要 要"),
        ("二、", "坚持问题导向", "要 要 要"),
        ("三、", "推动模范机关创建", "要 要 要"),
    ],
    "002": [
        ("一、", "带头践行", ""),
        ("二、", "以党的二十大精神为指引", "一是 二是 三是 四是 五是 六是"),
        ("三、", "强化责任担当", "一是 二是 三是 四是"),
    ],
    "003": [
        ("一是", "持续加强政治建设", "要 要 要"),
        ("二是", "持续加强思想建设", "要 要"),
        ("三是", "持续加强“三基”建设", "要 要 要"),
        ("四是", "持续加强党风廉政建设", "要 要"),
    ],
    "004": [
        ("一、", "要深入学习贯彻", ""),
        ("二、", "要把握关键要点", "第一， 一是 二是 三是 第二， 一是 二是 三是 第三，"),
        ("三、", "强化责任落实", "一是 二要 三要"),
    ],
}
FRONT_ITEMS = {"004": "一是 二是 三是 四是 一是 二是 三是"}
# Title, its source, salutation, role, event, kind.
FRONT = {
    "000": (
        "在全市学习宣传贯彻座谈会上的发言",
        "text",
        "各位领导，同志们：",
        "",
        "全市学习宣传贯彻座谈会",
        "发言",
    ),
    "001": (
        "市直机关工委书记在机关党建工作座谈会上的讲话",
        "text",
        "同志们：",
        "市直机关工委书记",
        "机关党建工作座谈会",
        "讲话",
    ),
    "002": (
        "在全市党办系统党的建设工作推进会上的讲话",
        "text",
        "同志们：",
        "",
        "全市党办系统党的建设工作推进会",
        "讲话",
    ),
    "003": (
        "在专题研究机关党的建设工作会上的讲话提纲",
        "text",
        "同志们：",
        "",
        "专题研究机关党的建设工作会",
        "讲话提纲",
    ),
    "004": (
        "在局机关党建工作领导小组会议上的讲话",
        "derived",
        "同志们：",
        "",
        "局机关党建工作领导小组会议",
        "讲话",
    ),
}
# How each paragraph of the back begins.
BACK = {
    "000": ["发言完毕，请各位同志批评指正。"],
    "001": ["我就讲这么多，谢谢大家！"],
    "002": ["同志们，新时代号角嘹亮"],
    "003": ["同志们，加强和改进我办机关党的建设"],
    "004": ["同志们，事业成败，关键在党", "我就讲这些，谢谢大家！"],
}
REDACTIONS = {"000": 2, "001": 0, "002": 2, "003": 15, "004": 5}


def number(seed: Path) -> str:
    return seed.name[:3]


def marks(section: Section) -> str:
    return " ".join(item.num or item.lead[0] for p in section.paragraphs for item in p.items)


def test_there_are_five_seeds() -> None:
    assert [number(seed) for seed in SEEDS] == sorted(BODY)


@pytest.mark.parametrize("seed", SEEDS, ids=number)
def test_outline_equals_the_golden_file(seed: Path) -> None:
    assert as_data(outline_of(seed)) == json.loads(golden_file(seed).read_text(encoding="utf-8"))


@pytest.mark.parametrize("seed", SEEDS, ids=number)
def test_headings_and_items(seed: Path) -> None:
    outline = outline_of(seed)
    body = [section for section in outline.sections if section.kind == "body"]
    expected = BODY[number(seed)]
    assert [section.num for section in body] == [num for num, _, _ in expected]
    for section, (_, heading, items) in zip(body, expected, strict=True):
        assert section.heading.startswith(heading)
        assert (section.depth, section.parent) == (1, None)
        assert marks(section) == items
    assert marks(outline.sections[0]) == FRONT_ITEMS.get(number(seed), "")


@pytest.mark.parametrize("seed", SEEDS, ids=number)
def test_front(seed: Path) -> None:
    o = outline_of(seed)
    assert (o.title, o.title_source, o.salutation, o.role, o.event, o.kind) == FRONT[number(seed)]
    assert (o.speaker, o.date, o.subtitle, o.venue) == ("", None, "", "")
    asked = [note.kind for note in o.notes]
    assert asked == (["title_derived"] if o.title_source == "derived" else [])


@pytest.mark.parametrize("seed", SEEDS, ids=number)
def test_back_belongs_to_no_section(seed: Path) -> None:
    o = outline_of(seed)
    back = o.sections[-1]
    assert (back.kind, back.depth, back.parent) == ("back", 0, None)
    begins = BACK[number(seed)]
    assert len(back.paragraphs) == len(begins)
    for paragraph, beginning in zip(back.paragraphs, begins, strict=True):
        assert paragraph.kind == "closing"
        assert o.text.startswith(beginning, paragraph.start)
    assert o.closing == o.text[back.paragraphs[-1].start : back.paragraphs[-1].end]


@pytest.mark.parametrize("seed", SEEDS, ids=number)
def test_redactions_and_problems(seed: Path) -> None:
    o = outline_of(seed)
    assert len(o.redactions) == REDACTIONS[number(seed)]
    assert all(set(span.text) <= set("*X") for span in o.redactions)
    assert problems(o) == ()
