"""The text of a query -> tokens. Here quotes and parentheses find their partners, or are found to have none.

A quotation mark or parenthesis inside a run (两个“维护”, 党委（党组）书记) is punctuation of the text that somebody
pasted, not syntax, as long as its partner stands in the same run.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from archive.text import fold
from archive.text.saying import gettext as _
from archive.text.saying import gettext_noop

QUOTES = {"“": "”", "「": "」", "『": "』", "〝": "〞", '"': '"', "＂": "＂"}
CLOSING = set(QUOTES.values())
STRAIGHT = '"＂'
OPEN, CLOSE = "(（", ")）"
MINUS = "-－−"
BARS = "|｜"
COLONS = ":："

FIELDS = {
    "标题": "title", "题目": "title", "篇名": "title", "title": "title",
    "讲话人": "speaker", "作者": "speaker", "speaker": "speaker",
    "场合": "event", "会议": "event", "event": "event",
    "类型": "kind", "kind": "kind",
    "章节": "section", "小标题": "section", "section": "section",
    "年": "year", "年份": "year", "year": "year",
}  # fmt: skip
_DATES = {"日期", "时间", "年度"}  # of texts too; a field only before a year
_YEAR = re.compile(
    r"\d{4}|\.\.| (?:\d{4}年?(?:\.\.|(?:\.\.|[-－—–~～至到])\d{4}年?)?|\.\.\d{4}年?)(?=[ )）|｜]|$)"
)  # behind a blank nothing but years: the colon may end a word, and the next word begin with digits
_RANGE = re.compile(r" ?(\d{4}年?)(?: ?(\.\.|[-－—–~～至到]) | (\.\.|[—–~～至到]))(\d{4}年?)(?=[ )）|｜]|$)")
OPERATORS = {"OR": "or", "或": "or", "||": "or", "AND": "and", "&&": "and", "+": "and", "NOT": "not"}
_NEAR = re.compile(r"NEAR(?:/(\d{1,6}))?", re.ASCII)
_UNKNOWN_FIELD = re.compile(r"([A-Za-z_]{2,})[:：](?!//)[^:：]*\w")
_SMALL = {
    "or": gettext_noop("要表示“或”，请写 %(name)s：%(query)s。"),
    "and": gettext_noop("要表示“并且”，请写 %(name)s：%(query)s。"),
    "not": gettext_noop("要表示“不含”，请写 %(name)s：%(query)s。"),
    "near": gettext_noop("要表示“相距不远”，请写 %(name)s：%(query)s。"),
}
_HAN = re.compile("[㐀-䶿一-鿿]")
DEFAULT_NEAR = 10  # letters


@dataclass(frozen=True, slots=True)
class Token:
    """``kind``: word, quote, field, minus, not, or, and, near, open or close; ``text`` is what it says."""

    kind: str
    text: str = ""
    number: int = 0


@dataclass(slots=True)
class Tokens:
    """The tokens of a query and what was wrong with its pairs."""

    tokens: list[Token] = field(default_factory=list)
    unpaired_quotes: bool = False
    unpaired_parentheses: bool = False
    unknown_fields: list[str] = field(default_factory=list)


def tokenize(typed: str) -> Tokens:
    """The tokens of ``typed``, in which every blank is one space."""
    lexer = _Lexer(typed)
    lexer.run()
    return lexer.found


class _Lexer:
    def __init__(self, typed: str) -> None:
        self.typed = typed
        self.at = 0
        self.found = Tokens()
        self._depth = 0
        self._start = 0  # of the word being read

    def run(self) -> None:
        while self.at < len(self.typed):
            char = self.typed[self.at]
            if char in QUOTES or char in CLOSING:
                self._quote(char)
            elif char in OPEN or char in CLOSE:
                self._parenthesis(char)
            elif char in BARS:
                self._add("or")
            elif char in MINUS:
                self._minus()
            elif char == " ":
                self.at += 1
            else:
                self._word()
        if self._depth:
            self.found.unpaired_parentheses = True
            self.found.tokens += [Token("close")] * self._depth

    def _add(self, kind: str, text: str = "", size: int = 1) -> None:
        self.found.tokens.append(Token(kind, text))
        self.at += size

    def _quote(self, char: str) -> None:
        end = self.typed.find(QUOTES[char], self.at + 1) if char in QUOTES else -1
        if end < 0:
            self.found.unpaired_quotes = True
            self.at += 1
        else:
            self._add("quote", self.typed[self.at + 1 : end], end + 1 - self.at)

    def _parenthesis(self, char: str) -> None:
        if char in OPEN:
            self._depth += 1
            self._add("open")
        elif self._depth:
            self._depth -= 1
            self._add("close")
        else:
            self.found.unpaired_parentheses = True
            self.at += 1

    def _minus(self) -> None:
        """Excludes what follows at once; before a blank it is a dash and says nothing."""
        while self.at < len(self.typed) and self.typed[self.at] in MINUS:
            self.at += 1
        if self.at < len(self.typed) and self.typed[self.at] not in f" {BARS}":
            self.found.tokens.append(Token("minus"))

    def _word(self) -> None:
        start = self._start = self.at
        while self.at < len(self.typed) and not self._ends_word(self.typed[self.at]):
            if self.typed[self.at] in COLONS and (name := self._field(start)):
                self.found.tokens.append(Token("field", name))
                self.at += 1
                self._range(name)
                return
            self.at = self._enclosed(self.at) or self.at + 1
        self._named(self.typed[start : self.at])

    def _range(self, name: str) -> None:
        """Two years with blanks between them are one word behind 年: all the same."""
        if name == "year" and (match := _RANGE.match(self.typed, self.at)):
            self._add("word", match[1] + (match[2] or match[3]) + match[4], match.end() - self.at)

    def _field(self, start: int) -> str:
        """The field that is named from ``start`` up to the colon here; "" when none is."""
        name = fold(self.typed[start : self.at])
        if name in _DATES:
            return "year" if _YEAR.match(self.typed, self.at + 1) else ""
        return FIELDS.get(name, "")

    def _ends_word(self, char: str) -> bool:
        if char == " " or char in BARS:
            return True
        return char in {*QUOTES, *CLOSING, *OPEN, *CLOSE} and not self._enclosed(self.at)

    def _enclosed(self, start: int) -> int:
        """Where the pair that opens here inside a run ends; 0 when none does."""
        char = self.typed[start]
        if char in STRAIGHT or char not in {*QUOTES, *OPEN} or operator(self.typed[self._start : start]):
            return 0
        if char in QUOTES:
            end = self.typed.find(QUOTES[char], start)
        else:
            end = _partner(self.typed, start)
        return end + 1 if end > 0 and " " not in self.typed[start:end] else 0

    def _named(self, word: str) -> None:
        token = operator(word)
        self.found.tokens.append(token or Token("word", word))
        if not token and (unknown := _UNKNOWN_FIELD.match(word)):
            self.found.unknown_fields.append(unknown[1])


def operator(word: str) -> Token | None:
    """The operator that ``word`` is, in any width."""
    plain = unicodedata.normalize("NFKC", word)
    if plain in OPERATORS:
        return Token(OPERATORS[plain], word)
    near = _NEAR.fullmatch(plain)
    return Token("near", word, int(near[1] or DEFAULT_NEAR)) if near else None


def meant_as_operators(typed: str, found: Tokens) -> tuple[list[str], str]:
    """What is said of small or, and, not and near between Chinese words, and the query with them as operators."""
    tokens = found.tokens
    if found.unpaired_quotes or any(token.kind not in ("word", "minus", "field") for token in tokens):
        return [], ""
    small = [
        (_SMALL[name], middle.text.upper())
        for before, middle, after in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if (name := middle.text.partition("/")[0].lower()) in _SMALL
        and operator(middle.text.upper())
        and not operator(middle.text)
        and _HAN.search(before.text)
        and _HAN.search(after.text)
    ]
    if not small:
        return [], ""
    meant = " ".join(
        word.upper() if word.partition("/")[0].lower() in _SMALL and operator(word.upper()) else word
        for word in typed.split(" ")
    )
    return [_(said) % {"name": name, "query": meant} for said, name in dict.fromkeys(small)], meant


def _partner(typed: str, start: int) -> int:
    depth = 0
    for at in range(start, len(typed)):
        depth += (typed[at] in OPEN) - (typed[at] in CLOSE)
        if not depth:
            return at
    return -1
