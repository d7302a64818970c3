"""Word documents, .docx: automatic numbers and tables, insertions but not deletions, text boxes once.

ECMA-376 (ISO/IEC 29500), strict and transitional. The body is read paragraph by paragraph and never whole;
of the package only the body, its styles and its lists are opened. Headers, footers, footnotes and
comments are other parts: they are not said.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from xml.parsers.expat import ExpatError

from archive.readers.document import Document, Unreadable
from archive.readers.docx_lines import Lines, is_contents, is_left_out, is_placeholder
from archive.readers.docx_lists import Lists
from archive.readers.docx_styles import Styles
from archive.readers.elements import Element, Found, judged, outermost, tree
from archive.readers.omissions import told
from archive.readers.packages import Package, damaged
from archive.readers.settling import refuse_endless, settle

TYPES = "[Content_Types].xml"
MACROS = "vbaproject.bin"
EMBEDDED = "w:altChunk"
"""Another file in place of paragraphs, which Word takes in when it saves (section 17.17.2.1)."""
PROPERTIES = {"w:sdtPr", "w:trPr", "w:tcPr"}


def read_docx(data: bytes, _encoding: str | None) -> Document:
    """Raises Unreadable for what is unsafe, damaged or no Word document."""
    package = Package(data)
    if any(info.filename.casefold().endswith(MACROS) for info in package.members):
        raise Unreadable("unsafe_archive", "文档含有宏。请另存为不含宏的 .docx 后再上传。")
    if TYPES not in package:
        raise no_word()
    main = _related(package, "", "officeDocument") or "word/document.xml"
    lines = _lines(package, main, with_contents=False)
    if lines.within_field:
        # The table of contents was never ended: better with it than without the speech.
        lines = _lines(Package(data), main, with_contents=True)
    text = "\n".join(lines.lines)
    package.refuse_pictures_only(text)
    return settle(text, "docx", told(lines.omitted))


def no_word() -> Unreadable:
    return Unreadable(
        "corrupt_document", "不是有效的 Word 文档。请用 Word 或 WPS 打开，另存为 .docx 后再上传。"
    )


def _lines(package: Package, main: str, *, with_contents: bool) -> Lines:
    styles = Styles(_part(package, _related(package, main, "styles"), "w:styles"))
    lists = Lists(_part(package, _related(package, main, "numbering"), "w:numbering"), styles)
    lines = Lines(styles, lists, with_contents=with_contents)

    def judge(block: Element) -> str:
        if is_left_out(block):
            return "revisions_accepted"
        if is_placeholder(block):
            return "placeholders_removed"
        return "contents_removed" if is_contents(block) and not with_contents else ""

    for found in _paragraphs(package, main):
        refuse_endless(len(lines.lines))
        if found.element.tag == EMBEDDED:
            said = "文档里嵌着另一份文件，读不出来。请用 Word 或 WPS 打开，另存为 .docx 后再上传。"
            raise Unreadable("unsupported_type", said)
        if kind := judged(found.around, judge):
            lines.omitted[kind] += 1
        else:
            lines.take(found.element)
    lines.finish()
    return lines


def _paragraphs(package: Package, main: str) -> Iterator[Found]:
    if main not in package:
        raise damaged(package.kind)
    chunks = package.chunks(main)
    try:
        yield from outermost(chunks, {"w:p", EMBEDDED}, PROPERTIES)
    except ExpatError:
        for _rest in chunks:
            pass  # A wrong checksum is the better reason, and it is known at the end.
        raise no_word() from None


def _part(package: Package, name: str, root: str) -> Element | None:
    if not name or name not in package:
        return None
    try:
        return tree(package.chunks(name), root)
    except ExpatError:
        raise no_word() from None


def _related(package: Package, part: str, kind: str) -> str:
    """The name of the part that ``part`` ("": the package) has as its ``kind``; "" when it has none."""
    folder, name = posixpath.split(part)
    listing = _part(package, posixpath.join(folder, "_rels", f"{name}.rels"), "rel:Relationships")
    for relation in listing or ():
        if relation.get("Type").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
            target = posixpath.join("/", folder, relation.get("Target"))
            return posixpath.normpath(target).lstrip("/")
    return ""
