"""What keeps its words keeps its number; a number that is gone leads to the piece nearest to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.parsing import nearest, renumber


@pytest.mark.parametrize(
    ("before", "after", "leads"),
    [
        ([1, 2, 3], [1, 2, 3], {}),
        ([1, 2, 3], [3, 1, 2], {}),
        ([1, 2, 3], [1, 4, 3], {2: 4}),  # rewritten: the new one in its place
        ([1, 2, 3], [1, 3], {2: 1}),  # deleted: the one above
        ([1, 2, 3], [2, 3], {1: 2}),  # deleted at the top: the first
        ([1, 2, 3, 4], [1, 5, 6, 4], {2: 5, 3: 6}),  # two rewritten: each its own
        ([1, 2, 3, 4], [1, 5, 4], {2: 5, 3: 5}),  # two made one
        ([1, 2, 3], [1, 4, 5, 3], {2: 4}),  # one made two: the first half
        ([1, 2, 3], [4], {1: 4, 2: 4, 3: 4}),
        ([1, 2], [], {}),
        ([], [1], {}),
    ],
)
def test_a_number_that_is_gone_leads_to_what_stands_in_its_place(
    before: list[int], after: list[int], leads: dict[int, int]
) -> None:
    assert nearest(before, after) == leads


numbers = st.lists(st.integers(1, 30), unique=True)


@given(numbers, numbers.filter(bool))
def test_every_number_that_is_gone_leads_to_one_that_is_there(before: list[int], after: list[int]) -> None:
    leads = nearest(before, after)
    assert leads.keys() == set(before) - set(after)
    assert set(leads.values()) <= set(after)


def test_a_new_piece_gets_a_number_that_nothing_ever_had() -> None:
    assert renumber([(1, "a"), (7, "gone long ago"), (2, "b")], ["b", "new", "a"], first=1) == [2, 8, 1]


def test_equal_pieces_take_the_old_numbers_in_order() -> None:
    assert renumber([(4, "x"), (2, "x")], ["x", "x", "x"], first=1) == [4, 2, 5]
