"""One text in either script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import SCRIPTS, converted, fold, same_letters, script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("同志們：這次會議的主要任務是貫徹落實黨的精神，總結經驗。", "hant"),
        ("同志们：这次会议的主要任务是贯彻落实党的精神，总结经验。", "hans"),
        (
            "《後漢書》引文見於这次会议的简体文稿，只有几个旧字，其余文字都是规范的简体汉字写成的文章。",
            "hans",
        ),
        ("引用 Tools for Conviviality 之后，他说中文讲话里有外文不足为怪，何况只有几个词。", "hans"),
        ("So, shall we start? 唐鳳 is here, and everything is on the record.", "latn"),
        ("123！", "hans"),
        ("", "hans"),
    ],
)
def test_the_script_of_a_text_is_seen(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("学习党的历史", "學習黨的歷史"),
        ("皇后之后", "皇后之後"),
        ("头发发展", "頭髮發展"),
        ("新征程", "新征程"),
        ("为了里面", "為了裡面"),
        ("干部干活", "幹部幹活"),
    ],
)
def test_letters_become_those_of_the_other_script_by_their_phrase(simplified: str, traditional: str) -> None:
    assert converted(simplified, "hant") == traditional


def test_a_traditional_text_can_be_read_in_simplified_letters() -> None:
    assert converted("學習黨的歷史，頭髮發展", "hans") == "学习党的历史，头发发展"


@given(st.text(), st.sampled_from(SCRIPTS))
def test_no_text_changes_its_length(text: str, script: str) -> None:
    assert len(converted(text, script)) == len(text)  # type: ignore[arg-type]


def test_a_browser_folds_with_the_letters_of_the_text() -> None:
    pairs = same_letters("党史")
    table = dict(zip(pairs[::2], pairs[1::2], strict=True))
    assert table == {"黨": "党"}
    assert all(fold(other) == simple for other, simple in table.items())
    assert same_letters("黨史") == pairs
