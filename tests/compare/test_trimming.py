import pytest

from archive.compare import Text
from archive.compare.exact import Match, exact_matches
from archive.compare.normalise import normalise
from archive.compare.trimming import Trimmer


def trimmed(a: str, b: str, least: int = 1) -> list[str]:
    """What remains of all that agrees."""
    x, y = normalise(Text(a), "a"), normalise(Text(b), "b")
    matches = exact_matches(x, y, least).matches
    return [x.string[m.a : m.a + m.length] for m in Trimmer(x, y).trimmed(matches)]


@pytest.mark.parametrize(
    ("a", "b", "kept"),
    [
        ("抓好机关党的建设", "抓好机关党的建设", ["抓好机关党的建设"]),
        ("必须抓好机关", "必须抓好机构", ["必须抓好"]),  # half of a word at the end
        ("加强党的领导", "增强党的领导", ["党的领导"]),  # and at the beginning
        ("工作，把握机遇", "协作，把握机遇", ["把握机遇"]),  # the tail of another clause
        ("把握机遇。工作", "把握机遇。工人", ["把握机遇"]),  # the head of another clause
    ],
)
def test_ends_stand_where_words_and_clauses_end(a: str, b: str, kept: list[str]) -> None:
    assert trimmed(a, b) == kept


def test_nothing_may_remain() -> None:
    x, y = normalise(Text("加强"), "a"), normalise(Text("增强"), "b")
    assert Trimmer(x, y).trimmed([Match(2, 2, 1)]) == []
