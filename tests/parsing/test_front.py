"""Title, subtitle, byline and salutation, as transcripts, letters and web pages put them."""

from __future__ import annotations

import pytest

from archive.parsing import Outline, parse

BODY = "\n今天我们在这里研究部署全市机关党的建设工作，总结经验，分析形势，部署任务，请大家认真抓好落实。"


def roles(outline: Outline) -> list[tuple[str, str]]:
    return [(line.role, outline.text[line.start : line.end]) for line in outline.lines]


@pytest.mark.parametrize(
    "first",
    [
        "今天我们开会，主要任务是研究工作。",
        "主持人：",
        "一、提高认识",
        "（一）提高认识",
        "大家早上好",
        "***",
        "（掌声）",
        "同志们：",
        "2022年11月20日",
    ],
)
def test_these_first_lines_are_no_title(first: str) -> None:
    assert parse(first + BODY, name="讲话稿.txt").title_source == "derived"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("在座谈会上的讲话\n同志们：", "在座谈会上的讲话"),
        ("\n\n在座谈会上的讲话\n\n同志们：", "在座谈会上的讲话"),
        ("政 府 工 作 报 告\n各位代表：", "政府工作报告"),
        ("政　府　工　作　报　告\n各位代表：", "政府工作报告"),
        ("《在座谈会上的讲话》\n同志们：", "在座谈会上的讲话"),
        ("# 在座谈会上的讲话\n\n同志们：", "在座谈会上的讲话"),
        ("标题：在座谈会上的讲话\n同志们：", "在座谈会上的讲话"),
        (
            "在全市学习贯彻党的二十大精神\n座谈会上的讲话\n同志们：",
            "在全市学习贯彻党的二十大精神座谈会上的讲话",
        ),
        ("在全市座谈会上\n的讲话\n同志们：", "在全市座谈会上的讲话"),
        ("高举伟大旗帜\n为现代化而团结奋斗\n——在大会上的报告\n同志们：", "高举伟大旗帜 为现代化而团结奋斗"),
        ("高举旗帜　　为现代化而奋斗\n同志们：", "高举旗帜 为现代化而奋斗"),
        ("在座谈会上的讲话（2022年11月20日）\n同志们：", "在座谈会上的讲话"),
        ("习近平：在庆祝大会上的讲话\n同志们：", "在庆祝大会上的讲话"),
        ("（2022年11月20日）\n在座谈会上的讲话\n同志们：", "在座谈会上的讲话"),
        ("首页 > 领导讲话 > 正文\n在座谈会上的讲话\n同志们：", "在座谈会上的讲话"),
        ("团结起来，争取更大的胜利！\n同志们：", "团结起来，争取更大的胜利！"),
        ("市委书记王伟\n在全市经济工作会议上的讲话\n同志们：", "市委书记王伟在全市经济工作会议上的讲话"),
        ("分享经验 共谋发展\n同志们：", "分享经验 共谋发展"),
        (
            "Meeting with the Twitter Asia Pacific Pte. Ltd.",
            "Meeting with the Twitter Asia Pacific Pte. Ltd.",
        ),
        ("关于加强党建工作的意见", "关于加强党建工作的意见"),
        ("在全市学习贯彻党的二十大精神\n座谈会上的讲话", "在全市学习贯彻党的二十大精神座谈会上的讲话"),
        ("Meeting with Grayson M. Shor", "Meeting with Grayson M. Shor"),
        ("與國外媒體茶敘", "與國外媒體茶敘"),
    ],
)
def test_title(text: str, title: str) -> None:
    outline = parse(text + BODY)
    assert (outline.title, outline.title_source) == (title, "text")


def test_every_line_above_the_salutation_has_its_part() -> None:
    outline = parse(
        "当前位置：首页 > 讲话\n政府工作报告\n——2023年1月10日在市第十五届人民代表大会第二次会议上\n"
        "市长　李　明\n"
        "（根据录音整理）\n地点：市会议中心\n\n各位代表：" + BODY
    )
    assert roles(outline) == [
        ("byline", "当前位置：首页 > 讲话"),
        ("title", "政府工作报告"),
        ("subtitle", "——2023年1月10日在市第十五届人民代表大会第二次会议上"),
        ("byline", "市长　李　明"),
        ("byline", "（根据录音整理）"),
        ("byline", "地点：市会议中心"),
    ]
    assert (outline.speaker, outline.role, outline.date) == ("李明", "市长", "2023-01-10")
    assert (outline.event, outline.venue) == ("市第十五届人民代表大会第二次会议", "市会议中心")
    assert outline.subtitle == "2023年1月10日在市第十五届人民代表大会第二次会议上"


