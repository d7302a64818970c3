"""``python -m tests.bench.large DATA [--speeches N]``: how search answers in a large archive; prints Markdown.

DATA is a data folder. An empty one is filled with made-up speeches, put into the database without the importer, and
indexed; one that has speeches is only asked. CPU and wall milliseconds of ``/search.json`` and its pages, every query
asked once in a process that only searches.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from tests.bench.measure import peak_memory, set_up, spread
from tests.bench.oracle import letters
from tests.bench.texts import queries, synthetic

QUERIES = 60
MAX_CHARACTERS, MAX_TERMS = 200, 32  # of a query


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure searching in a large archive.")
    parser.add_argument("data", type=Path, help="a data folder, empty or with an archive in it")
    parser.add_argument("--speeches", type=int, default=10_000, help="how many to make up for an empty one")
    options = parser.parse_args()
    set_up(options.data, "archive.settings")
    from django.core.management import call_command

    from archive.models import Speech

    call_command("migrate", verbosity=0)
    if not Speech.objects.exists():
        fill(options.speeches)
        start = time.process_time()
        call_command("rebuild_index", interactive=False, verbosity=0)
        characters = sum(Speech.objects.values_list("characters", flat=True))
        print(
            f"indexed {characters / (time.process_time() - start):,.0f} characters a second of CPU",
            flush=True,
        )
    ask()


def fill(count: int) -> None:
    from archive.models import Speech

    rows = []
    for number, (name, text) in enumerate(synthetic(count)):
        digest = hashlib.sha256(f"{name}{text}".encode()).hexdigest()
        speech = Speech(title=text.split("\n", 1)[0], text=text, characters=len(text), digest=digest)
        speech.date_iso = f"{2003 + number % 20}"
        rows.append(speech)
    Speech.objects.bulk_create(rows, batch_size=500)


def ask() -> None:
    from django.test import Client

    from archive.models import Speech

    speeches = Speech.objects.published().order_by("pk")
    count = speeches.count()
    sample = speeches.values_list("text", flat=True)[:: max(1, count // 300)]
    phrases = queries(list(sample), QUERIES)
    client = Client(headers={"host": "localhost"})
    for warm in ("热身", "的"):
        client.get("/search.json", {"q": warm})
    kinds: dict[str, list[dict[str, str]]] = {
        "a phrase": [{"q": q} for q in phrases],
        "a phrase in quotes": [{"q": f"“{q}”"} for q in phrases],
        "two phrases": [{"q": f"{a} {b}"} for a, b in pairwise(phrases)],
        "narrowed to a year": [{"q": f"{q} ", "year": "2019"} for q in phrases],
        "sorted by date": [{"q": q, "sort": "newest"} for q in phrases],
        "one letter": [{"q": letter} for letter in dict.fromkeys(q[0] for q in phrases)],
    }
    print(f"\n{count:,} speeches\n\n| | CPU p50 / p95 ms | wall |\n|---|--:|--:|")
    pooled = [row(kind, client, "/search.json", asked) for kind, asked in kinds.items()]
    print(line("all of these", *(list(chain.from_iterable(part)) for part in zip(*pooled, strict=True))))
    for page in ("/search/", "/concordance/", "/trends/"):
        row(page, client, page, [{"q": f"{q}  "} for q in phrases[:30]])
    print(f"| peak memory | {peak_memory():.0f} MB | |")
    heaviest(client, max(sample, key=len))


def heaviest(client: Any, text: str) -> None:
    """What a stranger can ask that costs most: every limit of the query language used up, common letters."""
    run = letters(text)
    pairs = list(dict.fromkeys(run[at : at + 2] for at in range(0, len(run) - 2, 5)))
    queries = {
        "one letter": "的",
        "eight letters, any": " OR ".join("的是在和有不了我"),
        "eight letters, all": " ".join("的是在和有不了我"),
        "four NEAR": "的 NEAR/100 的 NEAR/100 是 NEAR/100 在 NEAR/100 和",
        "four prefixes": "第* 19* 20* 1*",
        "as many pairs as fit, any": _fitting(" OR ", pairs),
        "as many pairs as fit, all": _fitting(" ", pairs),
        "200 letters": run[:200],
        "198 letters in quotes": f"“{run[:198]}”",
        "a question": "如何理解改革开放以来我国经济社会发展取得的伟大成就和存在的问题",
        "a long typo": "坚持以经济见设为中心坚持四项基本原则",
        "letters that nobody uses": "龘" * 100,
        "an exclusion": "经济 -的",
        "parentheses": "(" * 80 + "经济" + ")" * 80,
        "fields": "标题:报告 OR 标题:的 章节:的",
    }
    print("\n| the heaviest queries | CPU ms, by relevance | by hits |\n|---|--:|--:|")
    for name, query in queries.items():
        cells = [f"{_cpu(client, {'q': query, 'sort': sort}):.0f}" for sort in ("relevance", "hits")]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


def _fitting(joint: str, words: list[str]) -> str:
    """As many of the words as a query may have."""
    count = min(MAX_TERMS, (MAX_CHARACTERS + len(joint)) // (len(words[0]) + len(joint)))
    return joint.join(words[:count])


def _cpu(client: Any, parameters: dict[str, str]) -> float:
    began = time.process_time()
    assert client.get("/search.json", parameters).status_code == 200, parameters
    return (time.process_time() - began) * 1000


def row(name: str, client: Any, address: str, asked: list[dict[str, str]]) -> tuple[list[float], list[float]]:
    """The seconds of each request, on the processor and on the wall."""
    cpu: list[float] = []
    wall: list[float] = []
    for parameters in asked:
        began, ticked = time.process_time(), time.perf_counter()
        assert client.get(address, parameters).status_code == 200, parameters
        cpu.append(time.process_time() - began)
        wall.append(time.perf_counter() - ticked)
    print(line(name, cpu, wall), flush=True)
    return cpu, wall


def line(name: str, *columns: list[float]) -> str:
    spreads = map(spread, columns)
    cells = [f"{each['p50']:.1f} / {each['p95']:.1f}" for each in spreads]
    return f"| {name} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
