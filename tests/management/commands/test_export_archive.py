"""The command: what it says, and its exit status."""

from __future__ import annotations

import errno
import os
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from archive.models import Speech
from tests.faults.disk import Failing, watched
from tests.search.conftest import make_speech

pytestmark = pytest.mark.django_db


def run(*args: object, **options: object) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("export_archive", *map(str, args), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_it_says_what_is_in_the_file_and_what_to_compare(tmp_path: Path) -> None:
    make_speech("甲\n党建工作。")
    out, err = run(tmp_path / "kept.zip")
    assert out.startswith("已导出 1 篇讲话、0 个原始文件（")
    assert re.search(r"清单 SHA-256：[0-9a-f]{64}$", out.strip())
    assert err == ""
    assert run(tmp_path / "again.zip")[0] == out
    assert run(tmp_path / "again.zip", verbosity=0) == ("", "")


@pytest.mark.parametrize("name", ["", "没有/kept.zip"])
def test_a_folder_that_is_none_is_a_usage_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError, match="所在的文件夹要先建好") as raised:
        run(tmp_path / name)
    assert raised.value.returncode == 2


def test_a_full_disk_is_said_and_the_file_before_stays(tmp_path: Path) -> None:
    path = tmp_path / "kept.zip"
    run(path)
    before = path.read_bytes()
    full = Failing(0, lambda: OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), for_ever=True)
    make_speech("甲\n党建工作。")
    with (
        pytest.raises(CommandError, match=r"没有导出.*No space left.*没有改动.*请检查磁盘空间") as raised,
        watched(tmp_path, lambda step: full(step) if step.kind == "write" else None),
    ):
        run(path)
    assert raised.value.returncode == 1
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["kept.zip"]


def test_what_is_damaged_in_the_database_is_named_and_exported_all_the_same(tmp_path: Path) -> None:
    speech = make_speech("甲\n党建工作。")
    Speech.objects.update(text="烂了")
    err = StringIO()
    with pytest.raises(CommandError, match="已导出，但有 1 处与入库时不同") as raised:
        call_command("export_archive", str(tmp_path / "kept.zip"), stdout=StringIO(), stderr=err)
    assert raised.value.returncode == 1
    assert f"讲话 {speech.pk} 的正文与入库时的摘要不符" in err.getvalue()
    assert (tmp_path / "kept.zip").exists()


def test_a_database_of_another_version_asks_for_migrate(tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'archive' AND name <> '0001_initial'")
    with pytest.raises(CommandError, match=r"manage\.py migrate"):
        run(tmp_path / "kept.zip")
    assert os.listdir(tmp_path) == []
