"""Whom a speech addresses: salutations (同志们：) and addresses inside it (各位代表！)."""

from __future__ import annotations

import re

LONGEST = 120
"""Characters of a salutation line; state dinners name a dozen offices."""

MANY = 5
"""Groups addressed; among so many one may be no word for people (电视机前…)."""

_PEOPLE = (
    "同志|代表|委员|委員|领导|領導|来宾|來賓|嘉宾|嘉賓|贵宾|貴賓|朋友|先生|女士|"
    "同学|同學|老师|老師|同仁|同胞|同事|同行|乡亲|鄉親|父老|战友|戰友|家长|家長|"
    "记者|記者|部长|主席|总统|總統|总理|总书记|书记|阁下|閣下|殿下|陛下|院士|专家|"
    "專家|学者|學者|校长|校友|委员长|市长|省长|主任|使节|官员|企业家|员工|伙伴|"
    "夥伴|选民|青年|孩子|小朋友|观众|觀眾|听众|聽眾|网友|指战员|将士|官兵|医生|"
    "护士|工友|农民|理事|会员|股东|董事"
)
_HONOUR = (
    "(?:主席|议长|总统|總統|秘书长|主持人)(?:先生|女士)|们|們|各位|诸位|諸位|列位|在座|女士|阁下|閣下"
    "|尊敬的|敬爱的|敬愛的|亲爱的|親愛的|全体|全體"
)
_CHUNK = re.compile(
    rf"(?:(?:尊敬的|敬爱的|敬愛的|亲爱的|親愛的|各位|诸位|諸位|全体|全體|在座的?|女士|先生).{{0,30}}|.{{0,24}}(?:{_PEOPLE})(?:们|們)?)"
)
_BODIES = re.compile(
    r"[^。；：！？]{0,80}各[^。；：！？]{0,40}(?:单位|部门|政府|机关|机构|企业|公司|学校|委员会|党委|党组|总支|支部|局|处室|科室)[：:]"
)
"""The addressees of an official letter: 各县（市、区）人民政府，市直各单位：."""
_HELLO = re.compile(r"[，,\s]?(?:大家|你们|您)?(?:早上|上午|中午|下午|晚上)?好$")
_SEPARATORS = re.compile(r"[，,、；;和及与與]|[ 　]+")
_ENGLISH = re.compile(
    r"(?:dear|distinguished|ladies|gentlemen|mr\.?|madam|your excellenc|friends|colleagues|fellow|comrades|"
    r"honou?r|respected|my )[^.!?:]{0,110}[:,!—]$",
    re.I,
)
_ENGLISH_PEOPLE = re.compile(
    r"\b(?:ladies|gentlemen|friends|colleagues|comrades|delegates|citizens|excellenc\w+|guests|chairman|president|"
    r"members|madam|chair|americans|students|secretary)\b",
    re.I,
)
_OPENING = re.compile(
    rf"(?P<to>(?:尊敬的|敬爱的|亲爱的|各位|诸位|諸位)?[^，。：:！!？；]{{0,12}}?(?:{_PEOPLE})?(?:们|們|各位|代表|领导|来宾|委员|朋友|先生|女士|同仁)"
    rf"(?:[，、,][^，。：:！!？；]{{1,14}}(?:们|們|领导|来宾|委员|朋友|代表)){{0,4}})(?P<stop>[：:！!，,])"
)


def is_salutation(text: str) -> bool:
    """Whether the whole line is people addressed: 各位领导，同志们：, 女士们，先生们！, Dear friends,."""
    if len(text) > LONGEST or not text:
        return False
    if _ENGLISH.match(text) and _ENGLISH_PEOPLE.search(text):
        return True
    stop = text[-1]
    if stop not in "：:！!，,":
        return False
    if _BODIES.fullmatch(text):
        return True
    body = _HELLO.sub("", text[:-1].strip())
    if not re.search(_HONOUR, body) or re.search("[。？；！：]", body):
        return False
    chunks = [chunk for chunk in _SEPARATORS.split(body) if chunk]
    strangers = sum(not _CHUNK.fullmatch(chunk) for chunk in chunks)
    return strangers <= (len(chunks) >= MANY)


def opening(text: str) -> str:
    """The address that running text opens with (同志们，… → "同志们，"), or ""."""
    match = _OPENING.match(text)
    if not match or not re.search(_HONOUR, match["to"]) or not is_salutation(match["to"] + "："):
        return ""
    return text[: match.end()]
