"""The front of a transcript: which of its first lines are title, subtitle, byline and salutation.

With a salutation everything above it is front. Without one only the first line can be a title, and
below it only lines that are plainly bylines, a subtitle or the second half of a title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archive.parsing.addresses import is_salutation, opening
from archive.parsing.bylines import Byline, read_byline
from archive.parsing.lines import TextLine, has_sentence_end_inside
from archive.parsing.marks import BULLET, MARKDOWN, mark_at
from archive.parsing.people import read_person
from archive.parsing.spans import redactions, remarks
from archive.parsing.titles import GENERIC, kind_of

SEARCHED = 30
"""Lines in which a salutation is looked for; web pages put a dozen of their own first."""
PROSE = 40
"""Characters; a longer line that ends a sentence is running text."""
LONGEST_TITLE = 100
MOST_TITLE_LINES = 3
MOST_TITLE = 250
"""Characters of all title lines together."""
MOST_SUBTITLE_LINES = 2
MOST_SALUTATION = 250
"""Characters of all salutation lines together."""

_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f\u3400-\u9fff\U00020000-\U0003ffff]")
_DASHES = re.compile(r"\s*(?:[—－]{1,3}|--+|―+)\s*(?=\S)")
_GREETING = re.compile(
    r"大家|各位|同志们|朋友们|女士们|先生们|亲爱的|尊敬的|(?:hello|good (?:morning|afternoon|evening))\b",
    re.I,
)
_LABEL = re.compile(r"(?:标题|標題|题目|題目|Title)\s*[:：]\s*")
_TAG = re.compile(r"</?[A-Za-z!]")
_NO_TITLE_END = re.compile(r"[。；，、：,;:]$|(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})\.$")
_SPEAKER_LABEL = re.compile(r"[^，。！？；]{1,30}[：:]$")


@dataclass(slots=True)
class Front:
    """What the front says. ``body`` is the index of the first line after it."""

    titles: list[TextLine] = field(default_factory=list)
    repeats: list[TextLine] = field(default_factory=list)
    subtitles: list[TextLine] = field(default_factory=list)
    bylines: list[tuple[TextLine, Byline]] = field(default_factory=list)
    salutations: list[TextLine] = field(default_factory=list)
    body: int = 0

    @property
    def title(self) -> str:
        return join_title([line.text for line in self.titles])

    @property
    def subtitle(self) -> str:
        return " ".join(_DASHES.sub("", line.text, count=1) for line in self.subtitles)


def read_front(lines: list[TextLine]) -> Front:
    """Sort the first lines; the body starts at ``Front.body``."""
    first, last = _salutations(lines)
    front = Front(salutations=lines[first:last], body=last)
    if first == last:
        front.body = first = _end_without_salutation(lines)
    for position, line in enumerate(lines[:first]):
        _place(front, line, lines[position + 1] if position + 1 < len(lines) else None)
    return front


def join_title(lines: list[str]) -> str:
    """One title of its lines: halves of a sentence close up, two clauses keep a blank between them."""
    joined = ""
    for line in map(tidy_title, lines):
        joined += line if not joined or _closes_up(joined, line) else f" {line}"
    return joined


def _closes_up(above: str, below: str) -> bool:
    """Whether two title lines are one broken sentence: 在全市…, 座谈会上的讲话; or 市委书记, 在…的讲话."""
    if below.startswith("的") or above.endswith(("的", "在")):
        return True
    if below.startswith("在"):
        return read_person(above) is not None
    return bool(kind_of(below)) and not kind_of(above)


def tidy_title(text: str) -> str:
    """A title line without Markdown, 标题：, a whole 《》 or the blanks of 政 府 工 作 报 告."""
    text = _LABEL.sub("", text.lstrip("#").strip(), count=1)
    if text.startswith("《") and text.endswith("》") and text.count("《") == 1:
        text = text[1:-1]
    parts = text.split()
    single = sum(len(part) == 1 and "\u3400" <= part <= "\u9fff" for part in parts)
    return "".join(parts) if len(parts) > 2 and single >= 0.7 * len(parts) else " ".join(parts)


def looks_like_title(text: str) -> bool:
    """A line that can be a title: no sentence, no label, no greeting, no remark, no bare redaction."""
    if len(text) > LONGEST_TITLE or _NO_TITLE_END.search(text) or has_sentence_end_inside(text):
        return False
    if text[-1] in "！？!?" and len(text) > PROSE:
        return False
    if _GREETING.match(text) or _TAG.match(text) or remarks(text):
        return False
    bare = text
    for span in redactions(text):
        bare = bare.replace(span.text, "")
    mark = mark_at(text, 0, len(text))
    return bool(_LETTER.search(bare)) and (mark is None or mark.style is MARKDOWN)


def _salutations(lines: list[TextLine]) -> tuple[int, int]:
    """The salutation lines as a range of indexes; empty when the text has none."""
    for first, line in enumerate(lines[:SEARCHED]):
        if is_salutation(line.text):
            return first, _last_salutation(lines, first)
        if _is_running(line):
            break
    return 0, 0


def _last_salutation(lines: list[TextLine], first: int) -> int:
    """The index behind the salutation that begins at ``first``; the same line again is none."""
    length = 0
    for position in range(first, len(lines)):
        text = lines[position].text
        length += len(text)
        repeated = position > first and text == lines[position - 1].text
        if not is_salutation(text) or repeated or length > MOST_SALUTATION:
            return position
    return len(lines)


def _is_running(line: TextLine) -> bool:
    """Whether the body has begun: prose, a heading, somebody's label, or an address with text behind it."""
    text = line.text
    longest = PROSE * (2 if text.isascii() else 1)
    prose = line.ends_sentence and (len(text) > longest or has_sentence_end_inside(text))
    if prose or len(text) > LONGEST_TITLE:
        return True
    mark = mark_at(text, 0, len(text))
    if opening(text) or (mark is not None and mark.style not in (BULLET, MARKDOWN)):
        return True
    return bool(_SPEAKER_LABEL.fullmatch(text)) and read_byline(text) is None


