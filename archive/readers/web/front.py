"""The title and the day of a page, from what the page itself says of them.

Sites of Chinese offices name both in ``<meta>`` (ArticleTitle, PubDate: 政府网站发展指引, 2017, appendix 2), others
in Open Graph; else they are read off the page. A title has to stand there as a line or in the head.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from archive.readers.web.blocks import Block
from archive.readers.web.body import is_link
from archive.readers.web.furniture import is_noise, is_source

TITLES = ("articletitle", "og:title", "twitter:title", "dc.title", "title")
DAYS = (
    "pubdate",
    "publishdate",
    "article:published_time",
    "og:release_date",
    "publish_time",
    "firstpublishedtime",
    "dc.date",
    "date",
)
LONGEST = 150
SHORTEST = 4

_PARTS = re.compile(r"\s*(?:[|_｜]|-{1,3}|—{1,2}|–|>|»)\s*")
_SITE = re.compile(r".{0,30}(?:网|网站|门户|频道|首页|客户端|在线|官网|APP|News)", re.I)
_BYLINE = re.compile(
    r"[—（(《]|.{0,60}(?:讲话|致辞|发言|报告|演讲|会议|大会|座谈会|书记|主席|总理|省长|市长|部长|主任|同志)"
)
_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?(?:[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})"
    r"|(?P<mm>[01]\d)(?P<dd>[0-3]\d)(?!\d))"
)


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a page says: ``title`` of the window, and the values of ``<meta>`` by name."""

    title: str
    metas: dict[str, str]

    def first(self, names: tuple[str, ...]) -> str:
        """The value of the first of ``names`` that has one."""
        return next((self.metas[name] for name in names if self.metas.get(name)), "")


def head_of(root: HtmlElement) -> Head:
    """The head, before anything is taken out of the tree."""
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("itemprop") or ""
        metas.setdefault(name.strip().lower(), " ".join((meta.get("content") or "").split()))
    title = next((" ".join("".join(each.itertext()).split()) for each in root.iter("title")), "")
    return Head(title, metas)


def title_of(head: Head, blocks: Sequence[Block]) -> tuple[str, int]:
    """The title, and its last line among ``blocks``, those before the text; -1 when only the head has it."""
    said = [each for each in (head.first(TITLES), _without_site(head.title)) if _is_title(each)]
    wanted = [_key(each) for each in (*said, head.title) if each]
    likely = [n for n, block in enumerate(blocks) if _can_be_title(block)]
    for n in reversed(likely):
        if _key(blocks[n].text) in wanted:
            return blocks[n].text, n
    for n in likely:
        if any(each.startswith(_key(blocks[n].text)) for each in wanted):
            return _whole_title(blocks, n, wanted)
    headings = [n for n in likely if blocks[n].heading and not blocks[n].text.startswith(("—", "（", "("))]
    if headings:
        return blocks[headings[-1]].text, headings[-1]
    return (said[0], -1) if said else ("", -1)


def _whole_title(blocks: Sequence[Block], first: int, wanted: list[str]) -> tuple[str, int]:
    """The title that begins on the line ``first`` and may go on below."""
    title, last = blocks[first].text, first
    for n in range(first + 1, len(blocks)):
        if not any(each.startswith(_key(title + blocks[n].text)) for each in wanted):
            break
        title, last = title + blocks[n].text, n
    return title, last


def day_of(head: Head, blocks: Sequence[Block]) -> str:
    """The day of publication as 2022年11月20日, from the head or from a line that says it; "" without one."""
    lines = [block.text for block in blocks if is_source(block.text)]
    for said in (head.first(DAYS), *reversed(lines)):
        if found := _DAY.search(said):
            month, day = int(found["month"] or found["mm"]), int(found["day"] or found["dd"])
            if 1 <= month <= 12 and 1 <= day <= 31:
                return f"{found['year']}年{month}月{day}日"
    return ""


def is_byline(line: str) -> bool:
    """Whether a line between title and text belongs to the speech: a subtitle, a day, who spoke where."""
    return bool(_BYLINE.match(line)) or has_day(line)


def has_day(line: str) -> bool:
    """Whether the line names a day."""
    return _DAY.search(line) is not None or ("年" in line and "月" in line and "日" in line)


def _can_be_title(block: Block) -> bool:
    text = block.text
    return _is_title(text) and not is_link(block) and not is_noise(text) and not is_source(text)


def _is_title(text: str) -> bool:
    return SHORTEST <= len(text) <= LONGEST and not _SITE.fullmatch(text)


def _without_site(title: str) -> str:
    """The title of a window without the names of site and channel behind it."""
    return next((part for part in _PARTS.split(title) if len(part) >= SHORTEST), title)


def _key(text: str) -> str:
    """What two spellings of a title have in common."""
    return "".join(char for char in text if char.isalnum()).casefold()
