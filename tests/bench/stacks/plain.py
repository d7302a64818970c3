"""The plain stack: Haystack's stock Whoosh backend with jieba's ChineseAnalyzer, auto_query, first page and count."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.bench.measure import peak_memory, size_of
from tests.bench.rows import PAGE, RANKED, Asked

BATCH = 100  # rows of an update
# Whoosh's query parser has no such meaning behind auto_query, or the index no such field.
BEYOND = {"sorted by date", "narrowed to a year", "16 × “A 或 B”"}


def index(data: Path) -> dict[str, Any]:
    from haystack import connections

    from archive.models import Speech
    from tests.bench.stacks import speed

    backend = connections["default"].get_backend()
    index = connections["default"].get_unified_index().get_index(Speech)
    speeches = list(Speech.objects.published())

    def build() -> None:
        for start in range(0, len(speeches), BATCH):
            backend.update(index, speeches[start : start + BATCH])

    return {
        **speed(sum(speech.characters for speech in speeches), build),
        "index_mb": size_of(data / "plain"),
        "memory_mb": peak_memory(),
    }


def search(data: Path) -> dict[str, Any]:
    from haystack.query import SearchQuerySet

    from tests.bench.stacks import searched

    def ask(asked: Asked) -> None:
        answers = SearchQuerySet().auto_query(asked.typed.replace("“", '"').replace("”", '"'))
        total = len(answers)
        start = (total - 1) // PAGE * PAGE if asked.last and total else 0
        list(answers[start : start + PAGE])

    def all_of(phrase: str) -> set[int]:
        answers = SearchQuerySet().auto_query(phrase)
        return {int(answer.pk) for answer in answers[: len(answers)]}

    return searched(ask, all_of, BEYOND)


def rank(data: Path) -> dict[str, Any]:
    from haystack.query import SearchQuerySet

    from tests.bench.ranking.measured import SHOWN, compared

    return compared(lambda query: [int(hit.pk) for hit in SearchQuerySet().auto_query(query)[:SHOWN]], RANKED)
