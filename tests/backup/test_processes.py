"""A restore that is killed at any moment, and an export while others write; see processes.py."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .processes import KILLS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """What happened, by name; all of it once, for starting takes longer than the trials."""
    folder = tmp_path_factory.mktemp("processes")
    environment = {**os.environ, "ARCHIVE_DATA_DIR": str(folder / "data"), "PYTHONUTF8": "1"}
    for name in ("DATABASE_URL", "DEBUG", "ALLOWED_HOSTS", "SECRET_KEY", "SECRET_KEY_FILE"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "tests.backup.processes", str(folder / "files")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    told: dict[str, list[dict[str, Any]]] = {}
    for line in done.stdout.splitlines():
        facts = json.loads(line)
        told.setdefault(facts.pop("name"), []).append(facts)
    return told


def test_a_restore_killed_at_any_moment_leaves_the_old_archive_or_the_new(trials: Any) -> None:
    (kept,) = trials["kept"]
    assert len(trials["killed"]) == KILLS
    for trial in trials["killed"]:
        assert trial["killed"]
        # The last kill comes after the commit: from then on it is the new one.
        assert trial["after"] == (kept["digest"] if trial["at"] == trial["last"] else trial["before"])
        assert trial["problems"] == []
    assert {trial["before"] for trial in trials["killed"]} != {kept["digest"]}


def test_after_kills_a_restore_goes_through(trials: Any) -> None:
    (again,), (kept,) = trials["again"], trials["kept"]
    assert (again["problems"], again["kept"]) == ([], kept["digest"])


def test_an_export_is_of_one_moment_and_keeps_no_writer_waiting(trials: Any) -> None:
    assert trials["while writing"] == [{"same": True, "changed": True, "speeches": 7, "writer": 0}]
