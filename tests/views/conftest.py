"""Speeches made by hand, small enough to read in a test."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive import search
from archive.models import Event, Paragraph, Section, Speaker, Speech

HEADING = re.compile(r"(?P<num>[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)(?P<heading>.+)")
_serial = itertools.count(1)


class Writer:
    """Writes a text line by line as rows: 一、 opens a section, （一） a subsection, ：ends a salutation."""

    def __init__(self, speech: Speech) -> None:
        self.speech = speech
        self.sections: list[Section] = []
        self.number = 0

    def write(self) -> Speech:
        self.open(Section.Kind.FRONT, 0, "", "", 0, 0)
        place = 0
        for line in self.speech.text.splitlines(keepends=True):
            words = line.rstrip("\n")
            self.line(words, place, place + len(words))
            place += len(line)
        for section, following in itertools.zip_longest(self.sections, self.sections[1:]):
            section.end = following.start if following else place
            section.save()
        return self.speech

    def line(self, words: str, start: int, end: int) -> None:
        if match := HEADING.fullmatch(words):
            depth = 2 if words.startswith("（") else 1
            self.open(Section.Kind.BODY, depth, match["num"], match["heading"], start, end)
        elif any(line["start"] == start for line in self.speech.lines) or not words.strip():
            return
        else:
            salutation = words.endswith("：") and self.number == 0
            self.number += 1
            Paragraph.objects.create(
                speech=self.speech,
                section=self.sections[-1],
                position=self.number - 1,
                number=self.number,
                kind=Paragraph.Kind.SALUTATION if salutation else Paragraph.Kind.TEXT,
                start=start,
                end=end,
                items=[
                    {"num": found[1], "lead": found[0], "start": start + found.start(), "end": end}
                    for found in re.finditer(r"([一二三]是)[^。]*。", words)
                ],
            )

    def open(self, kind: str, depth: int, num: str, heading: str, start: int, end: int) -> None:
        above = [section for section in self.sections if section.kind == "body" and section.depth < depth]
        section = Section.objects.create(
            speech=self.speech,
            position=len(self.sections),
            number=len(self.sections),
            parent=above[-1] if above else None,
            depth=depth,
            kind=kind,
            num=num,
            heading=heading,
            start=start,
            end=end,
            heading_start=start,
            heading_end=end,
        )
        self.sections.append(section)


MakeSpeech = Callable[..., Speech]


@pytest.fixture
def make_speech(db: None) -> MakeSpeech:
    """``make_speech(text, speaker="张三", date="2022-11", …)``; the first line is the title."""

    def make(text: str = "", **fields: Any) -> Speech:
        serial = next(_serial)
        text = text or f"第{serial}次讲话\n同志们：\n这是第{serial}次讲话的正文。\n"
        title = text.partition("\n")[0]
        speaker, event, date = (fields.pop(name, "") for name in ("speaker", "event", "date"))
        speech = Speech(
            title=fields.pop("title", title),
            text=text,
            characters=fields.pop("characters", len(text)),
            digest=hashlib.sha256(text.encode()).hexdigest(),
            speaker=Speaker.objects.get_or_create(name=speaker)[0] if speaker else None,
            event=Event.objects.get_or_create(name=event)[0] if event else None,
            lines=fields.pop("lines", [{"role": "title", "start": 0, "end": len(title)}]),
            redactions=[
                {"start": m.start(), "end": m.end(), "text": m[0]} for m in re.finditer(r"\*{2,}", text)
            ],
            remarks=[
                {"start": m.start(), "end": m.end(), "text": m[0]} for m in re.finditer("（掌声）", text)
            ],
            **fields,
        )
        speech.date_iso = date or None
        speech.save()
        return Writer(speech).write()

    return make


@pytest.fixture
def build_index(db: None, index_path: Path) -> Callable[[], Any]:
    """Call it to bring every speech into this test's own index."""
    return search.rebuild
