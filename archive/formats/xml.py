"""Writing XML: text and attributes that any parser gives back unchanged, and nothing it refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from xml.sax.saxutils import escape, quoteattr

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


def words(text: str) -> str:
    """Character data, without the characters that XML has none for; a canonical text has none of those."""
    return escape(in_xml(text), {"\r": "&#13;"})


def in_xml(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


def tag(name: str, attributes: Mapping[str, str] | None = None, *, empty: bool = False) -> str:
    """A start tag, or an empty element."""
    written = "".join(f" {key}={quoteattr(in_xml(value))}" for key, value in (attributes or {}).items())
    return f"<{name}{written}{'/' if empty else ''}>"


def element(name: str, content: str, attributes: Mapping[str, str] | None = None) -> str:
    """An element around ``content``, which is XML already; an empty one where there is none."""
    if not content:
        return tag(name, attributes, empty=True)
    return f"{tag(name, attributes)}{content}</{name}>"


class Writer:
    """Lines of XML, indented by two spaces for each element that is open."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._open: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str] | None = None) -> None:
        self.put(tag(name, attributes))
        self._open.append(name)

    def end(self) -> None:
        name = self._open.pop()
        self.put(f"</{name}>")

    @contextmanager
    def inside(self, name: str, attributes: Mapping[str, str] | None = None) -> Iterator[None]:
        """What is written meanwhile is in this element."""
        self.start(name, attributes)
        yield
        self.end()

    def put(self, line: str) -> None:
        """One line as it is: an element with all that is in it."""
        self._lines.append(f"{'  ' * len(self._open)}{line}")

    def empty(self, name: str, attributes: Mapping[str, str] | None = None) -> None:
        self.put(tag(name, attributes, empty=True))

    def text(self, name: str, text: str, attributes: Mapping[str, str] | None = None) -> None:
        self.put(element(name, words(text), attributes))

    def document(self) -> bytes:
        """All of it behind the declaration, UTF-8."""
        return (DECLARATION + "\n".join(self._lines) + "\n").encode()
