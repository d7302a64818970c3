"""Readings, initials, and what people type."""

from __future__ import annotations

import random

import pytest

from archive.text import pinyin

FULL = [
    ("重庆", "chongqing"),
    ("重要", "zhongyao"),
    ("长征", "changzheng"),
    ("成长", "chengzhang"),
    ("银行行长", "yinhanghangzhang"),
    ("从严治党", "congyanzhidang"),
    ("从严治黨", "congyanzhidang"),
    ("會計", "kuaiji"),
    ("绿色发展", "lusefazhan"),
    ("GDP增长", "gdpzengzhang"),
    ("２０１９年", "2019nian"),
    ("·", "·"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "spelled"), FULL)
def test_a_text_is_spelled_as_it_is_read(text: str, spelled: str) -> None:
    assert pinyin.full(text) == (spelled,)


@pytest.mark.parametrize(("text", "letters"), [("从严治党", "cyzd"), ("重庆", "cq"), ("5G时代", "5gsd")])
def test_initials_are_the_first_letters_of_the_syllables(text: str, letters: str) -> None:
    assert pinyin.initials(text) == (letters,)


@pytest.mark.parametrize(
    ("letter", "spelled"),
    [("重", ("zhong", "chong")), ("率", ("lu", "shuai")), ("大", ("da",)), ("女", ("nu",))],
)
def test_a_letter_that_no_phrase_holds_has_its_usual_readings(letter: str, spelled: tuple[str, ...]) -> None:
    assert pinyin.full(letter) == spelled


def test_many_letters_of_many_readings_stay_few_variants() -> None:
    assert len(pinyin.full("重率" * 20)) == pinyin.VARIANTS


@pytest.mark.parametrize("typed", ["lüse", "lvse", "LuSe", "lu se", "lu'se", "ｌｖｓｅ", "lǜsè"])
def test_what_is_typed_meets_what_is_read(typed: str) -> None:
    assert pinyin.full("绿色") == (pinyin.typed(typed),)


def test_there_are_as_many_readings_as_characters() -> None:
    assert [len(pinyin.readings(text)) for text in ("从严，治党！", "🀄甲", "\ud800", "a b")] == [6, 2, 1, 3]


def test_first_readings_are_those_of_pypinyin() -> None:
    from pypinyin import lazy_pinyin

    draw = random.Random(7)
    letters = "行长重要银会计发展的了大和都为调查数据成全面从严治党不忘初心率先绿色中国人民参加差别传统便宜"
    for _ in range(300):
        text = "".join(draw.choices(letters, k=8))
        assert pinyin.full(text)[0] == "".join(lazy_pinyin(text)).replace("v", "u")


@pytest.mark.parametrize(
    ("written", "begins"),
    [
        *[
            (written, True)
            for written in ("", "从", "从严", "cong", "c", "cyzd", "从严zd", "congyzd", "c严z")
        ],
        *[(written, False) for written in ("严", "cyzdd", "ongyan", "从y治z党", "congyanzhidangd", "czd")],
    ],
)
def test_letters_and_sounds_in_any_mixture_begin_a_text(written: str, begins: bool) -> None:
    assert pinyin.begins("从严治党", written) is begins


def test_letters_that_sound_alike() -> None:
    same, near = pinyin.alike("制")
    assert {"治", "之", "志"} <= set(same)
    assert {"字", "自"} <= set(near)
    assert not set(same) & set(near)
    assert "制" not in same + near
    assert "户" in pinyin.alike("护")[0]
    assert "兰" in pinyin.alike("南")[1]
    assert "星" in pinyin.alike("新")[1]
    assert pinyin.alike("a") == pinyin.alike("·") == ("", "")
