"""The query language: what a reader typed -> a small tree of values. Knows neither Django nor an engine.

A run without blanks is first a phrase that may stand literally, then its words; a quotation is a phrase
and nothing else. Blank = AND, ``OR`` ``或`` ``|`` = OR (binding tighter than the blank), ``-词`` ``NOT 词``
excludes. Everything else is words. Faulty syntax never fails: it is repaired and the repair is named.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive.search.letters import Needle, needle
from archive.search.results import QueryError
from archive.search.wording import cut

MAX_CHARACTERS = 200  # of the query as typed, blanks at its ends not counted
MAX_TERMS = 32

_OPEN = {"“": "”", "「": "」", "『": "』", "〝": "〞", '"': '"', "＂": "＂"}
_CLOSE = set(_OPEN.values())
_MINUS = "-－−"
_BARS = "|｜"
_BLANK = re.compile(r"[\s\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_NOT_UTF8 = "网址不是 UTF-8 编码。请重新输入检索词。"
_OR = {"OR", "或", "||"}
_NOT = {"NOT"}
_AND = {"AND", "&&", "+"}


@dataclass(frozen=True, slots=True)
class Term:
    """Words in a row. ``words`` is empty for a quotation: it stands literally or not at all."""

    text: str
    needle: Needle
    words: tuple[Needle, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the parts."""

    parts: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query understood: every one of ``wanted`` and none of ``unwanted``.

    ``problem`` says why there is nothing to look for; ``repairs`` what was read otherwise than typed.
    """

    raw: str
    wanted: tuple[Term | Either, ...] = ()
    unwanted: tuple[Term, ...] = ()
    repairs: tuple[str, ...] = ()
    problem: str = ""

    @property
    def terms(self) -> tuple[Term, ...]:
        """The wanted terms in the order typed, alternatives too."""
        return tuple(
            term for part in self.wanted for term in (part.parts if isinstance(part, Either) else (part,))
        )

    @property
    def literal(self) -> Parsed:
        """The same query with every run taken as a quotation: for counting what stands, not what is meant."""
        return replace(self, wanted=tuple(map(_literal, self.wanted)))

    @property
    def explained(self) -> str:
        """The query read back in a sentence."""
        if not self.wanted:
            return ""
        sentence = "，并且".join(map(_explain, self.wanted))
        without = "".join(f"，不含“{term.text}”" for term in self.unwanted)
        return f"查找{sentence}{without}。"


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    quoted: bool = False
    minus: bool = False


def parse(raw: str) -> Parsed:
    """The meaning of ``raw``. QueryError (field "q") only for what is too long or asks for everything."""
    typed = _BLANK.sub(" ", raw).strip()
    _limit(typed)
    repairs: list[str] = []
    tokens = list(_tokens(_paired(typed, repairs)))
    wanted, unwanted = _arrange(tokens)
    if wanted and "\ufffd" in typed:
        repairs.append(_NOT_UTF8)
    parsed = Parsed(typed, tuple(wanted), tuple(unwanted), tuple(repairs))
    return parsed if wanted else replace(parsed, unwanted=(), problem=_problem(typed, unwanted))


def _limit(typed: str) -> None:
    if typed and not typed.strip("*＊?？ ") and re.search("[*＊]", typed):
        raise QueryError("q", "不能只用通配符。请写出要找的词。")
    count = len(typed.split())
    if count > MAX_TERMS:
        raise QueryError("q", f"最多 {MAX_TERMS} 个词。现在有 {count} 个，请删去一些。")
    if len(typed) > MAX_CHARACTERS:
        raise QueryError(
            "q", f"检索词最长 {MAX_CHARACTERS} 字，现在有 {len(typed)} 字。请只留下最有特点的一句。"
        )


def _problem(typed: str, unwanted: list[Term]) -> str:
    if not typed:
        return "请输入关键词。"
    if not unwanted and any(unicodedata.category(char) == "So" for char in typed):
        return "没有找到。表情和符号不能检索。" if "\ufffd" not in typed else f"没有找到；{_NOT_UTF8}"
    return "请至少给出一个要找的词。" if unwanted else "没有可检索的词。"


def _paired(typed: str, repairs: list[str]) -> list[tuple[str, bool]]:
    """The query in stretches, each with whether it was quoted; quotes without a partner become blanks."""
    stretches: list[tuple[str, bool]] = []
    plain = ""
    at = 0
    unpaired = False
    while at < len(typed):
        char = typed[at]
        end = typed.find(_OPEN[char], at + 1) if char in _OPEN else -1
        if end > 0:
            stretches += [(plain, False), (typed[at + 1 : end], True)]
            plain, at = "", end + 1
            continue
        lonely = char in _OPEN or char in _CLOSE
        unpaired |= lonely
        plain += " " if lonely else char
        at += 1
    stretches.append((plain, False))
    if unpaired:
        kept = " ".join(f"“{text}”" if quoted else text.strip() for text, quoted in stretches if text.strip())
        repairs.append(f"引号没有配对：已按 {kept} 搜索。" if kept else "引号没有配对。")
    return stretches


def _tokens(stretches: list[tuple[str, bool]]) -> Iterator[_Token]:
    minus = False
    for text, quoted in stretches:
        if quoted:
            yield _Token(text, True, minus)
            minus = False
            continue
        for piece in re.split(r"[ ()（）]+|(?=[|｜])|(?<=[|｜])", text):
            minus = False
            if piece and piece[0] in _MINUS and not piece.strip(_MINUS):
                minus = text.endswith(piece)  # -“…”: the quotation follows
            elif piece:
                yield _Token(piece.lstrip(_MINUS), False, piece[0] in _MINUS)


def _arrange(tokens: list[_Token]) -> tuple[list[Term | Either], list[Term]]:
    wanted: list[list[Term]] = []
    unwanted: list[Term] = []
    negated = joined = False
    for token in tokens:
        word = "" if token.quoted or len(tokens) == 1 else token.text  # 或 alone is what is sought
        if word in _OR or (word and not word.strip(_BARS)):
            joined = bool(wanted)
        elif word in _NOT:
            negated = True
        elif word not in _AND and (term := _term(token)).needle:
            if negated or token.minus:
                unwanted.append(term)
            elif joined:
                wanted[-1].append(term)
            else:
                wanted.append([term])
            negated = joined = False
    return [group[0] if len(group) == 1 else Either(tuple(group)) for group in wanted], unwanted


def _term(token: _Token) -> Term:
    text = token.text.strip()
    words = () if token.quoted else tuple(filter(None, map(needle, cut(text))))
    sought = needle(text)
    return Term(text, sought, tuple(dict.fromkeys(words))[:MAX_TERMS] if words != (sought,) else ())


def _literal(part: Term | Either) -> Term | Either:
    if isinstance(part, Either):
        return Either(tuple(replace(term, words=()) for term in part.parts))
    return replace(part, words=())


def _explain(part: Term | Either) -> str:
    if isinstance(part, Either):
        return "或".join(map(_explain, part.parts))
    words = "".join(f"“{word.letters}”" for word in part.words)
    return f"“{part.text}”" + (f"（逐字，或分别含有{words}）" if words else "")
