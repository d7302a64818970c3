"""What a change would do, to be seen before it is made: words, outline, metadata, links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.admin.upload.structuring import lines_of
from archive.compare import TooLong, versions
from archive.importing import Proposal, facts_of
from archive.models import Speech
from archive.parsing import Outline, Section
from archive.views.inline import count, runs

SHOWN = 20  # anchors that go; more than a screen is only counted
BEGINNING = 30  # characters of what an anchor named
LABELS = {
    "title": gettext_lazy("标题"),
    "subtitle": gettext_lazy("副标题"),
    "speaker": gettext_lazy("讲话人"),
    "role": gettext_lazy("职务"),
    "date_iso": gettext_lazy("日期"),
    "event": gettext_lazy("场合"),
    "venue": gettext_lazy("地点"),
    "kind": gettext_lazy("类型"),
}


@dataclass(frozen=True, slots=True)
class Lost:
    """An anchor that would go: its name, the words it named, and where it would lead."""

    anchor: str
    label: str
    words: str
    leads: str


def difference(a: str, b: str) -> dict[str, Any]:
    """What the template of differences needs of two texts."""
    if a == b:
        return {"same": True}
    try:
        found = versions(a, b)
    except TooLong:
        return {"too_long": True}
    return {"runs": runs(a, b, found.changes), "count": count(found.changes)}


def facts_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Label, old and new value of what differs."""
    return [
        (str(label), before.get(name) or "", after.get(name) or "")
        for name, label in LABELS.items()
        if name in after and (before.get(name) or "") != (after.get(name) or "")
    ]


def facts_read(speech: Speech, outline: Outline) -> dict[str, Any]:
    """What will be known about the speech: what the outline says, save where an editor has spoken."""
    read = {name: getattr(outline, name) for name in LABELS if name != "date_iso"} | {
        "date_iso": outline.date
    }
    known = facts_of(speech)
    spoken = {"date_iso" if name == "date" else name for name in speech.edited}
    return {name: known[name] if name in spoken else value for name, value in read.items()}


def headings_of(outline: Outline) -> list[Section]:
    return [section for section in outline.sections if section.heading_start < section.heading_end]


def levels_changed(before: Outline, after: Outline) -> list[tuple[str, int, int]]:
    """The lines that are in both, and are headings of another level now or are none (0)."""
    was = {(line.text, line.nth): line.level for line in lines_of(before)}
    both = [(line, was.get((line.text, line.nth))) for line in lines_of(after)]
    return [(line.text, old, line.level) for line, old in both if old is not None and old != line.level]


def effects(speech: Speech, proposal: Proposal) -> dict[str, Any]:
    """Everything that the preview of a change shows."""
    outline = proposal.outline
    return {
        "difference": difference(speech.text, outline.text),
        "facts": facts_changed(facts_of(speech), facts_read(speech, outline)),
        "headings": headings_of(outline),
        "notes": proposal.notes,
        **lost(speech, proposal),
    }


def lost(speech: Speech, proposal: Proposal) -> dict[str, Any]:
    """The anchors that would go: the first of them, and how many they are."""
    gone = proposal.numbering.gone
    words = {p.anchor: speech.text[p.start : p.end] for p in speech.paragraphs.all() if p.anchor in gone}
    words |= {s.anchor: f"{s.num}{s.heading}" for s in speech.sections.all() if s.anchor in gone}
    shown = sorted(gone, key=lambda anchor: (anchor[0], int(anchor[1:])))[:SHOWN]
    leads = _named(proposal)
    found = [
        Lost(
            anchor, _label(anchor), words[anchor][:BEGINNING], leads.get(proposal.numbering.moved[anchor], "")
        )
        for anchor in shown
    ]
    return {"lost": found, "lost_count": len(gone), "lost_more": len(gone) - len(found)}


def _label(anchor: str) -> str:
    number = int(anchor[1:])
    return (_("第 %d 节") if anchor.startswith("s") else _("第 %d 段")) % number


def _named(proposal: Proposal) -> dict[str, str]:
    """The beginning of the words of every anchor that would be there."""
    outline, numbering = proposal.outline, proposal.numbering
    paragraphs = [outline.text[p.start : p.end][:BEGINNING] for s in outline.sections for p in s.paragraphs]
    found = dict(zip((f"p{n}" for n in numbering.paragraphs), paragraphs, strict=True))
    headings = [_heading(section)[:BEGINNING] for section in outline.sections]
    return found | dict(zip((f"s{n}" for n in numbering.sections), headings, strict=True))


def _heading(section: Section) -> str:
    return f"{section.num}{section.heading}" or {"front": _("开头"), "back": _("结尾")}.get(section.kind, "")
