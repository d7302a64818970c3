from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from archive.compare import Text
from archive.compare.chains import GAP, OVERLAP, chains
from archive.compare.normalise import normalise
from archive.compare.seeds import seeds


def chained(a: str, b: str) -> list[list[str]]:
    x, y = normalise(Text(a), "a").string, normalise(Text(b), "b").string
    found = chains(seeds(x, y).runs, x, y)
    return [[x[run.a : run.a + run.length] for run in chain] for chain in found]


def test_runs_apart_or_crossing_or_in_other_lines_are_no_chain() -> None:
    one, two = "甲乙丙丁", "子丑寅卯"
    far = "，".join("天地玄黄宇宙洪荒日月盈昃辰宿列张")
    for a, b in [
        (one + far + two, one + "某" + two),
        (one + "某" + two, two + "某" + one),
        (f"{one}\n{two}", f"{one}某{two}"),
    ]:
        assert sorted(chained(a, b)) == sorted([[one], [two]]), (a, b)


def test_runs_that_follow_each_other_on_both_sides_are_one_chain() -> None:
    assert chained("甲乙丙丁某某子丑寅卯", "甲乙丙丁，子丑寅卯") == [["甲乙丙丁", "子丑寅卯"]]


def test_letters_that_two_runs_share_count_once() -> None:
    assert chained("甲乙丙丁戊己庚辛", "甲乙丙丁戊某戊己庚辛") == [["甲乙丙丁戊", "己庚辛"]]


texts = st.text(alphabet="甲乙丙，\n", max_size=60)


@given(texts, texts)
def test_every_run_is_in_one_chain_and_chains_keep_their_order(a: str, b: str) -> None:
    x, y = normalise(Text(a), "a").string, normalise(Text(b), "b").string
    runs = seeds(x, y).runs
    found = chains(runs, x, y)
    assert sum(map(len, found)) == len(runs)
    for chain in found:
        for one, then in pairwise(chain):
            gaps = then.a - one.a - one.length, then.b - one.b - one.length
            assert all(0 <= gap <= GAP + OVERLAP for gap in gaps)
            assert x[one.a : then.a + then.length].isalnum()
            assert y[one.b : then.b + then.length].isalnum()
