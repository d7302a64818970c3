"""Anchors whose words are gone: what a reader is told whom an old link leads to the place nearest to them.

Each is an element with the old anchor as its id, beside what is nearest to it now. Style sheets show it only
while it is the target of the address, so nobody else sees it or has it read out.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from archive.models import Speech

MOST = 300  # a page; each takes some 150 bytes, and a speech has some sixty paragraphs


@dataclass(frozen=True, slots=True)
class Moved:
    """An anchor that is gone, and what to tell whoever comes for it."""

    anchor: str
    sentence: str


def moved(speech: Speech) -> dict[str, list[Moved]]:
    """By the anchor that is there: those that lead to it. Of too many, those given last."""
    anchors = sorted(speech.moved, key=_number, reverse=True)[:MOST]
    found: dict[str, list[Moved]] = {}
    for anchor in sorted(anchors, key=_number):
        found.setdefault(speech.moved[anchor], []).append(Moved(anchor, _sentence(anchor)))
    return found


def _number(anchor: str) -> tuple[int, str]:
    return int(anchor[1:]), anchor


def _sentence(anchor: str) -> str:
    number = int(anchor[1:])
    if anchor.startswith("s"):
        return _("原第 %d 节已改动，这里是离它最近的地方。") % number
    return _("原第 %d 段已改动，这里是离它最近的段落。") % number
