"""What somebody has typed so far: the part a suggestion may replace, and what has to stay around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.search.composing import named
from archive.search.letters import needle
from archive.search.query.tokens import BARS, CLOSE, FIELDS, OPEN, QUOTES
from archive.text import fold, pinyin

_QUOTE = f"[{''.join(QUOTES)}]"
_START = r"(?:^|[ |｜(（])"  # of a word
_LAST = re.compile(r"((?:.*[ |｜])?[(（]*)(.*)")
_FIELD = re.compile(r"(\w+)[:：]")
_ASKED = re.compile(rf"{_START}(\w+)[:：] ?[(（]*{_QUOTE}?$")
_EXCLUDED = re.compile(rf"{_START}(?:[-－−]+|NOT )[(（]*(?:\w+[:：] ?)?[(（]*{_QUOTE}?$")
_QUOTED = re.compile(rf"{_START}{_QUOTE}$")

_WORDS = frozenset({"term", "formula", "heading"})
_TAKES = {
    "": _WORDS,
    "title": frozenset({"term", "formula"}),
    "section": frozenset({"term", "formula"}),
    "speaker": frozenset({"speaker"}),
    "event": frozenset({"event"}),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: its letters, and the same as pinyin ("" when it is none).

    ``before`` and ``after`` stay as they are; ``field`` is what is asked of a field ("" when of the text).
    """

    letters: str
    sound: str
    before: str = ""
    after: str = ""
    field: str = ""

    @classmethod
    def of(cls, text: str, before: str = "", after: str = "", field: str = "") -> Typed:
        sound = pinyin.typed(text)
        spelled = re.fullmatch("[a-z0-9]*[a-z][a-z0-9]*", sound)
        return cls(needle(text).letters, sound if spelled else "", before, after, field)

    @property
    def blended(self) -> str:
        """The same as letters and sounds in a mixture, "" when there is nothing to mix."""
        written = self.sound or pinyin.typed(self.letters)
        return written if len(written) > 2 and re.search("[a-z]", written) else ""

    def takes(self, kind: str) -> bool:
        """Whether a suggestion of this kind can stand here; after other words, only words."""
        return not self.before or kind in _TAKES.get(self.field, ())

    def completed(self, text: str) -> str:
        """The whole query with ``text`` for what was typed last."""
        quotable = self.field and self.before[-1] not in QUOTES
        return f"{self.before}{named(text) if quotable else text}{self.after}"


def typed_ways(text: str) -> list[Typed]:
    """How what was typed can be taken, the likelier first: as a whole, or its last word behind the others.

    None where something is being excluded: whoever wants less of it needs no more of it offered.
    """
    before, last, closing = _divided(text)
    if _EXCLUDED.search(before):
        return []
    asked = _ASKED.search(before)
    field = FIELDS.get(fold(asked[1]), "") if asked else ""
    depth = sum((char in OPEN) - (char in CLOSE) for char in before)
    behind = Typed.of(last, before, closing + ")" * depth, field)
    if not before:
        return [behind]
    if field or _QUOTED.search(before) or before[-1] in f"{OPEN}{BARS}":
        return [behind]
    return [Typed.of(text), behind]


def _divided(text: str) -> tuple[str, str, str]:
    """What stays, what was typed last, and the quotation mark that is still to come."""
    opened = _open_quote(text)
    if opened >= 0:
        return text[: opened + 1], text[opened + 1 :], QUOTES[text[opened]]
    match = _LAST.fullmatch(text)
    before, last = (match[1], match[2]) if match else ("", text)
    syntax = last[: len(last) - len(last.lstrip("-－−"))]
    named_field = _FIELD.match(last, len(syntax))
    if named_field and fold(named_field[1]) in FIELDS:
        syntax = last[: named_field.end()]
    return before + syntax, last[len(syntax) :], ""


def _open_quote(text: str) -> int:
    """Where the quotation begins that is not closed yet; -1 when none is."""
    at = 0
    while at < len(text):
        if text[at] in QUOTES:
            end = text.find(QUOTES[text[at]], at + 1)
            if end < 0:
                return at
            at = end
        at += 1
    return -1
