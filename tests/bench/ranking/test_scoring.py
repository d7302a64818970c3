"""The measures, against values worked out by hand."""

from __future__ import annotations

from math import log2

import pytest

from tests.bench.ranking.scoring import ndcg, recall, reciprocal_rank

GRADES = {"a": 3, "b": 2, "c": 1}


@pytest.mark.parametrize(
    ("ranked", "expected"),
    [
        (["a", "b", "c"], 1.0),
        (["a", "b", "c", "x"], 1.0),
        (["x", "y"], 0.0),
        ([], 0.0),
        (["a"], 7 / (7 + 3 / log2(3) + 1 / 2)),
        (["x", "a"], (7 / log2(3)) / (7 + 3 / log2(3) + 1 / 2)),
        (["c", "b", "a"], (1 + 3 / log2(3) + 7 / 2) / (7 + 3 / log2(3) + 1 / 2)),
    ],
)
def test_ndcg(ranked: list[str], expected: float) -> None:
    assert ndcg(ranked, GRADES) == pytest.approx(expected)


def test_ndcg_looks_no_deeper_than_asked() -> None:
    assert ndcg(["x", "a"], GRADES, depth=1) == 0
    assert ndcg(["a", "x"], GRADES, depth=1) == 1


@pytest.mark.parametrize(
    ("ranked", "least", "expected"),
    [(["a"], 1, 1.0), (["x", "y", "c"], 1, 1 / 3), (["c", "b"], 2, 1 / 2), (["c"], 2, 0.0), ([], 1, 0.0)],
)
def test_reciprocal_rank(ranked: list[str], least: int, expected: float) -> None:
    assert reciprocal_rank(ranked, GRADES, least) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("ranked", "depth", "expected"),
    [
        (["a", "x", "b"], 10, 2 / 3),
        (["x"] * 10 + ["a"], 10, 0.0),
        (["a", "b"], 2, 1.0),  # no more than two of the three can stand there
        ([], 10, 0.0),
    ],
)
def test_recall(ranked: list[str], depth: int, expected: float) -> None:
    assert recall(ranked, GRADES, depth) == pytest.approx(expected)


def test_where_nothing_is_relevant_nothing_is_missed() -> None:
    assert ndcg(["x"], {}) == recall(["x"], {}) == 1
