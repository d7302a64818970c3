"""PDF: every letter with its place, then the same way as all printed pages.

PDFium (through pypdfium2) is asked for letters only: it runs no scripts, opens no links and loads nothing
from outside. It is one library for the whole process and not safe in threads, hence the lock. It is also
C++ that reads hostile files: whoever reads strangers' files in a long-lived process should call
``read_pdf`` in a child with limits on time and memory, where a crash is one more sentence.
"""

from __future__ import annotations

import re
import time
from threading import Lock

import pypdfium2 as pdfium
from pypdfium2 import raw

from archive.readers.document import Document, Unreadable
from archive.readers.pages import MAX_LETTERS, MAX_PAGES, Page, text_of, too_large
from archive.readers.pdfium import read_page
from archive.readers.settling import settle

SECONDS = 60
"""Looked at between pages; a page of a speech takes a hundredth of a second."""

_SCRIPT = re.compile(rb"/S\s*/JavaScript\b|/JS\s*[(<]")
_one_at_a_time = Lock()


def read_pdf(data: bytes, encoding: str | None) -> Document:
    """Raises Unreadable. ``encoding`` means nothing here: the fonts say which letters they draw."""
    if _SCRIPT.search(data):
        raise Unreadable("unsupported_type", "不支持带脚本的 PDF，请上传 .txt 或 .docx。")
    with _one_at_a_time:
        pages = _pages(data)
    text, notes = text_of(pages, "PDF")
    return settle(text, "pdf", notes)


def _pages(data: bytes) -> list[Page]:
    document = None
    try:
        document = pdfium.PdfDocument(data)
        return _read(document)
    except pdfium.PdfiumError as error:
        # The library may still tell of the last file; one without this word has no password (ISO 32000-1, 7.6.1).
        if error.err_code == raw.FPDF_ERR_PASSWORD and b"/Encrypt" in data:
            raise Unreadable("encrypted_document", "PDF 有密码，请去掉密码后再上传。") from error
        raise Unreadable(
            "corrupt_document", "PDF 已损坏，打不开。请重新导出 PDF，或上传 .docx、.txt。"
        ) from error
    finally:
        if document is not None:
            document.close()


def _read(document: pdfium.PdfDocument) -> list[Page]:
    count = len(document)
    if count > MAX_PAGES:
        raise too_large("PDF", count)
    pages: list[Page] = []
    left, end = MAX_LETTERS, time.monotonic() + SECONDS
    for number in range(count):
        page = document[number]
        read = read_page(page, left)
        page.close()
        if read is None or time.monotonic() > end:
            raise too_large("PDF")
        left -= read.letters
        pages.append(read)
    return pages
