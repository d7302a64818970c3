"""A query put together from the fields of a form, for readers who would rather not learn its language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.search.query.wording import quoted

_QUOTES = '“”「」『』〝〞"＂ '
_PIECE = re.compile(r"""“[^”]*”|「[^」]*」|『[^』]*』|"[^"]*"|\S+""")
_NO_NAME = re.compile(r"[\s\W]")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asks for, field by field; "" asks for nothing.

    ``every`` is taken as it stands, so it may be any query; ``some`` and ``none`` are words apart by blanks.
    """

    every: str = ""
    phrase: str = ""
    some: str = ""
    none: str = ""
    title: str = ""
    speaker: str = ""


def compose(wish: Wish) -> str:
    """The query that says the same."""
    phrase, speaker = wish.phrase.strip(_QUOTES), wish.speaker.strip(_QUOTES)
    before = [wish.every.strip(), quoted(phrase) if phrase else ""]
    after = [
        *(f"标题:{piece}" for piece in _PIECE.findall(wish.title)),
        f"讲话人:{named(speaker)}" if speaker else "",
        *(f"-{piece}" for found in _PIECE.findall(wish.none) if (piece := found.lstrip("-－"))),
    ]
    pieces = _PIECE.findall(wish.some)
    some = " OR ".join(pieces)
    if len(pieces) > 1 and any([*before, *after]):
        some = f"({some})"
    return " ".join(part for part in [*before, some, *after] if part)


def named(value: str) -> str:
    """A field's value as it is written behind the colon: quoted where it would end too early."""
    return quoted(value) if _NO_NAME.search(value) else value
