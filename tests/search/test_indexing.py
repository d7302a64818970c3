"""The index follows the database, whatever happens in between."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from archive import search
from archive.models import Event, IndexChange, Speaker, Speech
from archive.search import IndexUnavailable, Query, indexing
from archive.search.engine import Store, segments
from archive.search.engine.record import Record

from .conftest import Make, names

Commit = Any  # pytest-django's fixture: runs what waits for the commit


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


def test_a_batch_indexes_many_at_once_but_not_more_than_memory_holds(
    make: Make, django_capture_on_commit_callbacks: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = []
    write = Store.write

    def counted(self: Store, generation: Path, remove: Any, add: Any, **kwargs: Any) -> None:
        added = list(add)
        sizes.append(len(added))
        write(self, generation, remove, added, **kwargs)

    monkeypatch.setattr(Store, "write", counted)
    monkeypatch.setattr(indexing, "BATCH", 100)
    monkeypatch.setattr(indexing, "BATCH_CHARACTERS", 60 * len("第100篇\n党建工作。"))
    with search.batch():
        for number in range(130):
            with django_capture_on_commit_callbacks(execute=True):
                make(f"第{number}篇\n党建工作。", title=f"第{number}篇")
    assert sum(sizes) == 130
    assert 60 <= max(sizes) < 70
    assert len(sizes) <= 4
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
    assert search.status().pending == 1  # left to whoever marked it: beside an importer there would be no end
    assert search.drain() == 1
    assert names("党建") == {"后来"}
    assert search.problems() == []


def test_a_save_does_not_work_for_an_importer_but_for_what_was_left(
    make: Make, indexed: Speech, django_capture_on_commit_callbacks: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "SAVE_CHARACTERS", 1)  # one at a time
    with django_capture_on_commit_callbacks(execute=True):
        others = [make(f"第{number}篇\n党建。") for number in range(3)]
    IndexChange.objects.bulk_create([IndexChange(speech_id=other.pk) for other in others])

    def pending_after_a_save() -> int:
        with django_capture_on_commit_callbacks(execute=True):
            indexed.save()
        return search.status().pending

    assert search.status().pending == len(others)
    assert pending_after_a_save() == 3
    assert search.catch_up()
    assert search.status().pending == 3
    IndexChange.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    assert pending_after_a_save() == 2
    IndexChange.objects.update(created_at=timezone.now() + timedelta(hours=1))  # the clock was put back
    assert search.catch_up()
    assert search.problems() == []


def test_a_transaction_brings_the_index_up_to_date_once(
    make: Make,
    indexed: Speech,
    django_capture_on_commit_callbacks: Commit,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    waits = []

    def held(wait: float, own: object = None) -> int:
        waits.append(wait)
        raise IndexUnavailable("索引被占用")

    monkeypatch.setattr(indexing, "drain", held)
    for turn in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            with transaction.atomic():
                indexed.save()
                transaction.set_rollback(True)
            for number in range(10):
                make(f"第{number}篇\n党建{turn}。")
    assert waits == [indexing.SAVE_WAIT] * 2
    assert caplog.text.count("behind the database") == 2


def test_inside_a_batch_no_commit_waits_for_another_writer(
    indexed: Speech, django_capture_on_commit_callbacks: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(indexing, "BATCH", 1)
    monkeypatch.setattr(indexing, "drain", lambda wait, own=None: waits.append(wait))
    with search.batch(patient=True):
        for _ in range(3):
            with django_capture_on_commit_callbacks(execute=True):
                indexed.save()
    assert waits == [0, 0, 0, indexing.LOCK_WAIT]


def test_the_batch_of_a_person_does_its_own_and_leaves_an_importer_its_marks(
    make: Make, indexed: Speech, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        others = [make(f"第{number}篇\n别人的讲话。", title=f"第{number}篇") for number in range(5)]
    IndexChange.objects.bulk_create(IndexChange(speech_id=speech.pk) for speech in others)
    waiting = search.status().pending
    assert waiting == 5
    with search.batch(), django_capture_on_commit_callbacks(execute=True):
        make("本人的讲话\n麒麟测试句。", title="本人的讲话")
    assert search.find(Query("麒麟测试")).total == 1
    assert search.status().pending == waiting
    with search.batch(patient=True):
        pass
    assert search.status().pending == 0


def test_a_person_waits_for_so_much_and_the_rest_is_left_marked(
    make: Make,
    indexed: Speech,
    django_capture_on_commit_callbacks: Commit,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(indexing, "OWN_CHARACTERS", 3 * len("第1篇\n党建工作。甲"))
    for patient, left in ((False, 2), (True, 0)):
        IndexChange.objects.update(created_at=timezone.now() - timedelta(minutes=1))
        assert search.catch_up()
        with search.batch(patient), django_capture_on_commit_callbacks(execute=True):
            for number in range(5):
                make(f"第{number}篇\n党建工作。{chr(0x7532 + patient)}", title=f"第{number}篇{patient}")
        assert search.status().pending == left
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        search.mark(Speech.objects.values_list("pk", flat=True))  # as when a speaker is renamed
    assert search.status().pending == 11 - 3
    assert search.drain() == 8
    assert search.problems() == []


def test_two_marks_of_one_speech_are_one_speech_to_index(indexed: Speech) -> None:
    IndexChange.objects.all().delete()
    search.mark([indexed.pk])
    search.mark([indexed.pk])
    assert IndexChange.objects.count() == 2
    assert search.status().pending == 1
    assert search.drain() == 1
    assert not IndexChange.objects.exists()
    assert search.problems() == []


def test_an_archive_without_a_speech_needs_no_index(make: Make, index_path: Path) -> None:
    make("草稿\n党建。", published=False)
    IndexChange.objects.all().delete()
    assert search.status() == search.IndexStatus(ok=True, documents=0, pending=0)
    assert search.problems() == search.repair() == []
    assert not index_path.exists()
    assert names("党建") == set()
    make("甲\n党建。")
    assert not search.status().ok
    assert search.problems() == ["还没有索引。请运行 manage.py check_index --repair 重建索引。"]
    assert search.find(Query("党建")).degraded


def test_what_changed_without_a_mark_is_discovered_and_repaired(make: Make) -> None:
    """A crash between an autocommitted save and its mark leaves no mark."""
    withdrawn, deleted, changed = (make(f"{title}\n党建。", title=title) for title in "甲乙丙")
    search.rebuild()
    gone = deleted.pk
    deleted.delete()
    Speech.objects.filter(pk=withdrawn.pk).update(published=False)
    Speech.objects.filter(pk=changed.pk).update(text="丙\n作风。", digest="0" * 64)
    IndexChange.objects.all().delete()
    assert sorted(search.problems()) == sorted(
        [
            f"讲话 {withdrawn.pk} 在索引中，但已删除或未发布。",
            f"讲话 {gone} 在索引中，但已删除或未发布。",
            f"讲话 {changed.pk} 的索引不是最新的。",
        ]
    )
    assert search.repair() == []
    assert (names("党建"), names("作风")) == (set(), {"丙"})


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


def test_what_saves_leave_in_small_segments_is_merged_when_nobody_waits(
    make: Make, django_capture_on_commit_callbacks: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "MANY_SEGMENTS", 2)
    for number in range(60):
        with django_capture_on_commit_callbacks(execute=True):
            make(f"第{number}篇\n党建工作。", title=f"第{number}篇")
    generation = indexing.store().checked()
    many = segments(generation)
    record = Record.read(generation)
    assert many >= 3
    assert search.catch_up()
    assert segments(generation) < many
    after = Record.read(generation)
    assert after != record
    assert search.catch_up()
    assert Record.read(generation) == after  # and not again until there are more
    assert search.find(Query("党建")).total == 60
    assert search.problems() == []
