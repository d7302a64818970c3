"""The numbers that stand in links to a speech, and what becomes of them when its text or outline changes.

What keeps its words keeps its number; a number is never given to other words. Where the words are gone, the
number leads to the place nearest to them (``Speech.moved``), and when the words come back it is theirs again:
the digests that former versions have kept (``Revision.gone``) tell which words those were.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from archive import parsing
from archive.models import Revision, Section, Speech
from archive.parsing import Outline
from archive.readers import Told

Numbers = tuple[tuple[int, str], ...]  # number and digest of its words, in the order of the text


@dataclass(frozen=True, slots=True)
class Anchors:
    """The numbers of a speech as it is. ``moved`` and ``gone`` are by anchor ("p7"): where it leads, what it was.

    ``headings`` has for each section the digest of its heading without the mark.
    """

    sections: Numbers = ()
    paragraphs: Numbers = ()
    headings: tuple[str, ...] = ()
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
    sections = list(speech.sections.all())
    text, moved = Speech.objects.values_list("text", "moved").get(pk=speech.pk)
    return Anchors(
        tuple((s.number, digest(_name(s))) for s in sections),
        tuple((p.number, digest(text[p.start : p.end])) for p in speech.paragraphs.all()),
        tuple(digest(s.heading) for s in sections),
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
    headings = _marked_anew(outline, before)
    lines = [outline.text[p.start : p.end] for s in outline.sections for p in s.paragraphs]
    sections = parsing.renumber((*before.sections, *_numbers(before.gone, "s")), headings, first=0)
    known = (*before.paragraphs, *_numbers(before.gone, "p"))
    paragraphs = parsing.renumber(known, [digest(line) for line in lines], first=1)
    was = dict(_named("s", before.sections)) | dict(_named("p", before.paragraphs))
    recast = _recast(outline, sections, lines, paragraphs)
    now = {
        anchor: recast.get(was[anchor], place or f"s{sections[0]}")
        for anchor, place in (
            *_leads("s", before.sections, sections),
            *_leads("p", before.paragraphs, paragraphs),
        )
    }
    there = {*(f"s{n}" for n in sections), *(f"p{n}" for n in paragraphs)}
    moved = {anchor: now.get(place, place) for anchor, place in before.moved.items()} | now
    return Numbering(
        tuple(sections),
        tuple(paragraphs),
        {anchor: place for anchor, place in moved.items() if anchor not in there},
        {anchor: was[anchor] for anchor in now},
    )


def as_told(numbering: Numbering, told: Told) -> Numbering:
    """The numbers of a new speech as a file tells them, where it tells of as many."""
    kept = {}
    for name in ("sections", "paragraphs"):
        if len(getattr(told, name)) == len(getattr(numbering, name)):
            kept[name] = getattr(told, name)
    return replace(numbering, **kept)


def _marked_anew(outline: Outline, before: Anchors) -> list[str]:
    """The digests of the headings; where only the mark differs (三、 has become 四、) those they had."""
    found = [digest(_name(section)) for section in outline.sections]
    same = set(found)
    had: defaultdict[str, deque[str]] = defaultdict(deque)
    for (_number, words), heading in zip(before.sections, before.headings, strict=True):
        if words not in same:
            had[heading].append(words)
    known = {words for _number, words in before.sections}
    for place, section in enumerate(outline.sections):
        if section.heading and found[place] not in known and (old := had[digest(section.heading)]):
            found[place] = old.popleft()
    return found


def _recast(outline: Outline, sections: list[int], lines: list[str], paragraphs: list[int]) -> dict[str, str]:
    """For lines that are headings now the digests they would have as paragraphs, and the other way round."""
    found = {digest(f"body{line}"): f"p{number}" for line, number in zip(lines, paragraphs, strict=True)}
    for section, number in zip(outline.sections, sections, strict=True):
        if section.heading_start < section.heading_end:
            found[digest(f"{section.num}{section.heading}")] = f"s{number}"
    return found


def _name(section: parsing.Section | Section) -> str:
    return f"{section.kind}{section.num}{section.heading}"


def _numbers(gone: dict[str, str], letter: str) -> list[tuple[int, str]]:
    return [(int(anchor[1:]), words) for anchor, words in gone.items() if anchor[0] == letter]


def _named(letter: str, numbers: Numbers) -> Iterator[tuple[str, str]]:
    return ((f"{letter}{number}", words) for number, words in numbers)


def _leads(letter: str, before: Numbers, after: list[int]) -> Iterator[tuple[str, str]]:
    """Each anchor that goes, and where it leads; "" when nothing of its kind is left."""
    old = [number for number, _words in before]
    near, there = parsing.nearest(old, after), set(after)
    for number in old:
        if number not in there:
            yield f"{letter}{number}", f"{letter}{near[number]}" if near else ""
