"""Numbers in the ways of Chinese documents, and how they join what they number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.readers.numerals import SAME, SIGNS, WRITERS, joined, numeral


@pytest.mark.parametrize(
    ("number", "kind", "written"),
    [
        (0, "chineseCountingThousand", "0"),
        (-1, "upperRoman", "-1"),
        (100_000, "chineseCounting", "100000"),
        (21, "decimalEnclosedCircle", "21"),
        (3, "hebrew1", "3"),
        (3, "none", ""),
        (1, "chineseCountingThousand", "一"),
        (10, "chineseCountingThousand", "十"),
        (11, "chineseCountingThousand", "十一"),
        (20, "japaneseCounting", "二十"),
        (45, "taiwaneseCountingThousand", "四十五"),
        (100, "chineseCountingThousand", "一百"),
        (101, "chineseCountingThousand", "一百零一"),
        (110, "chineseCountingThousand", "一百一十"),
        (1010, "chineseCountingThousand", "一千零一十"),
        (1001, "chineseCountingThousand", "一千零一"),
        (10_001, "chineseCountingThousand", "一万零一"),
        (12_345, "chineseCountingThousand", "一万二千三百四十五"),
        (12, "chineseCounting", "十二"),
        (101, "chineseCounting", "一〇一"),
        (10, "ideographDigital", "一〇"),
        (25, "taiwaneseDigital", "二五"),
        (21, "chineseLegalSimplified", "贰拾壹"),
        (13, "ideographLegalTraditional", "壹拾參"),
        (3, "ideographTraditional", "丙"),
        (11, "ideographTraditional", "11"),
        (12, "ideographZodiac", "亥"),
        (60, "ideographZodiacTraditional", "癸亥"),
        (5, "decimalEnclosedCircleChinese", "⑤"),
        (20, "decimalEnclosedCircle", "⑳"),
        (2, "decimalEnclosedParen", "⑵"),
        (2, "decimalEnclosedFullstop", "⒉"),
        (4, "ideographEnclosedCircle", "㊃"),
        (12, "decimalFullWidth", "１２"),
        (7, "decimalZero", "07"),
        (7, "numberInDash", "- 7 -"),
        (1994, "upperRoman", "MCMXCIV"),
        (9, "lowerRoman", "ix"),
        (4000, "lowerRoman", "4000"),
        (27, "upperLetter", "AA"),
        (28, "lowerLetter", "bb"),
        (7, "decimal", "7"),
    ],
)
def test_a_number_is_written_as_its_format_says(number: int, kind: str, written: str) -> None:
    assert numeral(number, kind) == written


@given(st.integers(-10, 200_000), st.sampled_from([*WRITERS, *SIGNS, *SAME, "decimal", "none", "?"]))
def test_every_number_can_be_written_in_every_format(number: int, kind: str) -> None:
    assert len(numeral(number, kind)) < 20
    assert numeral(number, kind) or kind == "none"


@pytest.mark.parametrize(
    ("number", "text", "suffix", "line"),
    [
        ("", "总则", "tab", "总则"),
        ("一、", "", "tab", "一、"),
        ("一、", "总则", "tab", "一、总则"),
        ("（一）", "总则", "space", "（一）总则"),
        ("①", "总则", "tab", "①总则"),
        ("一是", "加强学习", "tab", "一是加强学习"),
        ("1.", "总则", "tab", "1.总则"),
        ("(1)", "“总则”", "space", "(1)“总则”"),
        ("1.", "5%以上", "tab", "1. 5%以上"),
        ("1.", "Aims", "tab", "1. Aims"),
        ("第一章", "总则", "tab", "第一章 总则"),
        ("第一章 ", "总则", "space", "第一章 总则"),
        ("1", "总则", "tab", "1 总则"),
        ("1", "总则", "nothing", "1总则"),
        ("——", "总则", "tab", "——总则"),
    ],
)
def test_a_number_joins_its_text_as_it_would_be_typed(number: str, text: str, suffix: str, line: str) -> None:
    assert joined(number, text, suffix) == line
