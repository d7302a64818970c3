"""All of it in order: pages of letters to the text and what had to be left out."""

from __future__ import annotations

from archive.readers.pages.columns import WHOLE
from archive.readers.pages.furniture import without_furniture
from archive.readers.pages.glyphs import Page
from archive.readers.pages.judging import listed, notes_of, refuse_unreadable
from archive.readers.pages.letters import real_letters
from archive.readers.pages.lines import lines_of
from archive.readers.pages.margins import margins_of
from archive.readers.pages.paragraphs import paragraphs_of
from archive.text import Note


def text_of(pages: list[Page], kind: str) -> tuple[str, tuple[Note, ...]]:
    """The text of a document, a line a paragraph, not yet cleaned; and notes.

    ``kind`` is what a sentence calls the format. Raises Unreadable for scans.
    """
    refuse_unreadable(pages, kind)
    lines, removed = without_furniture([lines_of(page, n) for n, page in enumerate(pages)])
    flow = [line for page in lines for line in page]
    paragraphs, guessed = paragraphs_of(flow, margins_of(flow))
    text, folded = real_letters("\n".join(paragraphs))
    notes = notes_of(pages)
    if columns := sorted({line.page + 1 for line in flow if line.lane[2] > WHOLE}):
        said = f"第 {listed(columns)} 页分栏，已逐栏读取，请核对次序。"
        notes.append(Note(0, "columns_read", said))
    if guessed:
        said = f"版面没有首行缩进，有 {guessed} 处看不出是否分段，已接成一段，请核对。"
        notes.append(Note(0, "paragraphs_guessed", said))
    if removed:
        notes.append(Note(0, "furniture_removed", f"去掉了 {removed} 行页眉、页脚和页码。"))
    if folded:
        notes.append(Note(0, "radicals_folded", f"把 {folded} 个部首字形（如 ⽂）换成了通常的汉字（文）。"))
    return text, tuple(notes)
