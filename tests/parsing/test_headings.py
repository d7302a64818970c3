"""Headings and levels; first the texts in which none may be invented."""

from __future__ import annotations

import pytest

from archive.parsing import Outline, parse

PROSE = "我们要认真学习贯彻会议精神，结合实际抓好各项任务的落实，确保取得扎扎实实的成效，不辜负大家的期望。"


def tree(outline: Outline) -> list[str]:
    """The headings, two blanks a level."""
    return [
        f"{'  ' * (s.depth - 1)}{s.num}{s.heading}"
        for s in outline.sections
        if s.heading_start < s.heading_end
    ]


def of(*lines: str) -> list[str]:
    return tree(parse("在座谈会上的讲话\n同志们：\n" + "\n".join(lines)))


@pytest.mark.parametrize(
    "lines",
    [
        (PROSE, PROSE, PROSE),
        ("三个方面的工作要抓好。", "一方面，要加强学习。", "二十大报告指出，要坚持。"),
        ("主要指标是：", "（一）增长5%；", "（二）就业稳定；", "（三）物价平稳。", PROSE),
        ("第三部分，讲的是保障措施，请大家对照文件认真学习。", PROSE),
        ("第一章讲的是总则，请大家对照文件认真学习领会，抓好落实。这很重要。", PROSE),
        ("（三）这一条很重要，大家都要遵守，不能例外，不能走样，不能打折扣。要记住。", PROSE),
        ("要做好三件事。", "1.抓学习。", "2.抓落实。", "3.抓督查。", PROSE),
        ("一是加强学习。要原原本本学。", "二是抓好落实。要见行动。", PROSE),
        ("第一，加强学习，提高站位，做到知行合一、学以致用。", "第二，抓好落实。", PROSE),
        ("——经济稳中有进。", "——民生持续改善。", PROSE),
        (PROSE, "苟利国家生死以，", "岂因祸福避趋之。", PROSE),
        (PROSE, "他写道：", "苟利国家生死以", PROSE),
        (PROSE, "Public domain"),
        (PROSE, "（掌声）", PROSE),
        (PROSE, "***", PROSE),
        ("司儀：", "第一 大家好", "請坐", "第二 開始", "主持人：", "好", "謝謝"),
        ("我说一点", "第一点，复杂的问题", "大家想一想", "第二点，简单的问题", "好不好", "谢谢"),
    ],
)
def test_no_heading(lines: tuple[str, ...]) -> None:
    assert of(*lines) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("一、提高认识", "二、狠抓落实"),
        ("一．提高认识", "二．狠抓落实"),
        ("一 提高认识", "二 狠抓落实"),
        (
            "一、提高认识，把思想和行动统一到中央决策部署上来，切实增强做好工作的责任感使命感紧迫感。",
            "二、狠抓落实。",
        ),
        ("（一）提高认识", "（二）狠抓落实"),
        ("㈠提高认识", "㈡狠抓落实"),
        ("1.提高认识", "2.狠抓落实"),
        ("１．提高认识", "２．狠抓落实"),
        ("（1）提高认识", "（2）狠抓落实"),
        ("⑴提高认识", "⑵狠抓落实"),
        ("①提高认识", "②狠抓落实"),
        ("第一部分　提高认识", "第二部分　狠抓落实"),
        ("第一章　提高认识", "第二章　狠抓落实"),
        ("关键词之一：提高认识", "关键词之二：狠抓落实"),
        ("一是提高认识，增强自觉", "二是狠抓落实，见到成效"),
        ("一要提高认识", "二要狠抓落实"),
        ("第一，提高认识", "第二，狠抓落实"),
        ("其一，提高认识", "其二，狠抓落实"),
        ("首先，提高认识", "其次，狠抓落实"),
        ("首先，提高认识", "第二，狠抓落实"),
        ("甲、提高认识", "乙、狠抓落实"),
        ("一", "二"),
        ("关于提高认识问题", "关于狠抓落实问题"),
        ("【提高认识】", "【狠抓落实】"),
    ],
)
def test_two_headings_of_one_level(first: str, second: str) -> None:
    assert [line.replace("　", "").replace(" ", "") for line in of(first, PROSE, second, PROSE)] == [
        first.replace("　", "").replace(" ", ""),
        second.replace("　", "").replace(" ", ""),
    ]


def test_num_and_heading_are_the_words_of_the_line() -> None:
    outline = parse(f"讲话\n同志们：\n第一章　总则\n{PROSE}")
    section = outline.sections[1]
    assert (section.num, section.heading) == ("第一章", "总则")
    assert outline.text[section.heading_start : section.heading_end] == "第一章　总则"


