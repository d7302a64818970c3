"""``python -m tests.bench.filed [--speeches N]``: what files cost on their way in; prints Markdown.

First a large document is read, in a child process as every document is. Then a temporary archive takes N made-up
speeches as text files through ``import_speeches``, a fifth at a time, so that one sees whether it gets slower.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tests.bench.measure import peak_memory, set_up
from tests.bench.texts import synthetic
from tests.readers.wordfile import chinese, docx, p

PARTS = 5
LARGE = 5_000_000  # bytes of a document


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure importing files.")
    parser.add_argument("--speeches", type=int, default=1000, help="text files (default: %(default)s)")
    options = parser.parse_args()
    print("| files on their way in | |\n|---|--:|", flush=True)
    read_large()
    with tempfile.TemporaryDirectory() as folder:
        set_up(Path(folder, "data"), "archive.settings")
        import_texts(Path(folder, "texts"), options.speeches)
    row("peak memory of the importer", f"{peak_memory():.0f} MB")


def import_texts(folder: Path, count: int) -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    texts = synthetic(count)
    for part in range(PARTS):
        here = folder / str(part)
        here.mkdir(parents=True)
        for name, text in islice(texts, count // PARTS):
            (here / name).write_text(text, encoding="utf-8")
        began, ticked = time.process_time(), time.perf_counter()
        call_command("import_speeches", str(here), verbosity=0)
        spent, waited = time.process_time() - began, time.perf_counter() - ticked
        rate = count // PARTS
        row(
            f"text files {part * rate + 1:,}–{(part + 1) * rate:,}, imported and indexed",
            f"{rate / waited:.1f} a second ({rate / spent:.1f} a second of CPU)",
        )


def read_large() -> None:
    from archive.readers import apart

    for name, data in documents():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        ticked = time.perf_counter()
        letters = len(apart.read_apart(data, name).text)
        waited = time.perf_counter() - ticked
        apart.end_children()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        row(
            f"{name}, {len(data) / 1e6:.1f} MB, {letters:,} characters",
            f"{waited:.1f} s ({spent:.1f} s of CPU), {after.ru_maxrss / 1024:.0f} MB",
        )


def documents() -> Iterator[tuple[str, bytes]]:
    """Names and bytes: letters at random, since a .docx is packed."""
    dice = random.Random(5)
    han = [chr(code) for code in range(0x4E00, 0x9FA5)]
    lines: list[str] = []
    size = 0
    while size < LARGE:
        line = "".join(dice.choices(han, k=115)) + "。"
        lines.append(line)
        size += 2 * len(line)  # of three bytes a letter packing leaves about two
    numbered = "".join(p(line, level=number % 2) for number, line in enumerate(lines))
    yield "numbered.docx", docx(numbered, numbering=chinese())


def row(name: str, value: str) -> None:
    print(f"| {name} | {value} |", flush=True)


if __name__ == "__main__":
    main()
