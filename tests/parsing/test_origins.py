"""Each value of the metadata says which line it was read from; what was derived has no line."""

from __future__ import annotations

import pytest

from archive.parsing import parse


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        (
            "在机关党建工作会议上的讲话\n（2022年11月20日）\n市长 李明\n\n同志们：\n今天开会。",
            {"title": 1, "event": 1, "kind": 1, "date": 2, "role": 3, "speaker": 3},
        ),
        (
            "\n\n习近平：在庆祝大会上的讲话（2021年7月1日）\n同志们：\n今天开会。",
            {"title": 3, "event": 3, "kind": 3, "speaker": 3, "date": 3},
        ),
        (
            "坚定信心\n——在动员大会上的讲话\n同志们：\n今天开会，部署工作。\n2022年3月5日",
            {"title": 1, "event": 2, "kind": 2, "date": 5},
        ),
        ("2021年工作总结\n同志们：\n今天总结。", {"title": 1, "date": 1}),
        ("同志们：\n这次局机关党建工作会议，主要是部署工作。", {}),
        ("", {}),
    ],
)
def test_where_a_value_stands(text: str, origins: dict[str, int]) -> None:
    found = dict(parse(text).origins)
    assert {name: line for name, line in found.items() if name in origins} == origins
    assert found.keys() - origins.keys() <= {"kind"}
    lines = text.split("\n")
    assert all(lines[line - 1].strip() for line in found.values())
