"""``python -m tests.bench [--corpus FOLDER] [--speeches N]``: measure both stacks and print Markdown tables."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.texts import SEEDS, synthetic


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the archive beside the plain stack.")
    parser.add_argument(
        "--corpus", type=Path, help="a folder of texts to measure on instead of made-up speeches"
    )
    parser.add_argument("--speeches", type=int, default=1000, help="how many speeches to make up")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}.\n")
    report("The five seeds", SEEDS)
    if options.corpus:
        report(f"The texts of {options.corpus.name}", options.corpus)
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, text in synthetic(options.speeches):
            Path(folder, name).write_text(text, encoding="utf-8")
        report(f"{options.speeches:,} made-up speeches", Path(folder))


def report(title: str, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as data:
        ours, plain = (measure(which, folder, Path(data)) for which in ("ours", "plain"))
    print(f"### {title}: {ours['speeches']:,} speeches, {ours['characters']:,} characters\n")
    print("| | the archive | plain stack |\n|---|--:|--:|")
    row("import and index", f"{ours['import_and_index_s']:.1f} s", "")
    row("import and index, characters/s", f"{ours['characters_per_s']:,.0f}", "")
    row(
        "index alone, characters/s",
        f"{ours['index_only_characters_per_s']:,.0f}",
        f"{plain['characters_per_s']:,.0f}",
    )
    row("index size", f"{ours['index_mb']:.1f} MB", f"{plain['index_mb']:.1f} MB")
    row("peak memory", f"{ours['memory_mb']:.0f} MB", f"{plain['memory_mb']:.0f} MB")
    judged = [stack["judged"] for stack in (ours, plain)]
    row("missed / extra speeches, 20 phrases", *(f"{j['missed']} / {j['extra']}" for j in judged))
    row("an upload until it is found", f"{1000 * ours['upload_s']:.0f} ms", "")
    for kind, times in ours["search"].items():
        row(f"search, {kind}, p50 / p95 ms", shown(times), shown(plain["search"].get(kind)))
    for page, times in ours["pages"].items():
        row(f"{page}, p50 / p95 ms", shown(times), "")
    print(flush=True)


def measure(which: str, folder: Path, data: Path) -> dict[str, Any]:
    """One measurement in a fresh process, so that memory and caches are its own."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.measure", which, str(folder), str(data)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def shown(times: dict[str, float] | None) -> str:
    return f"{times['p50']:.1f} / {times['p95']:.1f}" if times else ""


def row(*cells: str) -> None:
    print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
