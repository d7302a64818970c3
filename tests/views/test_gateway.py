"""The charset that a request names changes nothing, and HEAD is answered without a body."""

from __future__ import annotations

from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.test import override_settings

from archive.views.gateway import application

pytestmark = pytest.mark.django_db
SURROGATE = "%2B2AA-"  # in UTF-7


def answered(path: str, query: str = "", content_type: str = "", method: str = "GET") -> tuple[str, bytes]:
    """Status and body, as a server gets them."""
    status, _headers, body = whole(path, query, content_type, method)
    return status, body


def whole(path: str, query: str, content_type: str, method: str) -> tuple[str, dict[str, str], bytes]:
    environ: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": method}
    setup_testing_defaults(environ)
    environ["CONTENT_TYPE"] = content_type
    said: list[Any] = []
    with override_settings(ALLOWED_HOSTS=["127.0.0.1"]):
        answer = application()(environ, lambda *start: said.extend(start))  # type: ignore[arg-type]
        body = b"".join(answer)
    return said[0], dict(said[1]), body


@pytest.mark.parametrize(
    "charset",
    [
        *(
            "charset=rot13",
            "charset=idna",
            "charset=undefined",
            "charset=punycode",
            "charset=hex",
            "charset=utf-7",
        ),
        *(
            'CHARSET = "utf-7"',
            "charset*=utf-8''utf-7",
            "charset=utf-8; charset=utf-7",
            "x=1;charset=utf-7;y=2",
        ),
        *("charset*0=rot;charset*1=13", "charset", "charset=", "charset=utf-7\xff"),
    ],
)
@pytest.mark.parametrize("path", ["/speeches.json", "/search/", "/oai/"])
def test_no_charset_breaks_an_answer(path: str, charset: str) -> None:
    query = f"q={SURROGATE}&speaker={SURROGATE}&verb=Identify"
    plain = answered(path, query, "")
    assert plain[0] == "200 OK"
    named = answered(path, query, f"text/plain; {charset}")
    assert named[0] == "200 OK"
    if path != "/oai/":  # whose answers tell the time
        assert named[1] == plain[1]
    assert answered(path, query, f"text/plain; {charset}", "PUT")[0].startswith("405")


@pytest.mark.parametrize(
    "path",
    ["/", "/speeches.json", "/speeches.csv", "/feed/", "/sitemap.xml", "/robots.txt", "/oai/", "/nothing/"],
)
def test_head_has_the_head_of_the_answer_and_nothing_else(path: str) -> None:
    status, headers, body = whole(path, "", "", "HEAD")
    there = whole(path, "", "", "GET")
    assert there[2]
    assert (status, body) == (there[0], b"")
    told = ("Content-Type", "Content-Length", "ETag")
    assert path == "/oai/" or [headers.get(name) for name in told] == [there[1].get(name) for name in told]
