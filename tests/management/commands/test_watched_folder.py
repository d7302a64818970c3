"""A folder that is imported again and again while people copy files into it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from archive.models import Speech

pytestmark = pytest.mark.django_db

TEXT = "在会议上的讲话\n同志们：\n我们要加强学习，抓好落实。\n谢谢大家！\n"


def run(*paths: Path) -> str:
    """What the command says of files that it passes over."""
    err = StringIO()
    call_command("import_speeches", *map(str, paths), stdout=StringIO(), stderr=err)
    return err.getvalue()


@contextmanager
def writer(path: Path) -> Iterator[None]:
    """Somebody who writes a file slowly."""
    done = threading.Event()

    def write() -> None:
        with path.open("a", encoding="utf-8") as file:
            while not done.is_set():
                file.write("再讲一句。")
                file.flush()
                time.sleep(0.01)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def test_a_file_that_grows_is_left_for_the_next_time(tmp_path: Path) -> None:
    (tmp_path / "全.txt").write_text(f"全{TEXT}", encoding="utf-8")
    half = tmp_path / "半.txt"
    half.write_text(f"半{TEXT}", encoding="utf-8")
    with writer(half):
        said = run(tmp_path)
    assert "还没有写完，下次再导入" in said
    assert half.name in said
    assert [speech.title for speech in Speech.objects.all()] == ["全在会议上的讲话"]
    assert run(tmp_path) == ""
    assert Speech.objects.count() == 2


@pytest.mark.parametrize("name", ["讲话.docx.part", "讲话.txt.crdownload", "讲话.FILEPART", "讲话.tmp"])
def test_a_name_for_what_is_not_complete_is_no_failure(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert name in run(tmp_path)
    assert not Speech.objects.exists()


def test_what_has_been_quiet_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "讲话.txt"
    path.write_text(TEXT, encoding="utf-8")
    os.utime(path, (1_600_000_000, 1_600_000_000))
    monkeypatch.setattr(time, "sleep", lambda _seconds: pytest.fail("waited"))
    run(tmp_path)
    assert Speech.objects.count() == 1


def test_a_file_named_itself_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "讲话.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert run(path) == ""
    assert Speech.objects.count() == 1
