"""A server that runs in a process of its own, and editors who talk to it, each in a session of their own."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MANAGE = (sys.executable, "-W", "ignore", "manage.py")
PASSWORD = "a-long-enough-password-1"
LOGIN = "/admin/login/?next=/admin/"
UPLOAD = "/admin/archive/speech/upload/"
BOUNDARY = "----b"
PATIENCE = 60  # seconds for an answer: three times what the database lets a writer wait
NEW_EDITORS = """
import sys
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
made = {{"password": make_password({password!r}), "is_staff": True, "is_superuser": True}}
User.objects.bulk_create([User(username=name, **made) for name in {names!r}])
"""


def environment(data: Path) -> dict[str, str]:
    """What a command of an archive in ``data`` is started with: nothing of this process's own archive."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    settings = {"ARCHIVE_DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "archive.settings"}
    return {**kept, **settings, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}


def manage(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What a command said, and how it ended."""
    command = [*MANAGE, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(data), capture_output=True, text=True)


@dataclass(frozen=True, slots=True)
class Server:
    """``log`` is the file that takes what the server has to say."""

    process: subprocess.Popen[str]
    port: int
    data: Path
    log: Path


@contextmanager
def serving(data: Path, editors: tuple[str, ...] = ("admin",)) -> Iterator[Server]:
    """A server of a new archive in ``data`` with these editors."""
    data.mkdir(parents=True, exist_ok=True)
    for command in (
        ("migrate", "-v0"),
        ("shell", "-v0", "-c", NEW_EDITORS.format(password=PASSWORD, names=editors)),
    ):
        manage(data, *command).check_returncode()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = data / "server.log"
    with log.open("w") as errors:
        command = [*MANAGE, "serve", "--port", str(port)]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(data), stdout=subprocess.PIPE, stderr=errors, text=True
        )
    try:
        assert process.stdout is not None
        assert str(port) in process.stdout.readline(), log.read_text()
        yield Server(process, port, data, log)
    finally:
        process.kill()
        process.communicate()


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    page: str


class Editor:
    """Somebody who is logged in. ``cookies`` are those of the session."""

    def __init__(self, port: int, name: str = "admin") -> None:
        self.port, self.name = port, name
        self.cookies: dict[str, str] = {}
        self.ask("GET", LOGIN)
        answer = self.ask("POST", LOGIN, self.form({"username": name, "password": PASSWORD}))
        assert answer.status == 302, answer.page

    def headers(self) -> dict[str, str]:
        return {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        }

    def form(self, fields: Mapping[str, str], file: tuple[str, bytes] | None = None) -> bytes:
        """The body of a request: fields, the session's token, and a file as (name, content)."""
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in {**fields, "csrfmiddlewaretoken": self.cookies["csrftoken"]}.items()
        ]
        if file:
            name, content = file
            start = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
            parts.append(start.encode() + content + b"\r\n")
        return b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])

    def ask(self, method: str, path: str, body: bytes | None = None) -> Answer:
        """One request on a connection of its own; a redirect is not followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, self.headers())
            answer = connection.getresponse()
            page = answer.read().decode()
        finally:
            connection.close()
        set_now = [
            value.partition(";")[0].partition("=")
            for header, value in answer.getheaders()
            if header.lower() == "set-cookie"
        ]
        # Another dict, for other threads may be reading this one.
        self.cookies = {**self.cookies, **{name: value for name, _, value in set_now}}
        return Answer(answer.status, page)

    def upload(self, name: str, content: bytes) -> Answer:
        """Send a file: 302 when it waits to be confirmed."""
        return self.ask("POST", UPLOAD, self.form({"action": "upload"}, (name, content)))

    def look(self) -> Answer:
        """The upload page: what waits, and what the last request has to say."""
        return self.ask("GET", UPLOAD)

    def confirm(self, page: str) -> Answer:
        """Save everything that waits on the page, with nothing corrected."""
        fields = {"action": "confirm"}
        for number in re.findall(r'id="file-(\d+)"', page):
            fields[f"f{number}-choice"] = "save"
        for field, value in re.findall(r'<input type="text" name="(f\d+-\w+)" value="([^"]*)"', page):
            fields[field] = unescape(value)
        return self.ask("POST", UPLOAD, self.form(fields))
