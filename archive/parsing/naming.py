"""A title for a transcript that has none: from the event it names, from its file name, or a placeholder."""

from __future__ import annotations

import re
from pathlib import PurePath

from archive.text import Note

SEARCHED = 300
"""Characters of the opening in which the event is looked for."""
SHORTEST_EVENT = 4
"""Characters; 会议 or 座谈会 alone names nothing."""
SHOWN = 16

_EVENT = re.compile(
    r"(?:这次|這次|本次|此次|今天的?|召开|召開|举行|舉行|举办|参加|出席)"
    r"(?:我们)?(?:在这里|在此)?(?:隆重|共同|集中)?(?:召开|召開|举行|舉行|举办)?(?:的|了|这次|本次)?"
    r"(?P<event>[^，。；：、！？\s“”]{2,40}?(?:会议|會議|座谈会|座談會|大会|大會|推进会|动员会|总结会|部署会|培训班|研讨会|"
    r"交流会|现场会|表彰会|论坛|仪式|典礼|开幕式|闭幕式|启动式|(?<=[^机社协学])会))(?=[，。；：！？的上讲]|$)"
)
_DATED = re.compile(r"^\d{4}-\d{2}-\d{2}[-_ ]+(?=\S)")
_MEANINGLESS = re.compile(r"[\d\s_.()（）-]*|(?:\d+[_-])?[0-9a-f]{8,}", re.I)


def name_for(body: str, file_name: str) -> tuple[str, Note]:
    """A title, and the note that asks the editor to look at it. ``body``: the text without its salutation."""
    for match in _EVENT.finditer(body[:SEARCHED]):
        event = match["event"]
        if len(event) >= SHORTEST_EVENT:
            return f"在{event}上的讲话", Note(
                1, "title_derived", "没有找到标题行，标题是从正文推断的，请核对。"
            )
    stem = _DATED.sub("", re.sub(r"\s+", " ", PurePath(file_name).stem).strip())
    if not _MEANINGLESS.fullmatch(stem):
        return stem, Note(1, "no_title", "没有找到标题行，已用文件名代替，请核对。")
    words = re.sub(r"\s+", " ", body.strip()).split("。")[0][:SHOWN] or stem or "无正文"
    return f"未命名讲话（{words}…）", Note(1, "no_title", "没有找到标题行，请补上标题。")
