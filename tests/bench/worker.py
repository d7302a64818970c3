"""One measurement in a process of its own: ``python -m tests.bench.worker STACK STEP FOLDER DATA``.

Prints one JSON object. ``DATA`` becomes ARCHIVE_DATA_DIR: ``ours index`` makes the archive there, and all others
run on its rows.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

from tests.bench.measure import set_up


def main(stack: str, step: str, folder: str, data: str) -> None:
    set_up(Path(data), "tests.bench.plain_settings" if stack == "plain" else "archive.settings")
    module = import_module(f"tests.bench.stacks.{stack}")
    paths = [Path(folder)] if (stack, step) == ("ours", "index") else []
    print(json.dumps(getattr(module, step)(*paths, Path(data))))


if __name__ == "__main__":
    main(*sys.argv[1:])
