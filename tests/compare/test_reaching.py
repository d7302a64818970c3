from hypothesis import given
from hypothesis import strategies as st

from archive.compare import Span, Text
from archive.compare.normalise import normalise
from archive.compare.reaching import Budget, covered, reaches

small = st.text(alphabet="甲乙丙\n", max_size=40)


def both(base: str, other: str) -> tuple[str, str]:
    return normalise(Text(base), "a").string, normalise(Text(other), "b").string


@given(small, small, st.integers(1, 5))
def test_the_ends_are_those_of_the_definition(base: str, other: str, least: int) -> None:
    one, two = both(base, other)
    wanted = []
    for start in range(len(one)):
        ends = [end for end in range(start + least, len(one) + 1) if one[start:end] in two]
        wanted.append(max(ends, default=0))
    assert list(reaches(one, two, least, Budget())) == wanted


@given(small, small, st.integers(1, 5), st.integers(0, 300))
def test_with_a_small_budget_the_same_letters_are_covered(
    base: str, other: str, least: int, letters: int
) -> None:
    one, two = both(base, other)
    whole, cut = reaches(one, two, least, Budget()), reaches(one, two, least, Budget(letters))
    assert covered(cut) == covered(whole)
    assert all(mine <= true for mine, true in zip(cut, whole, strict=True))


def test_runs_that_touch_are_one() -> None:
    assert covered([0, 4, 5, 0, 8, 0, 0, 0, 0, 12]) == [Span(1, 8), Span(9, 12)]


def test_the_other_text_is_looked_through_seldom() -> None:
    """Of a sentence that stands there whole, only where it could go on is looked for, not at every letter."""

    class Counted(str):
        times = 0

        def __contains__(self, run: object) -> bool:
            Counted.times += 1
            return super().__contains__(run)

    sentence = "".join(chr(0x4E00 + n) for n in range(500))
    one, two = both(f"甲{sentence}乙", f"{sentence}丙{sentence[300:]}乙")
    ends = reaches(one, Counted(two), 8, Budget())
    assert ends[2] == 502
    assert ends[302] == 503
    assert Counted.times < 60


def test_one_syllable_for_ever_is_looked_through_within_the_budget() -> None:
    looked = []

    class Counted(str):
        def __contains__(self, run: object) -> bool:
            looked.append(len(self))
            return super().__contains__(run)

    budget = Budget(200_000)
    ends = reaches("\0" + "哈" * 3000 + "\0", Counted("\1" + "哈" * 2900 + "\1"), 8, budget)
    assert budget.spent
    assert sum(looked) < 300_000
    assert ends[1] == 2901
