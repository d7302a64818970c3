"""Where requests come in: the WSGI application, in UTF-8 whatever a stranger's header says.

Django decodes an address in the charset that Content-Type names, before anything of ours is asked. Of Python's
charsets some are no text (rot13), some refuse (idna), and some give lone surrogates (utf-7): each a 500 for
whoever likes. Addresses are UTF-8 (RFC 3987, 3.1), and so are our forms, so the word is taken out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import django
from django.core.handlers.wsgi import WSGIHandler
from django.http.response import HttpResponseBase

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

_CHARSET = re.compile(r";\s*charset\*?\d?\*?\s*=[^;]*", re.IGNORECASE)  # charset*= too (RFC 2231)


class Gateway(WSGIHandler):
    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> HttpResponseBase:
        environ["CONTENT_TYPE"] = _CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
        return super().__call__(environ, start_response)


def application() -> Gateway:
    """As Django's get_wsgi_application."""
    django.setup(set_prefix=False)
    return Gateway()
