"""The syntax of RTF: groups, control words, control symbols and bytes of text.

Rich Text Format Specification 1.9.1, "RTF Syntax". Line ends mean nothing; ``\\bin`` is followed by raw bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

_TOKEN = re.compile(
    rb"(?P<text>[^\\{}\r\n\0]+)|(?P<hex>(?:\\'[0-9a-fA-F]{2})+)|(?P<brace>[{}])"
    rb"|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})?[ ]?|\\(?P<symbol>[^a-zA-Z])|(?P<nothing>[\r\n\0]+|\\)",
    re.S,
)


class Kind(Enum):
    """What a token is."""

    OPEN = auto()
    CLOSE = auto()
    WORD = auto()
    BYTES = auto()


@dataclass(slots=True)
class Token:
    """``data`` is the name of a word, or the bytes of text; ``number`` the word's, None when it has none."""

    kind: Kind
    data: bytes = b""
    number: int | None = None


OPEN, CLOSE = Token(Kind.OPEN), Token(Kind.CLOSE)


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of ``data``; a control symbol is a word of one sign."""
    place = 0
    while match := _TOKEN.match(data, place):
        place = match.end()
        found, kind = match.group(match.lastgroup or 0), match.lastgroup
        if kind == "text":
            yield Token(Kind.BYTES, found)
        elif kind == "hex":
            yield Token(Kind.BYTES, bytes.fromhex(found.replace(b"\\'", b"").decode("ascii")))
        elif kind == "brace":
            yield OPEN if found == b"{" else CLOSE
        elif kind == "symbol":
            yield Token(Kind.WORD, found)
        elif kind in {"word", "number"}:
            number = None if match["number"] is None else int(match["number"])
            if match["word"] == b"bin":
                place += max(0, number or 0)
            else:
                yield Token(Kind.WORD, match["word"], number)
