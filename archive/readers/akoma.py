"""Akoma Ntoso 3.0 (OASIS LegalDocML): the speeches and documents of parliaments, in document order.

What was said and its numbers and headings become lines; what is about the text (metadata, editors' notes)
does not. The standard's names for pieces inside a line are listed; every other element is a block.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from archive.readers.document import Document, Unreadable
from archive.readers.elements import Element, outermost
from archive.readers.ours import from_akoma
from archive.readers.pages import is_wide
from archive.readers.settling import as_it_was, settle
from archive.readers.web import shown
from archive.text import DecodingError, decode

ROOT = "akomaNtoso"
GONE = re.compile(r"meta|authorialNote|noteRef|del|img|marker|toc|foreign")
INLINE = re.compile(
    r"a|abbr|affectedDocument|b|concept|date|decoration|def|doc[A-Z]\w*|docketNumber|embeddedText|entity|event|fillIn|i"
    r"|inline|ins|judge|lawyer|legislature|location|mmod|mod|mref|neutralCitation|object|omissis|opinion|organization"
    r"|outcome|party|person|placeholder|process|quantity|quantityRef|recordedTime|ref|relatedDocument|remark|rmod|role"
    r"|rref|ruby|session|shortTitle|span|sub|sup|term|time|u|vote"
)
SENTENCE = "请用原来的软件另存为 .txt 或 .docx 后再上传。"

_LABEL = re.compile(rb"""\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{2,40})""")
_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]*>")


def read_akoma(data: bytes, encoding: str | None) -> Document:
    """Raises Unreadable for XML of another kind."""
    label, xml = _utf8(data, encoding)
    try:
        found = next(iter(outermost([xml], (f"?:{ROOT}", ROOT))), None)
    except expat.ExpatError:
        raise Unreadable("corrupt_document", f"XML 文件已损坏，读不下去。{SENTENCE}") from None
    if found is None:
        raise Unreadable("unsupported_type", f"只能读 Akoma Ntoso 格式的 XML，这个文件不是。{SENTENCE}")
    if ours := from_akoma(found.element):
        return as_it_was(ours[0], label, ours[1])
    return settle("\n".join(lines_of(found.element)), label)


def _utf8(data: bytes, encoding: str | None) -> tuple[str, bytes]:
    """The charset of the file, and its content without declaration in UTF-8; expat knows no Chinese ones."""
    label = _LABEL.match(data)
    name = encoding or (label[1].decode() if label else None)
    try:
        decoded = decode(data, name)
    except DecodingError as error:
        raise Unreadable(error.code, error.message) from error
    return decoded.encoding, _DECLARATION.sub("", decoded.text).encode("utf-8", "replace")


def lines_of(root: Element) -> list[str]:
    """The lines of the document; a number stands before what it numbers."""
    lines = _Lines()
    lines.read(root)
    lines.end_line()
    if lines.number:
        lines.done.append(lines.number.strip())
    return lines.done


class _Lines:
    """The lines that are done, and what is known of the one that is not."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.pieces: list[str] = []
        self.number = ""

    def read(self, element: Element) -> None:
        for child in element.children:
            if isinstance(child, str):
                self.pieces.append(child)
                continue
            tag = child.tag.rpartition(":")[2]
            if GONE.fullmatch(tag):
                continue
            if INLINE.fullmatch(tag):
                self.read(child)
                continue
            self.end_line()
            self.read(child)
            self.end_line(number=tag == "num")

    def end_line(self, *, number: bool = False) -> None:
        text = shown("".join(self.pieces))
        self.pieces.clear()
        if number:
            self.number += text if text and is_wide(text[-1]) else f"{text} "
        elif text:
            self.done.append(self.number + text)
            self.number = ""
