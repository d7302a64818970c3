"""Rich Text Format, .rtf: text in the code page of its font, numbers as the writer put them down.

RTF Specification 1.9.1. Automatic numbers stand in the file as text (``\\listtext``); what is deleted, hidden
or said elsewhere (headers, notes, comments, pictures) stays out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from archive.readers.document import Document, Unreadable
from archive.readers.numerals import bullet, joined
from archive.readers.omissions import gathers, told
from archive.readers.packages import damaged
from archive.readers.rtf_fonts import Fonts
from archive.readers.rtf_tokens import Kind, Token, tokens
from archive.readers.settling import refuse_endless, settle

DEPTH = 1000
TOKENS = 4_000_000
"""More take more than ten seconds; a file of 10 MB that was not made for it has a fourth."""
INSTRUCTION = 100
"""Pieces of a field's instruction, and bytes of each, that are looked at."""

SIGNS = {
    **dict.fromkeys((b"par", b"sect", b"page", b"column", b"line", b"softline", b"\n", b"\r"), "\n"),
    **dict.fromkeys((b"cell", b"nestcell", b"row", b"nestrow"), "\n"),
    b"tab": "\t", b"\t": "\t", b"~": "\u00a0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}",
    b"emdash": "—", b"endash": "–", b"bullet": "•", b"emspace": "\u2003", b"enspace": "\u2002",
    b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
}  # fmt: skip
SKIPPED = {
    *(b"colortbl", b"stylesheet", b"info", b"pict", b"nonshppict", b"shprslt", b"sp", b"xe", b"tc", b"rxe", b"txe"),
    *(b"header", b"headerl", b"headerr", b"headerf", b"footer", b"footerl", b"footerr", b"footerf", b"footnote"),
    *(b"annotation", b"atnid", b"atnauthor", b"filetbl", b"listtable", b"listoverridetable", b"revtbl", b"private"),
}  # fmt: skip
"""Destinations that are not text; so are those marked with \\* and not known here."""
DRAWN = {b"shpinst", b"do"}
"""Destinations of drawings: only the text boxes in them are text."""
BOXES = {b"shptxt", b"dptxbxtext"}
NUMBERS = {b"listtext", b"pntext"}
STARRED = {b"shpinst", b"do", b"ud", b"fldinst", b"footnote", b"annotation"}
COUNTED = {b"footnote": "footnotes_removed", b"annotation": "comments_removed"}
NUMBER_BEGINS, NUMBER_ENDS = "\x01", "\x02"

_NUMBERED = re.compile("\x01([^\x02\n]*)\x02([^\n]*)")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(slots=True)
class State:
    """What a group hands on to the groups in it, and forgets at its end."""

    out: list[str]
    shown: bool = True
    drawing: bool = False
    """Within a drawing, or within the older of two versions: not shown, but text in it may be."""
    fonts: bool = False
    font: int | None = None
    hidden: bool = False
    deleted: bool = False
    fallback: int = 1
    """Bytes that stand behind a Unicode character for readers that know none (``\\uc``)."""
    starred: bool = False
    instruction: list[str] | None = None
    in_instruction: bool = False


def read_rtf(data: bytes, _encoding: str | None) -> Document:
    """Raises Unreadable for a file that breaks off or was made to take for ever."""
    reader = _Reader()
    for count, token in enumerate(tokens(data)):
        if count > TOKENS or len(reader.groups) > DEPTH:
            raise Unreadable("unsafe_archive", "文档的结构过于复杂，请另存为纯文本（.txt）后再上传。")
        reader.take(token)
        if not reader.groups:
            break
    if reader.groups:
        raise damaged("文档")
    text = "".join(reader.pieces).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    refuse_endless(text.count("\n"))
    return settle(_NUMBERED.sub(_numbered, text), "rtf", told(reader.omitted))


def _numbered(match: re.Match[str]) -> str:
    number, text = bullet(match[1].strip()), match[2].lstrip()
    return joined(number, text) if text.strip() else ""


