"""Two speeches that share a passage and a redaction, and the address of their page."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

from archive.models import Speech

MakeSpeech = Callable[..., Speech]

SHARED = "坚定不移全面从严治党，深入推进新时代党的建设"
A = f"甲讲话\n同志们：\n一、加强学习\n要{SHARED}，抓好理论武装。\n二、改进作风\n要纠治四风，***久久为功。"
B = f"乙讲话\n一、转变作风\n四风问题要常抓不懈，***久久为功。\n二、深化学习\n必须“{SHARED}”。"


def address(a: Any, b: Any, **more: Any) -> dict[str, Any]:
    return {"a": getattr(a, "pk", a), "b": getattr(b, "pk", b), **more}


class Page(HTMLParser):
    """Ids, fragment links and the text of each column of a page."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.marks: list[str] = []
        self.handlers: list[str] = []
        self._in_mark = 0
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"]] if found.get("id") else []
        href = found.get("href") or ""
        self.links += [href[1:]] if href.startswith("#") and len(href) > 1 else []
        self.handlers += [name for name in found if name.startswith("on") or name == "style"]
        if tag == "mark":
            self._in_mark += 1
            self.marks.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_mark -= tag == "mark"

    def handle_data(self, data: str) -> None:
        if self._in_mark:
            self.marks[-1] += data
