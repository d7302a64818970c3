"""The places of a speech that answer a query: snippets with every hit marked, and links to them.

Everything is computed from the true text and true offsets: traditional stays traditional, and what is
shown is escaped before it is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from archive.models import Paragraph, Section
from archive.search.letters import Letters
from archive.search.matching import Occurrence, merged, occurrences
from archive.search.query import Parsed, Term
from archive.search.results import Place

MAX_PLACES = 3
MAX_SNIPPET = 80  # characters, marks not counted
_LEAD = 28  # characters before the first hit of a snippet, at most
_TAIL = 24  # characters at the end of a snippet in which a punctuation mark is sought to stop at
_MOST_MARKS = 50  # of a line that are tried as the first of a snippet
_punctuation = re.compile(r"[，。、；：！？,;:!?…—]+[”’」』）)]*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the searched text with hits in it; ``marks`` are offsets into the text."""

    speech: int
    start: int
    end: int
    marks: tuple[tuple[int, int], ...]
    counted: bool = True  # among the occurrences in the text


def best_lines(
    speech: int, text: str, letters: Letters, found: Sequence[Occurrence], weights: Mapping[str, float]
) -> list[Line]:
    """The lines that answer best, best first: what says most stands in them, most hits, first in the text.

    ``weights`` says how much a word's letters say.
    """
    lines: dict[int, list[Occurrence]] = {}
    ends: dict[int, int] = {}
    end = -1
    start = 0
    for at in found:
        origin = letters.span(at.first, 1)[0]
        if origin >= end:
            start = text.rfind("\n", 0, origin) + 1
            end = text.find("\n", origin)
            end = len(text) if end < 0 else end
            ends[start] = end
        lines.setdefault(start, []).append(at)
    said = {
        start: sum(
            weights.get(word, 1.0) for word in {letters.letters[at.first : at.first + at.size] for at in hits}
        )
        for start, hits in lines.items()
    }
    best = sorted(lines, key=lambda start: (-said[start], -len(lines[start]), start))[:MAX_PLACES]
    return [
        Line(speech, start, ends[start], merged(letters.span(at.first, at.size) for at in lines[start]))
        for start in best
    ]


def heading_lines(query: Parsed, texts: dict[int, str], most: int) -> list[Line]:
    """The headings, at most so many a speech, that hold what the query asks of headings; ``texts`` by speech."""
    terms = query.asked_of("section")
    if not terms:
        return []
    found = []
    left = dict.fromkeys(texts, most)
    rows = Section.objects.filter(speech__in=texts).exclude(heading="").order_by("speech", "position")
    for speech, start, end in rows.values_list("speech", "heading_start", "heading_end"):
        text = texts[speech]
        first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        marks = _marks(terms, text[start:end], start)
        if marks and left[speech]:
            left[speech] -= 1
            found.append(Line(speech, first, len(text) if last < 0 else last, marks, counted=False))
    return found


def _marks(terms: Iterable[Term], text: str, offset: int = 0) -> tuple[tuple[int, int], ...]:
    letters = Letters.of(text)
    found = occurrences(Parsed("", wanted=tuple(terms)), letters.letters, letters.apart)
    spans = (letters.span(at.first, at.size) for at in found)
    return merged((offset + start, offset + end) for start, end in spans)


def places(
    lines: Iterable[Line], texts: dict[int, str], urls: Mapping[int, str]
) -> dict[int, tuple[Place, ...]]:
    """The places of these lines, by speech: two queries for a whole page of results.

    ``texts`` and ``urls`` are those of the speeches.
    """
    lines = list(lines)
    paragraphs = _paragraphs(lines, texts)
    sections = _sections([line for line in lines if _paragraph_of(line, texts, paragraphs) is None])
    found: dict[int, tuple[Place, ...]] = {}
    for line in lines:
        paragraph = _paragraph_of(line, texts, paragraphs)
        anchor, num, heading = paragraph or _section_of(line, sections.get(line.speech, []))
        url = f"{urls[line.speech]}#{anchor}" if anchor else urls[line.speech]
        shown = snippet(texts[line.speech], line)
        place = Place(anchor, num, heading, url, shown, shown.count("<mark>") if line.counted else 0)
        found[line.speech] = (*found.get(line.speech, ()), place)
    return found


Named = tuple[str, str, str]  # anchor, mark of the section, heading


