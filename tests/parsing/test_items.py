"""Enumerations inside paragraphs; first the prose that only looks like one."""

from __future__ import annotations

import pytest

from archive.parsing import parse


def items(*paragraphs: str) -> list[tuple[str, str]]:
    outline = parse("在座谈会上的讲话\n同志们：\n" + "\n".join(paragraphs))
    return [(item.num, item.lead) for s in outline.sections for p in s.paragraphs for item in p.items]


@pytest.mark.parametrize(
    "text",
    [
        "一是一，二是二，说到做到，不打折扣。",
        "关键是抓落实，一是要抓紧。",
        "一方面要学习，另一方面要实践。",
        "加快发展第一、第二、第三产业。",
        "在一、二、三线城市推广。",
        "今年3、4月份完成。",
        "增长1.5%，达到10.1万元。",
        "首先要学习。",
        "二是抓落实。三是抓督查。",
        "第一书记要负责。第二产业要发展。",
        "统一是基础，同一要求。",
        "要抓好落实。",
        "要把学习贯彻作为首要任务，抓紧抓实。要结合实际，制定方案。",
    ],
)
def test_no_items(text: str) -> None:
    assert items(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一是抓学习。要深入。二是抓落实。要见效。", [("一是", "一是抓学习"), ("二是", "二是抓落实")]),
        ("成绩显著：一是稳；二是进；三是好。", [("一是", "一是稳"), ("二是", "二是进"), ("三是", "三是好")]),
        ("一要实，二要细。", [("一要", "一要实"), ("二要", "二要细")]),
        ("第一，抓学习。第二，抓落实。", [("第一，", "第一，抓学习"), ("第二，", "第二，抓落实")]),
        ("其一，学习。其二，落实。", [("其一，", "其一，学习"), ("其二，", "其二，落实")]),
        (
            "首先，学习。其次，落实。最后，督查。",
            [("首先，", "首先，学习"), ("其次，", "其次，落实"), ("最后，", "最后，督查")],
        ),
        ("首先，学习。第二，落实。", [("首先，", "首先，学习"), ("第二，", "第二，落实")]),
        ("包括：（一）学习；（二）落实。", [("（一）", "（一）学习"), ("（二）", "（二）落实")]),
        ("包括：（1）学习；（2）落实。", [("（1）", "（1）学习"), ("（2）", "（2）落实")]),
        ("包括：①学习；②落实。", [("①", "①学习"), ("②", "②落实")]),
        ("分两部分：一、学习；二、落实。", [("一、", "一、学习"), ("二、", "二、落实")]),
        ("步骤：1.学习；2.落实。", [("1.", "1.学习"), ("2.", "2.落实")]),
        (
            "First, we open. Second, we listen.",
            [("First,", "First, we open"), ("Second,", "Second, we listen")],
        ),
        ("要抓好学习。原原本本学。要抓好落实。见到成效。", [("", "要抓好学习"), ("", "要抓好落实")]),
    ],
)
def test_items(text: str, found: list[tuple[str, str]]) -> None:
    assert items(text) == found


def test_a_paragraph_each() -> None:
    assert [num for num, _ in items("一是抓学习。要深入。", "二是抓落实。要见效。")] == ["一是", "二是"]


def test_an_inner_enumeration_restarts_in_each_paragraph() -> None:
    found = items("第一，学习。一是读。二是写。", "第二，落实。一是快。二是好。")
    assert [num for num, _ in found] == ["第一，", "一是", "二是", "第二，", "一是", "二是"]


def test_bullets() -> None:
    assert [num for num, _ in items("成绩如下。", "——稳中有进。", "——稳中向好。")] == ["——", "——"]


def test_a_run_does_not_cross_a_heading() -> None:
    assert (
        items(
            "一、学习",
            "一是抓紧，不放松，一定要见到成效才行。",
            "二、落实",
            "二是抓实，不走样，一定要见到成效才行。",
        )
        == []
    )


def test_a_long_lead_is_cut_at_its_first_comma() -> None:
    long = "把学习贯彻会议精神作为当前和今后一个时期的首要政治任务来抓，" * 2
    (_, lead), _ = items(f"一是{long}。二是抓落实。")
    assert lead == "一是把学习贯彻会议精神作为当前和今后一个时期的首要政治任务来抓"


def test_items_reach_to_the_next_one_or_to_the_end_of_the_paragraph() -> None:
    outline = parse("讲话\n同志们：\n总的看：一是稳。稳住了。二是进。")
    paragraph = outline.sections[1].paragraphs[0]
    assert [outline.text[i.start : i.end] for i in paragraph.items] == ["一是稳。稳住了。", "二是进。"]
    assert paragraph.items[-1].end == paragraph.end


def test_long_wishes_count_only_where_short_ones_open_topics_elsewhere() -> None:
    topics = "要抓学习。要深入。要抓落实。要见效。"
    wishes = "要把会议精神学深悟透，抓好落实。要结合实际，制定方案。"
    assert items(wishes) == []
    assert len(items("一、甲", topics, "二、乙", topics, "三、丙", wishes)) > len(
        items("一、甲", topics, "二、乙", topics)
    )
