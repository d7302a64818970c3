"""What differs inside passages that are nearly the same: as places in a column, and as words in a list."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import floor

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.compare import Family, Passage, Side, Span, union
from archive.views.marking import Layer, Mark, marked

LONGEST_SHOWN = 300  # characters of a passage's text in a list


def likeness(family: Family) -> str:
    """How much agrees in a family of near passages, in words."""
    facts = {"n": family.length, "percent": floor(100 * family.similarity)}
    return _("近似，%(n)d 字相同，相似 %(percent)d %%") % facts


def differing(families: Iterable[Family], side: Side) -> list[Span]:
    """The stretches of near passages that stand on this side only, or otherwise on the other.

    Of the variants of one place the best counts; what is the same elsewhere letter by letter is left out.
    """
    exact: list[Span] = []
    found: list[Span] = []
    for family in families:
        places = family.a if side == "a" else family.b
        exact += places if family.kind == "exact" else ()
        for place in places:
            best = next((p for p in family.variants if inside(span_of(p, side), place)), None)
            found += odd_of(best, side) if best else []
    return list(_without(union(found), union(exact)))


def span_of(passage: Passage, side: Side) -> Span:
    return passage.a if side == "a" else passage.b


def odd_of(passage: Passage, side: Side) -> list[Span]:
    """The stretches of one side of a near passage that are not on the other."""
    return [span for pair in passage.differing if (span := pair[side == "b"]).end > span.start]


def words(text: str, passage: Passage, side: Side) -> SafeString:
    """One side of a near passage, the letters that differ set apart; long ones are cut."""
    start, end = span_of(passage, side)
    whole = Mark(start, end, "span", (("class", "near"),))
    shown = marked(
        text, start, min(end, start + LONGEST_SHOWN), [Layer(parted(whole, odd_of(passage, side)))]
    )
    return format_html("{}…", shown) if end > start + LONGEST_SHOWN else shown


def inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _without(spans: Iterable[Span], others: Sequence[Span]) -> Iterator[Span]:
    """What of ``spans`` lies under none of ``others``, which are disjoint and in order."""
    for start, end in spans:
        at = start
        for other in others[bisect_right(others, start, key=lambda other: other.end) :]:
            if other.start >= end:
                break
            if other.start > at:
                yield Span(at, other.start)
            at = max(at, other.end)
        if at < end:
            yield Span(at, end)


def parted(mark: Mark, differ: Sequence[Span]) -> Iterator[Mark]:
    """A mark in pieces, those over ``differ`` (disjoint, in order) with the class ``odd``; the first has the id."""
    at = mark.start
    for span in differ[bisect_right(differ, mark.start, key=lambda span: span.end) :]:
        if span.start >= mark.end:
            break
        start, end = max(span.start, mark.start), min(span.end, mark.end)
        if start > at:
            yield _piece(mark, at, start)
        yield _piece(mark, start, end, " odd")
        at = end
    if at < mark.end:
        yield _piece(mark, at, mark.end)


def _piece(mark: Mark, start: int, end: int, more: str = "") -> Mark:
    attributes = tuple(
        (name, value + more if name == "class" else value)
        for name, value in mark.attributes
        if start == mark.start or name != "data-n"  # what begins here, begins once
    )
    return replace(
        mark, start=start, end=end, attributes=attributes, id=mark.id if start == mark.start else ""
    )
