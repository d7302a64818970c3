"""The numbers that stand in links to a speech, and what becomes of them when its text or outline changes.

What keeps its words keeps its number; a number is never given to other words. Where the words are gone, the
number leads to the place nearest to them (``Speech.moved``), and when the words come back it is theirs again:
the digests that former versions have kept (``Revision.gone``) tell which words those were.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from archive import parsing
from archive.models import Revision, Speech
from archive.parsing import Outline, Section

Numbers = tuple[tuple[int, str], ...]  # number and digest of its words, in the order of the text


@dataclass(frozen=True, slots=True)
class Anchors:
    """The numbers of a speech as it is. ``moved`` and ``gone`` are by anchor ("p7"): where it leads, what it was."""

    sections: Numbers = ()
    paragraphs: Numbers = ()
    moved: dict[str, str] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Numbering:
    """The numbers of an outline's sections and paragraphs, in order.

    ``moved`` leads every anchor that was ever given and is not there to one that is; ``gone`` are those that
    go with this change, with digests of their words.
    """

    sections: tuple[int, ...]
    paragraphs: tuple[int, ...]
    moved: dict[str, str]
    gone: dict[str, str]


def anchors_of(speech: Speech) -> Anchors:
    """Those in the database, whatever has been changed in ``speech`` since it was fetched."""
    if not speech.pk:
        return Anchors()
    text, moved = Speech.objects.values_list("text", "moved").get(pk=speech.pk)
    return Anchors(
        tuple((s.number, digest(f"{s.kind}{s.num}{s.heading}")) for s in speech.sections.all()),
        tuple((p.number, digest(text[p.start : p.end])) for p in speech.paragraphs.all()),
        moved,
        _gone(speech, moved),
    )


def digest(words: str) -> str:
    """Enough of SHA-256 to know words again in one speech: 64 bits."""
    return hashlib.sha256(words.encode(errors="surrogatepass")).hexdigest()[:16]


def _gone(speech: Speech, moved: dict[str, str]) -> dict[str, str]:
    """The words of the anchors that have moved, as they went for the last time."""
    found: dict[str, str] = dict.fromkeys(moved, "")
    known = Revision.objects.filter(speech=speech).order_by("number").values_list("gone", flat=True)
    for gone in known if moved else ():
        found.update({anchor: words for anchor, words in gone.items() if anchor in moved})
    return found


def number(outline: Outline, before: Anchors) -> Numbering:
    """The numbers of ``outline`` as the next version of a speech with these anchors."""
    named = [digest(_name(section)) for section in outline.sections]
    words = [outline.text[p.start : p.end] for s in outline.sections for p in s.paragraphs]
    written = [digest(each) for each in words]
    sections = parsing.renumber((*before.sections, *_numbers(before.gone, "s")), named, first=0)
    paragraphs = parsing.renumber((*before.paragraphs, *_numbers(before.gone, "p")), written, first=1)
    now = _leads(before.sections, sections, "s") | _leads(before.paragraphs, paragraphs, "p")
    recast = dict(zip((digest(f"body{each}") for each in words), _anchors("p", paragraphs), strict=True))
    recast |= dict(
        zip((digest(_name(s)[4:]) for s in outline.sections), _anchors("s", sections), strict=True)
    )
    was = {f"s{n}": words for n, words in before.sections} | {
        f"p{n}": words for n, words in before.paragraphs
    }
    now = {anchor: recast.get(was[anchor], place or f"s{sections[0]}") for anchor, place in now.items()}
    there = {*_anchors("s", sections), *_anchors("p", paragraphs)}
    moved = {anchor: now.get(place, place) for anchor, place in before.moved.items()} | now
    return Numbering(
        tuple(sections),
        tuple(paragraphs),
        {anchor: place for anchor, place in moved.items() if anchor not in there},
        {anchor: was[anchor] for anchor in now},
    )


def _name(section: Section) -> str:
    return f"{section.kind}{section.num}{section.heading}"


def _anchors(letter: str, numbers: Iterable[int]) -> list[str]:
    return [f"{letter}{number}" for number in numbers]


def _numbers(gone: dict[str, str], letter: str) -> list[tuple[int, str]]:
    return [(int(anchor[1:]), words) for anchor, words in gone.items() if anchor[0] == letter]


def _leads(before: Numbers, after: list[int], letter: str) -> dict[str, str]:
    """Where the anchors that go lead to; "" when nothing of their kind is left."""
    old = [number for number, _words in before]
    near = parsing.nearest(old, after)
    there = set(after)
    return {
        f"{letter}{number}": f"{letter}{near[number]}" if near else ""
        for number in old
        if number not in there
    }
