"""Clocks, sizes and memory."""

from __future__ import annotations

import os
import resource
import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds on the wall, and what came out."""
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


def clocked(work: Iterable[Callable[[], Any]]) -> tuple[dict[str, Any], list[Any]]:
    """What each piece of work costs on the wall and, under "cpu", on the processor; and what came out."""
    wall, processor, results = [], [], []
    for piece in work:
        start, busy = time.perf_counter(), time.process_time()
        results.append(piece())
        wall.append(time.perf_counter() - start)
        processor.append(time.process_time() - busy)
    if not results:
        return {}, []
    return {**spread(wall), "cpu": spread(processor)}, results


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
