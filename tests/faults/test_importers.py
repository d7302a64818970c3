"""K1, K4, W1, W3: importers on a database of their own, see importers.py."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .conftest import TRIALS

KILLS = 6 * TRIALS
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """What happened, by name; all of it once, for starting takes longer than the trials."""
    folder = tmp_path_factory.mktemp("importers")
    environment = {**os.environ, "ARCHIVE_DATA_DIR": str(folder / "data"), "PYTHONUTF8": "1"}
    for name in ("DATABASE_URL", "DEBUG", "ALLOWED_HOSTS", "SECRET_KEY", "SECRET_KEY_FILE"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "tests.faults.importers", str(folder / "texts"), str(KILLS)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    told: dict[str, list[dict[str, Any]]] = {}
    for line in done.stdout.splitlines():
        facts = json.loads(line)
        told.setdefault(facts.pop("name"), []).append(facts)
    return told


def whole(state: dict[str, Any]) -> None:
    assert state["speeches"] == state["files"] == state["found"]
    assert (state["copies"], state["half"], state["pending"], state["problems"]) == (0, [], 0, [])


def test_an_importer_killed_at_any_moment_leaves_whole_speeches_and_goes_on(trials: Any) -> None:
    """K1."""
    assert len(trials["killed"]) == KILLS
    assert sum(trial["killed"] for trial in trials["killed"]) >= KILLS // 3
    for trial in trials["killed"]:
        assert trial["after"]["half"] == []
        assert trial["after"]["copies"] == 0
        whole(trial["again"])


def test_a_speech_saved_before_a_kill_is_found_after_the_next_start(trials: Any) -> None:
    """K4: nothing tells of it but the mark."""
    (trial,) = trials["before the index"]
    assert (trial["after"]["speeches"], trial["after"]["found"], trial["after"]["pending"]) == (1, 0, 1)
    whole(trial["again"])


def test_two_importers_of_one_folder_bring_in_one_copy(trials: Any) -> None:
    """W1."""
    (trial,) = trials["two"]
    assert trial["statuses"] == [0, 0]
    whole(trial["again"])


def test_writers_readers_and_rebuilds_at_once_lose_nothing(trials: Any) -> None:
    """W3: no search finds less than was acknowledged before it began."""
    (trial,) = trials["rebuilding"]
    assert trial["statuses"] == [0, 0]
    assert trial["turns"] > 0
    assert trial["problems"] == []
