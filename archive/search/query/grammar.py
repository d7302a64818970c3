"""Tokens -> tree. What does not fit is left out or read as words, and said in ``repairs``; nothing is raised."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from archive.search.letters import needle
from archive.search.query.tokens import Token
from archive.search.query.tree import All, Either, Field, Near, Node, Term, Years
from archive.search.wording import cut
from archive.text.saying import gettext as _
from archive.text.saying import gettext_noop

MAX_WORDS = 32  # of one run
MAX_NEAR = 100  # letters
MIN_PREFIX = 2  # letters; fewer stand in every text

_YEARS = re.compile(r"(\d{4})?年?(?:(\.\.|-|－|—|–|~|～|至|到)(\d{4})?年?)?", re.ASCII)
_PREFIX = re.compile(r"[^*＊]+[*＊]")
_STAR = re.compile(r"(?<![*＊])[*＊](?=[^\W_])")
_MISTAKEN = (
    (_STAR, gettext_noop("词首和词中的 * 不是通配符，只代表文中隐去的字（***）；通配符放在词尾。")),
    (re.compile(r"[^\W_]\?[^\W_]"), gettext_noop("? 不是通配符，只代表句末的问号；通配符 * 放在词尾。")),
    (
        re.compile("^(?:NEAR|ＮＥＡＲ)[/／]"),
        gettext_noop("NEAR 的距离要写成数字，如 NEAR/10：“%(text)s”已当作普通词查找。"),
    ),
)
_LONE_OR = gettext_noop("“或”（OR、|）两边都要有词，多出的已略去。")
_OR_NOT = gettext_noop("“或”（OR、|）不能连接要排除的词：“或”已略去，仍排除该词。")
Group = tuple[list[Node], list[Node]]


class Grammar:
    """Reads tokens from left to right; ``repairs`` collects what was read otherwise than typed."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._alone = len(tokens) == 1  # 或 alone is what is sought
        self.repairs: list[str] = []
        self.nears = 0

    def group(self) -> Group:
        """Everything up to the parenthesis that closes, or to the end: what is wanted and what is not."""
        wanted: list[list[Node]] = []
        unwanted: list[Node] = []
        negated = joined = False
        while token := self._take():
            if token.kind == "close":
                break
            if token.kind in ("minus", "not"):
                negated = True
            elif token.kind == "or" and not self._alone:
                joined = self._joining(joined, wanted, unwanted)
            elif token.kind == "and" and not self._alone:
                continue
            else:
                found = self._unit(token)
                if not any(found):
                    continue
                self._arrange(found, wanted, unwanted, negated, joined)
                negated = joined = False
        if joined:
            self.repairs.append(_(_LONE_OR))
        return _flat(wanted, unwanted)

    def _arrange(
        self, found: Group, wanted: list[list[Node]], unwanted: list[Node], negated: bool, joined: bool
    ) -> None:
        if joined and (negated or not found[0]):
            self.repairs.append(_(_OR_NOT))
        _arrange(found, wanted, unwanted, negated, joined)

    def _joining(self, joined: bool, wanted: list[list[Node]], unwanted: list[Node]) -> bool:
        """Whether an OR here has something before it that it can join with what follows."""
        if joined or not wanted:
            self.repairs.append(_(_OR_NOT if unwanted and not wanted else _LONE_OR))
        return bool(wanted)

    def _take(self) -> Token | None:
        token = self._peek()
        self._at += 1
        return token

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _unit(self, token: Token) -> Group:
        """What the token begins, with every NEAR that follows it."""
        found = self._atom(token)
        while (near := self._peek()) and near.kind == "near" and not self._alone:
            self._at += 1
            self.nears += 1
            following = self._take()
            second = self._atom(following) if following else ([], [])
            found = self._near(found, second, near.number)
        return found

    def _near(self, first: Group, second: Group, within: int) -> Group:
        if within > MAX_NEAR:
            self.repairs.append(_("NEAR 的距离最多 %(most)s 字。") % {"most": MAX_NEAR})
            within = MAX_NEAR
        before, after = _near_end(first), _near_start(second)
        if before and after:
            near = Near(before, after, within)
            kept = first[0][:-1] if isinstance(first[0][-1], Term) else first[0]
            return [*kept, near], []
        if any(first) or any(second):
            self.repairs.append(_("NEAR 两边应各是一个词或一句引文，已改为两边都要有。"))
        return [*first[0], *second[0]], [*first[1], *second[1]]

    def _atom(self, token: Token) -> Group:
        if token.kind == "open":
            return self.group()
        if token.kind == "field":
            return self._field(token.text)
        if token.kind == "close":
            self._at -= 1
            return [], []
        if token.kind == "near" and not self._alone:
            self.repairs.append(_("NEAR 前面要有一个词：“%(text)s”已当作普通词查找。") % {"text": token.text})
        term = self._term(token)
        return ([term], []) if term.needle else ([], [])

    def _field(self, name: str) -> Group:
        token = self._peek()
        if token is None or token.kind not in ("word", "quote", "open"):
            self.repairs.append(_("字段的冒号后面没有内容，已略去。"))
            return [], []
        self._at += 1
        if name == "year" and token.kind != "open":
            return self._years(token)
        wanted, unwanted = self._atom(token)
        return [_within(name, node) for node in wanted], [_within(name, node) for node in unwanted]

    def _years(self, token: Token) -> Group:
        match = _YEARS.fullmatch(unicodedata.normalize("NFKC", token.text).strip())
        if match and (match[1] or match[3]):
            first, last = match[1] or "", (match[3] or "") if match[2] else match[1]
            if first and last and first > last:
                self.repairs.append(
                    _("起止年份颠倒，已按 %(first)s..%(last)s 查找。") % {"first": last, "last": first}
                )
                first, last = last, first
            return [Years(first, last)], []
        said = _("“%(text)s”不是年份，已当作普通词查找；年份写成 年:2019 或 年:2019..2022。")
        self.repairs.append(said % {"text": token.text})
        return self._atom(token)

    def _term(self, token: Token) -> Term:
        text = token.text.strip()
        if token.kind != "word":  # a quotation, or an operator that stands alone
            return Term(text, needle(text), quoted=True)
        if _PREFIX.fullmatch(text):
            text = text[:-1]
            sought = needle(text)
            if len(sought.letters) >= MIN_PREFIX:
                return Term(text, sought, prefix=True)
            said = _("通配符前面至少要有 %(least)s 个字：已按 %(text)s 查找。")
            self.repairs.append(said % {"least": MIN_PREFIX, "text": text})
        else:
            mistaken = [said for no_operator, said in _MISTAKEN if no_operator.search(text)]
            self.repairs += [_(said) % {"text": text} for said in mistaken]
        sought = needle(text)
        words = tuple(dict.fromkeys(filter(None, map(needle, cut(text)))))[:MAX_WORDS]
        return Term(text, sought, words if words != (sought,) else ())


