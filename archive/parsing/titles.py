"""What a title says about its speech: who, where, and of what kind.

市直机关工委书记在机关党建工作座谈会上的讲话 → role, event and kind. Only what the title states: the words
stand in it as they are returned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.parsing.people import read_person

KINDS = (
    "讲话提纲|发言提纲|主旨演讲|主题演讲|主题报告|工作报告|述职报告|"
    "政治报告|调研报告|情况报告|情况汇报|总结讲话|动员讲话|主持讲话|"
    "主持词|开幕词|闭幕词|开幕辞|闭幕辞|祝酒辞|祝酒词|答谢辞|答谢词|"
    "欢迎辞|欢迎词|表态发言|交流发言|党课讲稿|专题党课|廉政党课|党课|"
    "答记者问|新年贺词|讲话稿|发言稿|演讲稿|演讲词|讲话|发言|演讲|"
    "演说|致辞|致词|贺词|贺辞|贺信|贺电|宣讲稿|讲稿|汇报|报告|说明|谈话|"
    "悼词|决议|公报|宣言|倡议书|声明|纪要|意见|講話提綱|主旨演講|"
    "主題演講|工作報告|記者會|逐字稿|講話|發言|演講|演說|致詞|致辭|"
    "賀詞|賀電|報告|談話|座談|專訪"
)
"""Longest first within each family; 重要讲话 is a 讲话."""
ENGLISH_KINDS = "Remarks|Speech|Address|Statement|Lecture|Keynote|Interview|Report|Conversation"
GENERIC = frozenset(KINDS.split("|"))
_KIND = re.compile(f"({KINDS})$")
_KIND_FIRST = re.compile(f"({KINDS})[：:]")
_ENGLISH_KIND = re.compile(rf"\b({ENGLISH_KINDS})\b")
_ENGLISH_EVENT = re.compile(
    r"\b(?:Remarks|Speech|Address|Statement|Lecture|Keynote)\b.{0,40}? at (?:the )?(?P<event>[A-Z].{3,80})$"
)
_PUBLISHED = re.compile(r"(?P<who>\S{2,24}?)(?:发表|發表)")
_TAIL = re.compile(r"[ 　]*[（(\[【][^（）()]{0,40}[）)\]】]$|[（(]?全文[）)]?$")
_PLACE = re.compile(
    r"在(?P<event>[^，。：]{2,80}?)(?P<at>上|中|时|時|期间)的?(?:重要|主旨|即席|书面|總結|总结)?$"
)
_DASHES = re.compile(r"[—－]{1,3}|--+")
_OCCASION = re.compile(r"(?:会|會|会议|會議|学习|论坛|論壇|仪式|儀式|典礼|典禮|辩论|式)$")
"""How an occasion ends when 时 or 期间 follows: 在…集体学习时的讲话, but not 在基层调研时的讲话."""


@dataclass(frozen=True, slots=True)
class TitleParts:
    """What a title tells; "" where it does not. ``unclear`` is a who that is neither name nor office."""

    speaker: str = ""
    role: str = ""
    event: str = ""
    kind: str = ""
    unclear: str = ""


def kind_of(title: str) -> str:
    """The word for the genre that ends ``title`` (讲话提纲, 报告, 致辞 …), or ""."""
    core = _TAIL.sub("", title.strip("《》 　"))
    match = _KIND.search(core) or _KIND_FIRST.match(core)
    if match:
        return match[1]
    english = _ENGLISH_KIND.search(core)
    return english[1] if english else ""


def read_title(title: str) -> TitleParts:
    """Take a title apart: WHO在EVENT上的KIND."""
    core = _TAIL.sub("", title.strip("《》 　"))
    core = _DASHES.split(core)[-1]
    kind = kind_of(core)
    head = core.removesuffix(kind)
    if english := _ENGLISH_EVENT.search(core):
        return TitleParts(event=english["event"], kind=kind)
    if (published := _PUBLISHED.match(head)) and (person := read_person(published["who"])):
        return TitleParts(person.name, person.role, "", kind)
    who, place, _ = core.partition("在")
    match = _PLACE.search(head, len(who)) if place else None
    if not match or match.start() != len(who):
        return TitleParts(kind=kind)
    event = match["event"].strip()
    if match["at"] != "上" and not _OCCASION.search(event):
        event = ""
    if not who:
        return TitleParts(event=event, kind=kind)
    person = read_person(who)
    if person is None:
        return TitleParts(event=event, kind=kind, unclear=who)
    return TitleParts(person.name, person.role, event, kind)


def event_of(text: str) -> str:
    """The event in 在…会议上 (a subtitle or byline), or ""."""
    match = re.search(r"在(?P<event>[^，。：]{4,80}?)上?(?:的[^的]{2,8})?$", text)
    if not match:
        return ""
    event = match["event"]
    return (
        event
        if re.search(r"(?:会议?|會議?|论坛|論壇|仪式|儀式|典礼|典禮|式|班|节|节日|会上)$", event)
        else ""
    )
