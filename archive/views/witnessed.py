"""What a base shares with others, for a list: each passage, who has it, and where.

A passage tells under its own words which others have them whole, each with the longest it has there, and which have a
part of them (that is told where the part is). So whatever stretch of the text led here, all who share it are named.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.compare import Common, Passage, Segment, Span
from archive.models import Speech
from archive.views.differing import LONGEST_SHOWN, words
from archive.views.passages import Locator

LISTED, NEAR_LISTED = 500, 100  # passages on a page
PLACES = 12  # of a passage in the base that are links
DEEP = 16  # characters that a deep link looks for
NUMBERS = 6  # passages that a stretch of the text names
EVERY = 32  # characters
OVERLAPPING = 0.5  # of the longer of two near passages, for both to be told together


@dataclass(frozen=True, slots=True)
class Having:
    """One of the others that has a passage: the section where, the address, and how many places more."""

    name: str
    title: str
    url: str
    section: str
    more: int


@dataclass(frozen=True, slots=True)
class Group:
    """Those that have the same there; ``wording`` when that is more than the passage, or nearly the same."""

    having: list[Having]
    wording: SafeString | str = ""
    note: str = ""


@dataclass(slots=True)
class Item:
    """A passage in the list. It lies on ``spans`` of the base, with what is longer than it; ``places`` lead to where
    it stands itself, beginning at ``starts``; ``partly`` are others by name, each
    with the number of the passage that tells what it has (0: none is listed).
    """

    number: int
    text: SafeString | str
    letters: int
    recurring: bool
    near: bool
    starts: tuple[int, ...]
    spans: tuple[Span, ...]
    witnesses: frozenset[int]
    groups: list[Group]
    places: list[str] = field(default_factory=list)
    more: int = 0
    partly: dict[int, int] = field(default_factory=dict)
    named: list[tuple[str, int]] = field(default_factory=list)

    @property
    def rank(self) -> tuple[bool, int, int]:
        """What a stretch under several passages leads to comes first."""
        return self.near, -len(self.witnesses), -self.letters


class Others:
    """The other speeches with their names."""

    def __init__(self, names: Sequence[str], speeches: Sequence[Speech]) -> None:
        self.names = names
        self.speeches = speeches
        self._locate = [Locator(speech) for speech in speeches]

    def having(self, n: int, spans: Sequence[Span]) -> Having:
        first = spans[0]
        place = self._locate[n](Span(first.start, min(first.end, first.start + DEEP)))
        return Having(self.names[n], self.speeches[n].title, place.url, place.section, len(spans) - 1)


def listed(base: Speech, passages: Sequence[Common], others: Others) -> list[Item]:
    """The passages in their order, numbered from 1."""
    return [
        _exact(number, base, passage, others) for number, passage in enumerate(passages[:LISTED], start=1)
    ]


def _exact(number: int, base: Speech, passage: Common, others: Others) -> Item:
    longest: dict[int, tuple[Common, Sequence[Span]]] = {}
    for each in (passage, *passage.longer):
        for n, places in zip(each.witnesses, each.found, strict=True):
            if n not in longest or longest[n][0].length < each.length:
                longest[n] = each, places
    groups = []
    for each in (passage, *passage.longer):
        here = [n for n in each.witnesses if longest[n][0] is each]
        having = [others.having(n, longest[n][1]) for n in here]
        if each is passage and here:
            groups.append(Group(having))
        elif here:
            wording = shortened(others.speeches[here[0]].text[slice(*longest[here[0]][1][0])])
            groups.append(Group(having, wording, _("%(n)d 字") % {"n": each.length}))
    text = shortened(base.text[slice(*passage.places[0])])
    spans = tuple(sorted({*passage.places, *(span for each in passage.longer for span in each.places)}))
    witnesses = frozenset(passage.witnesses)
    starts = tuple(span.start for span in passage.places)
    return Item(number, text, passage.length, passage.recurring, False, starts, spans, witnesses, groups)


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def nearly(
    base: Speech, nears: Sequence[Sequence[Passage]], others: Others, first: int
) -> tuple[list[Item], int]:
    """Near passages that lie over each other in the base are one; those of most others, then the longest first.

    Numbered from ``first``; also how many are not listed.
    """
    groups = sorted(_groups(nears), key=lambda group: -len(group))
    items = [_near(first + n, base, group, others) for n, group in enumerate(groups[:NEAR_LISTED])]
    return items, len(groups) - len(items)


def _groups(nears: Sequence[Sequence[Passage]]) -> list[dict[int, Passage]]:
    """The longest passage says what a group is; of each other it has the best one."""
    groups: list[dict[int, Passage]] = []
    crossing: dict[int, list[tuple[Span, dict[int, Passage]]]] = defaultdict(
        list
    )  # by every so many characters
    each = [(n, passage) for n, passages in enumerate(nears) for passage in passages]
    for n, passage in sorted(each, key=lambda each: (-each[1].length, each[1].a, each[0])):
        here = range(passage.a.start // EVERY, passage.a.end // EVERY + 1)
        found = (group for at in here for span, group in crossing.get(at, ()) if _alike(span, passage.a))
        group = next(found, None)
        if group is None:
            groups.append(group := {})
            for at in here:
                crossing[at].append((passage.a, group))
        group.setdefault(n, passage)
    return groups


def _alike(one: Span, other: Span) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared >= OVERLAPPING * max(one.end - one.start, other.end - other.start)


def _near(number: int, base: Speech, group: dict[int, Passage], others: Others) -> Item:
    groups = []
    for n, passage in sorted(group.items()):
        facts = {"n": passage.length, "percent": int(100 * passage.similarity)}
        note = _("%(n)d 字相同，相似 %(percent)d %%") % facts
        wording = words(others.speeches[n].text, passage, "b")
        groups.append(Group([others.having(n, [passage.b])], wording, note))
    best = next(iter(group.values()))
    text = words(base.text, best, "a")
    spans = tuple(sorted({passage.a for passage in group.values()}))
    return Item(number, text, best.length, False, True, (best.a.start,), spans, frozenset(group), groups)


def connect(items: Sequence[Item], segments: Sequence[Segment], names: Sequence[str]) -> dict[int, list[int]]:
    """Tell each item its places and who has a part of it; for each segment, from 1 on, the numbers of its items."""
    upcoming = sorted((span, item.number) for item in items for span in item.spans)
    by_number = {item.number: item for item in items}
    leading: dict[int, list[int]] = {}
    active: list[tuple[Span, int]] = []
    at = 0
    for number, segment in enumerate(segments, start=1):
        active = [each for each in active if each[0].end > segment.span.start]
        while at < len(upcoming) and upcoming[at][0].start < segment.span.end:
            active.append(upcoming[at])
            at += 1
        here = {each for span, each in active if span.end > segment.span.start}
        on = sorted((by_number[each] for each in here), key=lambda item: item.rank)
        leading[number] = [item.number for item in on[:NUMBERS]]
        _tell_parts(on, segment)
    starts = [segment.span.start for segment in segments]
    for item in items:
        anchors = [f"t{max(1, bisect_right(starts, start))}" for start in item.starts] if starts else []
        item.places, item.more = anchors[:PLACES], max(0, len(anchors) - PLACES)
        item.named = [(names[n], number) for n, number in sorted(item.partly.items())]
    return leading


def _tell_parts(on: Sequence[Item], segment: Segment) -> None:
    for item in on:
        for n in (*segment.witnesses, *segment.nearly):
            if n not in item.witnesses and not item.partly.get(n):
                item.partly[n] = next((other.number for other in on if n in other.witnesses), 0)


def record(passage: Common, keys: Sequence[int]) -> dict[str, Any]:
    """A passage as data; spans are characters into the texts, half-open. ``keys`` of the others."""
    return {
        "length": passage.length,
        "witnesses": [keys[n] for n in passage.witnesses],
        "recurring": passage.recurring,
        "places": passage.places,
        "found": {str(keys[n]): spans for n, spans in zip(passage.witnesses, passage.found, strict=True)},
        "longer": [record(each, keys) for each in passage.longer],
    }
