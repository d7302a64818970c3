"""The walk through folders: what cannot be opened is a failure with a sentence, never silence."""

from __future__ import annotations

import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from archive.models import Speech
from tests.management.commands.test_import_speeches import TEXT

pytestmark = pytest.mark.django_db


def failing(*paths: object) -> list[str]:
    """The lines of a run in which something fails."""
    err = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("import_speeches", *map(str, paths), stdout=StringIO(), stderr=err)
    assert caught.value.returncode == 1
    return err.getvalue().splitlines()


def close(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a folder one that cannot be listed, also for root, to whom no folder is closed."""
    scandir = os.scandir

    def refuse(path: str | Path = ".") -> object:
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)


@pytest.mark.parametrize("named", [True, False], ids=["named itself", "within another"])
def test_a_folder_that_cannot_be_opened_fails_and_the_others_come_in(
    named: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut, there = tmp_path / "收文", tmp_path / "讲话.txt"
    shut.mkdir()
    there.write_text(TEXT)
    close(shut, monkeypatch)
    said = failing(shut, there) if named else failing(tmp_path)
    assert said == [f"{shut}：文件夹打不开，里面的文件没有导入，请检查权限。"]
    assert Speech.objects.count() == 1


def test_a_path_that_may_not_be_looked_at_fails_alone(tmp_path: Path) -> None:
    there = tmp_path / "讲话.txt"
    there.write_text(TEXT)
    (said,) = failing(tmp_path / ("长" * 200), there)
    assert "文件无法读取（" in said
    assert Speech.objects.count() == 1


def test_a_file_of_exactly_the_limit_comes_in_and_one_of_a_byte_more_does_not(
    tmp_path: Path, settings: Any
) -> None:
    settings.ARCHIVE_MAX_UPLOAD_MB = 1
    for name, more in (("够.txt", 0), ("超.txt", 1)):
        (tmp_path / name).write_bytes(TEXT.encode().ljust(2**20 + more))
    (said,) = failing(tmp_path)
    assert said.startswith(f"{tmp_path / '超.txt'}：文件超过 1 MB 的上限")
    assert Speech.objects.count() == 1


def test_a_name_that_turns_the_line_is_told_on_one_line(tmp_path: Path) -> None:
    (tmp_path / "讲话\n导入 9 篇\x1b[2K.txt").write_text("")
    (said,) = failing(tmp_path)
    assert said.endswith(r"讲话\n导入 9 篇\x1b[2K.txt：文件是空的。")
