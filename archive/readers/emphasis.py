"""Markdown's emphasis is not said aloud, and its stars must not be read as redactions.

CommonMark 0.31 section 6.2, but stricter, because a transcript may hide words behind stars too (第*轮,
涌现出***等): three stars and more are always kept, and so are single ones and underscores inside words.
"""

from __future__ import annotations

import re

from archive.text import Note

_STRONG = re.compile(r"(?<![*\\])\*\*(?=[^\s*])((?:[^*\n]|(?<!\*)\*(?!\*))+)(?<=\S)\*\*(?!\*)")
_SINGLE = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*\n]+)(?<=\S)\*(?![\w*])")
_LOW = re.compile(r"(?<![\w\\])__(?=[^\s_])([^_\n]+)(?<=\S)__(?!\w)")
_WHOLE_LINE = re.compile(r"^\*\*(?=[^\s*])([^*\n]{2,})(?<=\S)\*\*$", re.M)
_HEADING = re.compile(r"^#{1,6} \S", re.M)
_STAR = re.compile(r"(?<![^\n])\*(?= )|(?P<left>\*)")


def without_emphasis(text: str, *, markdown: bool) -> tuple[str, tuple[Note, ...]]:
    """``text`` without the marks of emphasis, and a note where the first one stood.

    A text that is not known to be Markdown loses them only where they wrap a whole line, or when it has
    Markdown's headings and no star that is not part of a pair: what is left could be a redaction.
    """
    rendered, pairs, first = _stripped(text, (_STRONG, _SINGLE, _LOW))
    if not markdown and (not _HEADING.search(text) or any(m["left"] for m in _STAR.finditer(rendered))):
        rendered, pairs, first = _stripped(text, (_WHOLE_LINE,))
    if not pairs:
        return text, ()
    message = f"去掉了 {pairs} 对 Markdown 强调符号（如 **）；如果是隐去的文字，请改存为 .txt 再导入。"
    return rendered, (Note(first, "emphasis_removed", message),)


def _stripped(text: str, patterns: tuple[re.Pattern[str], ...]) -> tuple[str, int, int]:
    """The text without these pairs, how many there were, and the first line of one."""
    pairs, lines = 0, []
    for pattern in patterns:
        if found := pattern.search(text):
            lines.append(text.count("\n", 0, found.start()) + 1)
        text, n = pattern.subn(r"\1", text)
        pairs += n
    return text, pairs, min(lines, default=0)
