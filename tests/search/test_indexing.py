"""The index follows the database, whatever happens in between."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from haystack.query import SearchQuerySet

from archive import search
from archive.models import Event, IndexChange, Speaker, Speech
from archive.search import IndexUnavailable, Query, indexing
from archive.search.engine import Store

from .conftest import Make

Commit = Any  # pytest-django's fixture: runs what waits for the commit


def names(raw: str) -> set[str]:
    results = search.find(Query(raw))
    assert not results.degraded
    return {hit.title for hit in results.hits}


@pytest.fixture
def indexed(make: Make) -> Speech:
    speech = make("甲\n党建工作。", title="甲", speaker="王某", event="座谈会")
    search.rebuild()
    return speech


def test_a_saved_speech_is_found_after_the_commit(
    make: Make, indexed: Speech, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make("乙\n党建引领。", title="乙")
        assert IndexChange.objects.count() == 1
        assert names("党建") == {"甲"}
    assert names("党建") == {"甲", "乙"}
    assert not IndexChange.objects.exists()


def test_the_first_speech_of_an_archive_begins_the_index(
    make: Make, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make("甲\n党建工作。", title="甲")
    assert names("党建") == {"甲"}


def test_an_edited_withdrawn_or_deleted_speech_follows(
    indexed: Speech, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        indexed.text = "甲\n作风建设。"
        indexed.save()
    assert (names("党建"), names("作风")) == (set(), {"甲"})
    with django_capture_on_commit_callbacks(execute=True):
        indexed.published = False
        indexed.save()
    assert (names("作风"), search.status().documents) == (set(), 0)
    with django_capture_on_commit_callbacks(execute=True):
        indexed.published = True
        indexed.save()
        indexed.delete()
    assert (names("作风"), search.problems()) == (set(), [])


def test_renaming_a_speaker_or_an_event_reindexes_the_speeches(
    indexed: Speech, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        Speaker.objects.get().save()
        speaker = Speaker.objects.get()
        speaker.name = "李某"
        speaker.save()
        event = Event.objects.get()
        event.name = "推进会"
        event.save()
    results = search.find(Query("党建"))
    assert results.facets["speaker"] == (("李某", 1),)
    assert results.facets["event"] == (("推进会", 1),)


def test_a_change_without_a_signal_can_be_marked(
    indexed: Speech, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        Speech.objects.update(kind="讲话")
        search.mark([indexed.pk])
    assert search.find(Query("党建")).facets["kind"] == (("讲话", 1),)


def test_what_is_rolled_back_leaves_no_mark(indexed: Speech) -> None:
    with transaction.atomic():
        indexed.save()
        assert IndexChange.objects.exists()
        transaction.set_rollback(True)
    assert not IndexChange.objects.exists()


def test_a_failing_index_never_breaks_the_save_and_heals_later(
    indexed: Speech,
    django_capture_on_commit_callbacks: Commit,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as broken, django_capture_on_commit_callbacks(execute=True):
        broken.setattr(Store, "write", full)
        indexed.title = "改"
        indexed.save()
        callbacks = transaction.get_connection().run_on_commit
        for _, callback, *_ in list(callbacks):
            callback()
        callbacks.clear()
    assert "behind the database" in caplog.text
    assert IndexChange.objects.count() == 1
    assert search.status().pending == 1
    assert search.problems() == [f"讲话 {indexed.pk} 的索引不是最新的。"]
    assert search.drain() == 1
    assert search.problems() == []


def test_a_writer_that_fails_half_way_changes_nothing_and_frees_the_lock(indexed: Speech) -> None:
    def documents() -> Any:
        yield from map(indexing.document, indexing.indexable())
        raise RuntimeError("power cut")

    generation = indexing.store().checked()
    with pytest.raises(RuntimeError):
        indexing.store().write(generation, [indexed.pk], documents())
    assert (names("党建"), search.problems()) == ({"甲"}, [])
    search.mark([indexed.pk])
    assert search.drain() == 1
    assert search.status().documents == 1


def test_a_batch_indexes_in_hundreds(
    make: Make, django_capture_on_commit_callbacks: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = []
    write = Store.write

    def counted(self: Store, generation: Path, remove: Any, add: Any, **kwargs: Any) -> None:
        added = list(add)
        sizes.append(len(added))
        write(self, generation, remove, added, **kwargs)

    monkeypatch.setattr(Store, "write", counted)
    with search.batch():
        for number in range(130):
            with django_capture_on_commit_callbacks(execute=True):
                make(f"第{number}篇\n党建工作。", title=f"第{number}篇")
    assert sizes == [100, 30]
    assert search.find(Query("党建")).total == 130
    assert search.problems() == []


def test_many_small_commits_do_not_pile_up_segments(make: Make) -> None:
    for number in range(30):
        make(f"第{number}篇\n党建工作。", title=f"第{number}篇")
        search.drain()
    with indexing.store().view() as view:
        assert len(view.leaves) <= 13
        assert len(view.docs) == 30
    assert search.problems() == []
    assert search.find(Query("党建")).total == 30


def test_a_change_made_while_an_older_one_is_worked_off_is_not_forgotten(
    indexed: Speech, monkeypatch: pytest.MonkeyPatch
) -> None:
    search.mark([indexed.pk])
    write = Store.write

    def interrupted(self: Store, *args: Any, **kwargs: Any) -> None:
        write(self, *args, **kwargs)
        monkeypatch.setattr(Store, "write", write)
        Speech.objects.update(title="后来")
        search.mark([indexed.pk])

    monkeypatch.setattr(Store, "write", interrupted)
    search.drain()
    assert names("党建") == {"后来"}
    assert search.problems() == []


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
        lambda index: (index / "CURRENT").unlink(),
        lambda index: (index / "CURRENT").write_text("g999999\n"),
        lambda index: (index / "CURRENT").write_text("\udcff", errors="surrogateescape"),
        lambda index: [path.unlink() for path in index.glob("g*/*.toc")],
        lambda index: [path.write_bytes(b"") for path in index.glob("g*/*.toc")],
        lambda index: [path.write_bytes(path.read_bytes()[:40]) for path in index.glob("g*/*.trm")],
        lambda index: [path.write_bytes(b"") for path in index.glob("g*/*.pst")],
        lambda index: [path.unlink() for path in index.glob("g*/*.pst")],
        lambda index: [path.write_bytes(b"garbage") for path in index.glob("g*/*.entry.col")],
        lambda index: [path.write_text('{"schema": 0}') for path in index.glob("g*/manifest.json")],
        lambda index: [path.write_text("[") for path in index.glob("g*/manifest.json")],
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
    (index_path / "CURRENT").unlink()
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


def test_haystacks_own_commands_work(make: Make, indexed: Speech) -> None:
    make("乙\n党建引领。", title="乙")
    IndexChange.objects.all().delete()
    call_command("update_index", verbosity=0)
    assert names("党建") == {"甲", "乙"}
    call_command("clear_index", interactive=False, verbosity=0)
    assert not search.status().ok
    call_command("update_index", verbosity=0)
    assert names("党建") == {"甲", "乙"}


def test_rebuild_index_asks_nothing_and_says_how_many(
    indexed: Speech, index_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("rebuild_index", "--noinput")
    assert capsys.readouterr().out == "索引已重建：1 篇。\n"
    assert [path.name for path in index_path.glob("g*")] == ["g000002"]
    assert names("党建") == {"甲"}


def test_haystacks_search_query_set_counts_what_is_indexed(make: Make, indexed: Speech) -> None:
    make("乙\n党建引领，机关作风。", title="乙")
    search.drain()
    queries = SearchQuerySet()
    assert queries.count() == 2
    assert [result.pk for result in queries.auto_query("机关")] == [str(Speech.objects.get(title="乙").pk)]
    assert {result.object.title for result in queries.all()} == {"甲", "乙"}


def test_check_index_says_what_differs_and_repairs_it(
    make: Make, indexed: Speech, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("check_index")
    assert capsys.readouterr().out == "索引与数据库一致：1 篇。\n"
    speech = make("乙\n党建引领。", title="乙")
    IndexChange.objects.all().delete()
    Speech.objects.filter(pk=indexed.pk).update(title="改")
    with pytest.raises(CommandError, match="2 处") as refused:
        call_command("check_index")
    assert refused.value.returncode == 1
    assert capsys.readouterr().err.splitlines() == [
        f"讲话 {speech.pk} 不在索引中。",
        f"讲话 {indexed.pk} 的索引不是最新的。",
    ]
    call_command("check_index", repair=True)
    assert names("党建") == {"改", "乙"}


def test_threads_search_at_the_same_time_and_agree(seeds: list[Speech]) -> None:
    store = indexing.store()
    wrong: list[object] = []

    def look() -> None:
        for word in ("党建", "机关", "工作") * 20:
            with store.view() as view:
                docs, counts = view.postings("pairs", word)
                texts = [view.text(doc)[0].count(word) for doc in docs]
                if texts != counts:
                    wrong.append((word, counts, texts))

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
