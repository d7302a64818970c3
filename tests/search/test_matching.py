"""spans(): where a query stands in any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import search
from archive.search.letters import Letters, needle, positions, stands, tally
from archive.search.matching import count, is_near, near, occurrences
from archive.search.query import Near, Term, parse


def marked(raw: str, text: str) -> list[str]:
    return [text[start:end] for start, end in search.spans(raw, text)]


@pytest.mark.parametrize(
    ("raw", "text", "expected"),
    [
        ("“学习同志”", "学习。同志", []),
        ("-党建", "党建", []),
        ("", "党建", []),
        ("，。", "党建，。", []),
        ("党建", "黨建，党、建", ["黨建", "党、建"]),
        ("三基建设", "加强“三基”建设。", ["三基”建设"]),
        ("2019", "２０１９年", ["２０１９"]),
        ("XX", "XXX", ["XXX"]),
        ("党建 建设", "党建设", ["党建设"]),
        ("党建 工作", "党建工作", ["党建", "工作"]),
        ("机关党建", "机关党建和党建", ["机关党建"]),
        ("机关党建", "党建和机关", ["党建", "机关"]),
        ("“机关党建”", "党建和机关", []),
        ("党建 -机关", "党建和机关", ["党建"]),
        ("𠮷野", "在𠮷野家", ["𠮷野"]),
        ("乾", "乾隆，乾燥", ["乾", "乾"]),
        ("学习。同志", "学习。\n同志", ["学习。\n同志"]),
    ],
)
def test_what_is_marked(raw: str, text: str, expected: list[str]) -> None:
    assert marked(raw, text) == expected


@pytest.mark.parametrize("raw", ["*", "***", "党建" * 101, "党 " * 33])
def test_a_query_that_is_refused_marks_nothing_and_says_why(raw: str) -> None:
    with pytest.raises(search.QueryError, match="请"):
        search.spans(raw, "党建***")


TEXTS = st.text(alphabet="党建工作XxX，。\n*乾隆𠮷e\u0301 <&", max_size=60)


@given(raw=st.text(alphabet="党建工作Xx乾隆“” -|", max_size=8), text=TEXTS)
def test_spans_are_in_order_apart_and_begin_and_end_with_a_letter(raw: str, text: str) -> None:
    found = search.spans(raw, text)
    assert list(found) == sorted(found)
    assert all(a_end <= b_start for (_, a_end), (b_start, _) in pairwise(found))
    for start, end in found:
        assert 0 <= start < end <= len(text)
        assert text[start].isalnum()
        assert text[end - 1].isalnum()


@given(raw=st.text(alphabet="党建工作Xx乾隆“” |", min_size=1, max_size=8), text=TEXTS)
def test_counting_is_listing(raw: str, text: str) -> None:
    letters = Letters.of(text)
    query = parse(raw)
    found = occurrences(query, letters.letters, letters.apart)
    assert count(query, letters.letters, letters.apart) == len(found)
    assert bool(found) == bool(search.spans(raw, text))


@given(piece=st.text(alphabet="党建Xx乾隆", min_size=1, max_size=4), text=TEXTS)
def test_positions_tally_and_stands_agree(piece: str, text: str) -> None:
    letters, sought = Letters.of(text), needle(piece)
    places = positions(sought, letters.letters, letters.apart)
    assert tally(sought, letters.letters, letters.apart) == len(places)
    assert stands(sought, letters.letters, letters.apart) == bool(places)


@given(TEXTS)
def test_letters_know_their_way_back(text: str) -> None:
    letters = Letters.of(text)
    for index, letter in enumerate(letters.letters):
        start, end = letters.span(index, 1)
        assert end == start + 1
        if letter.isalnum():
            assert Letters.of(text[start]).letters == letter or letters.apart


@given(
    st.text("甲乙丙*\n", max_size=40),
    st.text("甲乙", min_size=1, max_size=3),
    st.text("甲乙丙", min_size=1, max_size=3),
    st.integers(1, 6),
)
def test_a_text_answers_near_when_it_has_a_place_that_does(
    text: str, one: str, other: str, within: int
) -> None:
    sought = Near(Term(one, needle(one)), Term(other, needle(other)), within)
    brute = any(
        text.startswith(other, second)
        and (0 <= second - first - len(one) <= within or 0 <= first - second - len(other) <= within)
        for first in range(len(text))
        if text.startswith(one, first)
        for second in range(len(text))
    )
    assert is_near(sought, text, None) == bool(near(sought, text, None)[0]) == brute
