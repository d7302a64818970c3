"""A speech as Markdown (CommonMark 0.31): front matter, headings by depth, and every line a block of its own.

The front matter is YAML whose values are JSON, which YAML 1.2 contains: a program that knows no YAML can read it too.
What means something in Markdown is escaped, so a redaction stays ** and 1. stays what was said. ``between`` and
``gaps`` say what stands between the blocks, for ``archive.readers`` to put the text together again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from archive.formats.blocks import Block, blocks
from archive.formats.layout import layout, numbers
from archive.formats.record import Record

DEEPEST = 6
"""Levels of headings (CommonMark 0.31, 4.2). Sections below that look alike; the text tells them apart."""

_SPECIAL = re.compile(r"[\\`*_\[\]<>&|~#$^{}]")
_AT_START = re.compile(r"(?:\d{1,9}(?=[.)])|(?=[-+=:%!@]))")
"""What begins a list, a rule, an underline or a table: the sign behind it is escaped."""
_NOT_IN_YAML = re.compile("[\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")  # YAML 1.2.2, 5.1


def markdown(record: Record) -> bytes:
    """The document, UTF-8; the same record gives the same bytes."""
    lines = blocks(record)
    head = "".join(f"{name}: {_value(value)}\n" for name, value in _front(record, lines).items())
    body = "\n\n".join(_block(record, block) for block in lines)
    return f"---\n{head}---\n\n{body}\n".encode()


def _front(record: Record, lines: Sequence[Block]) -> dict[str, Any]:
    found = layout(record.text, [(block.start, block.end) for block in lines])
    sections, paragraphs = numbers(record)
    told = {
        "url": record.url,
        "gaps": {str(n): gap for n, gap in found.gaps.items()},
        "decisions": [[each.line, each.level, each.nth] for each in record.decisions],
        "sections": sections,
        "paragraphs": paragraphs,
    }
    return {
        **record.about,
        "lang": record.language,
        "sha256": record.digest,
        "between": found.between,
        **{name: value for name, value in told.items() if value},
    }


def _value(value: Any) -> str:
    return _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def _block(record: Record, block: Block) -> str:
    text = escaped(record.text[block.start : block.end])
    if block.role == "title":
        return f"# {text}"
    if block.role != "heading":
        return text
    depth = record.sections[block.section].depth
    return f"{'#' * min(depth + 1, DEEPEST)} {text}"


def escaped(line: str) -> str:
    """A line of text as Markdown that shows just that; a backslash before a sign takes its meaning."""
    text = _SPECIAL.sub(r"\\\g<0>", line)
    if (start := _AT_START.match(text)) and start.end() < len(text):
        text = f"{text[: start.end()]}\\{text[start.end() :]}"
    return text
