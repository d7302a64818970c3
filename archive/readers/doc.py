"""Old Word and WPS documents, .doc and .wps: LibreOffice makes a .docx of them, if it is installed.

MS-DOC is a format for programs of that size; what reads it without them loses numbers or garbles Chinese.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import replace

from archive.readers.converting import converted, converter
from archive.readers.document import Document, Unreadable
from archive.readers.docx import read_docx
from archive.text import Note

KEPT = 50
"""Documents remembered: a page that shows what was uploaded reads it again each time, and this takes seconds."""
CURE = "请用 Word 或 WPS 打开，另存为 .docx 后再上传。"

_read: OrderedDict[bytes, Document] = OrderedDict()


def read_doc(data: bytes, _encoding: str | None) -> Document:
    """Raises Unreadable when LibreOffice is not there, or cannot read it either."""
    digest = hashlib.sha256(data).digest()
    known = _read.get(digest)
    if known is None:
        known = _read[digest] = _converted(data)
        while len(_read) > KEPT:
            _read.popitem(last=False)
    return known


def _converted(data: bytes) -> Document:
    program = converter()
    if program is None:
        said = f"没有安装 LibreOffice，不能直接读旧版 Word（.doc）和 WPS 文档。{CURE}"
        raise Unreadable("unsupported_type", said)
    word = converted(data, program)
    if word is None:
        raise Unreadable("corrupt_document", f"LibreOffice 打不开这份文档，它可能已损坏或有密码。{CURE}")
    document = read_docx(word, None)
    note = Note(0, "converted", "旧版文档经 LibreOffice 转换后读取，请核对编号和表格。")
    return replace(document, encoding="doc", notes=(note, *document.notes))
