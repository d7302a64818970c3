"""A tree in words: read back to the reader in a sentence, and written as a query again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from archive.search.query.tokens import FIELDS, QUOTES, operator, tokenize
from archive.search.query.tree import All, Either, Field, Near, Node, Term, Years
from archive.search.wording import fillers
from archive.text.saying import gettext as _
from archive.text.saying import gettext_noop

# How a field is written in a query, what is said of one that must hold a term, and of one that must not.
_WRITTEN = {
    "title": gettext_noop("标题:"),
    "section": gettext_noop("章节:"),
    "speaker": gettext_noop("讲话人:"),
    "event": gettext_noop("场合:"),
    "kind": gettext_noop("类型:"),
    "year": gettext_noop("年:"),
}
_WITH = {
    "title": gettext_noop("标题含%(term)s"),
    "section": gettext_noop("章节含%(term)s"),
    "speaker": gettext_noop("讲话人含%(term)s"),
    "event": gettext_noop("场合含%(term)s"),
    "kind": gettext_noop("类型含%(term)s"),
}
_WITHOUT = {
    "title": gettext_noop("标题不含%(term)s"),
    "section": gettext_noop("章节不含%(term)s"),
    "speaker": gettext_noop("讲话人不含%(term)s"),
    "event": gettext_noop("场合不含%(term)s"),
    "kind": gettext_noop("类型不含%(term)s"),
}


def explain(node: Node) -> str:
    """What must hold, in words."""
    match node:
        case Term():
            return _term(node)
        case Near(first=first, second=second, within=within):
            said = _("“%(first)s”与“%(second)s”相距不超过 %(n)s 字")
            return said % {"first": first.text, "second": second.text, "n": within}
        case Field(name=name, term=term):
            return _(_WITH[name]) % {"term": _term(term)}
        case Years():
            return _("日期在 %(years)s") % {"years": _years(node)}
        case Either(parts=parts):
            return _("或").join(map(explain, parts))
        case All(parts=parts, unwanted=unwanted):
            return _("（%(conditions)s）") % {"conditions": listed(parts, unwanted)}


def exclude(node: Node) -> str:
    """What must not hold, in words."""
    match node:
        case Term():
            return _("不含%(term)s") % {"term": _term(replace(node, words=()))}
        case Field(name=name, term=term):
            return _(_WITHOUT[name]) % {"term": _term(replace(term, words=()))}
        case Years():
            return _("日期不在 %(years)s") % {"years": _years(node)}
        case All():
            return _("不符合%(conditions)s") % {"conditions": explain(node)}
        case other:
            return _("不符合（%(conditions)s）") % {"conditions": explain(other)}


def listed(wanted: Iterable[Node], unwanted: Iterable[Node]) -> str:
    """All that must hold and all that must not, in words."""
    return _("，并且").join(map(explain, wanted)) + "".join(_("，") + exclude(each) for each in unwanted)


def _term(term: Term) -> str:
    if term.prefix:
        return _("以“%(text)s”开头的词") % {"text": term.text}
    if not term.words:
        return f"“{term.text}”"
    words = "".join(f"“{word.letters}”" for word in term.words)
    left = "".join(f"“{letters}”" for letters in _left_out(term))
    return _how(len(term.words) > 1, bool(left)) % {"text": term.text, "words": words, "left": left}


def _how(several: bool, left: bool) -> str:
    if several and left:
        return _("“%(text)s”（逐字，或分别含有%(words)s，略去%(left)s）")
    if several:
        return _("“%(text)s”（逐字，或分别含有%(words)s）")
    if left:
        return _("“%(text)s”（逐字，或含有%(words)s，略去%(left)s）")
    return _("“%(text)s”（逐字，或含有%(words)s）")


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
        said = _("%(first)s 年")
    elif not years.last:
        said = _("%(first)s 年以来")
    elif not years.first:
        said = _("%(last)s 年以前（含）")
    else:
        said = _("%(first)s—%(last)s 年")
    return said % {"first": years.first, "last": years.last}


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
            return f"{_(_WRITTEN[name])}{_write(term)}"
        case Years(first=first, last=last):
            return f"{_(_WRITTEN['year'])}{first if first == last else f'{first}..{last}'}"
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


def known_fields() -> str:
    """The names of the fields that a query may ask of."""
    return _("、").join(_(_WRITTEN[name])[:-1] for name in dict.fromkeys(FIELDS.values()))
