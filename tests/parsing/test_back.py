"""Peroration, thanks and signature; first what belongs to the body."""

from __future__ import annotations

import pytest

from archive.parsing import Outline, parse

TOP = "在座谈会上的讲话\n同志们：\n一、提高认识\n要把思想和行动统一到中央部署上来，切实增强责任感和紧迫感。\n"


def back(outline: Outline) -> list[str]:
    return [
        outline.text[p.start : p.end]
        for section in outline.sections
        if section.kind == "back"
        for p in section.paragraphs
    ]


@pytest.mark.parametrize(
    "last",
    [
        "同志们，任务很重，要抓紧落实。",
        "我们要感谢大家一年来的辛勤付出，感谢各级各部门的大力支持，感谢社会各界的关心帮助。",
        "各项工作要抓紧抓实抓到位！",
        "祝贺信已经宣读。",
        "这就是我们的结论，即：",
    ],
)
def test_no_back(last: str) -> None:
    assert back(parse(TOP + last)) == []


@pytest.mark.parametrize(
    "last",
    [
        "谢谢大家！",
        "謝謝大家！",
        "我就讲这些，谢谢大家！",
        "我的发言完了。",
        "汇报完毕。",
        "以上发言，不妥之处，敬请批评指正。",
        "祝大家新年快乐！",
        "伟大的中国共产党万岁！",
        "Thank you very much.",
        "（热烈鼓掌）",
        "让我们团结起来，为实现目标而努力奋斗！",
        "各位代表！使命光荣，责任重大。让我们携手奋进，再创辉煌！",
    ],
)
def test_back(last: str) -> None:
    outline = parse(TOP + last)
    assert back(outline) == [last]
    assert [p.kind for p in outline.sections[-1].paragraphs] == ["closing"]


def test_the_thanks_are_the_closing_and_the_peroration_stands_before() -> None:
    outline = parse(TOP + "同志们，让我们努力奋斗！\n我就讲这些，谢谢大家！")
    assert back(outline) == ["同志们，让我们努力奋斗！", "我就讲这些，谢谢大家！"]
    assert outline.closing == "我就讲这些，谢谢大家！"


def test_without_thanks_the_peroration_is_the_closing() -> None:
    outline = parse(TOP + "各位代表！\n让我们努力奋斗，夺取新的胜利！")
    assert outline.closing == "各位代表！\n让我们努力奋斗，夺取新的胜利！"


def test_a_signature_and_what_a_page_adds_are_no_closing() -> None:
    outline = parse(
        TOP + "谢谢大家！\n中共某市委员会\n2022年11月20日\n（责任编辑：李四）\n【打印】【关闭】\n（完）"
    )
    assert len(back(outline)) == 6
    assert outline.closing == "谢谢大家！"


def test_an_address_that_opens_the_conclusion_stays_under_its_heading() -> None:
    outline = parse(TOP + "结束语\n各位代表！\n让我们努力奋斗，夺取新的胜利！")
    assert [section.heading for section in outline.sections] == ["", "提高认识", "结束语"]
    assert back(outline) == []


def test_a_speech_that_is_only_thanks_keeps_a_paragraph() -> None:
    outline = parse("答谢词\n谢谢大家！")
    assert back(outline) == ["谢谢大家！"]
