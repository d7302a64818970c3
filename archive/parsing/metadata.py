"""Who, when, where and what kind: gathered from title, subtitle, bylines and signature, in this order.

The nearer to the speech a line stands, the more it counts: a byline's date before a date in the title, both
before the date of the signature, and a year alone only when the title has exactly one.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace

from archive.parsing.back import is_signature
from archive.parsing.bylines import read_byline
from archive.parsing.dates import Found, find_date, find_years, is_future
from archive.parsing.front import Front
from archive.parsing.lines import TextLine
from archive.parsing.people import read_person
from archive.parsing.titles import TitleParts, event_of, read_title
from archive.text import Note

_NAME_FIRST = re.compile(r"(?P<name>[^：:，。\s]{2,12})[：:]\s*(?P<title>\S.+)")
_DATED_TAIL = re.compile(r"[ 　]*[（(](?P<date>[^（）()]{4,30})[）)]$")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the front and the signature say; unknown is "" or None.

    ``origins`` has the number of the line that each value was read from.
    """

    title: str
    speaker: str
    role: str
    date: str | None
    event: str
    venue: str
    kind: str
    notes: tuple[Note, ...]
    origins: dict[str, int]


def gather(front: Front, back: list[TextLine], today: datetime.date | None) -> Metadata:
    """Read what ``front`` and the signature in ``back`` tell."""
    title, named = _split_name(front.title)
    title, tail = _split_date(title)
    parts = read_title(title)
    dated, notes = _date(_dates(front, tail, back), front, title, today)
    if parts.unclear:
        said = f"标题里的“{parts.unclear}”看不出是人名还是职务，请核对讲话人。"
        notes.append(Note(_line(front.titles), "speaker_unclear", said))
    found = {
        name: next((each for each in told if each[1]), None)
        for name, told in _told(front, parts, named).items()
    }
    found |= {"title": (_line(front.titles), title) if title else None, "date": dated}
    values = {name: told[1] if told else "" for name, told in found.items()}
    return Metadata(
        title=title,
        speaker=values["speaker"],
        role=values["role"],
        date=values["date"] or None,
        event=values["event"],
        venue=values["venue"],
        kind=values["kind"],
        notes=tuple(notes),
        origins={name: told[0] for name, told in found.items() if told},
    )


Told = tuple[int, str]  # the number of a line, and what it tells


def _told(front: Front, parts: TitleParts, named: str) -> dict[str, list[Told]]:
    """For each field what the lines tell of it, the nearest to the speech first; "" where they do not."""
    above, under = _line(front.titles), _line(front.subtitles)
    below = read_title(front.subtitle)
    lines = [(line.number, byline) for line, byline in front.bylines]
    people = [(number, byline.person) for number, byline in lines if byline.person]
    return {
        "speaker": [
            (above, named), (above, parts.speaker), *((n, p.name) for n, p in people), (under, below.speaker)
        ],
        "role": [(above, parts.role), *((n, p.role) for n, p in people), (under, below.role)],
        "event": [
            (above, parts.event), (under, below.event), (under, event_of(front.subtitle)),
            *((n, byline.event) for n, byline in lines),
        ],
        "venue": [(n, byline.venue) for n, byline in lines],
        "kind": [(above, parts.kind), (under, below.kind)],
    }  # fmt: skip


def _line(lines: list[TextLine]) -> int:
    """The number of the first of these lines."""
    return lines[0].number if lines else 1


def retitled(about: Metadata, title: str, note: Note) -> Metadata:
    """``about`` with a title that was derived, and with the event and kind that this title names."""
    parts = read_title(title)
    return replace(
        about,
        title=title,
        event=about.event or parts.event,
        kind=about.kind or parts.kind,
        notes=(note, *about.notes),
    )


def _split_name(title: str) -> tuple[str, str]:
    """习近平：在…的讲话 → the title behind the colon, and the name."""
    match = _NAME_FIRST.fullmatch(title)
    person = read_person(match["name"]) if match else None
    if match is None or person is None or not person.name:
        return title, ""
    return match["title"].strip(), person.name


def _split_date(title: str) -> tuple[str, Found | None]:
    """…的讲话（2022年11月20日） → the title without the bracket, and the date."""
    match = _DATED_TAIL.search(title)
    date = find_date(match["date"]) if match else None
    if match is None or date is None or len(match["date"]) - (date.end - date.start) > 2:
        return title, None
    return title[: match.start()], date


def _dates(front: Front, tail: Found | None, back: list[TextLine]) -> list[tuple[int, Found]]:
    """All dates that may be the speech's, the best first, with their lines."""
    repeats = [(line, read_byline(line.text)) for line in front.repeats]
    found = [(line.number, find_date(line.text)) for line in front.subtitles]
    found += [(_line(front.titles), tail)]
    found += [(line.number, byline.date) for line, byline in front.bylines]
    found += [(line.number, byline.date) for line, byline in repeats if byline]
    found += [(line.number, find_date(line.text)) for line in back if is_signature(line.text)]
    return [(number, date) for number, date in found if date]


def _date(
    found: list[tuple[int, Found]], front: Front, title: str, today: datetime.date | None
) -> tuple[Told | None, list[Note]]:
    """The date with its line, and what is odd about it."""
    notes = [
        Note(line, "bad_date", "日期无效，已留空。请核对原文。") for line, date in found if date.iso is None
    ]
    for line, date in found:
        if date.iso:
            if today and is_future(date.iso, today):
                notes.append(Note(line, "future_date", "日期在将来，请核对。"))
            return (line, date.iso), notes
    in_title = find_date(title)
    years = find_years(title)
    iso = in_title.iso if in_title else years[0].iso if len(years) == 1 else None
    if not iso:
        return None, notes
    line = _line(front.titles)
    notes.append(Note(line, "date_from_title", f"日期“{iso}”取自标题，请核对。"))
    return (line, iso), notes
