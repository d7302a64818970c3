"""The command: what it asks and says, and its exit status."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from archive import search
from archive.models import Speech
from tests.search.conftest import make_speech

pytestmark = pytest.mark.django_db

HELD = "1 篇讲话、0 个原始文件、1 位讲话人、0 个别名、0 个场合"
COUNTS = f"{HELD}、0 条操作记录"


def run(*args: object, **options: object) -> str:
    out = StringIO()
    call_command("restore_archive", *map(str, args), stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def refused(*args: object, status: int = 1) -> str:
    with pytest.raises(CommandError) as raised:
        run(*args)
    assert raised.value.returncode == status
    return str(raised.value)


@pytest.fixture
def kept(tmp_path: Path, index_path: Path) -> Path:
    """A backup of an archive that has gone on since."""
    speech = make_speech("甲\n党建工作。", speaker="王某某")
    call_command("export_archive", str(tmp_path / "kept.zip"), verbosity=0)
    Speech.objects.filter(pk=speech.pk).update(title="后来的标题")
    return tmp_path / "kept.zip"


@pytest.fixture
def empty(kept: Path) -> Path:
    speech = Speech.objects.get()
    speaker = speech.speaker
    speech.delete()
    assert speaker is not None
    speaker.delete()
    return kept


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None], list[str]]:
    """What somebody types when asked, None for no terminal; gives the questions."""

    def typing(answer: str | None) -> list[str]:
        asked: list[str] = []

        def reply(question: str = "") -> str:
            asked.append(question)
            if answer is None:
                raise EOFError
            return answer

        monkeypatch.setattr(builtins, "input", reply)
        return asked

    return typing


def test_an_empty_archive_is_filled_and_searchable(empty: Path) -> None:
    assert run(empty) == f"已恢复：{COUNTS}。\n"
    assert search.find(search.Query("党建")).total == 1
    assert search.problems() == []


def test_little_is_said_on_request(empty: Path) -> None:
    assert run(empty, verbosity=0) == ""


def test_a_full_archive_is_refused_with_the_way_out(kept: Path) -> None:
    assert "--replace" in refused(kept)
    assert Speech.objects.get().title == "后来的标题"


def test_replacing_asks_and_says_what_will_go(kept: Path, typed: Callable[[str | None], list[str]]) -> None:
    asked = typed(" 替换 ")
    assert "已恢复" in run(kept, "--replace")
    assert len(asked) == 1
    assert f"现有的{HELD}将被备份替换" in asked[0]
    assert Speech.objects.get().title == "甲"


@pytest.mark.parametrize("answer", ["", "y", "yes", "不替换", None])
def test_any_other_answer_changes_nothing(
    kept: Path, typed: Callable[[str | None], list[str]], answer: str | None
) -> None:
    typed(answer)
    assert "什么也没有改动" in refused(kept, "--replace")
    assert Speech.objects.get().title == "后来的标题"


@pytest.mark.parametrize("flag", ["--noinput", "--no-input"])
def test_a_script_is_not_asked(kept: Path, typed: Callable[[str | None], list[str]], flag: str) -> None:
    asked = typed("")
    assert "已恢复" in run(kept, "--replace", flag)
    assert asked == []
    assert Speech.objects.get().title == "甲"


def test_nobody_is_asked_about_an_empty_archive(
    empty: Path, typed: Callable[[str | None], list[str]]
) -> None:
    asked = typed("")
    assert "已恢复" in run(empty, "--replace")
    assert asked == []


def test_a_check_changes_nothing_and_tells_whole_from_damaged(kept: Path) -> None:
    assert run(kept, "--check") == f"备份完好：{COUNTS}。\n"
    assert Speech.objects.get().title == "后来的标题"
    data = bytearray(kept.read_bytes())
    data[len(data) // 3] ^= 255
    kept.write_bytes(data)
    assert "备份" in refused(kept, "--check")


def test_a_file_that_is_not_there_or_not_readable_is_said(kept: Path) -> None:
    said = refused(kept.with_name("没有.zip"), "--check")
    assert "没有.zip" in said
    assert "请检查路径和权限" in said
    assert "请检查路径和权限" in refused(kept.parent, "--check")


def test_how_large_it_may_be_is_an_option(kept: Path) -> None:
    assert "--max-gb" in refused(kept, "--check", "--max-gb", "0.0000001")


def test_a_database_of_another_version_asks_for_migrate(empty: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'archive' AND name <> '0001_initial'")
    assert "manage.py migrate" in refused(empty)
    assert not Speech.objects.exists()


def test_rows_are_kept_when_the_index_cannot_be_built(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable(watch: object) -> int:
        raise search.IndexUnavailable("索引无法写入，请检查磁盘空间和权限。")

    monkeypatch.setattr(search, "rebuild", unavailable)
    said = refused(empty)
    assert "讲话已恢复，但索引没有建好" in said
    assert "rebuild_index" in said
    assert Speech.objects.get().title == "甲"
    monkeypatch.undo()
    assert search.repair() == []
    assert search.find(search.Query("党建")).total == 1
