"""OpenDocument texts, .odt: the final version with its automatic numbers, text boxes once.

ODF 1.3 part 3. What was deleted under change tracking is kept apart from the text, headers and footers are
in another file of the package; both stay out, as do notes, comments, hidden text and indexes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.parsers.expat import ExpatError

from archive.readers.document import Document, Unreadable
from archive.readers.elements import Element, Found, inside, judged, outermost, tree, whole
from archive.readers.numerals import joined
from archive.readers.odt_lists import Counting, Sheet
from archive.readers.omissions import told
from archive.readers.packages import Package, damaged
from archive.readers.settling import refuse_endless, settle

PARAGRAPHS = {"text:p", "text:h"}
STYLES = "office:automatic-styles"
SPACES = 1000
"""Blanks that one element may stand for."""
INDEXES = re.compile(r"text:(table-of-content|bibliography|[a-z]+-index)$")
COUNTED = {
    "text:note": "footnotes_removed",
    "office:annotation": "comments_removed",
    "text:ruby-text": "ruby_removed",
    "text:hidden-text": "hidden_removed",
    "text:placeholder": "placeholders_removed",
    "text:change": "revisions_accepted",
    "text:change-start": "revisions_accepted",
}
UNSEEN = {
    "text:note",
    "office:annotation",
    "text:ruby-text",
    "text:hidden-text",
    "text:placeholder",
    "text:number",
    "svg:title",
    "svg:desc",
}
SIGNS = {"text:tab": "\t", "text:line-break": "\n"}
_BLANKS = re.compile(r"[ \t\r\n]+")


def read_odt(data: bytes, _encoding: str | None) -> Document:
    """Raises Unreadable for what is unsafe, damaged or no OpenDocument text."""
    package = Package(data)
    if any(info.filename.startswith(("Basic/", "Scripts/")) for info in package.members):
        raise Unreadable("unsafe_archive", "文档含有宏。请去掉宏，另存后再上传。")
    if _is_locked(package):
        raise Unreadable("encrypted_document", "文档有密码，请去掉密码后再上传。")
    lines = _Lines()
    try:
        if "styles.xml" in package:
            for found in outermost(package.chunks("styles.xml"), {"office:styles"}):
                lines.sheet.add(found.element)
        for found in _content(package):
            refuse_endless(len(lines.lines))
            lines.take(found)
    except ExpatError:
        raise Unreadable("corrupt_document", "不是有效的 ODT 文档。请打开后另存为 .docx 再上传。") from None
    text = "\n".join(lines.lines)
    package.refuse_pictures_only(text)
    return settle(text, "odt", told(lines.omitted))


def _is_locked(package: Package) -> bool:
    name = "META-INF/manifest.xml"
    if name not in package:
        return False
    try:
        manifest = tree(package.chunks(name), "manifest:manifest")
    except ExpatError:
        return False
    return any(entry.find("manifest:encryption-data") is not None for entry in manifest or ())


def _content(package: Package) -> Iterator[Found]:
    if "content.xml" not in package:
        raise damaged(package.kind)
    chunks = package.chunks("content.xml")
    try:
        yield from outermost(chunks, {STYLES, *PARAGRAPHS})
    except ExpatError:
        for _rest in chunks:
            pass  # A wrong checksum is the better reason, and it is known at the end.
        raise


class _Lines:
    """Takes styles and paragraphs as they come, gives ``lines``; ``omitted`` counts what was left out."""

    def __init__(self) -> None:
        self.sheet = Sheet()
        self._counting = Counting(self.sheet)
        self.lines: list[str] = []
        self.omitted: Counter[str] = Counter()

    def take(self, found: Found) -> None:
        if found.element.tag == STYLES:
            self.sheet.add(found.element)
        elif kind := self._left_out(found):
            self.omitted[kind] += 1
        else:
            boxes: list[Element] = []
            text = "".join(self._pieces(found.element, boxes))
            number, gap = self._counting.next_number(found)
            self.lines.append(joined(number, text.lstrip(), gap) if text.strip() else "")
            for box in boxes:
                for each in inside(box, PARAGRAPHS):
                    self.take(each)

    def _left_out(self, found: Found) -> str:
        """Why a paragraph is not shown, for what style it has or what it is in; "" when it is."""
        if self.sheet.hides("paragraph", found.element.get("text:style-name")):
            return "hidden_removed"
        return judged(found.around, _left_out_with)

    def _pieces(self, paragraph: Element, boxes: list[Element]) -> Iterator[str]:
        """The text of ``paragraph`` in order; what is drawn, and may have text boxes in it, goes to ``boxes``."""
        todo = [*reversed(paragraph.children)]
        while todo:
            piece = todo.pop()
            if isinstance(piece, str):
                yield _BLANKS.sub(" ", piece)
                continue
            if kind := COUNTED.get(piece.tag):
                self.omitted[kind] += 1
            if piece.tag in SIGNS:
                yield SIGNS[piece.tag]
            elif piece.tag == "text:s":
                yield " " * min(whole(piece.get("text:c", "1")) or 0, SPACES)
            elif piece.tag.startswith("draw:"):
                boxes.append(piece)
            else:
                todo.extend(reversed(self._within(piece)))

    def _within(self, element: Element) -> list[Element | str]:
        """The children that are read on."""
        if element.tag in UNSEEN:
            return []
        if element.tag == "text:span" and self.sheet.hides("text", element.get("text:style-name")):
            self.omitted["hidden_removed"] += 1
            return []
        return element.children


def _left_out_with(block: Element) -> str:
    """Why nothing in ``block`` is shown; "" when it is."""
    if block.tag == "text:tracked-changes":
        return "revisions_accepted"
    if block.tag == "text:section" and block.get("text:display") == "none":
        return "hidden_removed"
    return "contents_removed" if INDEXES.match(block.tag) else ""
