"""Canonical text; first the characters that must stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text import clean

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "在座谈会上的讲话\n\n同志们：\n大家好。",
        "全角，标点：（１）％",
        "王　明",
        "a b  c",
        "⽂⼤⺠",
        "𠮷𡨸𰻝",
        "👨‍👩‍👧",
        "❤️1️⃣👍🏽",
        "résumé",
        "e\u0301" + "\u0302" * 7,
        "现代化**作出***贡献",
        "1 < 2，a > b",
        "[点我](javascript:alert(1))",
    ],
)
def test_unchanged_and_without_notes(text: str) -> None:
    cleaned = clean(text)
    assert (cleaned.text, cleaned.notes) == (text, ())


@pytest.mark.parametrize("number", ["000", "001", "002"])
def test_a_clean_seed_comes_back_as_it_is(number: str) -> None:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    raw = path.read_bytes().decode("utf-8")
    cleaned = clean(raw)
    assert cleaned.text == raw.rstrip("\n")
    assert cleaned.notes == ()


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("甲\r\n乙\r丙\u2028丁\u2029戊\v己\f庚\u0085辛", "甲\n乙\n丙\n丁\n戊\n己\n庚\n辛"),
        ("\ufeff甲", "甲"),
        ("甲\u200b乙\u2060丙\u00ad丁\ufeff", "甲乙丙丁"),
        ("　　甲\n\t乙\n\u2003\u2002丙\n\u00a0丁", "甲\n乙\n丙\n丁"),
        ("甲 \n乙　\n丙\t\n", "甲\n乙\n丙"),
        ("\n \n甲\n\n\n乙\n \n", "甲\n\n\n乙"),
        ("甲\t乙", "甲 乙"),
        ("甲\u200d乙", "甲乙"),
        ("甲\ufe0f乙", "甲乙"),
        ("　\n ", ""),
    ],
)
def test_what_no_eye_sees_is_settled(raw: str, text: str) -> None:
    cleaned = clean(raw)
    assert (cleaned.text, cleaned.notes) == (text, ())


@pytest.mark.parametrize(
    ("raw", "text", "line", "kind", "message"),
    [
        ("\x1b甲\x07\x08", "甲", 0, "control_removed", "删去了不可见控制字符。"),
        ("甲\x9f\ud800\uffff", "甲", 0, "control_removed", "删去了不可见控制字符。"),
        ("\u202e甲\u2066乙\u2069\u200f", "甲乙", 0, "bidi_removed", "删去了文字方向控制符。"),
        (
            "讲" + "\u0301" * 5000 + "话",
            "讲" + "\u0301" * 8 + "话",
            0,
            "marks_cut",
            "一个字符上最多保留 8 个附加符。",
        ),
        ("甲\n<b>乙</b>", "甲\n<b>乙</b>", 2, "markup_kept", "文中有网页标记，将按文字原样显示。"),
        ("甲\n</script>", "甲\n</script>", 2, "markup_kept", "文中有网页标记，将按文字原样显示。"),
        ('" onclick=a', '" onclick=a', 1, "markup_kept", "文中有网页标记，将按文字原样显示。"),
    ],
)
def test_what_is_removed_or_odd_is_said(raw: str, text: str, line: int, kind: str, message: str) -> None:
    cleaned = clean(raw)
    assert cleaned.text == text
    assert [(n.line, n.kind, n.message) for n in cleaned.notes] == [(line, kind, message)]


SPECIAL = (
    "\r\n\v\f\u0085\u2028\u2029\t \u00a0\u3000\u200b\u200d\ufe0f"
    "\ufeff\u202e\x00\x1b\ud800\u0301\u0302甲👩❤1*a<>"
)


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet=SPECIAL)))
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    once = clean(raw).text
    assert clean(once).text == once


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet=SPECIAL)))
def test_clean_text_has_no_controls_and_no_outer_blanks(raw: str) -> None:
    text = clean(raw).text
    assert text == text.strip()
    assert all(line == line.strip() for line in text.split("\n"))
    assert not any(_is_refused(c) for c in text)


def _is_refused(char: str) -> bool:
    return char < " " and char != "\n" if char < "\x7f" else char <= "\x9f" or "\ud800" <= char <= "\udfff"


@settings(deadline=None)
@given(st.text(alphabet="甲乙。，（）a1 \n"))
def test_no_visible_character_is_lost(raw: str) -> None:
    assert "".join(clean(raw).text.split()) == "".join(raw.split())
