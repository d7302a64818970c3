"""parse(): a query understood, or why it cannot be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from archive.search.query.grammar import Grammar
from archive.search.query.tokens import OPERATORS, Tokens, meant_as_operators, tokenize
from archive.search.query.tree import All, Either, Field, Near, Node, Term, leaves
from archive.search.query.wording import KNOWN_FIELDS, exclude, explain, write
from archive.search.results import Condition, QueryError

MAX_CHARACTERS = 200  # of the query as typed, blanks at its ends not counted
MAX_TERMS = 32
MAX_NEARS = 4  # and prefixes: each is looked for place by place
MAX_LETTERS = 8  # terms of one letter, which stand everywhere

_BLANK = re.compile(r"[\s\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_NOT_UTF8 = "网址不是 UTF-8 编码。请重新输入检索词。"


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
        sentence = "，并且".join(map(explain, self.wanted))
        return f"查找{sentence}{''.join(f'，{exclude(node)}' for node in self.unwanted)}。"

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
        repairs.append(_NOT_UTF8)
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
        raise QueryError("q", "不能只用通配符。请写出要找的词。")
    _limit_terms(sum(word not in OPERATORS for word in typed.split()))
    if len(typed) > MAX_CHARACTERS:
        raise QueryError(
            "q", f"检索词最长 {MAX_CHARACTERS} 字，现在有 {len(typed)} 字。请只留下最有特点的一句。"
        )


def _limit_terms(count: int) -> None:
    if count > MAX_TERMS:
        raise QueryError("q", f"最多 {MAX_TERMS} 个词。现在有 {count} 个，请删去一些。")


def _limit_work(nears: int, nodes: Iterable[Node]) -> None:
    terms = [leaf for leaf in leaves(nodes) if isinstance(leaf, Term)]
    if nears + sum(term.prefix for term in terms) > MAX_NEARS:
        raise QueryError("q", f"NEAR 和词尾的 * 一共最多用 {MAX_NEARS} 次，请删去一些。")
    if len({term.needle for term in terms if len(term.needle.letters) == 1}) > MAX_LETTERS:
        raise QueryError("q", f"单个的字最多 {MAX_LETTERS} 个，请写成词或引文。")


def _repairs(tokens: Tokens, written: str) -> list[str]:
    found = []
    for unpaired, what in ((tokens.unpaired_quotes, "引号"), (tokens.unpaired_parentheses, "括号")):
        if unpaired:
            found.append(f"{what}没有配对：已按 {written} 搜索。" if written else f"{what}没有配对。")
    found += [
        f"没有字段 {name}，已当作普通词查找。可用的字段有：{KNOWN_FIELDS}。" for name in tokens.unknown_fields
    ]
    return found


def _problem(typed: str, unwanted: list[Node]) -> str:
    if not typed:
        return "请输入关键词。"
    if not unwanted and any(unicodedata.category(char) == "So" for char in typed):
        return "没有找到。表情和符号不能检索。" if "\ufffd" not in typed else f"没有找到；{_NOT_UTF8}"
    return "请至少给出一个要找的词。" if unwanted else "没有可检索的词。"


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
