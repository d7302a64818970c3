"""The server is told to end in the middle of an upload: what arrived whole is kept, nothing is kept in part."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

BOUNDARY = "----b"
TEXT = "在麒麟会议上的讲话\n同志们：\n" + "要抓好落实。\n" * 20_000
PASSWORD = "a-long-enough-password-1"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept, "ARCHIVE_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "archive.settings",
        "PYTHONUNBUFFERED": "1", "ADMIN_PASSWORD": PASSWORD,
    }  # fmt: skip


@pytest.fixture
def server(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], int]]:
    manage = [sys.executable, "-W", "ignore", "manage.py"]
    for command in (["migrate", "-v0"], ["set_admin"]):
        subprocess.run([*manage, *command], env=environment, check=True, stdout=subprocess.DEVNULL)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [*manage, "serve", "--port", str(port)], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert str(port) in process.stdout.readline()
    yield process, port
    process.kill()
    process.communicate()


def upload(port: int) -> bytes:
    """The whole request that uploads TEXT, logged in as the administrator."""
    cookies: dict[str, str] = {}
    token = ""
    for method, body in (("GET", ""), ("POST", urlencode({"username": "admin", "password": PASSWORD}))):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        content = f"{body}&csrfmiddlewaretoken={token}" if body else None
        connection.request(method, "/admin/login/?next=/admin/", content, headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        for header, value in answer.getheaders():
            if header.lower() == "set-cookie":
                name, _, rest = value.partition("=")
                cookies[name] = rest.partition(";")[0]
        token = match[1] if (match := re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)) else token
        connection.close()
    assert answer.status == 302, page
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{cookies["csrftoken"]}\r\n',
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n{TEXT}\r\n',
        f"--{BOUNDARY}--\r\n",
    ]
    body = "".join(parts).encode()
    head = (
        "POST /admin/archive/speech/upload/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        f"Cookie: {'; '.join(f'{name}={value}' for name, value in cookies.items())}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


HALF, SENT, ANSWERED = "half sent", "sent", "answered"


@pytest.mark.parametrize("state", [HALF, SENT, ANSWERED])
def test_an_upload_is_kept_whole_or_not_at_all(
    server: tuple[subprocess.Popen[str], int], environment: dict[str, str], tmp_path: Path, state: str
) -> None:
    process, port = server
    request = upload(port)
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request[: len(request) // 2 if state == HALF else len(request)])
        if state == ANSWERED:
            assert connection.recv(100).startswith(b"HTTP/1.1 302")
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) in (0, -signal.SIGTERM)
    database = sqlite3.connect(tmp_path / "archive.sqlite3")
    staged = [bytes(content) for (content,) in database.execute("SELECT content FROM archive_stagedupload")]
    whole = [TEXT.encode()]
    assert staged in {HALF: ([],), SENT: ([], whole), ANSWERED: (whole,)}[state]
    assert database.execute("SELECT count(*) FROM archive_speech").fetchone() == (0,)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
    checked = subprocess.run([sys.executable, "-W", "ignore", "manage.py", "check_index"], env=environment)
    assert checked.returncode == 0
