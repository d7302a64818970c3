"""The order of titles and names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.collation import LONGEST, initial, name_key, title_key

# Each line in its order. The first three are what code points, GB 18030 or tones alone would put otherwise.
ORDERS = [
    ["长江", "重庆", "银行", "长大", "中国", "重大"],  # polyphones: chang, chong, yin, zhang, zhong, zhong
    ["曹", "嘈", "策", "达", "龘", "鄂"],  # rare letters stand at their syllable, behind the others
    ["事业", "是非", "市场", "市长", "视察"],  # the same letter together, whatever follows
    ["安", "昂", "班"],  # an before ang
    ["发展", "發展经济", "法治"],  # traditional letters as simplified ones
    ["第2次会议", "第10次会议", "第二次会议"],  # numbers by value, before letters
    ["007", "8", "30年", "GDP与增长", "阿", "“八一”讲话"],  # numbers, Latin, Chinese; marks passed over
    ["在会上", "在会上的讲话"],
    ["中", "𠮷"],  # what nobody can read comes last
]


@pytest.mark.parametrize("expected", ORDERS, ids=lambda titles: titles[0])
def test_titles_stand_in_the_order_of_their_sounds(expected):
    assert sorted(reversed(expected), key=title_key) == expected


@pytest.mark.parametrize("title", ["", "——", "《》"])
def test_a_title_without_a_letter_has_no_place(title):
    assert title_key(title) == b""


def test_marks_and_blanks_make_no_difference():
    assert title_key("《论 持久战》") == title_key("论持久战")


def test_only_the_beginning_of_a_long_title_is_looked_at():
    assert title_key("长" * LONGEST + "甲") == title_key("长" * LONGEST + "乙") != title_key("长")
    assert len(title_key("壮" * 300)) <= 12 * LONGEST


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("单于某", "C"),  # a compound surname before its first letter alone
        ("单霁翔", "S"),
        ("曾国藩", "Z"),
        ("仇英", "Q"),
        ("区伯", "O"),
        ("尉迟恭", "Y"),
        ("長孫無忌", "Z"),
        ("葉劍英", "Y"),
        ("Ólafur", "O"),
        ("·张三", "Z"),
        ("1号证人", ""),
        ("Ж", ""),
        ("", ""),
    ],
)
def test_a_person_stands_under_the_sound_of_the_surname(name, letter):
    assert initial(name) == letter


def test_a_surname_is_read_as_one_and_a_title_is_not():
    assert sorted(["三多", "单雄信", "上官"], key=name_key) == ["三多", "单雄信", "上官"]
    assert title_key("单位") < title_key("三多") < name_key("单位")


@given(st.lists(st.text(max_size=60)))
def test_any_text_has_a_place_and_the_same_one_however_often_asked(texts):
    for text in texts:
        assert title_key(text) == title_key(text)
        assert initial(text) == "" or "A" <= initial(text) <= "Z"


@given(st.text(alphabet="重长单行一二3上海", min_size=1, max_size=LONGEST - 5))
def test_a_title_comes_before_the_longer_one_that_it_begins_letter_by_letter(text):
    """As long as the longer one is read alike: a number that goes on is another number."""
    assert title_key(text) < title_key(f"{text}—X")
