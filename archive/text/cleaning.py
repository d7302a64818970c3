"""Raw text to canonical text: what an editor's eye cannot see is settled once, here.

Every offset in the archive counts characters of the text that ``clean`` returns, so ``clean`` is
idempotent, and a transcript that is already clean comes back as it is (without its last line end).
Line separators are those of Unicode Standard Annex 14; direction controls those of Annex 9. CJK and
Kangxi radicals stay as they are: folding makes them searchable.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from archive.text.notes import Note

MARKS_KEPT = 8
"""Combining marks on one character; no script needs more, stacks of thousands hang browsers."""

_LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029\v\f]")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset("\u00ad\u180e\u200b\u200c\u2060\u2061\u2062\u2063\u2064\ufeff\ufff9\ufffa\ufffb")
_JOINER = "\u200d"
_SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|<!--|\bon[a-z]{3,20}\s?=")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The canonical text and what had to be removed for it."""

    text: str
    notes: tuple[Note, ...]


def clean(raw: str) -> Cleaned:
    """The canonical text: lines end in \\n, no indents, no invisible characters, no outer blank lines."""
    text = _LINE_ENDS.sub("\n", raw).replace("\t", " ")
    notes = []
    present = set(text)
    if controls := {c for c in present if _is_control(c)}:
        notes.append(Note(0, "control_removed", "删去了不可见控制字符。"))
    if bidi := present & _BIDI:
        notes.append(Note(0, "bidi_removed", "删去了文字方向控制符。"))
    if unseen := controls | bidi | present & _INVISIBLE:
        text = text.translate(dict.fromkeys(map(ord, unseen)))
    if _JOINER in present or present & _SELECTORS:
        text = _keep_in_emoji(text)
    text, cut = _cut_marks(text)
    if cut:
        notes.append(Note(0, "marks_cut", f"一个字符上最多保留 {MARKS_KEPT} 个附加符。"))
    text = "\n".join(map(str.strip, text.split("\n"))).strip("\n")
    if tag := _TAG.search(text):
        line = text.count("\n", 0, tag.start()) + 1
        notes.append(Note(line, "markup_kept", "文中有网页标记，将按文字原样显示。"))
    return Cleaned(text, tuple(notes))


def _is_control(char: str) -> bool:
    """A control character, a lone surrogate or a noncharacter: nothing a database or a browser wants."""
    return char != "\n" and (unicodedata.category(char) in {"Cc", "Cs"} or ord(char) & 0xFFFE == 0xFFFE)


def _keep_in_emoji(text: str) -> str:
    """Drop joiners and variation selectors, but not those that hold an emoji together."""
    kept: list[str] = []
    for position, char in enumerate(text):
        before = kept[-1] if kept else ""
        if char in _SELECTORS and not _is_symbol(before):
            continue
        after = text[position + 1 : position + 2]
        if char == _JOINER and not ((_is_symbol(before) or before in _SELECTORS) and _is_symbol(after)):
            continue
        kept.append(char)
    return "".join(kept)


def _is_symbol(char: str) -> bool:
    """Whether an emoji can be built on ``char``; digits, # and * are the bases of keycaps."""
    return bool(char) and (char in "0123456789#*" or unicodedata.category(char) in {"So", "Sk", "Sm", "Po"})


def _cut_marks(text: str) -> tuple[str, bool]:
    marks = [c for c in set(text) if unicodedata.category(c) in {"Mn", "Me"}]
    if not marks:
        return text, False
    inside = "".join(map(re.escape, sorted(marks)))
    text, cuts = re.subn(f"([{inside}]{{{MARKS_KEPT}}})[{inside}]+", r"\1", text)
    return text, cuts > 0
