"""A stretch of text as HTML with marks in layers: hits, remarks, redactions, the leads of items.

Layers may overlap in any way; elements may not. So an inner mark that crosses the border of an outer
one is cut there into segments; its id stands on the first segment only, its trailing words on the last.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Mark:
    """An element around ``text[start:end]``.

    ``attributes`` go on every segment, ``id`` on the first. ``href`` puts a link inside each segment, with ``hint``
    as what is told of it.
    ``aside`` is said after the last segment to those who cannot see the mark.
    """

    start: int
    end: int
    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    id: str = ""
    href: str = ""
    hint: str = ""
    aside: str = ""


class Layer:
    """The marks of one kind, in order and apart from each other: where two overlap, the first one wins."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self.marks: list[Mark] = []
        for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
            if mark.end > mark.start and (not self.marks or mark.start >= self.marks[-1].end):
                self.marks.append(mark)
        self._starts = [mark.start for mark in self.marks]

    def within(self, start: int, end: int) -> Sequence[Mark]:
        """The marks that have at least one character in [start, end)."""
        first = bisect_right(self._starts, start) - 1
        if first < 0 or self.marks[first].end <= start:
            first += 1
        return self.marks[first : bisect_right(self._starts, end - 1)]


def marked(text: str, start: int, end: int, layers: Sequence[Layer]) -> SafeString:
    """``text[start:end]`` escaped, with the marks of ``layers``, outermost first."""
    return mark_safe(_render(text, start, end, layers))  # noqa: S308  (every piece is escaped below)


def _render(text: str, start: int, end: int, layers: Sequence[Layer]) -> str:
    if not layers:
        return escape(text[start:end])
    layer, inner = layers[0], layers[1:]
    parts = []
    done = start
    for mark in layer.within(start, end):
        first, last = max(mark.start, start), min(mark.end, end)
        if first > done:
            parts.append(_render(text, done, first, inner))
        parts.append(_segment(mark, first, last, _render(text, first, last, inner)))
        done = last
    if done < end:
        parts.append(_render(text, done, end, inner))
    return "".join(parts)


def _segment(mark: Mark, first: int, last: int, content: str) -> str:
    attributes = dict(mark.attributes)
    if mark.id and first == mark.start:
        attributes["id"] = mark.id
    opened = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    if mark.href:
        hint = f' title="{escape(mark.hint)}"' if mark.hint else ""
        content = f'<a href="{escape(mark.href)}"{hint}>{content}</a>'
    if mark.aside and last == mark.end:
        content += f'<span class="visually-hidden">{escape(mark.aside)}</span>'
    return f"<{mark.tag}{opened}>{content}</{mark.tag}>"


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends: the page indents paragraphs itself."""
    line = text[start:end]
    return start + len(line) - len(line.lstrip()), end - len(line) + len(line.rstrip())


def redacted(spans: Iterable[Mapping[str, Any]]) -> Layer:
    """The layer of what the original withholds."""
    attributes = (("class", "redaction"), ("title", _("原文隐去")))
    aside = _("（原文隐去）")
    return Layer(Mark(span["start"], span["end"], "span", attributes, aside=aside) for span in spans)
