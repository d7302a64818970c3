"""Names and offices; first the short lines that are neither."""

from __future__ import annotations

import pytest

from archive.parsing.people import Person, read_person


@pytest.mark.parametrize(
    "text",
    ["政府工作报告", "结束语", "二〇二二", "认真学习", "Hello", "", "省长讲话", "市领导", "簡報", "施行"],
)
def test_nobody(text: str) -> None:
    assert read_person(text) is None


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("周恩来", Person("周恩来")),
        ("习　近　平", Person("习近平")),
        ("欧阳修文", Person("欧阳修文")),
        ("李强", Person("李强")),
        ("国务院总理李克强", Person("李克强", "国务院总理")),
        ("国务院总理　李　强", Person("李强", "国务院总理")),
        ("省长 王某某", Person("王某某", "省长")),
        ("县委副书记、县长 张伟", Person("张伟", "县委副书记、县长")),
        ("市委书记 ×××", Person("", "市委书记")),
        ("市直机关工委书记", Person("", "市直机关工委书记")),
        ("×××", Person()),
        ("习近平总书记", Person("习近平", "总书记")),
        ("江泽民同志", Person("江泽民")),
        ("江苏省长", Person("", "江苏省长")),
        ("弗拉基米尔·普京", Person("弗拉基米尔·普京")),
        ("行政院長 蘇貞昌", Person("蘇貞昌", "行政院長")),
    ],
)
def test_person(text: str, person: Person) -> None:
    assert read_person(text) == person
