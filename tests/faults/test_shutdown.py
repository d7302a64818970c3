"""The server is told to end in the middle of an upload: what arrived whole is kept, nothing is kept in part."""

from __future__ import annotations

import signal
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from .serving import UPLOAD, Editor, Server, manage, serving

TEXT = "在麒麟会议上的讲话\n同志们：\n" + "要抓好落实。\n" * 20_000


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path) as server:
        yield server


def upload(port: int) -> bytes:
    """The whole request that uploads TEXT, logged in as the administrator."""
    editor = Editor(port)
    body = editor.form({}, ("a.txt", TEXT.encode()))
    headers = "".join(f"{name}: {value}\r\n" for name, value in editor.headers().items())
    head = (
        f"POST {UPLOAD} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


HALF, SENT, ANSWERED = "half sent", "sent", "answered"


@pytest.mark.parametrize("state", [HALF, SENT, ANSWERED])
def test_an_upload_is_kept_whole_or_not_at_all(server: Server, state: str) -> None:
    request = upload(server.port)
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(request[: len(request) // 2 if state == HALF else len(request)])
        if state == ANSWERED:
            assert connection.recv(100).startswith(b"HTTP/1.1 302")
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(20) in (0, -signal.SIGTERM)
    database = sqlite3.connect(server.data / "archive.sqlite3")
    staged = [bytes(content) for (content,) in database.execute("SELECT content FROM archive_stagedupload")]
    whole = [TEXT.encode()]
    assert staged in {HALF: ([],), SENT: ([], whole), ANSWERED: (whole,)}[state]
    assert database.execute("SELECT count(*) FROM archive_speech").fetchone() == (0,)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
    assert manage(server.data, "check_index").returncode == 0