class _Reader:
    """Takes tokens, gives ``pieces`` of text; ``omitted`` counts what was left out."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.omitted: Counter[str] = Counter()
        self.groups: list[State] = []
        self._state = State(self.pieces)
        self._fonts = Fonts()
        self._bytes = bytearray()
        self._boxes: dict[int, list[str]] = {}
        """By their identity, for two may say the same."""
        self._to_skip = 0

    def take(self, token: Token) -> None:
        if token.kind is Kind.BYTES:
            self._take_bytes(token.data)
            return
        self._decode()
        if token.kind is Kind.OPEN:
            self._to_skip = 0
            self.groups.append(self._state)
            self._state = replace(self._state, starred=False)
        elif token.kind is Kind.CLOSE:
            self._to_skip = 0
            self._close()
        elif self._to_skip and SIGNS.get(token.data, "\n") != "\n":
            self._to_skip -= 1
        else:
            self._to_skip = 0
            self._take_word(token.data, token.number)

    def _close(self) -> None:
        ended = self._state
        self._state = self.groups.pop()
        if ended.out is not self._state.out and ended.shown:
            if id(ended.out) in self._boxes:
                return
            number = "".join(ended.out).replace("\n", "")
            self._state.out.append(f"{NUMBER_BEGINS}{number}{NUMBER_ENDS}")
        if not self.groups:
            self._end_paragraph()

    def _take_bytes(self, data: bytes) -> None:
        skipped = min(self._to_skip, len(data))
        self._to_skip -= skipped
        self._bytes += data[skipped:]

    def _decode(self) -> None:
        """Turn the bytes that have come into text: a character may have two, so not one by one."""
        data, state = bytes(self._bytes), self._state
        self._bytes.clear()
        if not data:
            return
        if state.fonts and state.shown:
            self._fonts.name(data)
        elif state.in_instruction and state.instruction is not None:
            if len(state.instruction) < INSTRUCTION:
                state.instruction.append(data[:INSTRUCTION].decode("ascii", "replace"))
        elif state.shown:
            self._add(_CONTROLS.sub("", self._fonts.decode(data, state.font)))

    def _add(self, text: str) -> None:
        state = self._state
        if not state.shown or state.fonts:
            return
        if state.hidden or state.deleted:
            self.omitted["revisions_accepted" if state.deleted else "hidden_removed"] += 1
            return
        state.out.append(text)
        if text == "\n" and state.out is self.pieces:
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        """Text boxes are read after the paragraph that they hang on."""
        for box in self._boxes.values():
            self.pieces.extend(("\n", *box, "\n"))
        self._boxes.clear()

    def _take_word(self, word: bytes, number: int | None) -> None:
        if word == b"*":
            self._state.starred = True
        elif word in SIGNS:
            self._add(SIGNS[word])
        elif word == b"u":
            self._add(self._fonts.character(number or 0, self._state.font))
            self._to_skip = self._state.fallback
        elif handler := PROPERTIES.get(word):
            handler(self._state, number)
        elif not self._fonts.take(word, number, listing=self._state.fonts):
            self._begin(word)
        elif word == b"f":
            self._state.font = number

    def _begin(self, word: bytes) -> None:
        """The destination that a group begins with; any other word means nothing here."""
        state = self._state
        if kind := COUNTED.get(word):
            self.omitted[kind] += state.shown
        if word in SKIPPED or (state.starred and word not in STARRED):
            state.shown = state.drawing = False
        elif word in DRAWN or word == b"upr":
            state.drawing, state.shown = state.shown or state.drawing, False
        elif word in BOXES and state.drawing:
            state.shown, state.drawing, state.out = True, False, []
            self._boxes[id(state.out)] = state.out
        elif word == b"ud":
            state.shown, state.drawing = state.drawing, False
        elif word in NUMBERS and state.shown:
            state.out = []
        elif word == b"fonttbl":
            state.fonts = True
        else:
            self._begin_field(word)
        state.starred = False

    def _begin_field(self, word: bytes) -> None:
        state = self._state
        if word == b"field":
            state.instruction = []
        elif word == b"fldinst":
            state.in_instruction, state.shown = True, False
        elif word == b"fldrslt" and gathers("".join(state.instruction or ())):
            self.omitted["contents_removed"] += state.shown
            state.shown = False


def _plain(state: State, _number: int | None) -> None:
    state.hidden = state.deleted = False


def _hidden(state: State, number: int | None) -> None:
    state.hidden = number != 0


def _deleted(state: State, number: int | None) -> None:
    state.deleted = number != 0


def _fallback(state: State, number: int | None) -> None:
    state.fallback = min(max(number or 0, 0), 100)


PROPERTIES: dict[bytes, Callable[[State, int | None], None]] = {
    b"plain": _plain,
    b"v": _hidden,
    b"deleted": _deleted,
    b"uc": _fallback,
}
