"""The marks that number headings and enumerations: one row each, and a new style is a new row.

``rank`` is the usual depth in official documents (GB/T 9704-2012, 7.3.3: 一、 then （一） then 1. then
（1）). It only breaks ties: the level of a heading follows from the order of first appearance.
A *firm* mark opens a section even when running text follows its lead sentence on the line, as the second
and third level of reports do (（一）加强领导。各级要…); a weak one then numbers an item.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.parsing.numerals import number

_N = "[一二三四五六七八九十百〇零○两兩]{1,5}"
_ND = "(?:[一二三四五六七八九十百〇零○两兩]{1,6}|[0-9０-９]{1,4})"
_NO_LABEL = "其|第|星期|周|礼拜|禮拜|之"
_STOP = r"(?=[\s　]|$)"
_SEP = r"(?:[ 　]{0,4}[：:、.．])?"


@dataclass(frozen=True, slots=True)
class Style:
    """A way of numbering. ``pattern`` has groups ``num`` (with its trailing mark) and ``n`` (the numeral)."""

    name: str
    example: str
    pattern: re.Pattern[str]
    rank: int
    firm: bool
    inline: bool = False
    label: bool = False


def _style(
    name: str,
    example: str,
    pattern: str,
    rank: int,
    *,
    firm: bool = False,
    inline: bool = False,
    label: bool = False,
) -> Style:
    return Style(name, example, re.compile(pattern), rank, firm, inline, label)


STYLES = (
    _style("part", "第一部分　总体要求", f"(?P<num>第(?P<n>{_ND})部分{_SEP})", 1, firm=True),
    _style("volume", "第一编　总则", f"(?P<num>第(?P<n>{_ND})[编編卷篇]{_STOP})", 2, firm=True),
    _style("chapter", "第一章　总则", f"(?P<num>第(?P<n>{_ND})章)(?!程)", 3, firm=True),
    _style("section", "第一节　一般规定", f"(?P<num>第(?P<n>{_ND})[节節]{_STOP})", 4, firm=True),
    _style("article", "第一条　为了…", f"(?P<num>第(?P<n>{_ND})[条條]{_STOP})", 5, firm=True),
    _style(
        "chinese",
        "一、提高站位",
        f"(?P<num>(?P<n>{_N})(?:[、：:]|[．.](?![0-9０-９])))",
        7,
        firm=True,
        inline=True,
    ),
    _style(
        "label",
        "关键词之一：凝心铸魂",
        f"(?P<num>(?!{_NO_LABEL})[\u4e00-\u9fff]{{2,6}}?(?P<n>{_N})[：:])",
        6,
        label=True,
    ),
    _style("spaced", "一　提高站位", f"(?P<num>(?P<n>{_N}))[ 　]+(?=\\S)", 7),
    _style("bare", "一", f"(?P<num>(?P<n>{_N})、?)$", 7),
    _style("stem", "甲、提高站位", "(?P<num>(?P<n>[甲乙丙丁戊己庚辛壬癸])、)", 8, firm=True),
    _style(
        "bracket",
        "（一）加强领导",
        f"(?P<num>(?:[（(〔](?P<n>{_N})[）)〕]|(?P<n2>[㈠-㈩]))[、.．，,]?)",
        9,
        firm=True,
        inline=True,
    ),
    _style(
        "ordinal",
        "第一，提高认识",
        f"(?P<num>第(?P<n>{_N})(?:点|點|条|條|个方面|个问题)?[，,、：:；])(?!第)",
        10,
        inline=True,
    ),
    _style("qi", "其一，提高认识", f"(?P<num>其(?P<n>{_N})[，,、：:])", 10, inline=True),
    _style(
        "roman",
        "Ⅱ. Background",
        r"(?P<num>(?P<n>[Ⅰ-Ⅻ]|[IVX]{1,5})[.．、])(?=\s|[\u4e00-\u9fff])",
        10,
        firm=True,
    ),
    _style(
        "english",
        "Chapter 2: Growth",
        r"(?P<num>(?:Part|Chapter|Section)\s(?P<n>\d{1,2}|[IVX]{1,5})\b[:.]?)",
        6,
        firm=True,
    ),
    _style("decimal", "1.2 目标", r"(?P<num>\d{1,2}\.(?P<n>\d{1,2})(?:\.\d{1,2})?)(?=[ 　][^\d%％])", 12),
    _style(
        "digit",
        "1．加强领导",
        r"(?P<num>(?P<n>[0-9０-９]{1,3})[.．、](?![0-9０-９]))",
        11,
        firm=True,
        inline=True,
    ),
    _style(
        "digit bracket",
        "（1）加强领导",
        r"(?P<num>(?:[（(](?P<n>[0-9０-９]{1,2})[）)]|(?P<n2>[⑴-⒇])|(?P<n3>[0-9０-９]{1,2})[）)])[、.．]?)",
        13,
        firm=True,
        inline=True,
    ),
    _style("circle", "①加强领导", "(?P<num>(?P<n>[①-⑳])[、.．]?)", 14, inline=True),
    _style("is", "一是加强领导", f"(?P<num>(?P<n>{_N})[是要])(?!(?P=n)|素|求|点|點)", 15, inline=True),
)
"""In the order they are tried; ``example`` is a line that the row must match (a test walks them)."""

ADVERBS = _style(
    "adverb",
    "首先，要提高认识",
    "(?P<num>(?P<n>首先|其次|再次|再者|最后|最後)(?:[，,、：:]|(?=[要是]|必须|必須|应当)))",
    16,
    inline=True,
)
LAST = 99
"""Ordinal of 最后 and finally: behind whatever came before."""
ADVERB_ORDER = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": LAST, "最後": LAST}
ENGLISH_ORDER = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "finally": LAST,
    "lastly": LAST,
}
ENGLISH = _style(
    "adverb",
    "First, we must act.",
    "(?P<num>(?P<n>First|Second|Third|Fourth|Fifth|Finally|Lastly)(?:ly)?,)",
    16,
    inline=True,
)
BULLET = _style("bullet", "——坚持党的领导", r"(?P<num>—{2,3}|－{2,3}|--+|[●■◆▲★•▪➢])(?=\s*\S)", 17)
MARKDOWN = _style("markdown", "## 总体要求", r"(?P<num>(?P<n>#{1,6}))[ 　]+(?=\S)", 0, firm=True)
ALL = (*STYLES, ADVERBS, ENGLISH, BULLET, MARKDOWN)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at a place of the text: offsets are characters, half-open; ``label`` tells 关键词 from 专题."""

    style: Style
    ordinal: int
    start: int
    end: int
    label: str = ""

    @property
    def family(self) -> str:
        """What goes on with what: 首先，… is followed by 第二，… as well as by 其次，…."""
        return "ordinal" if self.style is ADVERBS else self.style.name + self.label


