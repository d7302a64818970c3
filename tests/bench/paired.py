"""``python -m tests.bench.paired``: what comparing two texts costs; prints Markdown.

Nothing is kept: each comparison is asked for once, each row in a process of its own, so the memory is its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

from tests.bench.measure import peak_memory
from tests.bench.repeating import fresh, seeds, worst

ROWS = {
    "the ten pairs of seeds": lambda: combinations(seeds(), 2),
    "20,000 × 20,000 characters, fresh": lambda: [(fresh(20_000, 1), fresh(20_000, 2))],
    "20,000 × 20,000 characters, worst": lambda: [(worst(20_000, 1), worst(20_000, 2))],
    "200,000 × 200,000 characters, fresh": lambda: [(fresh(200_000, 1), fresh(200_000, 2))],
    "200,000 × 200,000 characters, worst": lambda: [(worst(200_000, 1), worst(200_000, 2))],
}


def main() -> None:
    if len(sys.argv) > 1:
        print(json.dumps(measured(ROWS[sys.argv[1]]())))
        return
    print("| comparing two texts, nothing kept | CPU mean / max ms | exact | near | all found | memory |")
    print("|---|--:|--:|--:|---|--:|")
    for name in ROWS:
        command = [sys.executable, "-m", "tests.bench.paired", name]
        row = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
        cells = [
            name,
            f"{row['mean']:,.0f} / {row['max']:,.0f}",
            f"{row['exact']:,}",
            f"{row['near']:,}",
            "yes" if row["complete"] else "no, and said",
            f"{row['memory']:.0f} MB",
        ]
        print(f"| {' | '.join(cells)} |", flush=True)


def measured(pairs: Iterable[tuple[str, str]]) -> dict[str, float]:
    """Milliseconds a pair, passages of all pairs, and by how many MB the process grew beyond what it had."""
    from archive.compare import Text, compare

    texts = [(Text(a), Text(b)) for a, b in pairs]
    compare(Text("热身，把词典读进来。"), Text("热身，把词典读进来！"))
    before = resident()
    times, found = [], []
    for a, b in texts:
        start = time.process_time()
        answer = compare(a, b)
        times.append(1000 * (time.process_time() - start))
        found.append((len(answer.passages), len(answer.near), answer.near_complete and not answer.limited))
    return {
        "mean": sum(times) / len(times),
        "max": max(times),
        "exact": sum(exact for exact, _near, _all in found),
        "near": sum(near for _exact, near, _all in found),
        "complete": all(complete for _exact, _near, complete in found),
        "memory": peak_memory() - before,
    }


def resident() -> float:
    """MB that the process holds now; where nobody tells, its highest so far."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return peak_memory()
    return pages * resource.getpagesize() / 2**20


if __name__ == "__main__":
    main()
