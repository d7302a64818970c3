"""Runs of marked lines: which 二、 continues which 一、, and whether the run numbers headings or items.

A run is judged as a whole, because its lines look alike to a reader: a last clause that ends in 。 is no
heading when those before it end in ；.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.parsing.lines import CLOSERS, TextLine, has_sentence_end_inside
from archive.parsing.marks import BULLET, MARKDOWN, Mark, mark_at

LONGEST_HEADING = 60
"""Characters of a heading line, mark included."""
LONGEST_LEAD = 58
"""Characters of a lead sentence that can head the text behind it on the same line."""
OPEN_RUNS = 4
"""Runs of one style that can still go on; deeper nesting of one style does not occur."""
STRUCTURE = 5
"""Rank of 第一条; above it (部分, 编, 章, 节) a mark on a line of its own is a heading, also when alone."""
BELOW_TOP = 9
"""Rank of （一）: from it on nearly all lines of a run must look like headings."""
MOSTLY = 0.8
HALF = 0.5
DETAIL = 11
"""Rank of 1.: from it on, a run without any text between its lines is a list."""


@dataclass(slots=True)
class Marked:
    """A line that begins with a mark; ``position`` is its index among the lines of the body."""

    position: int
    line: TextLine
    mark: Mark
    followed: bool
    same_below: bool = False

    @property
    def rest(self) -> str:
        return self.line.text[self.mark.end - self.line.start :].strip()

    @property
    def stands_alone(self) -> bool:
        return len(self.line.text) <= LONGEST_HEADING and not has_sentence_end_inside(self.rest)

    @property
    def lead_end(self) -> int:
        """Offset behind the lead sentence of running text; the mark's end when it is long or missing."""
        stop = next((i for i, char in enumerate(self.rest) if char in "。！？；"), -1)
        if not 0 < stop <= LONGEST_LEAD or self.rest[stop] == "；":
            return self.mark.end
        while stop + 1 < len(self.rest) and self.rest[stop + 1] in CLOSERS:
            stop += 1
        return self.line.end - len(self.rest) + stop + 1


@dataclass(slots=True)
class Run:
    """Lines of one style in sequence."""

    members: list[Marked] = field(default_factory=list)

    @property
    def last(self) -> int:
        return self.members[-1].mark.ordinal


def find_runs(lines: list[TextLine]) -> list[Run]:
    """All runs of marked lines, in order of their first line."""
    runs: list[Run] = []
    open_runs: dict[str, list[Run]] = {}
    for position, line in enumerate(lines):
        mark = mark_at(line.text, 0, len(line.text))
        if mark is None:
            continue
        mark = _moved(mark, line.start)
        marked = Marked(position, line, mark, position + 1 < len(lines))
        candidates = open_runs.setdefault(mark.family, [])
        run = _continued(candidates, marked)
        if run is None:
            run = Run()
            runs.append(run)
            candidates.append(run)
            del candidates[:-OPEN_RUNS]
        else:
            del candidates[candidates.index(run) + 1 :]
            run.members[-1].same_below = run.members[-1].position + 1 == position
        run.members.append(marked)
    return runs


def is_heading_run(run: Run, *, prose: bool) -> bool:
    """Whether the lines of ``run`` are headings; else they are paragraphs with items.

    ``prose``: the text is written in paragraphs. In talk taken down line by line 第一，… is no heading.
    """
    style = run.members[0].mark.style
    if style is BULLET:
        return False
    if style is MARKDOWN or style.name == "article":
        return True
    if style.rank < STRUCTURE:
        return all(member.stands_alone and not member.line.ends_sentence for member in run.members)
    if len(run.members) == 1 and run.last != 1:
        return style.firm and style.rank < DETAIL and run.members[0].stands_alone
    return _is_firm(run) if style.firm else _is_weak(run, prose=prose)


def _is_firm(run: Run) -> bool:
    """一、, （一）, 1.: headings when they look like it, or when a lead sentence heads what follows."""
    style = run.members[0].mark.style
    count = len(run.members)
    alone = [member for member in run.members if member.stands_alone]
    leads = sum(not m.stands_alone and m.lead_end > m.mark.end for m in run.members)
    if len(alone) + leads < count * (MOSTLY if style.rank >= BELOW_TOP else HALF) or _is_list(run):
        return False
    with_text = _with_text(run)
    if style.rank >= DETAIL and with_text + leads < count * HALF:
        return False
    sentences = len(alone) == count > 1 and all(member.line.ends_sentence for member in alone)
    return style.rank < BELOW_TOP or not sentences or with_text >= count * HALF


def _is_weak(run: Run, *, prose: bool) -> bool:
    """一是, 第一，, ①, 关键词一：: headings only when nearly all stand alone and head a text."""
    count = len(run.members)
    style = run.members[0].mark.style
    if count == 1 or run.members[0].mark.ordinal != 1 or _is_list(run) or not (prose or style.label):
        return False
    needed = MOSTLY if all(member.line.ends_sentence for member in run.members) else HALF
    alone = sum(member.stands_alone for member in run.members)
    return alone >= MOSTLY * count and _with_text(run) >= needed * count


def _with_text(run: Run) -> int:
    """How many lines have something else than the next of the run below them."""
    return sum(member.followed and not member.same_below for member in run.members)


def _is_list(run: Run) -> bool:
    """Clauses of one long sentence: …；…；….”"""
    clauses = sum(member.line.text[-1] in "；;，,、" for member in run.members)
    return clauses >= max(1, len(run.members) / 3)


def _continued(candidates: list[Run], marked: Marked) -> Run | None:
    """The run that ``marked`` goes on with; None when it begins one."""
    ordinal = marked.mark.ordinal
    if marked.mark.style in (BULLET, MARKDOWN):
        return candidates[-1] if candidates else None
    if ordinal == 1 or not candidates:
        return None
    fitting = [run for run in candidates if run.last == ordinal - 1]
    if not fitting:
        return candidates[-1] if ordinal > candidates[-1].last else None
    alike = [run for run in fitting if run.members[-1].stands_alone == marked.stands_alone]
    return (alike or fitting)[-1]


def _moved(mark: Mark, by: int) -> Mark:
    return Mark(mark.style, mark.ordinal, mark.start + by, mark.end + by, mark.label)
