"""Small archives, and how many trials a fault gets."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive import search
from archive.models import Speech
from archive.search.engine import Store, store
from archive.search.engine.fields import Document
from tests.search.conftest import make_speech

TRIALS = int(os.environ.get("ARCHIVE_FAULT_TRIALS", "1"))  # times the usual number

Make = Callable[..., Speech]


@pytest.fixture
def make(db: None, index_path: Path) -> Make:
    return make_speech


@pytest.fixture
def archive(make: Make) -> list[Speech]:
    """Three speeches in two commits, and readers that look at every file each time."""
    speeches = [make("甲\n党建工作。", title="甲"), make("乙\n党建引领。", title="乙")]
    search.rebuild()
    speeches.append(make("丙\n机关党建。", title="丙"))
    search.drain()
    return speeches


@pytest.fixture(autouse=True)
def _attentive(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server sees a damaged file within a second; here nobody waits for it."""
    monkeypatch.setattr(store, "LOOK_AGAIN", 0.0)


def document(pk: int, text: str = "同志们，抓好党建工作。") -> Document:
    known: dict[str, Any] = {"pk": pk, "fingerprint": str(pk), "text": text, "head": f"第{pk}篇"}
    return Document(**{name: known.get(name, "") for name in Document.__dataclass_fields__})


def held(index: Store) -> set[int]:
    """The keys that an index holds, and that its letters can be read."""
    with index.view() as view:
        for doc in view.docs:
            assert view.text(doc)[0]
        assert set(view.postings("pairs", "党建")[0]) == view.docs
        return {view.entries[doc].pk for doc in view.docs}


def litter(path: Path) -> list[str]:
    """What lies in an index that belongs to no commit."""
    from archive.search.engine.record import NAME, Record

    current = store.Folder(path).current()
    found = [
        entry.name for entry in path.iterdir() if entry.name not in ("CURRENT", current and current.name)
    ]
    if current is not None:
        record = Record.read(current)
        found += [file.name for file in current.iterdir() if file.name not in {NAME, *record.files}]
    return found