_BEGINNINGS = frozenset(
    "第其首再最一二三四五六七八九十百〇零○两兩甲乙丙丁戊己庚辛壬癸0123456789０１２３４５６７８９"
    "（(〔㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
    "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫIVXPCSFTL#—－-●■◆▲★•▪➢"
)
"""Characters that a mark can begin with, but for labels (关键词一：), which are told by their colon."""
_LABEL_REACH = 14


def mark_at(text: str, start: int, end: int) -> Mark | None:
    """The mark that text[start:end] begins with."""
    if text[start : start + 1] not in _BEGINNINGS:
        head = text[start : min(end, start + _LABEL_REACH)]
        if "：" not in head and ":" not in head:
            return None
    for style in ALL:
        match = style.pattern.match(text, start, end)
        if match and (ordinal := _ordinal(style, match)) is not None:
            label = text[match.start("num") : match.start("n")].removesuffix("之") if style.label else ""
            return Mark(style, ordinal, match.start("num"), match.end("num"), label)
    return None


def _ordinal(style: Style, match: re.Match[str]) -> int | None:
    if style is BULLET:
        return 0
    numeral = next(
        value for name, value in match.groupdict().items() if name.startswith("n") and name != "num" and value
    )
    if style is MARKDOWN:
        return len(numeral)
    if style is ADVERBS:
        return ADVERB_ORDER.get(numeral)
    if style is ENGLISH:
        return ENGLISH_ORDER[numeral.lower()]
    value = number(numeral)
    return value if value and value < 2000 else None
