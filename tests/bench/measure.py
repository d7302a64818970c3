"""One measurement in a process of its own: ``python -m tests.bench.measure ours|plain FOLDER DATA``.

Prints one JSON object. ``DATA`` becomes ARCHIVE_DATA_DIR; ``plain`` runs on the rows that ``ours`` left there.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

QUERIES = 60


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what came out."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def spread(seconds: Iterable[float]) -> dict[str, float]:
    """Median and 95th percentile in milliseconds."""
    ordered = sorted(1000 * s for s in seconds)
    return {
        "p50": statistics.median(ordered),
        "p95": ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))],
    }


def size_of(folder: Path) -> float:
    """Megabytes of all files below."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6


def peak_memory() -> float:
    """The process's highest resident memory so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def set_up(data: Path, settings: str) -> None:
    os.environ.update(ARCHIVE_DATA_DIR=str(data), DJANGO_SETTINGS_MODULE=settings)
    import django

    django.setup()


def judge(found: dict[str, set[int]]) -> dict[str, int]:
    """How many speeches the queries' answers miss, and how many they hold wrongly, against brute force."""
    from archive.models import Speech
    from tests.bench.oracle import holding, sentences

    texts = {pk: sentences(text) for pk, text in Speech.objects.values_list("pk", "text")}
    pairs = [(answer, holding(query, texts)) for query, answer in found.items()]
    return {
        "missed": sum(len(truth - answer) for answer, truth in pairs),
        "extra": sum(len(answer - truth) for answer, truth in pairs),
    }


def ours(folder: Path, data: Path) -> dict[str, Any]:
    set_up(data, "archive.settings")
    from django.core.management import call_command
    from django.test import Client

    from archive.models import Speech

    call_command("migrate", verbosity=0)
    seconds, _ = timed(lambda: call_command("import_speeches", str(folder), verbosity=0))
    characters = sum(Speech.objects.values_list("characters", flat=True))
    result: dict[str, Any] = {
        "speeches": Speech.objects.count(),
        "characters": characters,
        "import_and_index_s": seconds,
        "characters_per_s": characters / seconds,
        "index_mb": size_of(data / "index"),
        "memory_mb": peak_memory(),
    }
    rebuild, _ = timed(lambda: call_command("rebuild_index", interactive=False, verbosity=0))
    result["index_only_characters_per_s"] = characters / rebuild
    client = Client(headers={"host": "localhost"})
    result["search"], result["judged"] = searches(client)
    result["pages"] = pages(client)
    result["upload_s"] = upload_until_found()
    return result


def searches(client: Any) -> tuple[dict[str, dict[str, float]], dict[str, int]]:
    from archive.models import Speech
    from tests.bench.texts import queries

    phrases = queries(list(Speech.objects.published().values_list("text", flat=True)), QUERIES)
    client.get("/search.json", {"q": "热身"})
    kinds: dict[str, list[dict[str, Any]]] = {
        "a phrase": [{"q": q} for q in phrases],
        "a phrase in quotes": [{"q": f"“{q}”"} for q in phrases],
        "several words": [{"q": f"{a} {b}"} for a, b in pairwise(phrases)],
        "one letter": [{"q": q[0]} for q in phrases],
        "sorted by date": [{"q": q, "sort": "newest"} for q in phrases],
        "narrowed to a year": [{"q": q, "year": "2019"} for q in phrases],
    }
    times = {
        kind: spread(timed(lambda p=parameters: client.get("/search.json", p))[0] for parameters in wanted)
        for kind, wanted in kinds.items()
    }
    times["the full page"] = spread(
        timed(lambda q=q: client.get("/search/", {"q": f"{q} "}))[0] for q in phrases
    )
    found = {q: all_hits(client, f"“{q}”") for q in phrases[:20]}
    return times, judge(found)


def all_hits(client: Any, query: str) -> set[int]:
    """The ids of every result on every page."""
    first = client.get("/search.json", {"q": query}).json()
    found = {hit["id"] for hit in first["results"]}
    for page in range(2, first["pages"] + 1):
        found |= {
            hit["id"] for hit in client.get("/search.json", {"q": query, "page": page}).json()["results"]
        }
    return found


