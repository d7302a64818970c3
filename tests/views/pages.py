"""Reading a page the way a reader's machine does: its links, its words, its elements by id."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

VOID = {"meta", "link", "input", "br", "rect", "img", "hr", "wbr"}


class PageRead(HTMLParser):
    """The page as lists: ``links`` (text -> address), ``ids``, ``tags`` (name, attributes), ``words``."""

    def __init__(self, response: Any) -> None:
        super().__init__()
        self.links: dict[str, str] = {}
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.by_id: dict[str, str] = {}
        self._open: list[tuple[str, str, int]] = []
        self.feed(response.content.decode())

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _tag, attributes in self.tags if "id" in attributes]

    @property
    def addresses(self) -> list[str]:
        return [attributes["href"] for tag, attributes in self.tags if tag == "a"]

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [a for t, a in self.tags if t == tag and wanted.items() <= a.items()]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.tags.append((tag, attributes))
        if tag not in VOID:
            key = attributes.get("href", "") if tag == "a" else ""
            self._open.append((tag, attributes.get("id", "") or (key and f"href:{key}"), len(self.words)))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        opened, key, start = self._open.pop()
        assert opened == tag, f"<{opened}> is closed by </{tag}>"
        words = re.sub(r"\s+", " ", self.words[start:]).strip()
        if key.startswith("href:"):
            self.links.setdefault(words, key.removeprefix("href:"))
        elif key:
            self.by_id[key] = words

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1][0] not in ("script", "style", "title"):
            self.words += data
