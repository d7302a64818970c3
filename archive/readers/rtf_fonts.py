"""Fonts of an RTF file: they say in which code page the bytes of a text are.

RTF Specification 1.9.1, "Font Table" (``\\fcharset``, ``\\cpg``) and "Character Set" (``\\ansicpg``).
"""

from __future__ import annotations

import codecs

from archive.readers.symbols import character

CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
"""By ``\\fcharset``; 0 and 1 leave it to the document."""
SYMBOLS = 2
PAGES = {
    936: "gb18030",
    20936: "gb18030",
    54936: "gb18030",
    10008: "gb18030",
    65001: "utf-8",
    10000: "mac_roman",
}
"""Code pages that Python knows by another name than cp and the number."""
SETS = {b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}


class Fonts:
    """The font table, and what the document says about code pages."""

    def __init__(self) -> None:
        self._page = ""
        self._default: int | None = None
        self._codecs: dict[int | None, str] = {}
        self._symbols: set[int | None] = set()
        self._names: dict[int | None, str] = {}
        self._listed: int | None = None

    def take(self, word: bytes, number: int | None, *, listing: bool) -> bool:
        """Learn from a control word; whether it was one of these."""
        if word == b"ansicpg":
            self._page = page(number)
        elif word in SETS:
            self._page = SETS[word]
        elif word == b"deff":
            self._default = number
        elif word == b"f":
            self._listed = number if listing else self._listed
        elif word == b"fcharset" and listing:
            self._learn(number or 0)
        elif word == b"cpg" and listing:
            self._codecs[self._listed] = page(number)
        else:
            return False
        return True

    def _learn(self, charset: int) -> None:
        if charset == SYMBOLS:
            self._symbols.add(self._listed)
        elif charset in CHARSETS:
            self._codecs[self._listed] = CHARSETS[charset]

    def name(self, data: bytes) -> None:
        """The name of the font that is being listed, ending in a semicolon."""
        known = self._names.get(self._listed, "")
        self._names[self._listed] = (known + data.decode("latin-1")).rstrip(";").strip()[:40]

    def decode(self, data: bytes, font: int | None) -> str:
        """Bytes in the code page of ``font``; without a word about it, Chinese if it can be."""
        font = self._default if font is None else font
        if font in self._symbols:
            return "".join(character(byte, self._names.get(font, "symbol")) for byte in data)
        codec = self._codecs.get(font) or self._page
        if codec:
            return data.decode(codec, "replace")
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            return data.decode("cp1252", "replace")

    def character(self, code: int, font: int | None) -> str:
        """One UTF-16 unit; RTF writes those above 32767 as negative numbers."""
        code &= 0xFFFF
        if 0xF000 <= code < 0xF100:
            return character(code, self._names.get(font, "symbol"))
        return chr(code)


def page(number: int | None) -> str:
    """Python's name of a Windows code page; "" for one that it does not know."""
    name = PAGES.get(number or 0, f"cp{number}")
    try:
        codecs.lookup(name)
    except LookupError:
        return ""
    return name
