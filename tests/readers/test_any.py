"""Whatever the name says and whatever is inside: a text, or a sentence."""

from __future__ import annotations

import io
import zipfile

import pytest

from archive.readers import SUFFIXES, Unreadable, read
from tests.readers import wordfile
from tests.readers.printed import Put, Sheet, layer, ofd, pdf, set_lines
from tests.readers.sites import SPEECH, TITLE, mhtml, party_site
from tests.readers.test_akoma import DEBATE

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def zipped(name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, "x")
    return packed.getvalue()


CONTENTS = {
    "text": "\n".join([TITLE, *SPEECH]).encode(),
    "page": party_site(TITLE, SPEECH).encode(),
    "page in one file": mhtml(party_site(TITLE, SPEECH).encode()),
    "piece of a page": b"<p>" + "要抓好落实。".encode(),
    "PDF": pdf([Sheet(set_lines(SPEECH))]),
    "OFD": ofd([layer([Put(80, 700, "要抓好落实。")])]),
    "Word": wordfile.docx(wordfile.p("要抓好落实。")),
    "Akoma Ntoso": DEBATE.encode(),
    "picture": PNG,
    "zip": zipped("a.bin"),
    "zip cut short": zipped("a.bin")[:-10],
    "OLE": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
    "bytes": bytes(range(256)),
}


@pytest.mark.parametrize("suffix", [*SUFFIXES, "", ".exe", ".zip"])
@pytest.mark.parametrize("content", CONTENTS)
def test_any_content_under_any_name(content: str, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    try:
        said = f"{read(CONTENTS[content], f'a{suffix}').text}。"
    except Unreadable as refusal:
        said = refusal.message
    assert said.endswith("。")
