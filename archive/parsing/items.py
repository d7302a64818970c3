"""Enumerations that run inside paragraphs: 一是…。二是…。, 第一，…, （1）…；（2）…, and 要…。

A mark counts where a sentence or clause begins, and only in sequence: a lone 一是, or a 三是 without
those before it, is prose. A run may go on in the next paragraph when that begins with its mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.parsing.marks import ADVERBS, BULLET, ENGLISH, MARKDOWN, Mark, mark_at
from archive.parsing.outline import Item

LONGEST_LEAD = 40
"""Characters; a longer first sentence is cut at its first comma."""
REACH = 120
"""Characters behind a mark in which its lead must end."""
SHORTEST_LEAD = 4

_CLAUSE = re.compile(r"(?:[。；;：:！!？?，,、]|\.(?= ))[”’」』）)]{0,3}[ 　]{0,4}(?=\S)")
_STRONG_STOPS = frozenset("。；;：:！!？?.")
_LEAD_END = re.compile(r"[。；;：！!？?\n]|\.(?= |$)")
_TOPIC = re.compile(r"(?:(?<=[。！？])|(?<=[。！？]”)|(?<![^\n]))要[^，。；：！？\n]{3,30}。")
_WISH = re.compile(r"(?:(?<=[。！？])|(?<=[。！？]”)|(?<![^\n]))要[^。！？\n]{3,200}[。！？]")


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph by its offsets."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Hit:
    paragraph: int
    mark: Mark
    first: bool


def find_items(text: str, sections: list[list[Place]]) -> list[list[tuple[Item, ...]]]:
    """The items of every paragraph, section by section; a run never crosses from one section to the next."""
    starts = [_numbered(text, places) for places in sections]
    _add_wishes(text, sections, starts)
    return [
        [_items(text, place, found) for place, found in zip(places, section, strict=True)]
        for places, section in zip(sections, starts, strict=True)
    ]


def _numbered(text: str, places: list[Place]) -> list[dict[int, str]]:
    """For each paragraph the starts of its items, with their marks."""
    starts: list[dict[int, str]] = [{} for _ in places]
    runs: dict[str, list[_Hit]] = {}
    for hit in _hits(text, places):
        run = runs.setdefault(hit.mark.family, [])
        if run and _continues(run[-1], hit):
            run.append(hit)
            continue
        if hit.mark.ordinal <= 1:
            _keep(text, run, starts)
            runs[hit.mark.family] = [hit]
    for run in runs.values():
        _keep(text, run, starts)
    return starts


def _keep(text: str, run: list[_Hit], starts: list[dict[int, str]]) -> None:
    if len(run) > 1:
        for hit in run:
            starts[hit.paragraph][hit.mark.start] = text[hit.mark.start : hit.mark.end].strip()


def _continues(last: _Hit, hit: _Hit) -> bool:
    if not hit.first and hit.paragraph != last.paragraph:
        return False
    if hit.mark.style is BULLET:
        return True
    if hit.mark.style in (ADVERBS, ENGLISH):
        return hit.mark.ordinal > last.mark.ordinal
    return hit.mark.ordinal == last.mark.ordinal + 1


def _hits(text: str, places: list[Place]) -> Iterator[_Hit]:
    """Every mark at the start of a paragraph, and those that may stand inside one behind a clause."""
    for number, place in enumerate(places):
        mark = mark_at(text, place.start, place.end)
        if mark and mark.style is not MARKDOWN:
            yield _Hit(number, mark, first=True)
        for clause in _CLAUSE.finditer(text, place.start, place.end):
            mark = mark_at(text, clause.end(), place.end)
            if mark and mark.style.inline and _may_stand_inside(text, mark, clause[0][0]):
                yield _Hit(number, mark, first=False)


def _may_stand_inside(text: str, mark: Mark, stop: str) -> bool:
    """一、二、三线城市 and 3、4月份 are no marks: bare numerals need a full stop before and a word behind."""
    if mark.style.name not in {"chinese", "digit", "adverb"}:
        return True
    if mark.style.name == "adverb":
        return stop in _STRONG_STOPS
    behind = text[mark.end : mark.end + 1]
    return (
        stop in _STRONG_STOPS
        and bool(behind)
        and behind not in "一二三四五六七八九十"
        and not behind.isdecimal()
    )


def _add_wishes(text: str, sections: list[list[Place]], starts: list[list[dict[int, str]]]) -> None:
    """要…。 opening a topic, twice in a paragraph; where most sections have that, long 要… count too."""
    topical = 0
    for places, section in zip(sections, starts, strict=True):
        for place, found in zip(places, section, strict=True):
            topical += not found and _add_sentences(text, place, found, _TOPIC)
    if topical < 2 or topical < sum(map(bool, sections[1:])) / 2:
        return
    for places, section in zip(sections, starts, strict=True):
        if not any(section):
            for place, found in zip(places, section, strict=True):
                _add_sentences(text, place, found, _WISH)


def _add_sentences(text: str, place: Place, found: dict[int, str], pattern: re.Pattern[str]) -> bool:
    """Add the sentences of one kind as items without a number, if there are two at least."""
    starts = [match.start() for match in pattern.finditer(text, place.start, place.end)]
    if len(starts) > 1:
        found.update(dict.fromkeys(starts, ""))
    return len(starts) > 1


def _items(text: str, place: Place, found: dict[int, str]) -> tuple[Item, ...]:
    starts = sorted(found)
    ends = [*starts[1:], place.end] if starts else []
    return tuple(
        Item(found[start], _lead(text, start, end, len(found[start])), start, end)
        for start, end in zip(starts, ends, strict=True)
    )


def _lead(text: str, start: int, end: int, mark: int) -> str:
    """The words up to the first stop; a long sentence is cut at its first comma."""
    window = text[start : min(end, start + REACH)]
    stop = _LEAD_END.search(window, mark)
    lead = window[: stop.start()] if stop else window
    if len(lead) > LONGEST_LEAD:
        comma = re.search("[，,]", lead[mark + SHORTEST_LEAD :])
        lead = lead[: mark + SHORTEST_LEAD + comma.start()] if comma else lead
    return lead.strip().rstrip("，,、")