def _end_without_salutation(lines: list[TextLine]) -> int:
    """The index of the first body line of a text without a salutation."""
    titled = False
    for position, line in enumerate(lines[:SEARCHED]):
        if _is_running(line):
            return position
        byline = read_byline(line.text, first=not titled)
        if byline or _TAG.match(line.text) or (titled and _DASHES.match(line.text)):
            continue
        if not looks_like_title(line.text):
            return position
        if titled and not _completes(lines, position):
            return position
        titled = True
    return min(len(lines), SEARCHED) if titled else 0


def _completes(lines: list[TextLine], position: int) -> bool:
    """Whether a line right below the title is its second half: it brings the genre, or a subtitle follows."""
    line, above = lines[position], lines[position - 1]
    if line.number != above.number + 1:
        return False
    if kind_of(line.text) and not kind_of(above.text):
        return True
    below = lines[position + 1] if position + 1 < len(lines) else None
    return below is not None and bool(_DASHES.match(below.text) and not below.ends_sentence)


def _place(front: Front, line: TextLine, below: TextLine | None) -> None:
    """Give one line above the body its part."""
    if front.titles and _DASHES.match(line.text) and len(front.subtitles) < MOST_SUBTITLE_LINES:
        front.subtitles.append(line)
        return
    torn = below is not None and below.text.startswith("的")
    byline = None if torn else read_byline(line.text, first=not front.titles)
    if byline is None and looks_like_title(line.text) and _belongs_to_title(front, line):
        front.titles.append(line)
    elif byline is None and front.titles and _repeats(front, line):
        front.repeats.append(line)
    else:
        front.bylines.append((line, byline or Byline()))


def _belongs_to_title(front: Front, line: TextLine) -> bool:
    if not front.titles:
        return True
    if front.title in GENERIC and kind_of(line.text):
        front.repeats, front.titles = [*front.repeats, *front.titles], []
        return True
    too_long = len(front.title) + len(line.text) > MOST_TITLE or len(front.titles) >= MOST_TITLE_LINES
    if too_long or _repeats(front, line):
        return False
    adjacent = line.number == front.titles[-1].number + 1
    return adjacent or bool(kind_of(line.text) and not kind_of(front.title) and not front.bylines)


def _repeats(front: Front, line: TextLine) -> bool:
    """Whether a line says again what the title said (web pages print the title twice)."""
    said = re.sub(r"\s", "", front.title)
    again = re.sub(r"\s", "", tidy_title(line.text))
    return again in said or said in again or (len(again) > 6 and again[1:] in said)
