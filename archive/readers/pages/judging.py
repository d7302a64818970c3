"""What a printed file is worth: scans and fonts without codes are refused, doubts become notes."""

from __future__ import annotations

from archive.readers.document import Unreadable
from archive.readers.pages.glyphs import Page
from archive.text import Note

MAX_PAGES = 500
MAX_LETTERS = 500_000
SCANNED = 20
"""Letters a page on the average: fewer, with pictures, are the stamps and numbers of a scan."""
UNMAPPED = 0.1
"""Part of the letters without a code from which on the rest is not worth reading."""
LISTED = 20
RECOGNISE = "请先用文字识别（OCR）软件转成文字，核对后上传 .docx 或 .txt。"


def refuse_unreadable(pages: list[Page], kind: str) -> None:
    """Raises Unreadable. ``kind`` is what a sentence calls the format."""
    if not pages:
        raise Unreadable("corrupt_document", f"{kind} 里没有页面。请重新导出，或上传 .docx、.txt。")
    letters, unmapped = sum(page.letters for page in pages), sum(page.unmapped for page in pages)
    if unmapped > UNMAPPED * (letters + unmapped):
        raise Unreadable("mojibake_suspected", f"{kind} 里的字体没有文字编码，读不出文字。{RECOGNISE}")
    scanned = any(page.pictures for page in pages) and letters < SCANNED * len(pages)
    if scanned or not letters:
        raise Unreadable(
            "scanned_document",
            f"{kind} 的 {len(pages)} 页里几乎没有文字，像是扫描件，或文字已变成图形。{RECOGNISE}",
        )


def too_large(kind: str, pages: int = 0) -> Unreadable:
    """The refusal of a file with too many ``pages``, or with too much on them."""
    said = f"有 {pages} 页，超过 {MAX_PAGES} 页的上限" if pages else "里的文字太多，不像讲话稿"
    return Unreadable("too_large", f"{kind} {said}。请拆分后再上传。")


def notes_of(pages: list[Page]) -> list[Note]:
    """What an editor should look at."""
    notes = []
    if bare := [n for n, page in enumerate(pages, 1) if page.pictures and page.letters < SCANNED]:
        said = f"第 {listed(bare)} 页几乎没有文字，可能是扫描的图片，请核对后补上。"
        notes.append(Note(0, "pages_without_text", said))
    if any(page.recognised for page in pages):
        notes.append(Note(0, "text_recognised", "文字是扫描后识别出来的，可能有错字，请对照原件核对。"))
    if leaning := sum(page.turned for page in pages):
        notes.append(
            Note(0, "turned_removed", f"去掉了 {leaning} 个斜排或转了方向的字（多为水印），请核对。")
        )
    if unmapped := sum(page.unmapped for page in pages):
        notes.append(
            Note(0, "characters_lost", f"有 {unmapped} 个字的字体没有文字编码，已丢失，请对照原件补上。")
        )
    return notes


def listed(pages: list[int]) -> str:
    """Numbers of pages as a sentence has them: the first ones only, if there are many."""
    return "、".join(map(str, pages[:LISTED])) + (" 等" if len(pages) > LISTED else "")
