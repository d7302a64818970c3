"""``python -m tests.bench.ranking [--corpus FOLDER …] [--data FOLDER] [--queries N] [--only WORD]``.

Prints MRR and nDCG tables. The corpus (default: the seeds) is imported once into the data folder, which is
kept: the next run only searches. An index of another version is rebuilt.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from tests.bench.measure import set_up, size_of
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
        judged(options.show)


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
    """A row a kind: where the speech stands among the results, and how long one find() takes."""
    from tests.bench.ranking.known import KINDS
    from tests.bench.ranking.measured import known_items

    speeches_found("热身")
    print(
        "| known item: a query is the speech's … | queries | MRR | first | R@10 | nothing | p50 / p95 ms (CPU) |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|")
    for kind in KINDS:
        if options.only in kind:
            known = known_items(kind, speeches_found, options.queries)
            cells = (
                f"{known.mrr:.3f}", f"{known.first:.1%}", f"{known.within_ten:.3f}", f"{known.nothing:.1%}",
                f"{known.times['p50']:.1f} / {known.times['p95']:.1f}",
            )  # fmt: skip
            print(f"| {kind} | {known.queries} | {' | '.join(cells)} |", flush=True)
            show(known.worst, options.show)


def speeches_found(query: str) -> list[int]:
    """The speeches on the first page, best first."""
    from archive import search

    return [hit.id for hit in search.find(search.Query(query)).hits]


def judged(most: int) -> None:
    """A row a kind of query: how well speeches, and the sections that they show, are ranked by judgement."""
    from tests.bench.ranking.judged import Seeds
    from tests.bench.ranking.measured import judged_queries

    scored = judged_queries(Seeds.here().found)
    print("\n| judged by hand | queries | speeches: nDCG@10 | MRR | R@10 | sections: nDCG@10 | MRR | R@10 |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for kind, rows in scored.items():
        columns = zip(*(speeches + sections for _query, (speeches, sections) in rows), strict=True)
        print(f"| {kind} | {len(rows)} | {' | '.join(f'{mean(column):.3f}' for column in columns)} |")
    show(sorted((sections[0], query) for query, (_speeches, sections) in scored["all"]), most)


def show(worst: list[tuple[float, str]], most: int) -> None:
    """The queries that were answered worst."""
    for value, query in [pair for pair in worst if pair[0] < 1][:most]:
        print(f"    {value:.3f} {query}")


if __name__ == "__main__":
    main()
