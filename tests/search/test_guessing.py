"""Did you mean: what a misspelled query is taken for, and what nobody must be offered."""

from __future__ import annotations

import pytest

from archive import search
from archive.models import Speech
from archive.search.asking import ask
from archive.search.guessing import MOST_LETTERS, guess
from archive.search.query import parse
from archive.text import pinyin

NOTHING_TO_CORRECT = [
    "党建", "全面从严治党", "“两个维护”", "党", "党建 学习", "全面從嚴治黨", "标题:党建", "",
]  # fmt: skip
NOTHING_LIKE_IT = [
    "量子纠缠", "咖啡机", "天气预报", "苹果", "xyzzy", "qwertyuiop", "龘龘", "12345", "！！", "火锅底料配方",
    "党建质量",  # both words stand, though never side by side
    "“量子” -党建", "全面从严制党 量子纠缠", "两个维户 -从严治党", "a" * 40, "党" * (MOST_LETTERS + 1),
]  # fmt: skip
MEANT = [
    # one letter of the same sound
    ("全面从严制党", "全面从严治党"), ("凝心住魂", "凝心铸魂"), ("两个维户", "两个维护"),
    ("习进平", "习近平"), ("不望初心", "不忘初心"), ("三会一刻", "三会一课"), ("党的健设", "党的建设"),
    ("打铁必需自身硬", "打铁必须自身硬"), ("牢记使明", "牢记使命"), ("党风连政建设", "党风廉政建设"),
    ("三基健设", "三基建设"), ("自我格命", "自我革命"), ("灯下嘿", "灯下黑"), ("支步", "支部"),
    ("四个意思", "四个意识"), ("党的二十大静神", "党的二十大精神"),
    # nearly the same sound
    ("从严自党", "从严治党"), ("政治森态", "政治生态"), ("思想建涉", "思想建设"),
    # whatever it sounds like
    ("两个雄立", "两个确立"), ("基层党组织建没", "基层党组织建设"),
    # one too many, one missing, two swapped
    ("全面从严严治党", "全面从严治党"), ("全面从大严治党", "全面从严治党"), ("全面从治党", "全面从严治党"),
    ("全面严从治党", "全面从严治党"), ("务服", "服务"), ("设建", "建设"),
    # whole words of the same sound, and pinyin itself
    ("席金平", "习近平"), ("xijinping", "习近平"), ("congyanzhidang", "从严治党"), ("dangjian", "党建"),
    # a term among others, quoted, traditional
    ("党建 三会一刻", "党建 三会一课"), ("“两个维户”", "“两个维护”"), ("兩個維戶", "两个维护"),
    ("党建 -量子 两个维户", "党建 两个维护 -量子"), ("三会一刻 两个维户", "三会一课 两个维护"),
]  # fmt: skip


def guessed(raw: str) -> str | None:
    return ask(lambda reading, published: guess(reading, published, parse(raw))).answer


@pytest.mark.parametrize("raw", NOTHING_TO_CORRECT)
def test_what_stands_is_not_corrected(seeds: list[Speech], raw: str) -> None:
    assert guessed(raw) is None


@pytest.mark.parametrize("raw", NOTHING_LIKE_IT)
def test_what_is_like_nothing_here_is_left_alone(seeds: list[Speech], raw: str) -> None:
    assert guessed(raw) is None


@pytest.mark.parametrize(("raw", "meant"), MEANT)
def test_the_likeliest_reading_of_a_misspelled_query(seeds: list[Speech], raw: str, meant: str) -> None:
    assert guessed(raw) == meant


def test_what_only_a_draft_says_is_never_offered(seeds: list[Speech]) -> None:
    assert guessed("灯下嘿") == "灯下黑"
    for speech in Speech.objects.filter(text__contains="灯下黑"):
        Speech.objects.filter(pk=speech.pk).update(published=False)  # and the index does not know
    assert guessed("灯下嘿") is None


def test_a_correction_has_to_fit_the_rest_of_the_query(make) -> None:
    make("甲\n坚持三会一课。")
    make("乙\n加强党建。")
    search.rebuild()
    assert guessed("三会一刻") == "三会一课"
    assert guessed("三会一刻 党建") is None


def test_only_what_stands_in_the_speeches_that_may_answer_is_offered(make) -> None:
    both, one = make("甲\n坚持三会一课，加强党建。"), make("乙\n加强党建，三会一刻钟。")
    search.rebuild()

    def among(raw: str, *speeches: Speech) -> str | None:
        keys = {speech.pk for speech in speeches}
        return ask(lambda reading, _: guess(reading, keys, parse(raw))).answer

    assert among("三会一刻", both) == "三会一课"
    assert among("党建 三会一刻", both) == "党建 三会一课"
    for raw in ("三会一客", "党建 三会一客"):
        assert among(raw, one) != raw.replace("客", "课")
        assert among(raw) is None


ELSEWHERE = (
    "甲\n当的改革。什么改革都好。改革开放的成就。大大提高。我们要改格局。党建好。学习开放。"
    "权利监督。权力运行。党的领导。"
)


@pytest.mark.parametrize(
    "raw",
    [
        "党的改革", "“党的改革”", "什么是改革", "改革与开放的", "改革和开放", "改革的开放", "龘龘", "党建好了",
        "学习与开放", "学习的开放", "党的党建好", "为什么改革",
    ],
)  # fmt: skip
def test_another_phrase_of_known_words_is_no_correction(make, raw: str) -> None:
    make(ELSEWHERE)
    search.rebuild()
    assert guessed(raw) is None


@pytest.mark.parametrize(
    ("raw", "meant"), [("权力监督", "权利监督"), ("两个为护", "两个维护"), ("什么改格", "什么改革")]
)
def test_a_word_of_the_same_sound_is_one(make, raw: str, meant: str) -> None:
    make(ELSEWHERE + "做到两个维护。")
    search.rebuild()
    assert guessed(raw) == meant


def test_no_letter_is_tried_where_one_change_cannot_mend_all(seeds: list[Speech], monkeypatch) -> None:
    tried: list[str] = []
    alike = pinyin.alike
    monkeypatch.setattr(pinyin, "alike", lambda letter: [tried.append(letter), alike(letter)][1])
    assert guessed("量子纠缠如何推动全面从严治党火锅底料") is None
    assert tried == []


def test_no_barrier_fills_a_gap(make) -> None:
    make("甲\n勇立潮。奋进。勇立***奋进。")
    search.rebuild()
    assert guessed("勇立某奋进") is None


def test_a_search_that_finds_nothing_literally_says_what_was_meant(seeds: list[Speech]) -> None:
    assert search.find(search.Query("全面从严制党")).suggestion == "全面从严治党"
    assert search.find(search.Query("全面从严治党")).suggestion is None
