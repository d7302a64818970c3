"""Signs that a symbol font draws at private places, as characters that any font has.

The tables of Wingdings and Symbol as far as transcripts and forms use them (Unicode's mapping files
for the two fonts); F000 is added or not, depending on who wrote the file.
"""

from __future__ import annotations

PRIVATE = range(0xF000, 0xF100)
FIRST_PRINTABLE = 0x20
WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x9E: "·", 0x9F: "•",
    0xA1: "○", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "→", 0xFB: "×", 0xFC: "√",
    0xFD: "☒", 0xFE: "☑", 0x52: "☑", 0xA3: "□",
}  # fmt: skip
SYMBOL = {
    0x2D: "−", 0xA3: "≤", 0xA5: "∞", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "·", 0xB8: "÷",
    0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xAC: "←", 0xAE: "→", 0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ",
    0x70: "π", 0x6D: "μ", 0xE5: "∑",
}  # fmt: skip
TABLES = {"wingdings": WINGDINGS, "wingdings 2": WINGDINGS, "symbol": SYMBOL}


def character(code: int, font: str) -> str:
    """The character at ``code`` of a symbol ``font``; "" when there is none that means the same."""
    place = code - PRIVATE.start if code in PRIVATE else code
    if table := TABLES.get(font.lower()):
        return table.get(place, "")
    if code in PRIVATE or not FIRST_PRINTABLE <= code < 0xD800:
        return ""
    return chr(code)
