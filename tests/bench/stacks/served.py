"""The archive's own server in a process of its own, asked over HTTP: what a reader waits for, what a worker holds."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from tests.bench.measure import clocked
from tests.bench.rows import QUERIES
from tests.bench.texts import queries

ROOT = Path(__file__).parents[3]


def search(data: Path) -> dict[str, Any]:
    from archive.models import Speech

    texts = list(Speech.objects.published().order_by("pk").values_list("text", flat=True))
    phrases = queries(texts, 9 * QUERIES)[8 * QUERIES :]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "manage.py", "serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)  # ARCHIVE_DATA_DIR is ours
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/healthz")
        read(f"{address}/search/?q={quote('热身')}")
        page, _ = clocked([lambda q=q: read(f"{address}/search/?q={quote(q)}") for q in phrases[::2]])
        twin, _ = clocked([lambda q=q: read(f"{address}/search.json?q={quote(q)}") for q in phrases[1::2]])
        return {"page": waited(page), "twin": waited(twin), "memory_mb": highest(server.pid)}
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            read(address)
            return
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def read(address: str) -> bytes:
    with urlopen(address) as response:  # noqa: S310  (our own address)
        content: bytes = response.read()
        return content


def waited(times: dict[str, Any]) -> dict[str, float]:
    """Without the processor's time, which was the client's."""
    return {name: times[name] for name in ("p50", "p95")}


def highest(pid: int) -> float | None:
    """The process's highest resident memory, in MB; None where there is no /proc."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return None
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))