def test_three_levels_with_numbers_that_restart() -> None:
    assert of(
        "一、总体要求",
        "（一）指导思想。以新思想为指导。",
        "（二）基本原则。",
        "1.坚持领导。发挥作用。",
        "2.坚持导向。聚焦问题。",
        "二、重点任务",
        "（一）加强建设",
        "1.健全体系",
        PROSE,
        "（二）加强队伍",
        PROSE,
    ) == [
        "一、总体要求",
        "  （一）指导思想。",
        "  （二）基本原则。",
        "    1.坚持领导。",
        "    2.坚持导向。",
        "二、重点任务",
        "  （一）加强建设",
        "    1.健全体系",
        "  （二）加强队伍",
    ]


def test_the_level_follows_from_the_order_of_first_appearance() -> None:
    assert of("（一）甲", PROSE, "一、子", PROSE, "二、丑", PROSE, "（二）乙", PROSE) == [
        "（一）甲",
        "  一、子",
        "  二、丑",
        "（二）乙",
    ]


def test_a_run_that_is_over_does_not_swallow_a_higher_style() -> None:
    assert of("1.甲", PROSE, "2.乙", PROSE, "一、子", PROSE, "二、丑", PROSE) == [
        "1.甲",
        "2.乙",
        "一、子",
        "二、丑",
    ]


def test_a_run_inside_a_run_of_its_own_style_lies_deeper() -> None:
    assert of(
        "一、甲",
        PROSE,
        "（一）子",
        PROSE,
        "一、其中之一",
        PROSE,
        "二、其中之二",
        PROSE,
        "（二）丑",
        PROSE,
        "二、乙",
        PROSE,
    ) == ["一、甲", "  （一）子", "    一、其中之一", "    二、其中之二", "  （二）丑", "二、乙"]


def test_a_conclusion_stands_on_the_top_level() -> None:
    assert of("一、甲", PROSE, "二、乙", PROSE, "结束语", PROSE, PROSE) == ["一、甲", "二、乙", "结束语"]


def test_an_address_may_follow_a_heading() -> None:
    assert of(PROSE, "形势和任务", "同志们！", PROSE, PROSE) == ["形势和任务"]


def test_markdown_gives_its_own_levels() -> None:
    assert of("## 一、甲！好", PROSE) == ["一、甲！好"]
    assert of("## 一、甲", PROSE, "### 小标题", PROSE, "## 二、乙", PROSE) == ["一、甲", "  小标题", "二、乙"]


def test_a_lead_sentence_heads_the_text_behind_it_on_the_line() -> None:
    outline = parse("讲话\n同志们：\n一、提高认识。要学习。要落实。\n二、加强领导。要负责。")
    section = outline.sections[1]
    assert (section.num, section.heading) == ("一、", "提高认识。")
    assert [outline.text[p.start : p.end] for p in section.paragraphs] == ["要学习。要落实。"]


def test_an_article_without_a_heading_is_its_number() -> None:
    outline = parse(f"办法\n第一条 为了规范工作，制定本办法。\n第二条 {PROSE}")
    assert tree(outline) == ["第一条", "第二条"]


def test_a_table_of_contents_is_no_second_set_of_headings() -> None:
    assert of("目录如下。", "一、甲", "二、乙", PROSE, "一、甲", PROSE, "二、乙", PROSE) == [
        "一、甲",
        "二、乙",
    ]


@pytest.mark.parametrize(
    ("lines", "noted"),
    [
        (("一、甲", PROSE, "二、乙", PROSE), []),
        (("二、乙", PROSE, "三、丙", PROSE), [3]),
        (("一、甲", PROSE, "三、丙", PROSE), [5]),
    ],
)
def test_a_gap_in_the_numbers_is_a_note(lines: tuple[str, ...], noted: list[int]) -> None:
    outline = parse("讲话\n同志们：\n" + "\n".join(lines))
    assert [note.line for note in outline.notes if note.kind == "numbering"] == noted
    assert len(tree(outline)) == 2


def test_a_text_without_headings_has_one_body_section() -> None:
    outline = parse(f"讲话\n同志们：\n{PROSE}\n{PROSE}")
    assert [(s.kind, s.depth, s.num, s.heading, len(s.paragraphs)) for s in outline.sections] == [
        ("front", 0, "", "", 1),
        ("body", 1, "", "", 2),
    ]
