"""What each format is refused for, a cell for each promise: the second half of the table of docs/formats.md."""

from __future__ import annotations

import zipfile

from archive.readers.html import MAX_TAGS
from archive.readers.packages import MEMBERS
from archive.readers.pages import MAX_PAGES
from tests.badfiles import LOCKED
from tests.readers import odtfile
from tests.readers.features import LINES, Cell, Row, akoma, html, odt, paged, rich, says, word
from tests.readers.printed import Sheet, layer, ofd, pdf, set_lines
from tests.readers.sites import mhtml
from tests.readers.test_packs import named
from tests.readers.test_pdf_refused import ENCRYPTED
from tests.readers.test_rtf import hexed
from tests.readers.wordfile import docx, p, zipped

DTD = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
BOMB = "a" * 20_000_000
OLD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(1024)
LINE = "要抓好落实。"
DRAWN = ofd([layer(set_lines(LINES))])
PRINTED = pdf([Sheet(set_lines(LINES))])
OFD_PICTURE = (
    '<ofd:Content><ofd:Layer><ofd:ImageObject ID="1" Boundary="0 0 210 297"/></ofd:Layer></ofd:Content>'
)


def old_with_password() -> bytes:
    """An old Word document with the bit of its file information block that says so (MS-DOC 2.5.2)."""
    return OLD[:512] + b"\xec\xa5" + bytes(8) + (0x0100).to_bytes(2, "little") + OLD[524:]


def odt_with_password() -> bytes:
    entry = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    manifest = f"<manifest:manifest {odtfile.SPACES}>{entry}</manifest:manifest>"
    return odt(odtfile.p(LINE), drop=["META-INF/manifest.xml"], extra=[("META-INF/manifest.xml", manifest)])  # type: ignore[arg-type]


def zip_with_password() -> bytes:
    data = bytearray(zipped([("a.txt", LINE)]))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + at] |= 1
    return bytes(data)


def refused(data: bytes, code: str, name: str = "") -> Cell:
    return Cell(data, code=code, name=name)


def cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


