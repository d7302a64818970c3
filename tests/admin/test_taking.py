"""The whole archive as one download: whole, alone, logged, and leaving nothing behind."""

from __future__ import annotations

import fcntl
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.http import FileResponse
from django.middleware.gzip import GZipMiddleware
from django.test import Client, RequestFactory

from archive import backup
from archive.admin import taking
from archive.importing import import_bytes
from archive.models import Deed, SourceFile, Speech
from tests.admin import uploading
from tests.admin.people import person

pytestmark = pytest.mark.django_db
TAKE = "/admin/archive/speech/take/"


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "ARCHIVE_DATA_DIR", tmp_path / "data")
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


@pytest.fixture
def speech() -> Speech:
    import_bytes("草稿一篇\n同志们：\n还没有发布的话。".encode(), "b.txt", draft=True)
    made = import_bytes(uploading.TEXT.encode(), "a.txt").speech
    assert made is not None
    return made


def test_it_is_said_that_the_log_is_in_it_and_no_password(manager: Client, speech: Speech) -> None:
    page = manager.get(TAKE).content.decode()
    assert "<li>操作记录</li>" in page
    assert "帐号和密码不在内，操作记录里只有用户名。" in page


def test_the_file_restores_to_the_same_archive(
    manager: Client, speech: Speech, tmp_path: Path, index_path: Path
) -> None:
    backup.export(tmp_path / "kept.zip")  # before: the taking itself is in the log
    response = manager.post(TAKE)
    assert response["Content-Type"] == "application/zip"
    data = response.getvalue()
    response.close()
    assert int(response["Content-Length"]) == len(data)
    (tmp_path / "taken.zip").write_bytes(data)
    assert data == (tmp_path / "kept.zip").read_bytes()
    Speech.objects.all().delete()
    SourceFile.objects.all().delete()
    backup.restore(tmp_path / "taken.zip", replace=True)
    assert list(Speech.objects.order_by("pk").values_list("published", flat=True)) == [False, True]
    assert Speech.objects.get(pk=speech.pk).text == speech.text


def test_it_is_a_download_that_nobody_keeps(manager: Client, speech: Speech) -> None:
    response = manager.post(TAKE, HTTP_ACCEPT_ENCODING="gzip, br")
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E8%AE%B2")
    assert "no-store" in response["Cache-Control"]
    assert not response.has_header("Content-Encoding")
    assert zipfile.ZipFile(io.BytesIO(response.getvalue())).testzip() is None
    response.close()


def test_it_is_sent_from_the_disk_without_a_thread_of_ours(speech: Speech, admin_user: User) -> None:
    request = RequestFactory().post(TAKE, HTTP_ACCEPT_ENCODING="gzip")
    request.user = admin_user
    response = taking.page(request, admin.site._registry[Speech])
    assert isinstance(response, FileResponse)
    assert response.file_to_stream is not None  # what the server's wsgi.file_wrapper takes
    assert GZipMiddleware(lambda _request: response)(request) is response
    assert response.file_to_stream is not None
    response.close()


def test_nothing_is_left_behind(manager: Client, speech: Speech, data_dir: Path) -> None:
    (data_dir / "taking").mkdir()
    (data_dir / "taking" / ".archive.zip.dead.part").write_bytes(b"of a process that was killed")
    response = manager.post(TAKE)
    assert [path.name for path in data_dir.iterdir()] == ["taking.lock"]  # before it is read
    response.close()


def test_one_at_a_time(manager: Client, speech: Speech, data_dir: Path) -> None:
    with (data_dir / "taking.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        second = manager.post(TAKE)
        assert second.status_code == 409
        assert "一次只能打包一份" in second.content.decode()
        assert not Deed.objects.exists()
    response = manager.post(TAKE)
    assert response.status_code == 200
    response.close()


def test_it_is_logged(manager: Client, speech: Speech, django_user_model: Any) -> None:
    manager.post(TAKE).close()
    deed = Deed.objects.get()
    assert deed.user == django_user_model.objects.get(username="管理")
    assert "2 篇讲话" in deed.change_message
    page = manager.get("/admin/archive/deed/").content.decode()
    assert "下载" in page
    assert "全部文稿" in page
    assert manager.get("/admin/archive/deed/?action_flag=4").content.decode().count("下载了全部文稿") == 1
    assert "下载了全部文稿" not in manager.get("/admin/archive/deed/?action_flag=2").content.decode()


@pytest.mark.parametrize("role", ["", "录入", "审核"])
def test_who_may_not(role: str, speech: Speech) -> None:
    assert person(role).post(TAKE).status_code == 403
    assert "take/" not in person(role, "b").get("/admin/archive/speech/").content.decode()
    assert not Deed.objects.exists()


def test_a_stranger_is_asked_who_he_is(client: Client) -> None:
    assert client.post(TAKE).status_code == 302


def test_looking_takes_nothing(manager: Client, speech: Speech, data_dir: Path) -> None:
    page = manager.get(TAKE).content.decode()
    assert "打包下载" in page
    assert "2 篇讲话，草稿和旧版也在内" in page
    assert list(data_dir.iterdir()) == []
    assert not Deed.objects.exists()
    assert TAKE in manager.get("/admin/archive/speech/").content.decode()
    assert Client(enforce_csrf_checks=True).post(TAKE).status_code in (302, 403)


def test_a_full_disk_is_told(manager: Client, speech: Speech, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "export", full)
    response = manager.post(TAKE)
    assert response.status_code == 503
    assert "磁盘空间" in response.content.decode()
    assert not Deed.objects.exists()
