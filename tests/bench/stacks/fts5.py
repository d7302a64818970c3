"""SQLite's FTS5 over single letters: a phrase is a phrase of letters, so every length is exact."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.rows import PAGE, Asked
from tests.bench.stacks import QUESTION, Row, built, searched
from tests.bench.stacks.compiled import of_query, of_text, singles

TOKENIZER = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn So Sm Po'"


def index(data: Path) -> dict[str, Any]:
    path = data / "fts5.sqlite3"

    def build(rows: Iterator[Row]) -> None:
        database = sqlite3.connect(path)
        database.execute(
            f"CREATE VIRTUAL TABLE texts USING fts5(letters, content='', tokenize={TOKENIZER!r})"
        )
        database.execute("CREATE TABLE facts(pk INTEGER PRIMARY KEY, day INTEGER)")
        for row in rows:
            tokens = " ".join(singles(of_text(row.text)))
            database.execute("INSERT INTO texts(rowid, letters) VALUES(?, ?)", (row.pk, tokens))
            database.execute("INSERT INTO facts VALUES(?, ?)", (row.pk, row.day))
        database.commit()
        database.close()

    return built(build, lambda: path.stat().st_size / 1e6)


def search(data: Path) -> dict[str, Any]:
    database = sqlite3.connect(data / "fts5.sqlite3")

    def ask(asked: Asked) -> None:
        wanted, parameters = "texts MATCH ?", [matching(asked)]
        if asked.year:
            wanted += " AND day / 10000 = ?"
            parameters.append(asked.year)
        found = f"FROM texts JOIN facts ON pk = texts.rowid WHERE {wanted}"
        total = database.execute(f"SELECT count(*) {found}", parameters).fetchone()[0]
        start = (total - 1) // PAGE * PAGE if asked.last and total else 0
        order = "day DESC" if asked.newest else "rank"
        page = f"SELECT pk {found} ORDER BY {order} LIMIT {PAGE} OFFSET {start}"
        database.execute(page, parameters).fetchall()

    def all_of(phrase: str) -> set[int]:
        query = "SELECT rowid FROM texts WHERE texts MATCH ?"
        return {pk for (pk,) in database.execute(query, [matching(Asked(phrase, (phrase,)))])}

    return searched(ask, all_of, skip={QUESTION})


def matching(asked: Asked) -> str:
    """FTS5's query language: a phrase of letters for each phrase."""
    groups = [(phrase,) for phrase in asked.every] + list(asked.groups)
    return " AND ".join(f"({' OR '.join(map(_phrase, group))})" for group in groups)


def _phrase(phrase: str) -> str:
    return '"' + " ".join(singles(of_query(phrase))) + '"'
