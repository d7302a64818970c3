import pytest

from archive.compare import Text
from archive.compare.chains import chains
from archive.compare.growth import Grower
from archive.compare.normalise import normalise
from archive.compare.seeds import seeds


def grown(a: str, b: str) -> list[str]:
    """The runs of the best chain, grown."""
    x, y = normalise(Text(a), "a"), normalise(Text(b), "b")
    runs = seeds(x.string, y.string).runs
    chain = chains(runs, x.string, y.string)[0]
    return [x.string[m.a : m.a + m.length] for m in Grower.of(x, y, runs).grown(chain)]


@pytest.mark.parametrize(
    ("a", "b", "runs"),
    [
        ("他全面从严治党向前人", "我全面从严治党向前才", ["全面从严治党向前"]),  # nothing to add
        ("切实承担起全面从严治党", "切实担负起全面从严治党", ["切实", "担", "起全面从严治党"]),  # odd letters
        ("全面从严治党向前某某某某发展", "全面从严治党向前何何何何何发展", ["全面从严治党向前", "发展"]),
        ("他推动机关全面从严治党向前", "，推进全面从严治党向前", ["推", "全面从严治党向前"]),  # half a word
        ("全面从严治党向前\n切实", "全面从严治党向前某切实", ["全面从严治党向前"]),  # never over a barrier
    ],
)
def test_a_chain_grows_as_far_as_a_reader_reads_on(a: str, b: str, runs: list[str]) -> None:
    assert grown(a + "。", b + "。") == runs


def test_what_does_not_promise_anything_is_dropped() -> None:
    assert grown("他甲乙丙丁人", "我甲乙丙丁才") == []


def test_a_strong_chain_takes_a_run_that_another_chain_has() -> None:
    a = "习近平总书记亲自出席中央和国家机关党的建设工作会议并发表重要讲话"
    b = "中央和国家机关党的建设工作会议，习近平总书记亲自出席会议并发表重要讲话"
    x, y = normalise(Text(a), "a"), normalise(Text(b), "b")
    runs = seeds(x.string, y.string).runs
    grower = Grower.of(x, y, runs)
    found = {
        x.string[matches[0].a : matches[-1].a + matches[-1].length]
        for chain in chains(runs, x.string, y.string)
        if (matches := grower.grown(chain))
    }
    assert a in found
