"""The Markdown tables of the benchmark, from what the workers measured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

NAMES = {"ours": "the archive", "plain": "plain stack", "tantivy": "Tantivy, pairs", "fts5": "FTS5, letters"}
Results = dict[str, dict[str, Any]]


def tables(title: str, results: Results) -> Iterator[str]:
    ours = results.get("ours", {})
    made = ours.get("index", {})
    size = f": {made['speeches']:,} speeches, {made['characters']:,} characters" if made else ""
    yield f"### {title}{size}\n"
    yield from index_table(results)
    yield ""
    yield from search_table(results)
    yield from ranking_table({stack: r for stack, r in results.items() if "rank" in r})
    if ours:
        yield ""
        yield from pages_table(ours)


def index_table(results: Results) -> Iterator[str]:
    yield from head("the index", results)
    yield row("indexing, characters/s", [f"{r['index']['characters_per_s']:,.0f}" for r in results.values()])
    yield row("… a second of CPU", [f"{r['index']['characters_per_cpu_s']:,.0f}" for r in results.values()])
    yield row("size", [f"{r['index']['index_mb']:.1f} MB" for r in results.values()])
    yield row("peak memory, indexing", [f"{r['index']['memory_mb']:.0f} MB" for r in results.values()])
    yield row("peak memory, only searching", [f"{r['search']['memory_mb']:.0f} MB" for r in results.values()])
    judged = (r["search"]["judged"] for r in results.values())
    yield row("missed / extra speeches, 40 phrases", [f"{j['missed']} / {j['extra']}" for j in judged])


def search_table(results: Results) -> Iterator[str]:
    """On the wall, and in parentheses on the processor: what a busy machine does not change."""
    yield from head("search, p50 / p95 ms (CPU)", results)
    searches = [r["search"]["search"] for r in results.values()]
    for kind in dict.fromkeys(kind for search in searches for kind in search):
        yield row(kind, [shown(search.get(kind)) for search in searches])


def ranking_table(results: Results) -> Iterator[str]:
    if not results:
        return
    yield ""
    yield from head("ranking of speeches", results)
    ranks = [r["rank"] for r in results.values()]
    for kind, measures in ranks[0].items():
        cells = [" / ".join(f"{value:.3f}" for value in rank[kind].values()) for rank in ranks]
        yield row(f"{kind}: {' / '.join(measures)}", cells)


def pages_table(ours: dict[str, Any]) -> Iterator[str]:
    index, served, pages = ours["index"], ours["served"], ours["pages"]
    yield "| the archive alone | |\n|---|--:|"
    yield row("import and index", [f"{index['import_s']:.1f} s, {index['imported_per_s']:,.0f} characters/s"])
    yield row("index after an import", [f"{index['imported_mb']:.1f} MB"])
    yield row("an upload until it is found, p50 / p95 ms (CPU)", [shown(pages["upload_s"])])
    yield row("over HTTP: /search/, a phrase, p50 / p95 ms", [shown(served["page"])])
    yield row("over HTTP: /search.json, a phrase, p50 / p95 ms", [shown(served["twin"])])
    if served["memory_mb"]:
        yield row("peak memory of the server after these", [f"{served['memory_mb']:.0f} MB"])
    yield row("peak memory of a process that showed all pages below", [f"{pages['memory_mb']:.0f} MB"])
    for page, times in pages["pages"].items():
        yield row(f"page: {page}, p50 / p95 ms (CPU)", [shown(times)])


def head(first: str, results: Results) -> Iterator[str]:
    yield row(first, [NAMES[stack] for stack in results])
    yield f"|---|{'--:|' * len(results)}"


def shown(times: dict[str, Any] | None) -> str:
    if not times:
        return "–"
    if "refused" in times:
        return "refused"
    return f"{_pair(times)} ({_pair(times['cpu'])})" if "cpu" in times else _pair(times)


def _pair(times: dict[str, float]) -> str:
    digits = 2 if times["p50"] < 1 else 1
    return f"{times['p50']:.{digits}f} / {times['p95']:.{digits}f}"


def row(name: str, cells: list[str]) -> str:
    return f"| {' | '.join([name, *cells])} |"
