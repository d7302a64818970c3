"""``python -m tests.bench.reused [--speeches N] [--data FOLDER]``: the same words across an archive; prints Markdown.

An empty data folder (else a temporary one) is filled with made-up speeches that repeat each other, put into the
database without the importer; their fingerprints are then stored as ``fingerprint_speeches`` does. The speeches that
are added and imported are new ones of the same kind, and none of them stays.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from tests.bench.measure import clocked, peak_memory, set_up
from tests.bench.repeating import archive

ASKED = 60  # speeches
ADDED = 20


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what finds the same words across an archive.")
    parser.add_argument(
        "--speeches", type=int, default=300, help="how many to make up (default: %(default)s)"
    )
    parser.add_argument("--data", type=Path, help="a data folder to fill, or to use as it is")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_up(options.data or Path(folder), "archive.settings")
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        print("| the same words across the archive | |\n|---|--:|")
        fill(options.speeches)
        ask(list(islice(archive(options.speeches + ADDED), options.speeches, None)))


def fill(count: int) -> None:
    from django.db import connection

    from archive import reuse
    from archive.models import Fingerprint, Speech

    if not Speech.objects.exists():
        numbered = enumerate(archive(count))
        while some := [made(text, number) for number, text in islice(numbered, 500)]:
            store(some)
    before, start = size(connection), time.process_time()
    done = reuse.fill()
    spent = time.process_time() - start
    row("speeches, characters", f"{Speech.objects.count():,}, {characters(Speech):,}")
    if done:
        row("storing fingerprints, speeches a second of CPU", f"{done / spent:,.0f}")
        row(
            "fingerprints, size with the clauses",
            f"{Fingerprint.objects.count():,}, {size(connection) - before:,.0f} MB",
        )
    start = time.process_time()
    row(
        "formulas, seconds of CPU to count them",
        f"{reuse.count_formulas():,}, {time.process_time() - start:.1f}",
    )


def ask(texts: list[str]) -> None:
    from django.db import transaction

    from archive import importing, reuse
    from archive.models import Speech
    from archive.reuse.entries import as_text

    keys = list(Speech.objects.order_by("pk").values_list("pk", flat=True))
    chosen = random.Random(5).sample(keys, min(ASKED, len(keys)))
    speeches = [Speech.objects.with_outline().get(pk=pk) for pk in chosen]
    reuse.shared(speeches[0])
    print_times("relatives of one speech: the notes beside its paragraphs", (margin(s) for s in speeches))
    found = print_times("every passage of one speech that stands elsewhere", (shared(s) for s in speeches))
    row(
        "… passages, speeches they stand in (mean)",
        f"{mean(len(f.passages) for f in found):.0f}, {mean(len(f.relatives) for f in found):,.0f}",
    )
    row("… speeches left out (mean)", f"{mean(f.left_out for f in found):,.0f}")
    with transaction.atomic():
        new = store([made(text, number) for number, text in enumerate(texts, start=10**6)])
        print_times("adding one: fingerprints and clauses", (partial(reuse.write, s) for s in new))
        print_times("… is it there already?", (partial(reuse.alike, as_text(s), s.pk) for s in new))
        print_times("taking one out", (partial(reuse.forget, s.pk) for s in new))
        transaction.set_rollback(True)
    with transaction.atomic():
        files = [(text.replace("会议", "座谈会").encode(), f"{n}.txt") for n, text in enumerate(texts)]
        print_times(
            "importing one file, all of it but the index",
            (partial(importing.import_bytes, *f) for f in files),
        )
        transaction.set_rollback(True)
    print_times("a page of the ledger", (partial(reuse.find_formulas, page=page) for page in (1, 1, 2, 2, 3)))
    row("peak memory", f"{peak_memory():.0f} MB")


def margin(speech: Any) -> Callable[[], Any]:
    from archive import reuse

    return partial(reuse.margin, speech, list(speech.paragraphs.all()))


def shared(speech: Any) -> Callable[[], Any]:
    from archive import reuse

    return partial(reuse.shared, speech)


def made(text: str, number: int) -> Any:
    from archive.models import Speech

    digest = hashlib.sha256(f"{number}{text}".encode()).hexdigest()
    title = text.partition("\n")[0]
    speech = Speech(title=title, text=text, characters=len(text), digest=digest)
    speech.date_iso = f"{2003 + number % 20}-{1 + number % 12:02}"
    return speech


def store(speeches: list[Any]) -> list[Any]:
    """Write speeches with the plainest outline there is: a section, and a paragraph for each line."""
    from archive.models import Paragraph, Section, Speech

    stored = Speech.objects.bulk_create(speeches)
    zero = dict.fromkeys(("position", "number", "depth", "start", "heading_start", "heading_end"), 0)
    sections = Section.objects.bulk_create(
        Section(speech=speech, kind="body", end=len(speech.text), **zero) for speech in stored
    )
    Paragraph.objects.bulk_create(
        Paragraph(speech_id=part.speech_id, section=part, position=n, number=n, start=start, end=end)
        for part in sections
        for n, (start, end) in enumerate(lines(part.speech.text))
    )
    return stored


def lines(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, start + len(line)
        start += len(line)


def print_times(name: str, work: Iterable[Callable[[], Any]]) -> list[Any]:
    times, results = clocked(work)
    cpu = times["cpu"]
    row(f"{name}, CPU p50 / p95 ms", f"{cpu['p50']:.1f} / {cpu['p95']:.1f}")
    return results


def size(connection: Any) -> float:
    """Megabytes of the database, 0 where that cannot be asked."""
    if connection.vendor != "sqlite":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute("PRAGMA page_size")
        return float(pages * cursor.fetchone()[0] / 1e6)


def characters(model: Any) -> int:
    return sum(model.objects.values_list("characters", flat=True))


def mean(numbers: Iterable[float]) -> float:
    some = list(numbers)
    return sum(some) / max(1, len(some))


def row(name: str, value: str) -> None:
    print(f"| {name} | {value} |", flush=True)


if __name__ == "__main__":
    main()
