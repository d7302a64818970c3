import itertools

from hypothesis import given
from hypothesis import strategies as st

from archive.compare import Coverage, Span
from archive.compare.coverage import coverage, union

spans = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 10)).map(lambda s: Span(s[0], s[0] + s[1])))


def test_a_letter_under_two_passages_counts_once() -> None:
    assert coverage(20, [Span(0, 8), Span(4, 12), Span(0, 8)]) == Coverage(20, 12)


def test_nothing_of_nothing_is_nothing() -> None:
    assert coverage(0, []).share == 0.0


@given(spans)
def test_the_union_is_disjoint_in_order_and_complete(found: list[Span]) -> None:
    joined = union(found)
    assert all(x.end < y.start for x, y in itertools.pairwise(joined))
    assert {i for s in joined for i in range(*s)} == {i for s in found for i in range(*s)}


@given(spans)
def test_no_more_than_everything_is_covered(found: list[Span]) -> None:
    assert 0.0 <= coverage(60, found).share <= 1.0
