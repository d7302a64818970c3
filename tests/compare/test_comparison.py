import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.compare import Comparison, Span, Text, compare
from tests.compare.oracle import shared_rows

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def seed(number: int) -> Text:
    return Text(SEEDS[number].read_text(encoding="utf-8"))


def spans(found: Comparison) -> set[tuple[Span, Span, int]]:
    return {(p.a, p.b, p.length) for p in found.passages}


def test_what_recurs_in_the_seeds_is_left_out_of_the_plain_coverage() -> None:
    covered = compare(seed(0), seed(2)).covered_a
    assert covered.plain_exact.covered < covered.exact.covered < covered.both.covered
    assert covered.plain_exact.covered < covered.plain_both.covered < covered.both.covered


def test_two_speeches_share_what_stands_in_both() -> None:
    a, b = seed(0), seed(2)
    found = compare(a, b)
    assert len(found.passages) == 48
    longest = found.families[0]
    assert longest.letters == "对坚定不移全面从严治党深入推进新时代党的建设新的伟大工程作出"
    assert a.text[slice(*longest.a[0])] == "对“坚定不移全面从严治党，深入推进新时代党的建设新的伟大工程”作出"
    assert b.text[slice(*longest.b[0])] == "对坚定不移全面从严治党、深入推进新时代党的建设新的伟大工程作出"
    assert (found.coverage_a.covered, found.coverage_b.covered) == (219, 381)
    assert (found.limited, found.identical) == (False, False)


def test_a_longer_minimum_lists_exactly_the_longer_passages() -> None:
    short, long = compare(seed(1), seed(2)), compare(seed(1), seed(2), 16)
    assert spans(long) == {row for row in spans(short) if row[2] >= 16}
    assert long.coverage_a.covered < short.coverage_a.covered


def test_a_speech_with_itself_is_itself_and_not_its_repetitions() -> None:
    one = Text("党的建设必须全面从严。党的建设必须全面从严。")
    found = compare(one, one)
    assert found.identical
    assert spans(found) == {(Span(0, 21), Span(0, 21), 20)}
    assert found.coverage_a.share == found.coverage_b.share == 1.0


def test_other_punctuation_is_still_the_same_text() -> None:
    assert compare(Text("党的建设，全面从严。"), Text("党的建设全面从严")).identical
    assert not compare(Text("党的建设，全面从严。"), Text("党的建设\n全面从严")).identical


@pytest.mark.parametrize("text", ["", "，。！？", "\n\n", "***"])
def test_a_text_without_letters_shares_nothing(text: str) -> None:
    for other in (Text(text), seed(0)):
        found = compare(Text(text), other)
        assert found.passages == found.families == ()
        assert found.coverage_a.share == 0.0
        assert not found.identical


def test_a_passage_of_no_letters_is_refused() -> None:
    with pytest.raises(ValueError, match="min_letters is 0"):
        compare(Text("党"), Text("党"), 0)


def test_near_passages_count_by_the_letters_that_agree_and_formulas_apart() -> None:
    a, b = "切实承担起全面从严治党主体责任。天地玄黄", "切实担负起全面从严治党主体责任。宇宙洪荒"
    found = compare(Text(a), Text(b))
    covered = found.covered_a
    assert [c.covered for c in (covered.exact, covered.both)] == [11, 14]
    assert (covered.plain_exact, covered.plain_both) == (covered.exact, covered.both)
    known = compare(Text(a), Text(b), formulas={"起全面从严治党主体责任"}).covered_a
    assert [c.covered for c in (known.exact, known.plain_exact, known.plain_both)] == [11, 0, 14]


def test_a_longer_minimum_leaves_near_passages_out_in_which_fewer_letters_agree() -> None:
    a, b = Text("切实承担起全面从严治党主体责任"), Text("切实担负起全面从严治党主体责任")
    assert [p.length for p in compare(a, b, 14).near] == [14]
    assert compare(a, b, 15).near == compare(a, b, 15).near_families == ()


def test_the_answer_can_be_kept_in_a_cache() -> None:
    found = compare(seed(0), seed(1))
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  (our own bytes)


small = st.text(alphabet="甲乙丙，\n", max_size=30).map(Text)


@given(small, small)
def test_passages_families_and_coverage_tell_one_story(a: Text, b: Text) -> None:
    found = compare(a, b, 2)
    if not found.identical:
        assert spans(found) == shared_rows(a, b, 2)
    assert {f.letters for f in found.families} == {
        "".join(char for char in a.text[slice(*p.a)] if char.isalnum()) for p in found.passages
    }
    assert sum(len(f.a) * len(f.b) for f in found.families) >= len(found.passages)
    under = {i for p in found.passages for i in range(*p.a) if a.text[i].isalnum()}
    assert found.coverage_a.covered == len(under)
    assert 0.0 <= found.coverage_a.share <= 1.0
    assert list(found.passages) == sorted(found.passages, key=lambda p: (p.a.start, p.b.start))


@given(small, small)
def test_swapping_the_sides_mirrors_the_answer(a: Text, b: Text) -> None:
    one, other = compare(a, b, 2), compare(b, a, 2)
    assert spans(other) == {(y, x, n) for x, y, n in spans(one)}
    assert (one.coverage_a, one.coverage_b) == (other.coverage_b, other.coverage_a)
    assert {(f.letters, f.a, f.b) for f in one.families} == {(f.letters, f.b, f.a) for f in other.families}
