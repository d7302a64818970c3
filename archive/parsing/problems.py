"""What makes an outline no speech: the reasons for which an importer must refuse it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.parsing.outline import Outline

MOST_SECTIONS = 2000
"""The longest code of law in force (民法典) has 1,260 articles; a speech has some dozens of headings."""

_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Problem:
    """A reason to refuse: ``code`` for machines, the message a Chinese sentence."""

    code: str
    message: str


def problems(outline: Outline) -> tuple[Problem, ...]:
    """The reasons to refuse ``outline``; empty for a speech."""
    if not outline.text.strip():
        return (Problem("empty_file", "文件里没有文字。"),)
    if not _has_words(outline):
        return (Problem("no_text", "除了隐去的内容，没有可以入库的文字。"),)
    if not any(p.kind != "salutation" for s in outline.sections for p in s.paragraphs) and not _headings(
        outline
    ):
        return (Problem("no_body", "只有标题，没有正文。请检查文件是否完整。"),)
    if _headings(outline) > MOST_SECTIONS:
        return (Problem("too_many_sections", f"标题多于 {MOST_SECTIONS} 个，不像讲话稿。请核对文件。"),)
    return ()


def _headings(outline: Outline) -> int:
    return sum(section.heading_start < section.heading_end for section in outline.sections)


def _has_words(outline: Outline) -> bool:
    """Whether anything is left when the redactions are taken out."""
    position = 0
    for span in outline.redactions:
        if _WORD.search(outline.text, position, span.start):
            return True
        position = span.end
    return bool(_WORD.search(outline.text, position))
