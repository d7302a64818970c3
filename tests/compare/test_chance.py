from archive.compare import Text
from archive.compare.chance import BROKEN, EDGE, Chance
from archive.compare.exact import Match
from archive.compare.normalise import normalise
from archive.compare.seeds import seeds


def bits(a: str, b: str, *matches: Match, given: Match | None = None) -> float:
    x, y = normalise(Text(a), "a"), normalise(Text(b), "b")
    return Chance(x, y, seeds(x.string, y.string)).bits(matches, given)


ONE = Match(1, 1, 4)


def test_what_stands_often_is_weaker_evidence() -> None:
    once, then = Match(1, 1, 4), Match(6, 6, 2)
    rare = bits("他甲乙丙丁某子丑人", "我甲乙丙丁何子丑才", Match(2, 2, 4), Match(7, 7, 2))
    often = bits("他甲乙丙丁某子丑人，子丑，子丑", "我甲乙丙丁何子丑才，子丑", Match(2, 2, 4), Match(7, 7, 2))
    assert rare > often
    assert once.length > then.length


def test_each_end_at_a_mark_adds_and_each_end_of_a_clause_inside_takes_away() -> None:
    inside = bits("他甲乙丙丁人", "我甲乙丙丁才", Match(2, 2, 4))
    assert bits("他，甲乙丙丁人", "我甲乙丙丁才", Match(2, 2, 4)) == inside + EDGE
    assert bits("甲乙丙丁", "甲乙丙丁", ONE) == inside + 4 * EDGE
    assert bits("他甲乙。丙丁人", "我甲乙丙丁才", Match(2, 2, 4)) == inside - BROKEN
    assert bits("他甲乙。丙丁人", "我甲乙；丙丁才", Match(2, 2, 4)) == inside


def test_letters_far_apart_are_weaker_evidence_and_a_given_run_is_none() -> None:
    near = bits("甲乙丙丁某子丑", "甲乙丙丁子丑", ONE, Match(6, 5, 2))
    far = bits("甲乙丙丁某某某子丑", "甲乙丙丁子丑", ONE, Match(8, 5, 2))
    assert near > far
    assert bits("甲乙丙丁", "甲乙丙丁，甲乙丙丁", ONE, given=ONE) == 4 * EDGE
