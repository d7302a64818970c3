"""The lines between title and salutation: date, speaker, occasion, place, and what web pages add."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.parsing.dates import Found, find_date, find_years
from archive.parsing.lines import has_sentence_end_inside
from archive.parsing.people import Person, read_person
from archive.parsing.spans import remarks
from archive.parsing.titles import event_of, kind_of

LONGEST = 70
"""Characters; the longest real bylines name a congress in full, with its session and date."""
SHORT = 30
"""Characters of a line that is little more than a date: Beijing, 27 June 2023."""

_PERSON_LABEL = re.compile(
    r"(?:讲话人|演讲人|发言人|报告人|主讲人|致辞人|演讲者|讲话者|主讲|作者|講者|演講者|發言人|作者|Speaker|By)\s*[:：]\s*(?P<rest>.+)"
)
_VENUE_LABEL = re.compile(
    r"(?:会议|讲话|活动)?(?:地点|地點|会场|會場)\s*[:：]\s*(?P<rest>.+)|Venue:\s*(?P<en>.+)"
)
_EVENT_LABEL = re.compile(r"(?:会议名称|会议|场合|活动|場合|活動|Event)\s*[:：]\s*(?P<rest>.+)")
_DATE_LABEL = re.compile(r"(?:\S{0,4}(?:时间|日期|時間)|Date)\s*[:：]")
_PAGE_FURNITURE = re.compile(
    r"\S{0,4}(?:来源|來源|稿源|编辑|編輯|字号|字號|字体|位置|机构|索引号|文号|主题词|录入|关键词|次数|阅读量|点击量|分享到)\s*[:：]"
    r"|(?:首页|首頁)\s*[>»›]|【(?:打印|大|字体)|打印本页"
    r"|\S{1,12}[〔（(\[][12]\d{3}[〕）)\]](?:第)?\d+号$"
)
"""What web pages and official letters print around a text: source, breadcrumbs, 国办发〔2020〕24号."""
_ENACTED = re.compile(r"(?:通过|通過|公布|修正|修订|修訂|发布|施行|批准|订|訂)(?:[）)]|$)")
_BRACKETS = re.compile(r"[（(\[【〔](?P<inner>[^（）()]{1,70})[）)\]】〕]$")
_REPUBLIC = re.compile(r"(?:中[华華])?民[国國]\S{1,8}年\S{1,4}月\S{1,4}日")
"""Dated, but left undated like every year of the Republic."""
_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?|[上下]午|凌晨|星期[一二三四五六日天]")
_PLACE = re.compile(r"[于於]?在.{3,60}(?:上|会|會|会议|會議|时|時)$")


@dataclass(frozen=True, slots=True)
class Byline:
    """What one line tells; ``date`` may be a date that does not exist (iso None)."""

    date: Found | None = None
    person: Person | None = None
    event: str = ""
    venue: str = ""


def read_byline(text: str, *, first: bool = False) -> Byline | None:
    """What a byline tells, or None for a line that is none. ``first``: nothing stands before it."""
    if len(text) > LONGEST or has_sentence_end_inside(text) or remarks(text):
        return None
    return _labelled(text) or _dated(text, first=first) or _bracketed(text) or _told(text, first=first)


def _labelled(text: str) -> Byline | None:
    if match := _PERSON_LABEL.match(text):
        return Byline(find_date(text), read_person(match["rest"]) or Person(match["rest"].strip()[:40]))
    if match := _VENUE_LABEL.match(text):
        return Byline(venue=(match["rest"] or match["en"]).strip())
    if match := _EVENT_LABEL.match(text):
        return Byline(find_date(text), event=match["rest"].strip())
    if _DATE_LABEL.match(text) or _PAGE_FURNITURE.match(text) or _REPUBLIC.fullmatch(text):
        return Byline(find_date(text))
    return None


def _dated(text: str, *, first: bool) -> Byline | None:
    date = find_date(text) or _lone_year(text)
    if date is None:
        return None
    rest = text[: date.start] + " " + text[date.end :]
    rest = _CLOCK.sub("", rest).strip(" 　（）()[]【】〔〕—－-，,、:：")
    rest = re.sub(r"^[至到—-]?\s*\d{1,2}日", "", rest).strip()
    if not rest:
        return Byline(date)
    if _PLACE.search(rest) or _ENACTED.search(text) or _BRACKETS.match(text):
        return Byline(date, event=event_of(rest))
    if first:
        return None
    if person := read_person(rest):
        return Byline(date, person)
    at_an_end = date.start == 0 or (date.end == len(text) and text[: date.start].rstrip()[-1:] in ",，")
    structured = len(text) <= SHORT and at_an_end and not kind_of(text) and text[-1] not in "。！？：；，"
    return Byline(date) if structured else None


def _lone_year(text: str) -> Found | None:
    years = find_years(text)
    return years[0] if years and text.strip("（）() 　") == text[years[0].start : years[0].end] else None


def _bracketed(text: str) -> Byline | None:
    match = _BRACKETS.match(text)
    if not match:
        return None
    inner = match["inner"].strip()
    return Byline(person=read_person(inner), event=event_of(inner))


def _told(text: str, *, first: bool) -> Byline | None:
    """A person or an occasion without any label; never on the first line, where a title stands."""
    if first or text[-1] in "。！？：；，、":
        return None
    if person := read_person(text, bare_name=len(text) <= 12):
        return Byline(person=person)
    if _PLACE.match(text) and not kind_of(text):
        return Byline(event=event_of(text))
    return None
