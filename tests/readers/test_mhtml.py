"""A saved page in one file: the page in it is read as any page."""

from __future__ import annotations

import re

import pytest

from archive.readers import Unreadable, read
from tests.readers.sites import DAY, SPEECH, TITLE, labelled, mhtml, party_site


@pytest.mark.parametrize(
    "data",
    [
        mhtml(party_site(TITLE, SPEECH).encode()),
        mhtml(labelled(party_site(TITLE, SPEECH), "gb2312"), coding="base64"),
        mhtml(party_site(TITLE, SPEECH).encode("gb18030"), charset="gb2312"),
    ],
)
@pytest.mark.parametrize("name", ["a.mht", "a.mhtml"])
def test_a_page_in_one_file(data: bytes, name: str) -> None:
    assert read(data, name).text.split("\n") == [TITLE, DAY, *SPEECH]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("讲话".encode(), "type_mismatch"),
        (b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nx", "no_text"),
        (
            b"MIME-Version: 1.0\r\n" + b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n" * 40,
            "too_large",
        ),
        (b"MIME-Version: 1.0\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 20_000, "too_large"),
    ],
)
def test_no_page_in_one_file(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data, "a.mht")
    assert caught.value.code == code
    assert re.search(r"请.{2,}。$", caught.value.message)