def _arrange(
    found: Group, wanted: list[list[Node]], unwanted: list[Node], negated: bool, joined: bool
) -> None:
    parts, without = found
    if negated and parts:
        unwanted.append(_one(parts, without))
    elif negated:
        wanted.extend([node] for node in without)  # not (not a)
    elif not parts:
        unwanted += without
    elif joined:
        wanted[-1].append(_one(parts, without))
    else:
        wanted.append([_one(parts, without)])


def _one(parts: list[Node], without: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 and not without else All(tuple(parts), tuple(without))


def _flat(wanted: list[list[Node]], unwanted: list[Node]) -> Group:
    """Alternatives become one node; a group that turned out to have none gives up its parts."""
    nodes: list[Node] = []
    for parts in wanted:
        node = parts[0] if len(parts) == 1 else _either(parts)
        if isinstance(node, All):
            nodes += node.parts
            unwanted = [*unwanted, *node.unwanted]
        else:
            nodes.append(node)
    return nodes, unwanted


def _either(parts: Iterable[Node]) -> Either:
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, Either) else (part,)
    return Either(tuple(flat))


def _within(name: str, node: Node) -> Node:
    """The same asked of a field; of what cannot be asked of one it is left as it is."""
    match node:
        case Term():
            return Field(name, node) if name != "year" else node
        case Either(parts=parts):
            return Either(tuple(_within(name, part) for part in parts))
        case All(parts=parts, unwanted=unwanted):
            return All(
                tuple(_within(name, part) for part in parts),
                tuple(_within(name, part) for part in unwanted),
            )
        case _:
            return node


def _near_end(group: Group) -> Term | None:
    """The term that a NEAR behind the group speaks of: its last."""
    wanted, unwanted = group
    if unwanted or not wanted:
        return None
    last = wanted[-1]
    if isinstance(last, Near):
        return last.second
    return last if isinstance(last, Term) and len(wanted) == 1 else None


def _near_start(group: Group) -> Term | None:
    wanted, unwanted = group
    return wanted[0] if len(wanted) == 1 and not unwanted and isinstance(wanted[0], Term) else None
