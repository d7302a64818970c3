"""``python -m tests.bench.ranking [--corpus FOLDER …] [--data FOLDER] [--queries N] [--only WORD]``.

Prints MRR and nDCG tables. The corpus (default: the seeds) is imported once into the data folder, which is
kept: the next run only searches. An index of another version is rebuilt.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from tests.bench.measure import set_up, size_of, spread
from tests.bench.texts import SEEDS

ROOT = Path(__file__).parents[3]


def main() -> None:
    parser = argparse.ArgumentParser(description="How well answers are ranked.")
    parser.add_argument("--corpus", type=Path, nargs="+", default=[SEEDS], help="folders of texts")
    parser.add_argument("--data", type=Path, help="a data folder to keep (default: below var/bench)")
    parser.add_argument("--queries", type=int, default=250, help="queries of each kind")
    parser.add_argument("--only", default="", help="only kinds with this in their name")
    parser.add_argument("--show", type=int, default=0, help="print so many of the worst queries of each kind")
    options = parser.parse_args()
    data = options.data or ROOT / "var" / "bench" / "-".join(path.resolve().name for path in options.corpus)
    prepare(data, options.corpus)
    known_items(options)
    if SEEDS in options.corpus:
        judged_queries(options.show)


def prepare(data: Path, corpus: Sequence[Path]) -> None:
    """The archive in ``data``: imported if it is not there yet, indexed again if its index is of another version."""
    data.mkdir(parents=True, exist_ok=True)
    set_up(data, "archive.settings")
    from django.core.management import call_command

    from archive import search
    from archive.models import Speech

    call_command("migrate", verbosity=0)
    if not Speech.objects.exists():
        print(f"Importing into {data} …", file=sys.stderr)
        call_command("import_speeches", *map(str, corpus), verbosity=0)
    if not search.status().ok:
        print("Indexing …", file=sys.stderr)
        search.rebuild()
    search.prepare()
    speeches = Speech.objects.published()
    letters = sum(speeches.values_list("characters", flat=True))
    print(f"{speeches.count():,} speeches, {letters:,} characters, index {size_of(data / 'index'):.1f} MB\n")


def known_items(options: argparse.Namespace) -> None:
    """A row a kind: MRR and R@10 of the speech, and how long one find() takes."""
    from archive import search
    from tests.bench.ranking.known import KINDS, Known
    from tests.bench.ranking.scoring import reciprocal_rank

    search.find(search.Query("热身"))
    print("| known item: a query is the speech's … | queries | MRR | first | R@10 | nothing | p50 / p95 ms |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for kind, make in KINDS.items():
        if options.only not in kind:
            continue
        known = make(options.queries)
        seconds, ranked = asked([item.query for item in known], speeches_found)
        grades = [dict.fromkeys(item.speeches, 3) for item in known]
        ranks = [reciprocal_rank(*pair) for pair in zip(ranked, grades, strict=True)]
        times = spread(seconds)
        print(
            f"| {kind} | {len(known)} | {mean(ranks):.3f} | {mean(rank == 1 for rank in ranks):.1%} "
            f"| {mean(rank >= 0.1 for rank in ranks):.3f} | {mean(not answer for answer in ranked):.1%} "
            f"| {times['p50']:.1f} / {times['p95']:.1f} |",
            flush=True,
        )
        worst: list[tuple[float, Known]] = sorted(zip(ranks, known, strict=True), key=lambda pair: pair[0])
        for rank, item in [pair for pair in worst if pair[0] < 1][: options.show]:
            print(f"    {rank:.3f} {item.query} -> {sorted(item.speeches)}")


def asked(queries: Sequence[str], ask: Callable[[str], Any]) -> tuple[list[float], list[Any]]:
    """Seconds of CPU and the answer of each query."""
    seconds, answers = [], []
    for query in queries:
        start = time.process_time()
        answers.append(ask(query))
        seconds.append(time.process_time() - start)
    return seconds, answers


def speeches_found(query: str) -> list[int]:
    """The speeches on the first page, best first."""
    from archive import search

    return [hit.id for hit in search.find(search.Query(query)).hits]


def judged_queries(show: int) -> None:
    """A row a kind of query: how well sections, and speeches, are ranked by judgement."""
    from tests.bench.ranking.judged import Seeds, judged

    seeds = Seeds.here()
    scored: dict[str, list[tuple[list[float], str]]] = {}
    for item in judged():
        speeches, places = seeds.found(item.query)
        row = [*worth(places, item.sections), *worth(speeches, item.speeches)]
        scored.setdefault(item.kind, []).append((row, item.query))
        scored.setdefault("all", []).append((row, item.query))
    scored["all"] = scored.pop("all")
    print("\n| judged by hand | queries | sections: nDCG@10 | MRR | R@10 | speeches: nDCG@10 | MRR | R@10 |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for kind, rows in scored.items():
        means = (f"{mean(column):.3f}" for column in zip(*(row for row, _ in rows), strict=True))
        print(f"| {kind} | {len(rows)} | {' | '.join(means)} |")
    for row, query in sorted(scored["all"])[:show]:
        print(f"    {row[0]:.3f} {query}")


def worth(ranked: Sequence[Any], grades: Mapping[Any, int]) -> tuple[float, float, float]:
    from tests.bench.ranking.scoring import ndcg, recall, reciprocal_rank

    return ndcg(ranked, grades), reciprocal_rank(ranked, grades, least=2), recall(ranked, grades)


if __name__ == "__main__":
    main()
