from hypothesis import given
from hypothesis import strategies as st

from archive.compare import Text
from archive.compare import seeds as module
from archive.compare.exact import exact_matches
from archive.compare.normalise import Letters, normalise
from archive.compare.seeds import GRAM, seeds


def both(a: str, b: str) -> tuple[Letters, Letters]:
    return normalise(Text(a), "a"), normalise(Text(b), "b")


def runs(a: str, b: str, limit: int = 1000) -> list[str]:
    x, y = both(a, b)
    return [x.string[run.a : run.a + run.length] for run in seeds(x.string, y.string, limit).runs]


def test_three_letters_are_no_seed() -> None:
    assert runs("党的建设", "党的建没") == []


def test_a_gram_that_stands_everywhere_is_seen_only_beside_a_rare_one() -> None:
    often = "\n".join(["全面从严治党"] * 21)
    assert runs(often, often) == []
    assert runs(often + "\n推进全面从严治党", often + "\n推进全面从严治党") == ["推进全面从严治党"]


def test_when_the_budget_is_short_the_rarest_are_looked_at() -> None:
    a, b = "学习贯彻\n学习贯彻\n独到见解", "学习贯彻\n学习贯彻\n独到见解"
    assert sorted(set(runs(a, b))) == ["学习贯彻", "独到见解"]
    assert runs(a, b, limit=1) == ["独到见解"]
    x, y = both(a, b)
    assert not seeds(x.string, y.string, 1).complete
    assert seeds(x.string, y.string, 5).complete


texts = st.text(alphabet="甲乙丙\n", max_size=40)


@given(texts, texts)
def test_with_nothing_too_frequent_the_seeds_are_all_maximal_matches(a: str, b: str) -> None:
    x, y = both(a, b)
    found = seeds(x.string, y.string)
    if all(n <= module.COMMON for n in found.pairs.values()):
        assert found.runs == exact_matches(x, y, GRAM).matches
