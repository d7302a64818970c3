"""References to be cited, each with what makes it hard."""

from __future__ import annotations

import datetime
from typing import Any

from archive.citing import Reference


def reference(**given: Any) -> Reference:
    usual: dict[str, Any] = {
        "title": "在全市党办系统党的建设工作推进会上的讲话",
        "url": "https://example.org/speeches/12/",
        "accessed": datetime.date(2026, 11, 21),
        "key": "zhangsan2022-12",
        "speaker": "张三",
        "date": "2022-11-20",
        "site": "讲话库",
    }
    return Reference(**{**usual, **given})


ENGLISH = {"speaker": "John Smith", "language": "en"}

CASES = {
    "whole speech": reference(),
    "no speaker": reference(speaker=""),
    "no date": reference(date=None),
    "neither speaker nor date": reference(speaker="", date=None),
    "year only": reference(date="2022"),
    "year and month": reference(date="2022-11"),
    "redacted": reference(title="在**市委办公室的讲话", speaker="李**"),
    "subtitle": reference(title="新时代的党办", subtitle="——在推进会上的讲话"),
    "book in the title": reference(title="学习《习近平谈治国理政》的体会"),
    "quotation marks in the title": reference(title="关于“第一方阵”的讲话"),
    "quotation marks at its end": reference(title="什么是“所谓的‘第一方阵’”"),
    "question": reference(title="中国的红色政权为什么能够存在？", date="1928-10-05"),
    "call": reference(title="实干兴邦！"),
    "event and place": reference(event="党建工作推进会", venue="北京"),
    "paragraph": reference(url="https://example.org/speeches/12/#p7", paragraph=7, quote="我们要实干。"),
    "traditional": reference(title="在黨的會議上的講話", language="zh-Hant"),
    "English": reference(title="Remarks at the Opening of the Party School", **ENGLISH),
    "English subtitle": reference(
        title="Remarks", subtitle="A Beginning", **{**ENGLISH, "speaker": "John Smith Jr."}
    ),
    "English question": reference(title="Whither China?", **ENGLISH),
    "markup": reference(
        title="在<b>R&D</b>会上 100% 的讲话 #1 {甲} \\ ~ ^ $", speaker="张_三", event="A & B"
    ),
    "lines": reference(title="第一行\n第二行", speaker="张\r\n三"),
}
