"""A missing, damaged or busy index: never an empty answer, always a sentence."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from archive import search
from archive.models import IndexChange, Speech
from archive.search import IndexUnavailable, Query, indexing
from archive.search.engine import Store

from .conftest import Make, names


def test_without_an_index_every_text_is_read_and_the_page_says_so(
    make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    make("甲\n机关党建工作。", title="甲", speaker="王某")
    make("草稿\n党建。", title="草稿", published=False)
    results = search.find(Query("机关党建"))
    assert results.degraded
    assert [hit.title for hit in results.hits] == ["甲"]
    assert results.hits[0].places[0].snippet == "<mark>机关党建</mark>工作。"
    assert results.facets["speaker"] == (("王某", 1),)
    assert results.warnings == ("搜索索引暂时不可用，正在逐篇查找，会慢一些。",)
    assert "Searching without the index" in caplog.text


@pytest.mark.parametrize(
    "damage",
    [
        lambda index: [path.unlink() for path in index.glob("g*/*.toc")],
        lambda index: [path.write_bytes(b"") for path in index.glob("g*/*.toc")],
        lambda index: [path.write_bytes(path.read_bytes()[:40]) for path in index.glob("g*/*.trm")],
        lambda index: [path.write_bytes(b"") for path in index.glob("g*/*.pst")],
        lambda index: [path.unlink() for path in index.glob("g*/*.pst")],
        lambda index: [path.write_bytes(b"garbage") for path in index.glob("g*/*.entry.col")],
        lambda index: [path.write_text('{"schema": 0}') for path in index.glob("g*/COMMIT")],
        lambda index: [path.write_text("[") for path in index.glob("g*/COMMIT")],
        lambda index: [path.unlink() for path in index.glob("g*/COMMIT")],
    ],
)
def test_a_damaged_index_is_never_an_empty_answer(
    indexed: Speech, index_path: Path, damage: Any, caplog: pytest.LogCaptureFixture
) -> None:
    indexing.store().close()
    damage(index_path)
    results = search.find(Query("党建"))
    assert (results.total, results.degraded) == (1, True)
    assert search.repair() == []
    assert names("党建") == {"甲"}


def test_status_names_the_trouble_and_the_cure(indexed: Speech, index_path: Path) -> None:
    assert search.status() == search.IndexStatus(
        ok=True, documents=1, pending=1 * IndexChange.objects.count()
    )
    shutil.rmtree(index_path)
    status = search.status()
    assert not status.ok
    assert status.message == "还没有索引。请运行 manage.py check_index --repair 重建索引。"


def test_a_rebuild_leaves_one_generation_and_readers_never_without(indexed: Speech, index_path: Path) -> None:
    seen = []
    done = threading.Event()
    create = Store.create

    def looked_at(self: Store) -> Path:
        generation = create(self)
        seen.append(names("党建"))
        done.set()
        return generation

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "create", looked_at)
        assert search.rebuild() == 1
    assert done.is_set()
    assert seen == [{"甲"}]
    assert [path.name for path in index_path.glob("g*")] == ["g000002"]
    assert names("党建") == {"甲"}


def test_a_lock_that_stays_taken_is_named(indexed: Speech) -> None:
    folder = indexing.store().folder
    with folder.lock(), pytest.raises(IndexUnavailable, match="索引被占用"), folder.lock(wait=0):
        pass
