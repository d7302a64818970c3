"""In which charset a page is, whatever it says of itself."""

from __future__ import annotations

import pytest

from archive.readers import Unreadable, read
from tests.readers.sites import DAY, SPEECH, TITLE, labelled, party_site

BIG5 = "<html><head><meta charset=big5></head><body><p>各位同仁：今天很高興和大家見面。</p></body></html>"
CHARSETS = {
    "a label that is too narrow": (party_site(TITLE, ["朱镕基同志的讲话。", *SPEECH]), "gb2312", "gb18030"),
    "saved anew as UTF-8 under the old label": (
        labelled(party_site(TITLE, SPEECH), "utf-8").replace(b"utf-8", b"gbk"),
        "",
        "utf-8",
    ),
    "a Latin label": (
        labelled(party_site(TITLE, SPEECH), "gb2312").replace(b"gb2312", b"iso-8859-1"),
        "",
        "gb18030",
    ),
    "no label": (party_site(TITLE, SPEECH).encode("gb18030"), "", "gb18030"),
    "UTF-8 with a mark": (b"\xef\xbb\xbf" + party_site(TITLE, SPEECH).encode(), "", "utf-8"),
    "UTF-16": (party_site(TITLE, SPEECH).encode("utf-16"), "", "utf-16"),
    "Big5": (BIG5.encode("big5"), "", "cp950"),
}


@pytest.mark.parametrize("name", CHARSETS)
def test_charset(name: str) -> None:
    given_page, label, codec = CHARSETS[name]
    data = labelled(given_page, label) if isinstance(given_page, str) else given_page
    document = read(data, "a.html")
    assert document.encoding == codec
    assert "大家" in document.text


def test_a_named_encoding_is_obeyed() -> None:
    data = party_site(TITLE, SPEECH).encode("gb18030")
    assert read(data, "a.html", "gbk").text.split("\n") == [TITLE, DAY, *SPEECH]
    with pytest.raises(Unreadable, match="按 utf-8 读不通"):
        read(data, "a.html", "utf-8")


def test_a_stray_byte_costs_one_letter_and_is_told() -> None:
    data = labelled(party_site(TITLE, SPEECH * 30), "gb2312")
    broken = data.replace("谢谢大家".encode("gbk"), "谢谢".encode("gbk") + b"\xff" + "大家".encode("gbk"), 1)
    document = read(broken, "a.html")
    assert "characters_lost" in [note.kind for note in document.notes]
    assert document.text.count("谢谢大家") == 29
