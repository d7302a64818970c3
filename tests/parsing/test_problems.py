"""Why an importer must refuse; first the short speeches that it must not."""

from __future__ import annotations

import pytest

from archive.parsing import parse, problems


@pytest.mark.parametrize(
    "text",
    [
        "同志们：" + "我们要坚持" * 400,
        "今年以来各项工作取得新的成效，得到群众肯定。",
        "在会议上的讲话\n同志们：\n大家辛苦了。",
        "答谢词\n谢谢大家！",
        "讲话提纲\n一、提高认识\n二、狠抓落实",
        "讲话\n" + "".join(f"一、标题{i}\n正文。\n" for i in range(1999)),
    ],
)
def test_no_problem(text: str) -> None:
    assert problems(parse(text)) == ()


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("", "empty_file", "文件里没有文字。"),
        (" \n　", "empty_file", "文件里没有文字。"),
        ("***\nXXX\n**", "no_text", "除了隐去的内容，没有可以入库的文字。"),
        ("在会议上的讲话", "no_body", "只有标题，没有正文。请检查文件是否完整。"),
        ("在会议上的讲话\n同志们：", "no_body", "只有标题，没有正文。请检查文件是否完整。"),
        (
            "".join(f"一、标题{i}\n" for i in range(2001)),
            "too_many_sections",
            "标题多于 2000 个，不像讲话稿。请核对文件。",
        ),
    ],
)
def test_problem(text: str, code: str, message: str) -> None:
    assert [(p.code, p.message) for p in problems(parse(text))] == [(code, message)]
