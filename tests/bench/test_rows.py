"""The benchmark asks what it says it asks."""

from __future__ import annotations

import pytest

from archive.search.query import parse
from tests.bench.oracle import holding, sentences
from tests.bench.rows import MOST_TERMS, QUERIES, kinds
from tests.bench.stacks.compiled import BARRIER, of_text, pairs, singles
from tests.bench.texts import SEEDS

TEXTS = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]


def test_no_query_stands_in_two_rows_but_the_repeated_ones() -> None:
    rows = kinds(TEXTS)
    again = rows.pop("the same again")
    assert again == rows["a phrase"]
    assert all(len(asked) >= 10 for asked in rows.values())
    seen = [asked for row in rows.values() for asked in set(row)]
    assert len(seen) == len(set(seen))


def test_the_largest_queries_are_allowed() -> None:
    for row, asked in kinds(TEXTS).items():
        for one in asked:
            assert not parse(one.typed).problem, row
    assert {len(asked.every) for asked in kinds(TEXTS)["32 words"]} == {MOST_TERMS}
    assert len(kinds(TEXTS)["a phrase"]) == QUERIES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("学习，工作。好", ["学习", "习工", "工作", BARRIER]),
        ("黨建", ["党建"]),
        ("学习***次数", ["学习", BARRIER, "次数"]),
        ("好", []),
    ],
)
def test_pairs_stop_at_barriers(text: str, expected: list[str]) -> None:
    assert pairs(of_text(text)) == expected


def test_single_letters_keep_their_barriers() -> None:
    assert singles(of_text("学习。好")) == ["学", "习", BARRIER, "好"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [("党建", {1, 2}), ("黨建", {1, 2}), ("建工", {1}), ("作学", set()), ("干隆", set()), ("乾隆", {3})],
)
def test_the_oracle_reads_letters_inside_sentences(query: str, expected: set[int]) -> None:
    texts = {1: "党建，工作。学习", 2: "黨建***工作", 3: "乾隆皇帝"}
    assert holding(query, {pk: sentences(text) for pk, text in texts.items()}) == expected
