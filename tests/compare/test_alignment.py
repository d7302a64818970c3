from hypothesis import given
from hypothesis import strategies as st

from archive.compare.alignment import between, common, joined, up_to_end
from archive.compare.exact import Match


def agreeing(x: str, matches: list[Match]) -> list[str]:
    return [x[match.a : match.a + match.length] for match in matches]


def test_single_letters_count_only_in_short_stretches_and_at_the_end() -> None:
    assert agreeing("承担", between("承担", "担负")) == ["担"]
    assert agreeing("党的二十大", between("党的二十大", "管党治党思想")) == []
    assert agreeing("推动新时代机关", up_to_end("推动新时代机关", "引领我们有关")) == ["关"]


def test_the_longest_run_comes_before_its_neighbours() -> None:
    assert agreeing("中央和国家机关", common("中央和国家机关", "市直机关和中央", 2)) == ["中央"]
    assert agreeing("学习宣传贯彻", common("学习宣传贯彻", "学习贯彻", 2)) == ["学习", "贯彻"]


def test_runs_that_touch_on_both_sides_are_one() -> None:
    assert joined([Match(0, 5, 2), Match(2, 7, 1), Match(3, 9, 1)]) == [Match(0, 5, 3), Match(3, 9, 1)]


stretches = st.text(alphabet="甲乙丙丁", max_size=12)


@given(stretches, stretches, st.integers(1, 3))
def test_runs_agree_in_order_and_never_cross(x: str, y: str, least: int) -> None:
    a = b = 0
    for match in common(x, y, least):
        assert match.length >= least
        assert match.a >= a
        assert match.b >= b
        a, b = match.a + match.length, match.b + match.length
        assert x[match.a : a] == y[match.b : b]


@given(stretches, stretches)
def test_what_agrees_at_the_end_is_always_seen(x: str, y: str) -> None:
    found = up_to_end(x + "戊", y + "戊")
    last = found[-1]
    assert (last.a + last.length, last.b + last.length) == (len(x) + 1, len(y) + 1)
