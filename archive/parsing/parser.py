"""From canonical text to an outline: front, body, back, and what is known about the speech.

Never raises, loses nothing, and takes time linear in the text: lines are looked at a bounded number of
times, with patterns that cannot backtrack beyond a bounded stretch.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from archive.parsing.addresses import opening
from archive.parsing.back import closing_text, find_back
from archive.parsing.building import build
from archive.parsing.decisions import Decision, decided, overruled
from archive.parsing.front import Front, read_front
from archive.parsing.headings import find_headings
from archive.parsing.lines import TextLine, split
from archive.parsing.metadata import gather, retitled
from archive.parsing.naming import name_for
from archive.parsing.outline import Line, Outline, TitleSource
from archive.parsing.spans import redactions, remarks


def parse(
    text: str,
    *,
    name: str = "",
    today: datetime.date | None = None,
    decisions: Sequence[Decision] = (),
) -> Outline:
    """The outline of ``text``; ``name`` (the file) serves a text without title, ``today`` the notes.

    ``decisions`` of an editor about headings hold against what the text looks like; those about lines that
    are not there, or that stand in the front, change nothing.
    """
    lines = split(text)
    front = read_front(lines)
    salutations, rest = _salutations(front, lines[front.body :])
    levels = decided(rest, decisions)
    back_at = find_back(rest, max((at + 1 for at, level in levels.items() if level), default=0))
    body, back = rest[:back_at], rest[back_at:]
    headings, numbering = find_headings(body)
    about = gather(front, back, today)
    source: TitleSource = "text"
    if not about.title:
        title, note = name_for(text[rest[0].start :] if rest else "", name)
        about, source = retitled(about, title, note), "derived"
    return Outline(
        text=text,
        title=about.title,
        title_source=source,
        subtitle=front.subtitle,
        speaker=about.speaker,
        role=about.role,
        date=about.date,
        event=about.event,
        venue=about.venue,
        kind=about.kind,
        salutation=_joined([text[start:end] for start, end in salutations]),
        closing=closing_text(back),
        lines=_lines(front),
        sections=build(text, salutations, body, overruled(headings, body, levels), back),
        redactions=redactions(text),
        remarks=remarks(text),
        notes=tuple(sorted((*about.notes, *numbering), key=lambda note: note.line)),
        origins=tuple(sorted(about.origins.items())),
    )


def _salutations(front: Front, body: list[TextLine]) -> tuple[list[tuple[int, int]], list[TextLine]]:
    """The salutations, and the body behind them; 同志们：今天… on one line is cut behind its colon."""
    places = [(line.start, line.end) for line in front.salutations]
    if places or not body:
        return places, body
    first = body[0]
    address = opening(first.text)
    if not address.endswith(("：", ":", "！", "!")) or address == first.text:
        return places, body
    rest = first.text[len(address) :].lstrip()
    places.append((first.start, first.start + len(address)))
    return places, [TextLine(first.number, first.end - len(rest), first.end, rest), *body[1:]]


def _joined(salutations: list[str]) -> str:
    """Salutation lines as one; only Latin ones need a blank between them."""
    return (" " if all(line.isascii() for line in salutations) else "").join(salutations)


def _lines(front: Front) -> tuple[Line, ...]:
    """Every line of the front that is no salutation, in order, with its part."""
    lines = [Line("title", line.start, line.end) for line in (*front.titles, *front.repeats)]
    lines += [Line("subtitle", line.start, line.end) for line in front.subtitles]
    lines += [Line("byline", line.start, line.end) for line, _ in front.bylines]
    return tuple(sorted(lines, key=lambda line: line.start))
