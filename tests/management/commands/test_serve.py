"""The server over real sockets: what it bounds, and whom it believes."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive import search
from archive.management.commands.serve import Follower, server_options

KEY = "k" * 20 + "0123456789-abcdefghijklmnopqrstuvwxyz"
Serve = Callable[..., int]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Start a server with these environment variables; gives its port."""
    running = []

    def start(**environment: str) -> int:
        keep = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG", "PYTHONUTF8"}}
        env = {**keep, "ARCHIVE_DATA_DIR": str(tmp_path), "PYTHONUNBUFFERED": "1", **environment}
        env["DJANGO_SETTINGS_MODULE"] = "archive.settings"
        command = [sys.executable, "-W", "ignore", "manage.py"]
        subprocess.run([*command, "migrate", "-v0"], env=env, check=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        process = subprocess.Popen(
            [*command, "serve", "--port", str(port)], env=env, stdout=subprocess.PIPE, text=True
        )
        running.append(process)
        assert process.stdout is not None
        assert str(port) in process.stdout.readline()
        return int(port)

    yield start
    for process in running:
        process.terminate()
        process.communicate()


def ask(port: int, *lines: str) -> str:
    """Send a raw request and give the whole answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall("".join(f"{line}\r\n" for line in (*lines, "Connection: close", "")).encode())
        answer = b""
        # A server that refuses a request half-read resets the connection behind its answer.
        with contextlib.suppress(ConnectionResetError):
            while part := connection.recv(65536):
                answer += part
        return answer.decode(errors="replace")


def status(answer: str) -> int:
    match = re.match(r"HTTP/1\.\d (\d+)", answer)
    assert match, answer[:200]
    return int(match[1])


def test_half_sent_requests_keep_nobody_waiting(serve: Serve) -> None:
    port = serve()
    silent = []
    for _n in range(120):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.sendall(
            b"POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf"
        )
        silent.append(connection)
    answer = ask(port, "GET /healthz HTTP/1.1", "Host: localhost")
    assert status(answer) == 200
    for connection in silent:
        connection.close()


def test_headers_that_are_too_large_are_refused(serve: Serve) -> None:
    port = serve()
    assert status(ask(port, "GET / HTTP/1.1", "Host: localhost", f"X-A: {'a' * 33_000}")) == 431
    assert status(ask(port, "GET / HTTP/1.1")) == 400
    many = [f"X-{number}: a" for number in range(200)]
    assert status(ask(port, "GET / HTTP/1.1", "Host: localhost", *many)) == 431
    assert status(ask(port, "GET / HTTP/1.1", "Host: localhost", *many[:98])) == 200


def test_a_request_with_two_lengths_hides_no_other(serve: Serve) -> None:
    port = serve()
    lengths = ("Content-Length: 5", "Transfer-Encoding: chunked")
    hidden = ("", "0", "", "GET /healthz HTTP/1.1", "Host: localhost")
    answer = ask(port, "POST / HTTP/1.1", "Host: localhost", *lengths, *hidden)
    assert re.findall(r"^HTTP/1\.\d (\d+)", answer, re.MULTILINE) == ["400"]


@pytest.mark.django_db
def test_the_thread_that_catches_up_outlives_any_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def failing() -> bool:
        calls.append(1)
        if len(calls) > 2:
            follower.end()
        raise LookupError("a speech that has just been deleted")

    follower = Follower(every=0.0, at_most=0.0)
    monkeypatch.setattr(search, "catch_up", failing)
    follower.run()
    assert len(calls) == 3


def test_an_address_may_be_typed_in_chinese(serve: Serve) -> None:
    port = serve()
    answer = ask(port, "GET /search.json?q=党建 HTTP/1.1", "Host: localhost")
    assert status(answer) == 200
    assert '"raw": "党建"' in answer
    assert status(ask(port, "GET /没有/ HTTP/1.1", "Host: localhost")) == 404


def test_a_public_site_behind_a_proxy_answers_what_came_over_https(serve: Serve) -> None:
    port = serve(ALLOWED_HOSTS="archive.example", SECRET_KEY=KEY, ARCHIVE_BEHIND_PROXY="true")
    plain = ask(port, "GET /speeches/ HTTP/1.1", "Host: archive.example")
    assert status(plain) == 301
    assert "Location: https://archive.example/speeches/" in plain
    https = ask(port, "GET /speeches/ HTTP/1.1", "Host: archive.example", "X-Forwarded-Proto: https")
    assert status(https) == 200
    assert "Strict-Transport-Security" in https
    health = ask(port, "GET /healthz HTTP/1.1", "Host: 127.0.0.1")
    assert status(health) == 200


KILLED = """
import os
from archive import importing, search
with search.batch():
    importing.import_bytes("在麒麟会议上的讲话\\n同志们：\\n麒麟测试句。\\n".encode(), "麒麟.txt")
    os._exit(9)
"""


def test_what_a_killed_import_left_is_found_soon(serve: Serve, tmp_path: Path) -> None:
    port = serve()
    env = {**os.environ, "ARCHIVE_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "archive.settings"}
    killed = subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "shell", "-v0", "-c", KILLED], env=env
    )
    assert killed.returncode == 9
    deadline = time.monotonic() + 60
    address = "GET /search.json?q=麒麟测试句 HTTP/1.1"
    while '"total": 1' not in (answer := ask(port, address, "Host: localhost")) or "不可用" in answer:
        assert time.monotonic() < deadline, answer
        time.sleep(0.5)


SAVED = """
from archive import importing, search
with search.batch():
    for n in range(3):
        words = f"第{n}次讲话\\n同志们：\\n不忘初心、牢记使命主题教育，第{n}点。\\n"
        importing.import_bytes(words.encode(), f"{n}.txt")
"""


def test_formulas_of_what_an_editor_saves_are_on_the_first_page_soon(serve: Serve, tmp_path: Path) -> None:
    port = serve()
    env = {**os.environ, "ARCHIVE_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "archive.settings"}
    subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "shell", "-v0", "-c", SAVED], env=env, check=True
    )
    deadline = time.monotonic() + 60
    while "不忘初心、牢记使命主题教育" not in (answer := ask(port, "GET / HTTP/1.1", "Host: localhost")):
        assert time.monotonic() < deadline, answer
        time.sleep(0.5)


def test_a_port_that_is_taken_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run(
            [sys.executable, "manage.py", "serve", "--port", str(taken.getsockname()[1])],
            env={
                **os.environ,
                "ARCHIVE_DATA_DIR": str(tmp_path),
                "DJANGO_SETTINGS_MODULE": "archive.settings",
            },
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "PORT=" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_proxy_is_believed_that_the_operator_has_not_named(settings) -> None:
    settings.ARCHIVE_BEHIND_PROXY = False
    assert "trusted_proxy" not in server_options("127.0.0.1", 1)