def _paragraphs(lines: list[Line], texts: dict[int, str]) -> dict[tuple[int, int], Named]:
    """(speech, start) of a paragraph -> its anchor, and the mark and heading of its section."""
    starts = {_first_character(line, texts[line.speech]) for line in lines} | {line.start for line in lines}
    rows = Paragraph.objects.filter(speech__in={line.speech for line in lines}, start__in=starts)
    fields = ("speech", "start", "number", "section__num", "section__heading")
    return {row[:2]: (f"p{row[2]}", row[3], row[4]) for row in rows.order_by().values_list(*fields)}


def _paragraph_of(
    line: Line, texts: dict[int, str], paragraphs: dict[tuple[int, int], Named]
) -> Named | None:
    at_start = paragraphs.get((line.speech, line.start))
    return at_start or paragraphs.get((line.speech, _first_character(line, texts[line.speech])))


def _sections(lines: list[Line]) -> dict[int, list[tuple[int, int, int, str, str]]]:
    """speech -> start, end, number, mark and heading of each of its sections that matters here, in order.

    A line that is no paragraph is a heading, with which a section begins, or stands in the front, the first.
    """
    found: dict[int, list[tuple[int, int, int, str, str]]] = {}
    if not lines:
        return found
    matters = Q(position=0) | Q(start__in={line.start for line in lines})
    rows = Section.objects.filter(matters, speech__in={line.speech for line in lines})
    fields = ("speech", "start", "end", "number", "num", "heading")
    for row in rows.order_by("speech", "position").values_list(*fields):
        found.setdefault(row[0], []).append(row[1:])
    return found


def _section_of(line: Line, sections: list[tuple[int, int, int, str, str]]) -> Named:
    """Of a line that is no paragraph: a heading, a title or a byline.

    A hit in the title that follows the text (see text_of) belongs to the front, the first section.
    """
    section = next((s for s in sections if s[0] <= line.start < s[1]), sections[0] if sections else None)
    return (f"s{section[2]}", section[3], section[4]) if section else ("", "", "")


def _first_character(line: Line, text: str) -> int:
    """Where the line begins to say something: a paragraph may leave its indent out."""
    return line.start + len(text[line.start : line.end]) - len(text[line.start : line.end].lstrip())


def speech_urls(pks: Iterable[int], raw: str) -> dict[int, str]:
    """The pages of speeches with the hits of the query marked."""
    query = f"?{urlencode({'q': raw})}" if raw else ""
    return {pk: f"{reverse('speech', args=[pk])}{query}" for pk in pks}


def speech_url(pk: int, raw: str, anchor: str = "") -> str:
    """The same of one speech, at a place in it."""
    return f"{speech_urls([pk], raw)[pk]}{f'#{anchor}' if anchor else ''}"


def snippet(text: str, line: Line) -> str:
    """At most 80 characters of the line around its first hits, cut at punctuation where there is some."""
    start, end = line.start, line.end
    first_start, first_end = _densest(text, line)
    if end - start > MAX_SNIPPET:
        room = MAX_SNIPPET - 2  # an ellipsis at either end
        if first_start - start > _LEAD:
            start = max(start, first_start - _LEAD)
            stop = _punctuation.search(text, start, first_start)
            start = stop.end() if stop else start
        if end - start > room:
            end = start + room
            stops = list(_punctuation.finditer(text, max(first_end, end - _TAIL), end))
            end = stops[-1].end() if stops else end
    before = "…" if start > line.start else ""
    after = "…" if end < line.end else ""
    return f"{before}{highlight(text, line.marks, start, end)}{after}"


def _densest(text: str, line: Line) -> tuple[int, int]:
    """The mark from which on a snippet shows the most different words, then the most marks."""

    def shown(at: int) -> tuple[int, int]:
        reach = line.marks[at][0] + MAX_SNIPPET - _LEAD - 2
        within = [text[first:last] for first, last in line.marks[at:] if last <= reach]
        return len(set(within)), len(within)

    best = max(range(min(len(line.marks), _MOST_MARKS)), key=lambda at: (shown(at), -at))
    return line.marks[best]


def highlight(text: str, marks: Iterable[tuple[int, int]], start: int, end: int) -> str:
    """``text[start:end]`` escaped, with <mark> around the part of each mark that lies in it."""
    parts = []
    done = start
    for first, last in marks:
        first, last = max(first, start), min(last, end)
        if first < last:
            parts += [escape(text[done:first]), "<mark>", escape(text[first:last]), "</mark>"]
            done = last
    return "".join([*parts, escape(text[done:end])])


def marked_title(query: Parsed, title: str) -> str:
    """The title escaped, with what the query asks of the text and of titles marked."""
    return highlight(title, _marks((*query.terms, *query.asked_of("title")), title), 0, len(title))
