"""The archive itself: every search is a request for /search.json, through all of Django."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.bench.measure import peak_memory, size_of, timed
from tests.bench.rows import RANKED, Asked


def index(folder: Path, data: Path) -> dict[str, Any]:
    from django.core.management import call_command

    from archive.models import Speech
    from tests.bench.stacks import speed

    call_command("migrate", verbosity=0)
    seconds, _ = timed(lambda: call_command("import_speeches", str(folder), verbosity=0))
    imported, memory = size_of(data / "index"), peak_memory()
    characters = sum(Speech.objects.values_list("characters", flat=True))
    rebuilt = speed(characters, lambda: call_command("rebuild_index", interactive=False, verbosity=0))
    return {
        "speeches": Speech.objects.count(),
        "characters": characters,
        "import_s": seconds,
        "imported_per_s": characters / seconds,
        "imported_mb": imported,
        "import_memory_mb": memory,
        **rebuilt,
        "index_mb": size_of(data / "index"),
        "memory_mb": peak_memory(),
    }


def search(data: Path) -> dict[str, Any]:
    from django.test import Client

    from archive.search import prepare
    from tests.bench.stacks import Refused, searched

    prepare()
    client = Client(headers={"host": "localhost"})

    pages: dict[str, int] = {}

    def ask(asked: Asked) -> None:
        parameters = {"q": asked.typed, "sort": "newest" if asked.newest else "", "year": asked.year}
        if asked.last:
            parameters["page"] = str(max(1, pages[asked.typed]))
        response = client.get("/search.json", parameters)
        if response.status_code != 200:
            raise Refused(asked.typed)
        pages[asked.typed] = response.json()["pages"]

    return searched(ask, lambda phrase: all_hits(client, f"“{phrase}”"))


def rank(data: Path) -> dict[str, Any]:
    from archive.search import Query, find
    from tests.bench.ranking.measured import compared

    return compared(lambda query: [hit.id for hit in find(Query(query)).hits], RANKED)


def all_hits(client: Any, query: str) -> set[int]:
    """The ids of every result on every page."""
    first = client.get("/search.json", {"q": query}).json()
    found = {hit["id"] for hit in first["results"]}
    for page in range(2, first["pages"] + 1):
        answer = client.get("/search.json", {"q": query, "page": page}).json()
        found |= {hit["id"] for hit in answer["results"]}
    return found
