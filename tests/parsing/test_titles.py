"""What a title says, and no more than that."""

from __future__ import annotations

import pytest

from archive.parsing.titles import TitleParts, event_of, kind_of, read_title


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("高举伟大旗帜 为现代化而奋斗", TitleParts()),
        ("第一届全国人民代表大会关于政府工作报告的决议", TitleParts(kind="决议")),
        ("现在的任务", TitleParts()),
        ("在基层调研时的讲话", TitleParts(kind="讲话")),
        (
            "习近平总书记在第三十次集体学习时的讲话",
            TitleParts("习近平", "总书记", "第三十次集体学习", "讲话"),
        ),
        ("在全市座谈会上的发言", TitleParts(event="全市座谈会", kind="发言")),
        ("在工作会上的讲话提纲", TitleParts(event="工作会", kind="讲话提纲")),
        (
            "市直机关工委书记在机关党建工作座谈会上的讲话",
            TitleParts(role="市直机关工委书记", event="机关党建工作座谈会", kind="讲话"),
        ),
        ("陈独秀在第三次大会上的报告", TitleParts(speaker="陈独秀", event="第三次大会", kind="报告")),
        ("市长李明在开幕式上的致辞", TitleParts("李明", "市长", "开幕式", "致辞")),
        ("在博鳌论坛上的主旨演讲", TitleParts(event="博鳌论坛", kind="主旨演讲")),
        ("在全会上的重要讲话（摘要）", TitleParts(event="全会", kind="讲话")),
        ("同舟共济——在亚太论坛上的演讲", TitleParts(event="亚太论坛", kind="演讲")),
        ("各地代表团在大会上的发言", TitleParts(event="大会", kind="发言", unclear="各地代表团")),
        ("国家主席习近平发表新年贺词", TitleParts("习近平", "国家主席", "", "新年贺词")),
        ("在年度檢討會上的致詞", TitleParts(event="年度檢討會", kind="致詞")),
        ("Remarks at the Annual Forum", TitleParts(event="Annual Forum", kind="Remarks")),
    ],
)
def test_title_parts(title: str, parts: TitleParts) -> None:
    assert read_title(title) == parts


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2025年政府工作报告", "工作报告"),
        ("《新年贺词》", "新年贺词"),
        ("答记者问", "答记者问"),
        ("党课讲稿：学习会议精神", "党课讲稿"),
        ("会议通知", ""),
    ],
)
def test_kind(title: str, kind: str) -> None:
    assert kind_of(title) == kind


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("2023年3月5日在第十四届全国人民代表大会第一次会议上", "第十四届全国人民代表大会第一次会议"),
        ("在中国共产党第二十次全国代表大会上的报告", "中国共产党第二十次全国代表大会"),
        ("在北京", ""),
        ("在更高起点上推进改革开放", ""),
    ],
)
def test_event_of_a_subtitle(text: str, event: str) -> None:
    assert event_of(text) == event
