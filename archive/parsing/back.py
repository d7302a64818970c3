"""The back of a transcript: peroration, thanks, slogans, signature.

All of them are paragraphs of kind "closing". They belong to no section, so that the last
section of a speech does not seem to be about its farewell.
"""

from __future__ import annotations

import re

from archive.parsing.addresses import is_salutation, opening
from archive.parsing.bylines import read_byline
from archive.parsing.dates import find_date
from archive.parsing.lines import TextLine
from archive.parsing.spans import remarks

MOST_CLOSING_LINES = 8
LONGEST_CLOSING = 60
LONGEST_THANKS = 30
FARTHEST_ADDRESS = 3
"""Lines: 各位代表！ on a line of its own opens the peroration when at most two paragraphs follow."""

_THANKS = re.compile(r"谢谢|謝謝|感谢大家|感謝大家|感谢各位|感謝各位|多谢|thank you|thanks", re.I)
_CLOSING = re.compile(
    r"[我今天的就先]{0,6}(?:讲|说|谈|講|說|談|汇报|发言)(?:这|這|到)(?:些|么多|里|裡|兒|儿|几点)"
    r"|(?:发言|讲话|汇报|报告|演讲|發言|講話|匯報|報告|演講).{0,4}(?:完毕|完畢|完了|到此|结束|結束)"
    r"|(?:批评|批評)(?:和)?指正|敬请指正|请予审议|供(?:大家|参考)|到此结束"
)
_WISHES = re.compile(r"(?:最后，?|最後，?)?[再衷心预預]{0,3}(?:祝|祝愿|祝願|恭祝)[^事贺]")
_SLOGAN = re.compile(r".{2,40}(?:万岁|萬歲)[！!]$")
_FURNITURE = re.compile(
    r"[（(【]?(?:责任)?(?:编辑|編輯|来源|來源|供稿|录入|校对|记者)\s*[:：]|【?(?:打印|关闭|返回|收藏|分享)|[上下]一篇"
    r"|[（(]?完[）)]?$|[（(](?:此件|本文|全文|根据|新华社|本报)[^（）()]{0,40}[）)]$"
)
"""What stands below a text that nobody said: editor, （完）, （此件公开发布）."""
_BODY = re.compile(r"(?:委员会|政府|[厅廳局委部院会會组組办室]|支部|公司|学校|大学)$")
"""How the names of signing bodies end: 国务院办公厅, 市委宣传部."""


def find_back(lines: list[TextLine], first: int) -> int:
    """The index of the first line of the back; ``first`` is the first line of the body."""
    back = _before_signature(lines, first)
    floor = max(first, back - MOST_CLOSING_LINES)
    while back > floor and is_closing(lines[back - 1].text) and not _is_cue(lines, back - 1, first):
        back -= 1
    start = _peroration(lines, first, back)
    return back if start > first and _is_heading_like(lines[start - 1]) else start


def closing_text(lines: list[TextLine]) -> str:
    """The closing lines of a back, one a line; the peroration when there is no other."""
    closing = [line.text for line in lines if is_closing(line.text) and not remarks(line.text)]
    return "\n".join(closing) or "\n".join(line.text for line in lines if _is_exclaimed(line.text))


def is_closing(text: str) -> bool:
    """我就讲这么多，谢谢大家！ and its kin."""
    if len(text) > LONGEST_CLOSING or text[-1] in "：:，,":
        return False
    if _THANKS.search(text) and len(text) <= (LONGEST_THANKS if text[-1] in "。！.!？?" else 12):
        return True
    if _is_remark(text):
        return True
    ends = text[-1] in "。！!."
    return bool(_CLOSING.search(text) or (ends and _WISHES.match(text)) or _SLOGAN.match(text))


def is_signature(text: str) -> bool:
    """A date line, or what a web page adds below."""
    if _FURNITURE.match(text):
        return True
    date = find_date(text)
    return date is not None and len(text) - (date.end - date.start) <= 8 and text[-1] not in "。！，；"


def _before_signature(lines: list[TextLine], first: int) -> int:
    """The end of the text proper: above the names and dates it is signed with."""
    back = len(lines)
    while back > first + 1 and is_signature(lines[back - 1].text):
        back -= 1
        above = lines[back - 1].text
        if len(above) <= 25 and above[-1] not in "。！？；：”" and not _FURNITURE.match(lines[back].text):
            named = _BODY.search(above) is not None or read_byline(above) is not None
            back -= named and back > first + 1
    return back


def _peroration(lines: list[TextLine], first: int, back: int) -> int:
    """The first line of 同志们，…！ at the end of the body, or ``back``."""
    last = lines[back - 1].text if back > first + 1 else ""
    if not last or not _is_exclaimed(last):
        return back
    if opening(last) or last.startswith(("让我们", "讓我們")):
        above = back - 2
        return above if above > first and _is_address(lines[above].text) else back - 1
    for position in range(back - 2, max(first, back - 1 - FARTHEST_ADDRESS), -1):
        if _is_address(lines[position].text):
            return position
    return back


def _is_exclaimed(text: str) -> bool:
    """A line of a peroration: it ends in ！, or addresses the audience."""
    bare = text
    for remark in reversed(remarks(text)):
        bare = bare.removesuffix(remark.text)
    return bare.endswith(("！", "!")) or _is_address(text)


def _is_address(text: str) -> bool:
    return len(text) <= 40 and is_salutation(text)


def _is_remark(text: str) -> bool:
    spans = remarks(text)
    return bool(spans) and spans[0].start == 0 and spans[-1].end == len(text)


def _is_cue(lines: list[TextLine], position: int, first: int) -> bool:
    """Whether the line above names the speaker of this one, as conversations do (唐鳳：)."""
    above = lines[position - 1].text if position > first else ""
    return above.endswith(("：", ":")) and len(above) <= 20 and not is_salutation(above)


def _is_heading_like(line: TextLine) -> bool:
    """结束语 and other headings: what stands below one stays with it."""
    return len(line.text) <= 40 and line.text[-1] not in "。！？；：，”）!?.:"
