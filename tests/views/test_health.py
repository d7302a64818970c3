"""/healthz: one word for the machine that watches over the archive, and nothing for anybody else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client

from archive.importing import import_bytes
from archive.search import rebuild
from archive.views import health

TEXT = (
    "在会议上的讲话\n同志们：\n一、提高站位\n我们要加强学习。\n二、压实责任\n我们要抓好落实。\n谢谢大家！\n"
)

pytestmark = pytest.mark.django_db


def ask(client: Client) -> tuple[int, str]:
    response = client.get("/healthz")
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Type"].startswith("text/plain")
    return response.status_code, response.content.decode()


def test_an_archive_that_can_do_its_work_says_ok(client: Client, index_path: Path) -> None:
    import_bytes(TEXT.encode(), "a.txt")
    rebuild()
    assert ask(client) == (200, "ok\n")


def test_an_empty_archive_is_well(client: Client, index_path: Path) -> None:
    assert ask(client) == (200, "ok\n")


def test_a_speech_without_an_index_is_a_trouble_with_a_code(client: Client, index_path: Path) -> None:
    import_bytes(TEXT.encode(), "a.txt")
    rebuild()
    shutil.rmtree(index_path)
    assert ask(client) == (503, "index_unavailable\n")


def test_a_damaged_index_is_a_trouble_with_a_code(client: Client, index_path: Path) -> None:
    import_bytes(TEXT.encode(), "a.txt")
    rebuild()
    for file in index_path.rglob("*.trm"):
        file.write_bytes(b"")
    assert ask(client) == (503, "index_unavailable\n")


def test_a_database_that_does_not_answer_is_a_trouble_without_details(
    client: Client, index_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise OperationalError("secret host is down")

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    assert ask(client) == (503, "database_unavailable\n")


def test_a_full_disk_is_a_trouble_before_a_write_fails(
    client: Client, index_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(index_path.parent)._replace(free=health.MIN_FREE - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage)
    assert ask(client) == (503, "disk_full\n")


def test_only_reading_is_answered(client: Client, index_path: Path) -> None:
    assert client.post("/healthz").status_code == 405
    assert client.head("/healthz").status_code == 200
