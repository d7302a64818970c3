"""Stretches that are not plain prose: what was struck out before publication, and stage remarks.

Both are kept as they stand, and a search finds their letters like any others. The spans let pages show them
as what they are, and let a comparison stop at a redaction.
"""

from __future__ import annotations

import re

from archive.parsing.outline import Span

_DIGIT = "一二三四五六七八九十百零\\d"
_REDACTION = re.compile(
    rf"(?<![^\n])\*(?= )|(?P<hit>\*+|[×✕]{{2,}}|某某+"
    rf"|(?<![A-Za-z0-9])[XxＸｘ×]{{2,}}(?![A-Za-z0-9])"
    rf"|(?<![{_DIGIT}○〇])[○〇]{{2,}}(?![{_DIGIT}○〇]))"
)
_REMARK_WORDS = (
    "掌声|掌聲|鼓掌|笑声|笑聲|大笑|欢呼|歡呼|全场起立|全場起立|全体起立|全體起立|高呼|音樂|音乐|欢笑|"
    "[Ll]aught(?:er|s)|[Ll]aughs|[Ll]aughing|[Aa]pplause|[Cc]heers|[Cc]heering"
)
_REMARK = re.compile(
    rf"[（(\[【][^（）()\[\]【】\n]{{0,12}}(?:{_REMARK_WORDS})[^（）()\[\]【】\n]{{0,12}}[）)\]】]|[（(]笑[）)]"
)


def redactions(text: str) -> tuple[Span, ...]:
    """Blanks left for names and figures: ***, XXX, ××, ○○, 某某; no X光, XML or 二○○二年."""
    return tuple(Span(m.start(), m.end(), m[0]) for m in _REDACTION.finditer(text) if m["hit"])


def remarks(text: str) -> tuple[Span, ...]:
    """Stage remarks in brackets: （热烈鼓掌）, [laughter]."""
    return tuple(Span(m.start(), m.end(), m[0]) for m in _REMARK.finditer(text))
