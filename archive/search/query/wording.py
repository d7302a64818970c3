"""A tree in words: read back to the reader in a sentence, and written as a query again."""

from __future__ import annotations

from collections.abc import Iterable

from archive.search.query.tokens import FIELDS, QUOTES, operator, tokenize
from archive.search.query.tree import All, Either, Field, Near, Node, Term, Years

FIELD_NAMES = {
    "title": "标题",
    "section": "章节",
    "speaker": "讲话人",
    "event": "场合",
    "kind": "类型",
    "year": "年",
}


def explain(node: Node) -> str:
    """What must hold, in Chinese."""
    match node:
        case Term():
            return _term(node)
        case Near(first=first, second=second, within=within):
            return f"“{first.text}”与“{second.text}”相距不超过 {within} 字"
        case Field(name=name, term=term):
            return f"{FIELD_NAMES[name]}含{_term(term)}"
        case Years():
            return f"日期在 {_years(node)}"
        case Either(parts=parts):
            return "或".join(explain(part) for part in parts)
        case All(parts=parts, unwanted=unwanted):
            return f"（{'，并且'.join(map(explain, parts))}{''.join(f'，{exclude(each)}' for each in unwanted)}）"


def exclude(node: Node) -> str:
    """What must not hold, in Chinese."""
    match node:
        case Term(text=text):
            return f"不含“{text}”"
        case Field(name=name, term=term):
            return f"{FIELD_NAMES[name]}不含“{term.text}”"
        case Years():
            return f"日期不在 {_years(node)}"
        case All():
            return f"不符合{explain(node)}"
        case _:
            return f"不符合（{explain(node)}）"


def _term(term: Term) -> str:
    if term.prefix:
        return f"以“{term.text}”开头的词"
    words = "".join(f"“{word.letters}”" for word in term.words)
    return f"“{term.text}”" + (f"（逐字，或分别含有{words}）" if words else "")


def _years(years: Years) -> str:
    if years.first == years.last:
        return f"{years.first} 年"
    if not years.last:
        return f"{years.first} 年以来"
    if not years.first:
        return f"{years.last} 年以前（含）"
    return f"{years.first}—{years.last} 年"


def write(wanted: Iterable[Node], unwanted: Iterable[Node] = ()) -> str:
    """A query that means just this, as short as it can be typed."""
    return " ".join([*map(_write, wanted), *(f"-{_write_tight(node)}" for node in unwanted)])


def _write(node: Node) -> str:
    match node:
        case Near(first=first, second=second, within=within):
            return f"{_write(first)} NEAR/{within} {_write(second)}"
        case Either(parts=parts):
            return " OR ".join(_write(part) for part in parts)
        case All(parts=parts, unwanted=unwanted):
            return f"({write(parts, unwanted)})"
        case Field(name=name, term=term):
            return f"{FIELD_NAMES[name]}:{_write(term)}"
        case Years(first=first, last=last):
            return f"年:{first if first == last else f'{first}..{last}'}"
        case Term():
            return f"{node.text}*" if node.prefix else quoted(node.text) if _needs_quotes(node) else node.text


def _write_tight(node: Node) -> str:
    """So that a minus before it excludes all of it."""
    return f"({_write(node)})" if isinstance(node, Near | Either) else _write(node)


def _needs_quotes(term: Term) -> bool:
    """Whether the bare text would mean something else; a word alone that could be an operator is quoted too."""
    if term.quoted or operator(term.text):
        return True
    tokens = tokenize(term.text).tokens
    return len(tokens) != 1 or tokens[0].kind != "word" or tokens[0].text != term.text


def quoted(text: str) -> str:
    for opening, closing in QUOTES.items():
        if closing not in text:
            return f"{opening}{text}{closing}"
    return f"“{text.replace('”', '')}”"


KNOWN_FIELDS = "、".join(name for name in FIELDS if not name.isascii() and name != "年份")
