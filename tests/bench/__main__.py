"""``python -m tests.bench [--corpus FOLDER] [--speeches N] [--stacks ours,plain,…]``: print Markdown tables."""

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

from tests.bench.tables import tables
from tests.bench.texts import SEEDS, synthetic

RANKING = {"ours", "plain"}  # the others are given phrases, not what a reader types
STACKS = ("ours", "plain", "tantivy", "fts5")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the archive beside other stacks, on the same rows.")
    parser.add_argument(
        "--corpus", type=Path, help="a folder of texts to measure on instead of made-up speeches"
    )
    parser.add_argument("--speeches", type=int, default=1000, help="how many speeches to make up")
    parser.add_argument("--stacks", default=",".join(STACKS), help="which engines (default: %(default)s)")
    parser.add_argument("--no-seeds", action="store_true", help="leave the table of the five seeds out")
    options = parser.parse_args()
    stacks = options.stacks.split(",")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}.\n")
    if not options.no_seeds:
        report("The five seeds", SEEDS, stacks)
        for module in ("paired", "reused", "filed"):
            print(flush=True)
            subprocess.run([sys.executable, "-W", "ignore", "-m", f"tests.bench.{module}"], check=True)
        print(flush=True)
    if options.corpus:
        report(f"The texts of {options.corpus.name}", options.corpus, stacks)
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, text in synthetic(options.speeches):
            Path(folder, name).write_text(text, encoding="utf-8")
        report(f"{options.speeches:,} made-up speeches", Path(folder), stacks, ranked=False)


def report(title: str, folder: Path, stacks: list[str], ranked: bool = True) -> None:
    """``ranked``: made-up speeches all say the same, there is nothing to rank."""
    with tempfile.TemporaryDirectory() as data:
        results = {
            stack: {step: run(stack, step, folder, data) for step in ("index", "search")} for stack in stacks
        }
        for stack in RANKING.intersection(stacks) if ranked else ():
            results[stack]["rank"] = run(stack, "rank", folder, data)
        if "ours" in stacks:
            results["ours"] |= {step: run(step, "search", folder, data) for step in ("served", "pages")}
    print("\n".join(tables(title, results)), end="\n\n", flush=True)


def run(stack: str, step: str, folder: Path, data: str) -> dict[str, Any]:
    """One measurement in a fresh process, so that memory and caches are its own."""
    print(f"{stack} {step} …", end="\r", file=sys.stderr, flush=True)
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.worker", stack, step, str(folder), data]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


if __name__ == "__main__":
    main()
