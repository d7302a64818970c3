"""A tree in words: read back to the reader in a sentence, and written as a query again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from archive.search.query.tokens import FIELDS, QUOTES, operator, tokenize
from archive.search.query.tree import All, Either, Field, Near, Node, Term, Years
from archive.search.wording import fillers

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
        case Term():
            return f"不含{_term(replace(node, words=()))}"
        case Field(name=name, term=term):
            return f"{FIELD_NAMES[name]}不含{_term(replace(term, words=()))}"
        case Years():
            return f"日期不在 {_years(node)}"
        case All():
            return f"不符合{explain(node)}"
        case _:
            return f"不符合（{explain(node)}）"


def _term(term: Term) -> str:
    if term.prefix:
        return f"以“{term.text}”开头的词"
    if not term.words:
        return f"“{term.text}”"
    words = "".join(f"“{word.letters}”" for word in term.words)
    left = "".join(f"“{letters}”" for letters in _left_out(term))
    how = "或分别含有" if len(term.words) > 1 else "或含有"
    return f"“{term.text}”（逐字，{how}{words}{f'，略去{left}' if left else ''}）"


def _left_out(term: Term) -> list[str]:
    """Letters of the run that say something and yet are in none of its words, since they stand alone."""
    letters = term.needle.letters
    covered = {at for at, letter in enumerate(letters) if not letter.isalnum()} | fillers(letters)
    for word in term.words:
        found = [match.start() for match in re.finditer(re.escape(word.letters), letters)]
        if not found:  # read otherwise inside the run
            return []
        covered.update(at + n for at in found for n in range(len(word.letters)))
    return list(dict.fromkeys(letter for at, letter in enumerate(letters) if at not in covered))


def _years(years: Years) -> str:
    if years.first == years.last:
        return f"{years.first} 年"
    if not years.last:
        return f"{years.first} 年以来"
    if not years.first:
        return f"{years.last} 年以前（含）"
    return f"{years.first}—{years.last} 年"


def write(wanted: Iterable[Node], unwanted: Iterable[Node] = (), bar: str = " OR ") -> str:
    """A query that means just this; ``bar`` stands between alternatives."""
    return " ".join(
        [*(_write(node, bar) for node in wanted), *(f"-{_write_tight(node, bar)}" for node in unwanted)]
    )


def _write(node: Node, bar: str = " OR ") -> str:
    match node:
        case Near(first=first, second=second, within=within):
            return f"{_write(first)} NEAR/{within} {_write(second)}"
        case Either(parts=parts):
            return bar.join(_write(part, bar) for part in parts)
        case All(parts=parts, unwanted=unwanted):
            return f"({write(parts, unwanted, bar)})"
        case Field(name=name, term=term):
            return f"{FIELD_NAMES[name]}:{_write(term)}"
        case Years(first=first, last=last):
            return f"年:{first if first == last else f'{first}..{last}'}"
        case Term():
            return f"{node.text}*" if node.prefix else quoted(node.text) if _needs_quotes(node) else node.text


def _write_tight(node: Node, bar: str) -> str:
    """So that a minus before it excludes all of it."""
    return f"({_write(node, bar)})" if isinstance(node, Near | Either) else _write(node, bar)


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


KNOWN_FIELDS = "、".join(FIELD_NAMES[name] for name in dict.fromkeys(FIELDS.values()))
