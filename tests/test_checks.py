"""System checks and settings: an operator's mistakes are named with the hint that cures them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archive import checks


def manage(*args: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    keep = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG", "PYTHONUTF8"}}
    return subprocess.run(
        [sys.executable, "manage.py", *args],
        capture_output=True,
        text=True,
        check=False,
        env={
            **keep,
            "ARCHIVE_DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "archive.settings",
            **environment,
        },
    )


def test_production_settings_pass_the_deployment_check(tmp_path: Path) -> None:
    done = manage(
        *("check", "--deploy", "--fail-level", "WARNING"),
        folder=tmp_path,
        ALLOWED_HOSTS="archive.example",
        SECRET_KEY="k" * 20 + "0123456789-abcdefghijklmnopqrstuvwxyz",
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr


def test_a_public_site_without_a_key_of_its_own_does_not_start(tmp_path: Path) -> None:
    done = manage("check", folder=tmp_path, ALLOWED_HOSTS="archive.example")
    assert done.returncode != 0
    assert "SECRET_KEY is not set" in done.stderr


def test_a_key_can_come_from_a_file(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("k" * 60)
    done = manage("check", folder=tmp_path, ALLOWED_HOSTS="archive.example", SECRET_KEY_FILE=str(key))
    assert done.returncode == 0, done.stderr


def test_a_site_for_this_machine_makes_its_own_key_once(tmp_path: Path) -> None:
    for _time in range(2):
        assert manage("check", folder=tmp_path).returncode == 0
    key = tmp_path / "secret_key"
    assert len(key.read_text()) == 50
    assert key.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [("ARCHIVE_SEARCH_URL", "solr://x", "archive.E002"), ("ARCHIVE_MAX_UPLOAD_MB", "0", "archive.E003")],
)
def test_a_wrong_setting_is_named_with_its_cure(tmp_path: Path, name: str, value: str, code: str) -> None:
    done = manage("check", folder=tmp_path, **{name: value})
    assert done.returncode == 1
    assert code in done.stderr
    assert "HINT" in done.stderr


def test_a_data_folder_that_cannot_be_one_is_named(tmp_path: Path, settings) -> None:
    (tmp_path / "file").write_text("")
    settings.ARCHIVE_DATA_DIR = tmp_path / "file"
    (error,) = checks.data_folder_is_writable(None)
    assert error.id == "archive.E001"
    settings.ARCHIVE_DATA_DIR = tmp_path / "new" / "folder"
    assert checks.data_folder_is_writable(None) == []


def test_debug_is_refused_on_a_public_site(tmp_path: Path) -> None:
    done = manage(
        "check", folder=tmp_path, ALLOWED_HOSTS="archive.example", SECRET_KEY="k" * 60, DEBUG="true"
    )
    assert done.returncode != 0
    assert "Unset DEBUG" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ARCHIVE_MAX_UPLOAD_MB", "x", "ARCHIVE_MAX_UPLOAD_MB is 'x'. Set it to a whole number."),
        ("ALLOWED_HOSTS", "archive.example", "SECRET_KEY is not set."),
        ("DATABASE_URL", "nonsense", "DATABASE_URL names no database."),
        ("DATABASE_URL", "foo://x", "'foo' isn't an available database backend"),
    ],
)
def test_what_cannot_be_a_setting_is_said_in_a_sentence(
    tmp_path: Path, name: str, value: str, sentence: str
) -> None:
    done = manage("check", folder=tmp_path, **{name: value})
    assert done.returncode == 1
    assert done.stderr.startswith(sentence)


@pytest.mark.parametrize("command", [["check_index"], ["fingerprint_speeches"], ["import_speeches", "seeds"]])
def test_without_tables_a_command_says_how_to_make_them(tmp_path: Path, command: list[str]) -> None:
    done = manage(*command, folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "CommandError: 数据库还不是这一版程序的，请先运行 manage.py migrate。\n"


@pytest.mark.parametrize("name", ["a #b", "a?b", "a%41b", "数据"])
def test_the_data_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    assert manage("migrate", "-v0", folder=folder).returncode == 0
    assert (folder / "archive.sqlite3").exists()


def test_a_disk_that_is_nearly_full_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(Path.cwd())
    assert [warning.id for warning in checks.disk_has_room(None) if usage.free > 2**31] == []
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage._replace(total=10**12, free=2**20))
    (warning,) = checks.disk_has_room(None)
    assert warning.id == "archive.W001"
    assert "Free some room" in str(warning.hint)
