"""Which lines are headings, and how deep.

Numbered headings come from runs of marks. A heading without a mark is a short line without a stop
between paragraphs of prose; texts that are not written in paragraphs (verse-like transcripts) have none.
The level follows from the order of first appearance: a style that is open closes what lies below it,
a new one goes one deeper.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.parsing.addresses import is_salutation
from archive.parsing.groups import LONGEST_HEADING, Marked, Run, find_runs, is_heading_run
from archive.parsing.lines import TextLine
from archive.parsing.marks import ADVERBS, ENGLISH, MARKDOWN, mark_at
from archive.text import Note

LONGEST_PLAIN = 32
SHORTEST_PROSE = 25
PROSE_SHARE = 0.5
"""Share of the lines that end a sentence, below which a text is not written in paragraphs."""
LONGEST_CUE = 20
FEWEST_CUES = 3
CUE_SHARE = 0.15
"""Share of lines like 主持人： from which a text is a conversation."""
PLAIN_SHARE = 0.25
PLAIN_RANK = 10
PLAIN_RUN = -1
"""All headings without a mark are one run."""
DEEPEST = 9
"""Levels; more is a puzzle, not a speech."""

_CLOSERS = re.compile(
    r"(?:结束语|結束語|结语|結語|结尾|后记|後記|尾声|附件|附录|附錄|Conclusion|Afterword)\s*[一二三四五六七八九十\d]?$",
    re.I,
)
_BRACKETED = re.compile("【[^【】。]{2,30}】")
_NOT_PLAIN = re.compile(
    r"[。！？；：，、”…!?.:;,）)》】\]>]$|[。；！？*]|[×Xx]{2}|https?://|^[（(\[【<|]|^\W*$|^[\d\s.,%-]+$"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: ``position`` is the index of its line in the body, ``end`` the offset where it stops."""

    position: int
    start: int
    end: int
    num: str
    text: str
    depth: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A heading before its depth is known; ``goes_on`` is the position of the last line of its ``run``."""

    position: int
    start: int
    end: int
    num: str
    text: str
    key: tuple[str, int]
    rank: int
    run: int
    goes_on: int


def find_headings(lines: list[TextLine]) -> tuple[list[Heading], list[Note]]:
    """The headings among the lines of the body, in order, and what is odd about their numbers."""
    runs = find_runs(lines)
    contents = _contents_table(runs)
    marked = {member.position for run in runs for member in run.members}
    prose = _is_prose([line for position, line in enumerate(lines) if position not in marked])
    chosen = [run for run in runs if is_heading_run(run, prose=prose) and id(run) not in contents]
    found = {c.position: c for number, run in enumerate(chosen) for c in _from_run(run, number)}
    if prose:
        found |= {c.position: c for c in _plain(lines, marked)}
    notes = [note for run in chosen for note in _odd_numbers(run)]
    return _with_depth([found[position] for position in sorted(found)]), notes


def _from_run(run: Run, number: int) -> list[_Candidate]:
    last = run.members[-1].position
    candidates = []
    for member in run.members:
        mark = member.mark
        end = member.line.end if member.stands_alone or mark.style is MARKDOWN else member.lead_end
        if mark.style.name == "article" and member.line.text[-1] in "。；：，:;.":
            end = mark.end
        num, text = num_and_text(member, end)
        level = mark.ordinal if mark.style is MARKDOWN else 0
        key = (mark.family, level)
        candidates.append(
            _Candidate(member.position, mark.start, end, num, text, key, mark.style.rank, number, last)
        )
    return candidates


def num_and_text(member: Marked, end: int) -> tuple[str, str]:
    """The mark and the words behind it; the #s of Markdown are no number, but one may stand behind them."""
    line = member.line
    behind = member.mark.end - line.start
    if member.mark.style is not MARKDOWN:
        return line.text[:behind], line.text[behind : end - line.start].strip()
    text = line.text[behind:].strip()
    inner = mark_at(text, 0, len(text))
    return (text[: inner.end], text[inner.end :].strip()) if inner else ("", text)


