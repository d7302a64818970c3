"""The engines that are measured side by side, a module each, all on the same rows of one database.

ours     the archive: the whole of /search.json, and the way from files to an index
plain    Haystack's stock Whoosh backend with jieba's ChineseAnalyzer, as the tutorials set it up
tantivy  Tantivy over the letter pairs that the archive uses, with positions: a limit, compiled
fts5     SQLite's FTS5 over single letters with positions: another limit, compiled
pages    every page of the archive, through all of Django, and an upload
served   the archive's own server, asked over HTTP

Each has ``index(data)`` (ours: of a folder of texts) and ``search(data)``, which the worker runs in processes of
their own, Django set up; both give a dictionary.
The bare engines answer with keys and a count: no places, marks, facets, rows of results or HTTP.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from tests.bench.measure import clocked, peak_memory
from tests.bench.ranking.known import questions
from tests.bench.rows import QUERIES, Asked, kinds

QUESTION = "a question of 6-10 words"
JUDGED = 40  # phrases whose answers are compared with brute force


class Refused(Exception):
    """A search that should be answered was not."""


class Row(NamedTuple):
    """What a bare engine indexes of a speech. ``day`` is 20221120, 0 when unknown."""

    pk: int
    text: str
    day: int


def rows() -> Iterator[Row]:
    from archive.models import Speech

    for speech in Speech.objects.published().order_by("pk").iterator():
        day = (speech.date_iso or "0").replace("-", "")
        yield Row(speech.pk, speech.text, int(day.ljust(8, "0")))


def built(build: Callable[[Iterator[Row]], Any], size: Callable[[], float]) -> dict[str, Any]:
    """What filling an index from all rows costs."""
    from archive.models import Speech

    characters = sum(Speech.objects.published().values_list("characters", flat=True))
    return {**speed(characters, lambda: build(rows())), "index_mb": size(), "memory_mb": peak_memory()}


def speed(characters: int, work: Callable[[], Any]) -> dict[str, float]:
    """Characters a second, on the wall and on the processor."""
    start, busy = time.perf_counter(), time.process_time()
    work()
    return {
        "characters_per_s": characters / (time.perf_counter() - start),
        "characters_per_cpu_s": characters / (time.process_time() - busy),
    }


def searched(
    ask: Callable[[Asked], Any], all_of: Callable[[str], set[int]], skip: Container[str] = ()
) -> dict[str, Any]:
    """What each row of searches costs, the memory of doing nothing else, and whether the answers are right.

    ``ask`` is one search, ``all_of`` all keys that a phrase finds; rows in ``skip`` are out of the engine's reach.
    """
    from archive.models import Speech

    wanted = kinds(list(Speech.objects.published().order_by("pk").values_list("text", flat=True)))
    if QUESTION not in skip:
        wanted[QUESTION] = [Asked(item.query) for item in questions(QUERIES)]
    ask(Asked("热身", ("热身",)))  # files are opened and dictionaries loaded before the clock starts
    times: dict[str, dict[str, Any]] = {}
    for kind, list_ in wanted.items():
        if kind in skip:
            continue
        for asked in list_:
            if asked.last:
                ask(replace(asked, last=False))
        try:
            times[kind], _ = clocked([lambda a=asked: ask(a) for asked in list_])
        except Refused as refused:
            times[kind] = {"refused": str(refused)}
    memory = peak_memory()
    phrases = [asked.every[0] for asked in wanted["a phrase"][:JUDGED]]
    return {"search": times, "memory_mb": memory, "judged": judge({q: all_of(q) for q in phrases})}


def judge(found: dict[str, set[int]]) -> dict[str, int]:
    """How many speeches the queries' answers miss, and how many they hold wrongly, against brute force."""
    from archive.models import Speech
    from tests.bench.oracle import holding, sentences

    texts = {pk: sentences(text) for pk, text in Speech.objects.published().values_list("pk", "text")}
    pairs = [(answer, holding(query, texts)) for query, answer in found.items()]
    return {
        "missed": sum(len(truth - answer) for answer, truth in pairs),
        "extra": sum(len(answer - truth) for answer, truth in pairs),
    }
