"""parse(): a query understood, or why it cannot be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from archive.search.query.grammar import Grammar
from archive.search.query.tokens import OPERATORS, Tokens, meant_as_operators, tokenize
from archive.search.query.tree import All, Either, Field, Near, Node, Term, leaves
from archive.search.query.wording import exclude, explain, known_fields, listed, write
from archive.search.results import Condition, QueryError
from archive.text.saying import gettext as _
from archive.text.saying import gettext_noop

MAX_CHARACTERS = 200  # of the query as typed, blanks at its ends not counted
MAX_TERMS = 32
MAX_NEARS = 4  # and prefixes: each is looked for place by place
MAX_LETTERS = 8  # terms of one letter, which stand everywhere

_BLANK = re.compile(r"[\s\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_NOT_UTF8 = gettext_noop("网址不是 UTF-8 编码。请重新输入检索词。")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query understood: every one of ``wanted`` and none of ``unwanted``.

    ``problem`` says why there is nothing to look for; ``repairs`` what was read otherwise than typed.
    """

    raw: str
    wanted: tuple[Node, ...] = ()
    unwanted: tuple[Node, ...] = ()
    repairs: tuple[str, ...] = ()
    problem: str = ""
    meant: str = ""  # another query, should operators have been meant that were typed as words

    @property
    def sought(self) -> tuple[Term | Near, ...]:
        """What is looked for in the text, in the order typed, alternatives too."""
        return tuple(leaf for leaf in leaves(self.wanted) if isinstance(leaf, Term | Near))

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms looked for in the text, those of NEAR too."""
        return tuple(
            term
            for leaf in self.sought
            for term in ((leaf.first, leaf.second) if isinstance(leaf, Near) else (leaf,))
        )

    def asked_of(self, field: str) -> tuple[Term, ...]:
        """The terms that are looked for in a field."""
        return tuple(
            leaf.term for leaf in leaves(self.wanted) if isinstance(leaf, Field) and leaf.name == field
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
        return _("查找%(conditions)s。") % {"conditions": listed(self.wanted, self.unwanted)}

    @property
    def written(self) -> str:
        """The query as it was understood, written anew: parsing it gives the same."""
        return _written(self.wanted, self.unwanted)

    @property
    def repaired(self) -> str:
        """The query that was meant or understood, when that is not what was typed; "" when it is too long."""
        query = self.meant or self.written
        return query if self.repairs and self.wanted and _fits(query) else ""

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Each condition in words, with the query that is left without it."""
        found = []
        for at, node in enumerate(self.wanted):
            rest = self.wanted[:at] + self.wanted[at + 1 :]
            found.append(Condition(explain(node), _link(rest, self.unwanted) if rest else ""))
        for at, node in enumerate(self.unwanted):
            without = _link(self.wanted, self.unwanted[:at] + self.unwanted[at + 1 :])
            found.append(Condition(exclude(node), without, negative=True))
        return tuple(found)


def parse(raw: str) -> Parsed:
    """The meaning of ``raw``. QueryError (field "q") only for what is too long or asks for everything."""
    typed = _BLANK.sub(" ", raw).strip()
    _limit(typed)
    tokens = tokenize(typed)
    grammar = Grammar(tokens.tokens)
    wanted, unwanted = grammar.group()
    _limit_terms(len(list(leaves((*wanted, *unwanted)))))
    _limit_work(grammar.nears, (*wanted, *unwanted))
    parsed = Parsed(typed, tuple(wanted), tuple(unwanted))
    operators, meant = meant_as_operators(typed, tokens)
    repairs = _repairs(tokens, parsed.written) + grammar.repairs + operators
    if wanted and "\ufffd" in typed:
        repairs.append(_(_NOT_UTF8))
    if not wanted:
        return Parsed(typed, repairs=tuple(repairs), problem=_problem(typed, unwanted))
    return replace(parsed, repairs=tuple(dict.fromkeys(repairs)), meant=meant)


def _written(wanted: tuple[Node, ...], unwanted: tuple[Node, ...]) -> str:
    plain = write(wanted, unwanted)
    return plain if len(plain) <= MAX_CHARACTERS else write(wanted, unwanted, bar="|")


def _link(wanted: tuple[Node, ...], unwanted: tuple[Node, ...]) -> str | None:
    query = _written(wanted, unwanted)
    return query if _fits(query) else None


def _fits(query: str) -> bool:
    """Whether a query written anew is still one that may be asked: quotes and blanks make it longer."""
    try:
        _limit(query)
    except QueryError:
        return False
    return True


def _limit(typed: str) -> None:
    if typed and not typed.strip("*＊?？ ") and re.search("[*＊]", typed):
        raise QueryError("q", _("不能只用通配符。请写出要找的词。"))
    _limit_terms(sum(word not in OPERATORS for word in typed.split()))
    if len(typed) > MAX_CHARACTERS:
        said = _("检索词最长 %(most)s 字，现在有 %(n)s 字。请只留下最有特点的一句。")
        raise QueryError("q", said % {"most": MAX_CHARACTERS, "n": len(typed)})


def _limit_terms(count: int) -> None:
    if count > MAX_TERMS:
        said = _("最多 %(most)s 个词。现在有 %(n)s 个，请删去一些。")
        raise QueryError("q", said % {"most": MAX_TERMS, "n": count})


def _limit_work(nears: int, nodes: Iterable[Node]) -> None:
    terms = [leaf for leaf in leaves(nodes) if isinstance(leaf, Term)]
    if nears + sum(term.prefix for term in terms) > MAX_NEARS:
        said = _("NEAR 和词尾的 * 一共最多用 %(most)s 次，请删去一些。")
        raise QueryError("q", said % {"most": MAX_NEARS})
    if len({term.needle for term in terms if len(term.needle.letters) == 1}) > MAX_LETTERS:
        raise QueryError("q", _("单个的字最多 %(most)s 个，请写成词或引文。") % {"most": MAX_LETTERS})


def _repairs(tokens: Tokens, written: str) -> list[str]:
    found = []
    if tokens.unpaired_quotes:
        said = _("引号没有配对：已按 %(query)s 搜索。") if written else _("引号没有配对。")
        found.append(said % {"query": written})
    if tokens.unpaired_parentheses:
        said = _("括号没有配对：已按 %(query)s 搜索。") if written else _("括号没有配对。")
        found.append(said % {"query": written})
    said = _("没有字段 %(name)s，已当作普通词查找。可用的字段有：%(known)s。")
    return found + [said % {"name": name, "known": known_fields()} for name in tokens.unknown_fields]


def _problem(typed: str, unwanted: list[Node]) -> str:
    if not typed:
        return _("请输入关键词。")
    if not unwanted and any(unicodedata.category(char) == "So" for char in typed):
        found = _("没有找到；网址不是 UTF-8 编码。请重新输入检索词。")
        return found if "\ufffd" in typed else _("没有找到。表情和符号不能检索。")
    return _("请至少给出一个要找的词。") if unwanted else _("没有可检索的词。")


def _literal(node: Node) -> Node:
    match node:
        case Term():
            return replace(node, words=(), quoted=node.quoted or bool(node.words))
        case Either(parts=parts):
            return Either(tuple(map(_literal, parts)))
        case All(parts=parts, unwanted=unwanted):
            return All(tuple(map(_literal, parts)), unwanted)
        case _:
            return node
