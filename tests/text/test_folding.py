"""Folding: what must stay comes first, then what must become the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import fold, fold_apart

STAYS = ["党的二十大", "乾隆", "乾坤", "著名", "瞭望", "狼藉", "了解", "𠮷野家", "。、《》", "二○二二年"]

FOLDS = [
    ("黨的二十大", "党的二十大"),
    ("全面從嚴治黨", "全面从严治党"),
    ("乾燥", "干燥"),
    ("瞭解", "了解"),
    ("憑藉", "凭借"),
    ("答覆", "答复"),
    ("ＧＤＰ２０１９", "gdp2019"),
    ("ＸＸＸ", "xxx"),
    ("＂－：", '"-:'),
    ("ｶﾞ", "ガ"),
    ("Café", "cafe"),
    ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
    ("İstanbul", "istanbul"),
    ("lǜ", "lu"),
    ("⽂⼤⼀⼈", "文大一人"),
    ("⺠⻘⻛⻓⻰⻅⻢⻔⻬⻣⻩⻚", "民青风长龙见马门齐骨黄页"),
    ("\uf9d1", "六"),
    ("Й", "и"),
]


@pytest.mark.parametrize("text", STAYS)
def test_what_must_not_change(text: str) -> None:
    assert fold(text) == text


@pytest.mark.parametrize(("text", "folded"), FOLDS)
def test_what_counts_as_the_same(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_one_character_becomes_one_character(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert len(fold_apart(text) or folded) == len(text)


@pytest.mark.parametrize("odd", ["\0", "\ud800", "\U0010ffff", "a\0黨\0b", "\ud800黨"])
def test_what_the_converter_cannot_take_keeps_its_length_and_neighbours(odd: str) -> None:
    assert len(fold(odd)) == len(odd)
    assert "黨" not in fold(odd)


def test_a_decomposed_letter_folds_to_the_same_letter_as_a_composed_one() -> None:
    assert fold("cafe\u0301")[:4] == fold("café")


# Phrases in which OpenCC reads a letter otherwise than alone, and some in which it does not.
PHRASES = (
    "乾隆乾燥乾坤著名顯著瞭解瞭望明瞭憑藉狼藉慰藉答覆覆蓋反覆傢俱面面俱到象徵徵收宮商角徵羽甚麼幺麼鍾情鍾馗於是於戲土坯坏人"
    "昇華畫畢氾濫濛濛蒐集噁心剋扣彷彿沈陽沉默甦醒釐米祕密吒咤逕自鍊子鉅額脩理薹草衹是袷衣勃谿公里哩程劄記捍衛扞格計畫陞官"
)


@given(st.lists(st.sampled_from(PHRASES), min_size=1, max_size=24).map("".join), st.data())
def test_a_piece_folded_apart_stands_in_its_text_folded_apart(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))]
    assert (fold_apart(piece) or fold(piece)) in (fold_apart(text) or fold(text))


@given(st.text(alphabet=PHRASES, min_size=1, max_size=8), st.text(alphabet=PHRASES, max_size=8))
def test_a_piece_that_folds_otherwise_in_its_text_holds_a_letter_known_to_be_ambiguous(
    piece: str, rest: str
) -> None:
    if fold(piece) != fold(piece + rest)[: len(piece)]:
        assert fold_apart(piece + rest) is not None


def test_a_text_without_ambiguous_letters_needs_no_second_reading() -> None:
    assert fold_apart("黨的二十大") is None
    assert fold_apart("乾隆") == "干隆"
