"""The commands: Haystack's own on our engine, our rebuild_index and check_index."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from haystack.query import SearchQuerySet

from archive import search
from archive.models import IndexChange, Speech
from archive.search import indexing
from archive.search.index import SpeechIndex

from .conftest import Make, names


def several(make: Make, count: int) -> list[Speech]:
    return [make(f"第{number}篇\n党建工作。", title=f"第{number}篇") for number in range(count)]


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


@pytest.mark.parametrize("size", [2, 4, 6])
def test_a_cleared_index_is_filled_in_batches_and_then_goes_live(make: Make, size: int) -> None:
    several(make, 6)
    search.rebuild()
    call_command("clear_index", interactive=False, verbosity=0)
    call_command("update_index", batchsize=size, max_retries=1, verbosity=0)
    assert search.find(search.Query("党建")).total == 6
    assert search.problems() == []
    assert not IndexChange.objects.exists()


def test_marks_stay_until_the_index_that_holds_the_speech_is_live(make: Make) -> None:
    several(make, 4)
    search.rebuild()
    call_command("clear_index", interactive=False, verbosity=0)
    search.mark(Speech.objects.values_list("pk", flat=True))
    backend = SearchQuerySet().query.backend
    index, speeches = SpeechIndex(), list(indexing.indexable())
    backend.update(index, speeches[:2])
    assert search.status().pending == 4
    backend.update(index, speeches[2:])
    assert search.status() == search.IndexStatus(ok=True, documents=4, pending=0)


@pytest.mark.parametrize("command", [("check_index", "--repair"), ("rebuild_index",)])
def test_an_index_half_filled_is_given_up_when_another_takes_over(
    make: Make, indexed: Speech, index_path: Path, command: tuple[str, ...]
) -> None:
    call_command("clear_index", interactive=False, verbosity=0)
    call_command(*command, verbosity=0)
    assert not (index_path / "NEXT").exists()
    Speech.objects.update(title="改")
    make("乙\n党建引领。", title="乙")
    call_command("update_index", verbosity=0)
    assert names("党建") == {"改", "乙"}
    assert len(list(index_path.glob("g*"))) == 1


def test_update_index_takes_out_what_was_withdrawn_or_deleted(make: Make) -> None:
    kept, withdrawn, deleted = several(make, 3)
    search.rebuild()
    withdrawn.published = False
    withdrawn.save()
    deleted.delete()
    call_command("update_index", verbosity=0)
    assert search.status() == search.IndexStatus(ok=True, documents=1, pending=0)
    assert names("党建") == {kept.title}


def test_update_index_remove_finds_what_left_no_mark(make: Make) -> None:
    kept, withdrawn, deleted = several(make, 3)
    search.rebuild()
    Speech.objects.filter(pk=withdrawn.pk).update(published=False)
    deleted.delete()
    IndexChange.objects.all().delete()
    call_command("update_index", verbosity=0)
    assert search.status().documents == 3
    call_command("update_index", remove=True, verbosity=0)
    assert search.problems() == []
    assert names("党建") == {kept.title}


def test_rebuild_index_takes_the_options_of_haystacks_command(indexed: Speech) -> None:
    call_command("rebuild_index", interactive=False, batchsize=2, workers=0, using=["default"], verbosity=0)
    call_command(
        "rebuild_index", "--no-input", "-b", "2", "-k", "2", "-u", "default", "-t", "3", "--nocommit", "-v0"
    )
    assert names("党建") == {"甲"}


def test_check_index_passes_an_archive_that_is_still_empty(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("check_index")
    assert capsys.readouterr().out == "索引与数据库一致：0 篇。\n"
    make("甲\n党建工作。")
    with pytest.raises(CommandError, match="1 处"):
        call_command("check_index")
