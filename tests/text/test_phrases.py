"""What recurs in a text, and may be worth calling a key phrase."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import fold
from archive.text.phrases import framing, recurring

SENTENCE = "要推进乡村振兴战略，推进乡村振兴战略要靠人才。"


def found(text: str) -> dict[str, int]:
    return {phrase.letters: len(phrase.starts) for phrase in recurring(text).phrases}


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("今年以来，", "今年"),  # dates
        ("二〇二二年三月召开。", "三月"),
        ("第十四届会议召开。", "第十四届"),
        ("共三百万元。", "三百万元"),
        ("增长百分之五。", "百分之五"),
        ("进一步加强工作。", "加强工作"),  # what only frames
        ("要坚持党的领导。", "坚持党的领导"),
        ("不断推进工作。", "推进"),
        ("抓党建，促发展。", "党建促发展"),  # a mark stands between
        ("抓***党建。", "抓党建"),
        ("张三丰：\n", "张三丰"),  # whoever is called
        ("同志们：\n", "同志"),
        ("他说党的的建设。", "党的的建设"),
    ],
)
def test_is_no_phrase(sentence: str, phrase: str) -> None:
    assert phrase not in found(sentence * 5)


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        (SENTENCE, "乡村振兴战略"),
        ("加强党的建设。", "党的建设"),
        ("落实三会一课。", "三会一课"),
        ("做到两个维护。", "两个维护"),
        ("推進鄉村振興戰略。", "乡村振兴战略"),
    ],
)
def test_is_a_phrase(sentence: str, phrase: str) -> None:
    assert found(sentence * 5)[phrase] == 5 * fold(sentence).count(phrase)


def test_what_stands_once_or_twice_in_a_long_text_is_chance() -> None:
    filler = "".join(f"{chr(0x4E00 + n)}，" for n in range(1_600))
    assert "乡村振兴战略" in found(SENTENCE)
    assert "乡村振兴战略" not in found(SENTENCE + filler)
    assert "乡村振兴战略" in found(SENTENCE * 2 + filler)


@given(st.text("党的建设工作，。\n：加强一二***月", max_size=80).map(lambda text: text * 3))
def test_a_phrase_stands_where_it_says(text: str) -> None:
    for phrase in recurring(text).phrases:
        assert len(set(phrase.starts)) == len(phrase.starts) >= 2
        for start in phrase.starts:
            assert fold(text)[start:].startswith(phrase.letters)
        assert re.fullmatch("[㐀-鿿]+", phrase.letters)


def test_the_framing_words_are_written_as_they_are_compared() -> None:
    assert len(framing()) > 400
    assert all(fold(word) == word for word in framing())
