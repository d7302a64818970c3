"""Tantivy over letter pairs with positions: a phrase is a phrase of pairs. A single letter is no pair: out of reach."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tantivy

from tests.bench.measure import size_of
from tests.bench.rows import PAGE, Asked
from tests.bench.stacks import QUESTION, Row, built, searched
from tests.bench.stacks.compiled import of_query, of_text, pairs

HEAP = 256_000_000  # bytes that the writer may hold


def schema() -> Any:
    fields = tantivy.SchemaBuilder()
    fields.add_integer_field("pk", fast=True, indexed=True, stored=True)
    fields.add_integer_field("day", fast=True, indexed=True)
    fields.add_text_field("pairs", tokenizer_name="whitespace", index_option="position")
    return fields.build()


def index(data: Path) -> dict[str, Any]:
    path = data / "tantivy"
    path.mkdir()

    def build(rows: Iterator[Row]) -> None:
        writer = tantivy.Index(schema(), path=str(path)).writer(heap_size=HEAP, num_threads=1)
        for row in rows:
            tokens = " ".join(pairs(of_text(row.text)))
            writer.add_document(tantivy.Document(pk=row.pk, day=row.day, pairs=tokens))
        writer.commit()
        writer.wait_merging_threads()

    return built(build, lambda: size_of(path))


def search(data: Path) -> dict[str, Any]:
    index = tantivy.Index.open(str(data / "tantivy"))
    index.reload()
    searcher = index.searcher()

    def ask(asked: Asked) -> None:
        order = {"order_by_field": "day"} if asked.newest else {}
        query = matching(index.schema, asked)
        start = 0
        if asked.last:
            total = searcher.search(query, 1).count
            start = (total - 1) // PAGE * PAGE if total else 0
        found = searcher.search(query, PAGE, offset=start, **order)
        [searcher.doc(address)["pk"] for _score, address in found.hits]

    def all_of(phrase: str) -> set[int]:
        found = searcher.search(matching(index.schema, Asked(phrase, (phrase,))), max(1, searcher.num_docs))
        return {searcher.doc(address)["pk"][0] for _score, address in found.hits}

    return searched(ask, all_of, skip={"one letter", QUESTION})


def matching(schema: Any, asked: Asked) -> Any:
    must = tantivy.Occur.Must
    parts = [(must, _phrase(schema, phrase)) for phrase in asked.every]
    for group in asked.groups:
        either = [(tantivy.Occur.Should, _phrase(schema, phrase)) for phrase in group]
        parts.append((must, tantivy.Query.boolean_query(either)))
    if asked.year:
        first = int(asked.year) * 10_000
        whole = tantivy.Query.range_query(schema, "day", tantivy.FieldType.Integer, first, first + 9999)
        parts.append((must, whole))
    return tantivy.Query.boolean_query(parts)


def _phrase(schema: Any, phrase: str) -> Any:
    tokens = pairs(of_query(phrase))
    if len(tokens) == 1:
        return tantivy.Query.term_query(schema, "pairs", tokens[0])
    return tantivy.Query.phrase_query(schema, "pairs", tokens)