def _is_prose(lines: list[TextLine]) -> bool:
    """Whether a text is written in paragraphs: its lines end sentences, and few only name a speaker."""
    stopped = sum(line.ends_sentence for line in lines)
    cues = sum(len(line.text) <= LONGEST_CUE and line.text[-1] in "：:" for line in lines)
    talk = cues >= FEWEST_CUES and cues > CUE_SHARE * len(lines)
    return not talk and stopped >= PROSE_SHARE * (len(lines) - cues)


def _plain(lines: list[TextLine], marked: set[int]) -> list[_Candidate]:
    """Headings without a mark."""
    found = [i for i in range(len(lines)) if i not in marked and _is_plain_heading(lines, i, marked)]
    if len(found) > PLAIN_SHARE * len(lines) + 1:
        return []
    last = found[-1] if found else 0
    return [_plain_candidate(lines[i], i, last) for i in found]


def _plain_candidate(line: TextLine, position: int, last: int) -> _Candidate:
    key = ("closer", 0) if _CLOSERS.match(line.text) else ("plain", 0)
    return _Candidate(position, line.start, line.end, "", line.text, key, PLAIN_RANK, PLAIN_RUN, last)


def _is_plain_heading(lines: list[TextLine], position: int, marked: set[int]) -> bool:
    text = lines[position].text
    if len(text) > LONGEST_PLAIN * (2 if text.isascii() else 1) or position + 1 == len(lines):
        return False
    if _NOT_PLAIN.search(text) and not _BRACKETED.fullmatch(text):
        return False
    above = lines[position - 1] if position else None
    below = lines[position + 1]
    if above is not None and not (above.ends_sentence or position - 1 in marked):
        return False
    if _CLOSERS.match(text):
        return True
    prose = (below.ends_sentence and len(below.text) >= SHORTEST_PROSE) or is_salutation(below.text)
    return prose or (position + 1 in marked and len(below.text) <= LONGEST_HEADING)


def _with_depth(candidates: list[_Candidate]) -> list[Heading]:
    headings: list[Heading] = []
    stack: list[_Candidate] = []
    for candidate in candidates:
        _close(stack, candidate)
        stack.append(candidate)
        headings.append(
            Heading(
                candidate.position, candidate.start, candidate.end, candidate.num, candidate.text, len(stack)
            )
        )
    return headings


def _close(stack: list[_Candidate], new: _Candidate) -> None:
    """Take off the stack what ``new`` does not stand under."""
    if new.key[0] == "closer":
        stack.clear()
        return
    if new.key[0] == MARKDOWN.name:
        level = next(
            (i for i, c in enumerate(stack) if c.key[0] != MARKDOWN.name or c.key[1] >= new.key[1]),
            len(stack),
        )
        del stack[level:]
        return
    same = next((i for i, open_ in enumerate(stack) if _is_sibling(open_, new)), None)
    if same is not None:
        del stack[same:]
        return
    while stack and stack[-1].goes_on < new.position and stack[-1].rank > new.rank:
        stack.pop()
    del stack[DEEPEST - 1 :]


def _is_sibling(above: _Candidate, new: _Candidate) -> bool:
    """Of one run, or of one style when the run above is over: a run inside a run of its style lies deeper."""
    return above.run == new.run or (above.key == new.key and above.goes_on < new.position)


def _contents_table(runs: list[Run]) -> set[int]:
    """Runs (by id) that only list headings which come again below: a table of contents."""
    again = {member.rest: member.position for run in runs for member in run.members}
    return {
        id(run)
        for run in runs
        if len(run.members) > 1
        and all(member.same_below for member in run.members[:-1])
        and all(again[member.rest] > run.members[-1].position for member in run.members)
    }


def _odd_numbers(run: Run) -> list[Note]:
    """A number without the one before it is a note for the editor, not an error."""
    notes = []
    before = 0
    for member in run.members:
        mark = member.mark
        if mark.style not in (MARKDOWN, ADVERBS, ENGLISH) and mark.ordinal != before + 1:
            num = member.line.text[: mark.end - member.line.start]
            what = "前面没有第一项" if before == 0 else f"前面是第 {before} 项"
            notes.append(Note(member.line.number, "numbering", f"“{num.strip()}”{what}，请核对序号。"))
        before = mark.ordinal
    return notes
