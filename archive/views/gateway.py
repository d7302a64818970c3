"""Where requests come in: the WSGI application, safe from what a stranger's header says, and silent for HEAD.

Django decodes an address in the charset that Content-Type names, before anything of ours is asked. Of Python's
charsets some are no text (rot13), some refuse (idna), and some give lone surrogates (utf-7): each a 500 for
whoever likes. Addresses are UTF-8 (RFC 3987, 3.1), and so are our forms, so the word is taken out.

Django leaves the body of an answer to HEAD to be dropped by the server, and waitress sends what it gets: on a
connection that is kept it would be read as the next answer (RFC 9110, 9.3.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import django
from django.core.handlers.wsgi import WSGIHandler

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

_CHARSET = re.compile(r";\s*charset\*?\d?\*?\s*=[^;]*", re.IGNORECASE)  # charset*= too (RFC 2231)


@dataclass(frozen=True, slots=True)
class Gateway:
    handler: WSGIHandler

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["CONTENT_TYPE"] = _CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
        response = self.handler(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return response
        response.close()
        return []


def application() -> Gateway:
    """In the place of Django's get_wsgi_application."""
    django.setup(set_prefix=False)
    return Gateway(WSGIHandler())