def pages(client: Any) -> dict[str, dict[str, float]]:
    """Median and p95 of the pages that are no search; compare pairs are all different, so none is cached."""
    from archive.models import Speech

    longest = list(Speech.objects.published().order_by("-characters").values_list("pk", flat=True)[:20])
    pairs = [(a, b) for i, a in enumerate(longest) for b in longest[i + 1 :]][:20]
    last = (Speech.objects.published().count() + 19) // 20
    wanted: dict[str, list[str]] = {
        "home": ["/"] * 10,
        "browse": ["/speeches/"] * 10,
        "browse, last page": [f"/speeches/?page={last}"] * 10,
        "a speech": [f"/speeches/{pk}/" for pk in longest],
        "compare, the longest pairs": [f"/compare/?a={a}&b={b}" for a, b in pairs],
    }
    times = {}
    for name, addresses in wanted.items():
        measured = [timed(lambda u=address: client.get(u)) for address in addresses]
        assert all(response.status_code == 200 for _s, response in measured), name
        times[name] = spread(seconds for seconds, _response in measured)
    times["compare, without the page"] = spread(compare_alone(a, b) for a, b in pairs)
    return times


def compare_alone(a: int, b: int) -> float:
    """Seconds that the compare room takes for one pair."""
    from archive.compare import compare
    from archive.models import Speech
    from archive.views.compare import as_text

    sides = [as_text(Speech.objects.with_outline().get(pk=pk)) for pk in (a, b)]
    return timed(lambda: compare(*sides))[0]


def upload_until_found() -> float:
    """Seconds from a file's bytes to its speech standing in the results."""
    from archive import importing, search

    text = "在基准测试会议上的讲话\n同志们：\n这是独一无二的麒麟测试句。\n谢谢大家！\n"

    def work() -> None:
        importing.import_bytes(text.encode(), "麒麟.txt")
        assert search.find(search.Query("麒麟测试句")).total == 1

    return timed(work)[0]


def plain(folder: Path, data: Path) -> dict[str, Any]:
    set_up(data, "tests.bench.plain_settings")
    from haystack import connections
    from haystack.query import SearchQuerySet

    from archive.models import Speech
    from tests.bench.texts import queries

    backend = connections["default"].get_backend()
    index = connections["default"].get_unified_index().get_index(Speech)
    speeches = list(Speech.objects.published())
    characters = sum(speech.characters for speech in speeches)

    def build() -> None:
        for start in range(0, len(speeches), 100):
            backend.update(index, speeches[start : start + 100])

    seconds, _ = timed(build)
    phrases = queries([speech.text for speech in speeches], QUERIES)

    def ask(query: str) -> set[int]:
        answers = SearchQuerySet().auto_query(query)
        return {int(answer.pk) for answer in answers[: len(answers)]}

    def first_page(query: str) -> tuple[int, list[Any]]:
        answers = SearchQuerySet().auto_query(query)
        return len(answers), list(answers[:20])

    first_page("热身")
    return {
        "characters_per_s": characters / seconds,
        "index_mb": size_of(data / "plain"),
        "memory_mb": peak_memory(),
        "search": {
            "a phrase": spread(timed(lambda q=q: first_page(q))[0] for q in phrases),
            "a phrase in quotes": spread(timed(lambda q=q: first_page(f'"{q}"'))[0] for q in phrases),
            "several words": spread(
                timed(lambda q=f"{a} {b}": first_page(q))[0] for a, b in pairwise(phrases)
            ),
            "one letter": spread(timed(lambda q=q[0]: first_page(q))[0] for q in phrases),
        },
        "judged": judge({q: ask(q) for q in phrases[:20]}),
    }


if __name__ == "__main__":
    which, folder, data = sys.argv[1:]
    print(json.dumps({"ours": ours, "plain": plain}[which](Path(folder), Path(data))))