@pytest.mark.parametrize(
    ("byline", "speaker", "role", "date"),
    [
        ("×××", "", "", None),
        ("市委书记　×××", "", "市委书记", None),
        ("市委书记　王某某\n（2022年11月20日）", "王某某", "市委书记", "2022-11-20"),
        ("2022年11月20日　王伟", "王伟", "", "2022-11-20"),
        ("二○二二年十一月", "", "", "2022-11"),
        ("（2022年）", "", "", "2022"),
        ("Beijing, 27 June 2023", "", "", "2023-06-27"),
        ("中華民國一百一十三年五月二十日", "", "", None),
        ("讲话人：张伟", "张伟", "", None),
        ("发布时间：2022-11-20 10:30　来源：新华社", "", "", "2022-11-20"),
        ("2020年5月28日第十三届全国人民代表大会第三次会议通过", "", "", "2020-05-28"),
    ],
)
def test_byline(byline: str, speaker: str, role: str, date: str | None) -> None:
    outline = parse(f"在座谈会上的讲话\n{byline}\n同志们：{BODY}")
    assert (outline.speaker, outline.role, outline.date) == (speaker, role, date)
    assert outline.title == "在座谈会上的讲话"


def test_a_date_in_running_prose_is_not_the_date_of_the_speech() -> None:
    assert parse("在座谈会上的讲话\n同志们：\n2022年11月20日，党中央召开会议，作出重要部署。").date is None


def test_the_signature_dates_a_speech_that_has_no_other_date() -> None:
    assert parse(f"在座谈会上的讲话\n同志们：{BODY}\n2022年11月20日").date == "2022-11-20"


def test_a_year_in_the_title_is_taken_with_a_note() -> None:
    outline = parse(f"2025年政府工作报告\n各位代表：{BODY}")
    assert outline.date == "2025"
    assert [note.kind for note in outline.notes] == ["date_from_title"]
    assert parse(f"关于2024年情况与2025年计划的报告\n各位代表：{BODY}").date is None


@pytest.mark.parametrize("line", ["（0000年00月00日）", "99999年1月1日", "2022年13月40日"])
def test_an_impossible_date_is_a_note(line: str) -> None:
    outline = parse(f"在座谈会上的讲话\n{line}\n同志们：{BODY}")
    assert outline.date is None
    assert [(note.line, note.kind) for note in outline.notes] == [(2, "bad_date")]


def test_a_role_that_is_not_plain_is_a_note() -> None:
    outline = parse(f"各地代表团在大会上的发言\n同志们：{BODY}")
    assert (outline.speaker, outline.role) == ("", "")
    assert [note.kind for note in outline.notes] == ["speaker_unclear"]


def test_salutations_on_several_lines() -> None:
    outline = parse(f"在论坛上的致辞\n尊敬的各位来宾，\n女士们，先生们：{BODY}")
    assert outline.salutation == "尊敬的各位来宾，女士们，先生们："
    assert [p.kind for p in outline.sections[0].paragraphs] == ["salutation", "salutation"]


def test_a_salutation_in_front_of_running_text_is_cut_off() -> None:
    outline = parse("在论坛上的致辞\n各位同仁：今天很高兴和大家见面，谈几点想法。")
    front, body = outline.sections
    assert outline.salutation == "各位同仁："
    assert outline.text[front.paragraphs[0].start : front.paragraphs[0].end] == "各位同仁："
    assert outline.text[body.start :].startswith("今天很高兴")


def test_latin_salutations_keep_a_blank_between_them() -> None:
    outline = parse(f"Speech at the Forum\nDistinguished Guests,\nDear Friends,{BODY}")
    assert outline.salutation == "Distinguished Guests, Dear Friends,"


def test_an_official_letter() -> None:
    outline = parse(
        "国务院办公厅关于优化营商环境的意见\n国办发〔2020〕24号\n各省人民政府，国务院各部委、各直属机构："
        f"{BODY}\n国务院办公厅\n2020年7月15日\n（此件公开发布）"
    )
    assert outline.title == "国务院办公厅关于优化营商环境的意见"
    assert roles(outline)[1] == ("byline", "国办发〔2020〕24号")
    assert outline.salutation.startswith("各省人民政府")
    assert (outline.date, outline.kind, outline.closing) == ("2020-07-15", "意见", "")
    assert len(outline.sections[-1].paragraphs) == 3


def test_a_printed_twice_title_is_one_title() -> None:
    outline = parse(f"在座谈会上的讲话\n\n在座谈会上的讲话\n同志们：{BODY}")
    assert outline.title == "在座谈会上的讲话"
    assert [role for role, _ in roles(outline)] == ["title", "title"]


@pytest.mark.parametrize(
    ("text", "name", "title", "note"),
    [
        (
            "同志们：\n这次全市组织工作会议，主要是部署任务。",
            "a.txt",
            "在全市组织工作会议上的讲话",
            "title_derived",
        ),
        (
            "各位代表：\n今天我们隆重举行第三届文化节开幕式，祝贺大家。",
            "",
            "在第三届文化节开幕式上的讲话",
            "title_derived",
        ),
        ("同志们：\n这次会议很重要。", "组织工作.txt", "组织工作", "no_title"),
        ("同志们：\n这次会议很重要。", "2022-11-20-组织工作.txt", "组织工作", "no_title"),
        ("同志们：\n大家辛苦。", "000_16e67d963ef540a8.txt", "未命名讲话（大家辛苦…）", "no_title"),
        ("", "", "未命名讲话（无正文…）", "no_title"),
    ],
)
def test_a_missing_title_is_derived_and_said(text: str, name: str, title: str, note: str) -> None:
    outline = parse(text, name=name)
    assert (outline.title, outline.title_source) == (title, "derived")
    assert [n.kind for n in outline.notes] == [note]
