"""The benchmark runs, and what must be exact is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from archive import search
from tests.bench import rows, stacks
from tests.bench.stacks import fts5, ours, pages, tantivy
from tests.bench.tables import tables
from tests.bench.texts import SEEDS


@pytest.fixture
def data(transactional_db: None, index_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The seeds as an archive, and few queries of each kind."""
    call_command("import_speeches", str(SEEDS), verbosity=0)
    search.rebuild()
    monkeypatch.setattr(rows, "QUERIES", 4)
    monkeypatch.setattr(stacks, "QUERIES", 4)
    monkeypatch.setattr(pages, "TIMES", 2)
    monkeypatch.setattr(pages, "LONGEST", 2)  # comparing them takes longest
    return tmp_path


@pytest.mark.parametrize("stack", [ours, tantivy, fts5])
def test_exact_engines_miss_nothing_and_find_nothing_else(stack: Any, data: Path) -> None:
    if stack is not ours:
        assert stack.index(data)["index_mb"] > 0
    searched = stack.search(data)
    assert searched["judged"] == {"missed": 0, "extra": 0}
    assert len(searched["search"]) >= 11
    assert not [kind for kind, times in searched["search"].items() if "refused" in times]


def test_the_tables_have_every_row(data: Path) -> None:
    made = {"speeches": 5, "characters": 19_153, "import_s": 1.0, "imported_per_s": 1.0, "imported_mb": 1.0}
    index = {"characters_per_s": 1.0, "characters_per_cpu_s": 2.0, "index_mb": 3.0, "memory_mb": 4.0}
    served = {"page": {"p50": 1.0, "p95": 2.0}, "twin": {"p50": 0.5, "p95": 2.0}, "memory_mb": 5.0}
    searched, ranked = ours.search(data), ours.rank(data)
    shown = pages.search(data)
    results = {
        "ours": {
            "index": index | made, "search": searched, "served": served, "pages": shown,
            "rank": ranked,
        }
    }  # fmt: skip
    text = "\n".join(tables("Five", results))
    for kind in (*results["ours"]["search"]["search"], *shown["pages"], "judged, all", "known item, title"):
        assert kind in text
    assert "| over HTTP: /search.json, a phrase, p50 / p95 ms | 0.50 / 2.00 |" in text
