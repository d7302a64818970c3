"""The list of set phrases."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.text import fold, words
from archive.text.formulas import LIST, formula_spans, formulas

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def test_there_are_hundreds_and_none_twice() -> None:
    assert len(formulas()) >= 300
    assert len(set(formulas())) == len(formulas())


def test_each_is_folded_letters() -> None:
    assert [one for one in formulas() if fold(one) != one or not one.isalpha() or len(one) < 2] == []


def test_each_is_cut_apart_by_the_segmenter() -> None:
    assert [one for one in formulas() if len(words.words(one)) == 1] == []


def test_every_group_says_where_it_comes_from() -> None:
    groups = LIST.read_text(encoding="utf-8").strip().split("\n\n")
    assert [group for group in groups if not group.startswith("# ")] == []
    assert len(groups) > 5


def test_a_third_of_them_stand_in_the_seeds() -> None:
    text = "".join(
        char for path in SEEDS.glob("*.txt") for char in fold(path.read_text("utf-8")) if char.isalnum()
    )
    assert sum(one in text for one in formulas()) > len(formulas()) / 3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("党建工作", []),
        ("", []),
        ("坚定拥护两个确立", ["两个确立"]),
        ("全面从严治党永远在路上", ["全面从严治党永远在路上"]),
        ("全面从严治党和三会一课", ["全面从严治党", "三会一课"]),
        ("不忘初心、牢记使命", ["不忘初心", "牢记使命"]),
        ("不忘初心牢记使命", ["不忘初心牢记使命"]),
    ],
)
def test_the_longest_formula_is_found(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in formula_spans(text)] == found
