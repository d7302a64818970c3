"""``python -m tests.bench.read DATA [--speeches N]``: what it costs to show a speech; prints Markdown.

DATA is a data folder with an archive in it. Milliseconds for the pages of N speeches, always the same ones, in a
process that has just started: read for the first time, once more, with words marked, in the other script; and the
page of the longest speech.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench.measure import clocked, peak_memory, set_up
from tests.bench.tables import row, shown

WARMING = 6  # speeches read before, for templates and the like
AGAIN = 3
ASKED = {"first": "", "again": "", "?q=发展": "?q=发展", "in the other script": "?script=hant"}


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the page of a speech.")
    parser.add_argument("data", type=Path, help="a data folder with an archive in it")
    parser.add_argument("--speeches", type=int, default=40, help="how many (default: %(default)s)")
    options = parser.parse_args()
    set_up(options.data, "archive.settings")
    from django.test import Client

    from archive.models import Speech
    from archive.search import prepare

    prepare()
    get = Client(headers={"host": "localhost"}).get
    speeches = Speech.objects.published()
    keys = list(speeches.order_by("pk").values_list("pk", flat=True))
    longest = speeches.order_by("-characters")[0]
    chosen = random.Random(5).sample(keys, min(len(keys), options.speeches + WARMING))
    warming, chosen = chosen[:WARMING], chosen[WARMING:]
    pages(get, (f"/speeches/{key}/" for key in warming))
    print(f"| the page of a speech, {len(keys):,} in the archive | p50 / p95 ms (CPU) |\n|---|--:|")
    for name, query in ASKED.items():
        print(row(name, [shown(pages(get, [f"/speeches/{key}/{query}" for key in chosen]))]), flush=True)
    largest = pages(get, [longest.get_absolute_url()] * AGAIN)
    print(row(f"the longest, {longest.characters:,} characters", [shown(largest)]))
    print(row("peak memory", [f"{peak_memory():.0f} MB"]))


def pages(get: Callable[[str], Any], addresses: Iterable[str]) -> dict[str, Any]:
    times, answers = clocked(partial(get, address) for address in addresses)
    assert {answer.status_code for answer in answers} <= {200}
    return times


if __name__ == "__main__":
    main()
