"""The archive's own server: waitress, one process, two dozen threads.

waitress reads whole requests and writes whole responses itself, so that a slow client holds no thread
(with threaded workers, a dozen half-sent bodies stop the site); it is pure Python and small.
"""

from __future__ import annotations

import logging
import re
import threading
from argparse import ArgumentParser
from typing import Any

import waitress
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import TcpWSGIServer
from waitress.utilities import RequestHeaderFieldsTooLarge

from archive import reuse, search
from archive.views import gateway

THREADS = 24  # searches take turns, fifteen may wait, and the others are for pages

MOST_HEADERS = 100
logger = logging.getLogger(__name__)


class Parser(HTTPRequestParser):  # type: ignore[misc]  # no types
    """Takes an address with Chinese in it as typed (curl …?q=党建), where waitress says Bad URI.

    Refuses more headers than a browser sends, and two lengths of one body, by which a request is smuggled past a proxy
    (RFC 9112, 6.1).
    """

    def parse_header(self, header_plus: bytes) -> None:
        line, end, rest = header_plus.partition(b"\r\n")
        names = [header.partition(b":")[0].strip().lower() for header in rest.split(b"\r\n") if header]
        if len(names) > MOST_HEADERS:
            super().parse_header(b"GET / HTTP/1.0\r\n")
            self.error, self.completed = (
                RequestHeaderFieldsTooLarge(f"more than {MOST_HEADERS} headers"),
                True,
            )
            return
        if {b"content-length", b"transfer-encoding"} <= {*names}:
            raise ParsingError("Content-Length and Transfer-Encoding exclude each other")
        quoted = re.sub(rb"[\x80-\xff]", lambda found: b"%%%02X" % found[0][0], line)
        super().parse_header(quoted + end + rest)


class Channel(HTTPChannel):  # type: ignore[misc]  # no types
    parser_class = Parser


class Command(BaseCommand):
    help = "Serve the archive until interrupted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--host", default="127.0.0.1", help="the address to listen on (default %(default)s)"
        )
        parser.add_argument(
            "--port", type=int, default=8000, help="the port to listen on (default %(default)s)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        TcpWSGIServer.channel_class = Channel
        try:
            server = waitress.create_server(gateway.application(), **server_options(host, port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"不能在 {host}:{port} 上监听（{error}）。端口可能已被占用，换一个：PORT=8080 make run"
            ) from error
        search.prepare()
        follower = Follower()
        follower.start()
        self.stdout.write(f"讲话库：http://{host}:{port}/ （按 Ctrl+C 停止）")
        try:
            server.run()
        finally:
            follower.end()
            server.close()


class Follower(threading.Thread):
    """Brings the index up to date when whoever changed a speech could not: killed, or the disk was full.

    It counts the formulas as well, which nobody who saves a speech should wait for.
    """

    def __init__(self, every: float = 3.0, at_most: float = 60.0) -> None:
        super().__init__(daemon=True)
        self._every, self._at_most = every, at_most  # seconds; longer from one failure to the next
        self._ended = threading.Event()

    def run(self) -> None:
        pause = self._every
        while not self._ended.wait(pause):
            try:
                done = search.catch_up()
                reuse.count_when_still()
            except Exception:  # whatever it was: without this thread nothing would be caught up any more
                logger.exception("Catching up has to wait")
                done = False
            pause = self._every if done else min(2 * pause, self._at_most)
            connection.close()

    def end(self) -> None:
        self._ended.set()


def server_options(host: str, port: int) -> dict[str, Any]:
    """What waitress is told: bounds on what a stranger can hold open, and whom to believe about HTTPS."""
    options: dict[str, Any] = {
        "listen": f"{host}:{port}",
        "threads": THREADS,
        "connection_limit": 1000,  # open sockets; idle ones cost no thread
        "asyncore_use_poll": True,  # select() ends at 1024
        "channel_timeout": 30,  # seconds until a silent connection is closed
        "max_request_header_size": 32 * 1024,  # bytes, then 431
        "max_request_body_size": settings.ARCHIVE_MAX_UPLOAD_FILES * settings.ARCHIVE_MAX_UPLOAD_MB * 2**20
        + 2**20,
        "ident": None,
    }
    if settings.ARCHIVE_BEHIND_PROXY:
        options |= {
            "trusted_proxy": "127.0.0.1",
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        }
    return options
