"""What consists of an archive's formulas, and what only holds one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.compare.formulaic import Formulas

KNOWN = ("高举中国特色社会主义伟大旗帜", "坚持稳中求进工作总基调", "套话")


@pytest.mark.parametrize(
    ("letters", "formulaic"),
    [
        ("", False),
        ("今年要抓好机关党建", False),
        ("高举中国特色社会主义伟大旗帜把机关党建抓出成效来", False),
        ("工作总基调是对的", False),
        ("义伟", False),
        ("高举中国特色社会主义伟大旗帜", True),
        ("中国特色社会主义", True),
        ("坚持稳中求进工作总基调高举中国特色社会主义伟大旗帜", True),
        ("坚持稳中求进工作总基调并高举中国特色社会主义伟大旗帜", True),
        ("套话", True),
    ],
)
def test_a_passage_is_a_formula_when_nearly_all_of_it_is(letters: str, formulaic: bool) -> None:
    assert (letters in Formulas(KNOWN)) is formulaic


def test_of_no_formulas_nothing_consists() -> None:
    assert "高举旗帜" not in Formulas(())


words = st.text(alphabet="甲乙丙", min_size=1, max_size=9)


@given(st.lists(words, max_size=5), st.lists(words, min_size=1, max_size=3))
def test_formulas_in_a_row_are_formulas(others: list[str], row: list[str]) -> None:
    long = [word * 4 for word in row]
    assert "".join(long) in Formulas([*others, *long])
