"""Measures over many queries, for any engine: ``ask`` takes a query and gives keys of speeches, best first."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

from tests.bench.measure import spread
from tests.bench.ranking.judged import Seeds, judged
from tests.bench.ranking.known import KINDS
from tests.bench.ranking.scoring import ndcg, recall, reciprocal_rank

Ask = Callable[[str], Sequence[int]]
SHOWN = 20  # results on the first page; a speech further down counts as not found
LEAST = 2  # the grade from which on a result is what was looked for


@dataclass(frozen=True, slots=True)
class KnownItems:
    """How well the queries of one kind find their speech. ``worst`` are (reciprocal rank, query), worst first."""

    queries: int
    mrr: float
    first: float
    within_ten: float
    nothing: float
    times: dict[str, float]  # of the processor, milliseconds
    worst: list[tuple[float, str]]


def known_items(kind: str, ask: Ask, count: int) -> KnownItems:
    ranks, seconds, nothing = [], [], 0
    known = KINDS[kind](count)
    for item in known:
        start = time.process_time()
        found = ask(item.query)[:SHOWN]
        seconds.append(time.process_time() - start)
        ranks.append(reciprocal_rank(found, dict.fromkeys(item.speeches, 1)))
        nothing += not found
    return KnownItems(
        queries=len(known),
        mrr=mean(ranks),
        first=mean(rank == 1 for rank in ranks),
        within_ten=mean(rank >= 1 / 10 for rank in ranks),
        nothing=nothing / len(known),
        times=spread(seconds),
        worst=sorted(zip(ranks, (item.query for item in known), strict=True)),
    )


Worth = tuple[float, float, float]  # nDCG@10, MRR, R@10


def worth(ranked: Sequence[Any], grades: Mapping[Any, int]) -> Worth:
    return ndcg(ranked, grades), reciprocal_rank(ranked, grades, LEAST), recall(ranked, grades)


def judged_queries(
    found: Callable[[str], tuple[Sequence[Any], ...]],
) -> dict[str, list[tuple[str, list[Worth]]]]:
    """Kind (and "all") -> each query with its worth. ``found`` gives speeches and, where there are any, sections."""
    scored: dict[str, list[tuple[str, list[Worth]]]] = {}
    for item in judged():
        grades = (item.speeches, item.sections)
        row = (item.query, [worth(ranked, g) for ranked, g in zip(found(item.query), grades, strict=False)])
        scored.setdefault(item.kind, []).append(row)
    scored["all"] = [row for rows in scored.values() for row in rows]
    return scored


def compared(ask: Ask, count: int) -> dict[str, dict[str, float]]:
    """What the benchmark prints beside another stack: row -> measures, speeches only."""
    rows = {}
    for kind in KINDS:
        known = known_items(kind, ask, count)
        rows[f"known item, {kind}"] = {"MRR": known.mrr, "R@10": known.within_ten}
    seeds = Seeds.here()
    if set(seeds.names.values()) == {place.seed for item in judged() for place in item.sections}:
        for kind, scored in judged_queries(lambda q: ([seeds.names[pk] for pk in ask(q)],)).items():
            values = [mean(column) for column in zip(*(worths[0] for _query, worths in scored), strict=True)]
            rows[f"judged, {kind}"] = dict(zip(("nDCG@10", "MRR", "R@10"), values, strict=True))
    return rows
