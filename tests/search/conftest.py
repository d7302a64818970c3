"""Speeches without the importer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive import search
from archive.models import Event, Paragraph, Section, Speaker, Speech

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
Make = Callable[..., Speech]


@pytest.fixture
def make(db: None, index_path: Path) -> Make:
    """Make a speech: text -> rows, a front section and one paragraph a line. Not indexed yet."""
    return make_speech


def make_speech(text: str, **fields: Any) -> Speech:
    speaker, event = fields.pop("speaker", ""), fields.pop("event", "")
    headings: dict[str, str] = fields.pop("headings", {})
    first = text.split("\n", 1)[0]
    speech = Speech(
        title=fields.pop("title", first[:300]),
        text=text,
        characters=len(text),
        digest=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        speaker=Speaker.objects.get_or_create(name=speaker)[0] if speaker else None,
        event=Event.objects.get_or_create(name=event)[0] if event else None,
    )
    for name, value in fields.items():
        setattr(speech, name, value)
    speech.save()
    _outline(speech, headings)
    return speech


def _outline(speech: Speech, headings: dict[str, str]) -> None:
    """One section a heading (line -> number), one paragraph each other line; the first line is the title."""
    section = Section.objects.create(
        speech=speech, position=0, number=0, depth=0, kind="front", start=0, end=len(speech.text),
        heading_start=0, heading_end=0,
    )  # fmt: skip
    start = 0
    for number, line in enumerate(speech.text.splitlines(keepends=True)):
        end = start + len(line.rstrip("\n"))
        if line.strip() in headings:
            Section.objects.filter(pk=section.pk).update(end=start)
            section = Section.objects.create(
                speech=speech, position=section.position + 1, number=section.number + 1, depth=1, kind="body",
                num=headings[line.strip()], heading=line.strip(), start=start, end=len(speech.text),
                heading_start=start, heading_end=end,
            )  # fmt: skip
        elif number:
            Paragraph.objects.create(
                speech=speech, section=section, position=number, number=number, start=start, end=end
            )
        start += len(line)


@pytest.fixture
def seeds(make: Make) -> list[Speech]:
    """The five seed transcripts, indexed."""
    speeches = [make(path.read_text(encoding="utf-8")) for path in sorted(SEEDS.glob("*.txt"))]
    search.rebuild()
    return speeches


@pytest.fixture
def indexed(make: Make) -> Speech:
    speech = make("甲\n党建工作。", title="甲", speaker="王某", event="座谈会")
    search.rebuild()
    return speech


def names(raw: str) -> set[str]:
    """The titles that the index finds."""
    results = search.find(search.Query(raw))
    assert not results.degraded
    return {hit.title for hit in results.hits}
