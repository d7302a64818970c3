"""A query put together from the fields of a form, for readers who would rather not learn its language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.search.query import MAX_CHARACTERS, Near, parse
from archive.search.query.tokens import operator
from archive.search.query.wording import quoted, write
from archive.search.results import QueryError

_QUOTES = '“”「」『』〝〞"＂ '
_PIECE = re.compile(r"""“[^”]*”|「[^」]*」|『[^』]*』|"[^"]*"|\S+""")
_ANYTHING = "甲"
_NO_NAME = re.compile(r"[\s\W]")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asks for, field by field; "" asks for nothing.

    ``every`` may be any query; ``some`` and ``none`` are words apart by blanks.
    """

    every: str = ""
    phrase: str = ""
    some: str = ""
    none: str = ""
    title: str = ""
    speaker: str = ""


def compose(wish: Wish) -> str:
    """The query that says the same. Each field is understood alone, so none runs on into the next."""
    phrase, speaker = wish.phrase.strip(_QUOTES), wish.speaker.strip(_QUOTES)
    before = [_understood(wish.every), quoted(phrase) if phrase else ""]
    after = [
        *(_understood(f"标题:{piece}") for piece in _PIECE.findall(wish.title)),
        f"讲话人:{named(speaker)}" if speaker else "",
        *(_excluded(piece) for found in _PIECE.findall(wish.none) if (piece := found.lstrip("-－"))),
    ]
    pieces = [part for piece in _PIECE.findall(wish.some) if (part := _alternative(piece))]
    some = " OR ".join(pieces)
    if len(pieces) > 1 and any([*before, *after]):
        some = f"({some})"
    return " ".join(part for part in [*before, some, *after] if part)


def _understood(text: str) -> str:
    """A field taken for itself; what is too much to be understood stays as it is, and the search says so."""
    try:
        known = parse(text)
        return known.written or write((), parse(f"{_ANYTHING} {text}").unwanted if known.raw else ())
    except QueryError:
        return text.strip()


def _alternative(text: str) -> str:
    """A word among others, "" for an OR that somebody has written between them."""
    if operator(text):
        return ""
    known = parse(text[:MAX_CHARACTERS])
    single = len(known.wanted) == 1 and not known.unwanted and not isinstance(known.wanted[0], Near)
    return known.written if single or not known.wanted else f"({known.written})"


def _excluded(text: str) -> str:
    return write((), parse(text[:MAX_CHARACTERS]).wanted)


def named(value: str) -> str:
    """A field's value as it is written behind the colon: quoted where it would end too early."""
    return quoted(value) if _NO_NAME.search(value) else value
