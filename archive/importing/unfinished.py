"""Files that somebody is still writing into a watched folder: they are left for the next time."""

from __future__ import annotations

import time
from collections.abc import Collection
from pathlib import Path

SUFFIXES = (".part", ".partial", ".filepart", ".crdownload", ".download", ".opdownload", ".tmp")
"""Names that browsers and copying programs give to what is not complete."""
YOUNG = 2.0  # seconds since the last change of a file that may change again
LOOK = 0.2  # seconds between two looks at the young ones


def unfinished(files: Collection[Path]) -> set[Path]:
    """Those of ``files`` that are named as incomplete, or that grow while we look."""
    found = {path for path in files if path.suffix.lower() in SUFFIXES}
    now = time.time()
    young = {path: seen for path in files if (seen := _look(path)) and now - seen[1] < YOUNG}
    if young:
        time.sleep(LOOK)
    return found | {path for path, before in young.items() if _look(path) != before}


def _look(path: Path) -> tuple[int, float] | None:
    """Size and time of the last change; None for what is not there."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime
