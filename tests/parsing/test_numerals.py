from __future__ import annotations

import pytest

from archive.parsing.numerals import number


@pytest.mark.parametrize("text", ["", "abc", "甲子", "%", "的"])
def test_no_number(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("九十九", 99),
        ("一百零三", 103),
        ("二〇二二", 2022),
        ("兩", 2),
        ("１２", 12),
        ("7", 7),
        ("㈢", 3),
        ("⑫", 12),
        ("Ⅳ", 4),
        ("IV", 4),
        ("XII", 12),
        ("丙", 3),
    ],
)
def test_number(text: str, value: int) -> None:
    assert number(text) == value
