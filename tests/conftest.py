"""What every test may ask for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from haystack import connections
from playwright.sync_api import Browser, sync_playwright

from archive.search.engine import open_store

# An example may be the first to load the dictionary, and machines are noisy: no clock decides a test.
hypothesis.settings.register_profile("archive", deadline=None)
hypothesis.settings.load_profile("archive")

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
# Without these, Chromium looks up hosts of its maker at every start.
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="session", autouse=True)
def _no_power_cut() -> Iterator[None]:
    """No test waits for the disk: what a power cut would leave, tests/faults/test_power.py works out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda number: None)
        yield


@pytest.fixture
def index_path(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Where this test's index lies; no other test can see it."""
    path = tmp_path / "index"
    settings.ARCHIVE_DATA_DIR = tmp_path
    old = connections.connections_info
    # Haystack asks both: the settings for the options, its own copy for the engine.
    settings.HAYSTACK_CONNECTIONS = {"default": {**old["default"], "PATH": str(path)}}
    connections.connections_info = settings.HAYSTACK_CONNECTIONS
    connections.reload("default")
    yield path
    open_store(str(path)).close()
    connections.connections_info = old
    connections.reload("default")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, else Playwright's own."""
    # Playwright's event loop makes Django refuse database calls in this thread, which are fine here.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()