REFUSALS: dict[str, Row] = {
    "an encoding in doubt is asked about": {
        "txt": refused("获得过半数选票的".encode("utf-16-le"), "bad_encoding"),
        "md": refused(LINE.encode() + b"\xff" + LINE.encode("gbk"), "bad_encoding"),
        "html": refused(html("<p>要抓").replace(b"<p>", b"<p>\xff\xff\x80\xff"), "bad_encoding"),
    },
    "a password": {
        "docx": refused(LOCKED, "encrypted_document"),
        "doc": refused(old_with_password(), "encrypted_document"),
        "odt": refused(odt_with_password(), "encrypted_document"),
        "pdf": refused(pdf([Sheet(set_lines(LINES))], trailer=ENCRYPTED), "encrypted_document"),
        "ofd": refused(
            ofd([layer(set_lines(LINES))], extra={"Doc_0/decryptseed.dat": ""}), "encrypted_document"
        ),
        "zip": refused(zip_with_password(), "encrypted_document"),
    },
    "damage": {
        "docx": refused(cut(word(*map(p, LINES * 9))), "corrupt_document"),
        "odt": refused(cut(odt(*map(odtfile.p, LINES * 9))), "corrupt_document"),
        "rtf": refused(cut(rich(*map(hexed, LINES))), "corrupt_document"),
        "pdf": refused(PRINTED[:200], "corrupt_document"),
        "ofd": refused(cut(DRAWN), "corrupt_document"),
        "xml": refused(cut(akoma("<p>甲</p>" * 9)), "corrupt_document"),
        "zip": refused(cut(zipped([("a.txt", LINE)])), "corrupt_document"),
    },
    "a scan": {
        "docx": refused(docx(p(), extra=[("word/media/1.png", b"x")]), "scanned_document"),
        "odt": refused(odtfile.odt(odtfile.p(), extra=[("Pictures/1.jpg", b"x")]), "scanned_document"),
        "pdf": refused(pdf([Sheet(picture=True)]), "scanned_document"),
        "ofd": refused(ofd([OFD_PICTURE]), "scanned_document"),
    },
    "macros and scripts": {
        "docx": refused(docx(p(LINE), extra=[("word/vbaProject.bin", b"x")]), "unsafe_archive"),
        "odt": refused(odtfile.odt(odtfile.p(LINE), extra=[("Basic/a.xml", "x")]), "unsafe_archive"),
        "pdf": refused(
            pdf([Sheet(set_lines(LINES))], more="/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
            "unsupported_type",
        ),
    },
    "a DTD, entities": {
        "docx": refused(
            docx("", drop=["word/document.xml"], extra=[("word/document.xml", f"{DTD}<a>&x;</a>")]),
            "unsafe_xml",
        ),
        "odt": refused(
            odtfile.odt("", drop=["content.xml"], extra=[("content.xml", f"{DTD}<a>&x;</a>")]), "unsafe_xml"
        ),
        "ofd": refused(zipped([("OFD.xml", f"{DTD}<a>&x;</a>")]), "unsafe_xml"),
        "xml": refused(akoma("<p>&x;</p>", DTD), "unsafe_xml"),
    },
    "more than the limits allow": {
        "docx": refused(docx(p(BOMB)), "unsafe_archive"),
        "odt": refused(odtfile.odt(odtfile.p(BOMB)), "unsafe_archive"),
        "rtf": refused(b"{\\rtf1 " + b"{" * 1001, "unsafe_archive"),
        "pdf": refused(pdf([Sheet(page) for page in paged([LINE])] * (MAX_PAGES + 1)), "too_large"),
        "ofd": refused(ofd([layer(set_lines([LINE]))] * (MAX_PAGES + 1)), "too_large"),
        "html": refused(html("<b>" * (MAX_TAGS + 1)), "too_large"),
        "mht": refused(mhtml(html("<b>" * (MAX_TAGS + 1))), "too_large"),
        "xml": refused(akoma("<p>" * 300 + "</p>" * 300), "unsafe_xml"),
        "zip": refused(zipped([(f"{n}.txt", "") for n in range(MEMBERS + 1)]), "unsafe_archive"),
    },
    "no LibreOffice on the server": {"doc": refused(OLD, "unsupported_type")},
    "a text under the name of this format": {
        form: refused(LINE.encode(), "type_mismatch")
        for form in ("docx", "doc", "odt", "rtf", "pdf", "ofd", "html", "mht")
    },
}

NAMES: dict[str, Row] = {
    "read under another document's name": {
        "docx": Cell(word(*map(p, LINES)), LINES, "type_differs", name="a.doc"),
        "odt": Cell(odt(*map(odtfile.p, LINES)), LINES, "type_differs", name="a.docx"),
        "rtf": Cell(rich(*map(hexed, LINES)), LINES, "type_differs", name="a.doc"),
        "pdf": Cell(PRINTED, LINES, "type_differs", name="a.docx"),
        "ofd": Cell(DRAWN, LINES, "type_differs", name="a.pdf"),
        "html": Cell(html(*(f"<p>{line}</p>" for line in LINES)), LINES, "type_differs", name="a.doc"),
        "mht": Cell(mhtml(html(*(f"<p>{line}</p>" for line in LINES))), LINES, "type_differs", name="a.doc"),
    },
    "names of members in GBK, Big5, UTF-8": {
        "zip": says(named("在座談會上的講話.txt".encode("big5")), "在座談會上的講話.txt"),
    },
}
SEVERAL = zipped([("一/甲.txt", LINE), ("乙.txt", LINE), (".DS_Store", "")], zipfile.ZIP_DEFLATED)
NAMES["each file in it for itself"] = {"zip": says(SEVERAL, "一/甲.txt", "乙.txt")}
