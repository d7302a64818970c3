"""Our own exports coming back: the text letter by letter, and what was known about the speech.

``archive.formats`` writes down what stands between the pieces of a text, which Akoma Ntoso and Markdown have no
place for, with the SHA-256 of the whole. Where that agrees nobody has changed the file since, and what it tells is
believed; where it does not, the file is read like any other. Anybody can write such a file: so only blanks and the
marks of headings may stand between the pieces, and decisions are about lines that are there. Nothing comes in
that whoever reads the file, or the speech, would not see.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from archive.readers.document import Told
from archive.readers.elements import Element
from archive.text import clean

FACTS = ("title", "subtitle", "speaker", "role", "date", "event", "venue", "kind")
LONGEST = {"speaker": 100, "role": 200, "event": 200, "venue": 200, "kind": 40}
LONGEST_FACT = 300
MOST_DECISIONS = 20_000
DEEPEST = 9  # level of a heading
HIGHEST = 10**8  # number of a section or paragraph; links have room for 999,999,999, and new ones count on
MOST_BETWEEN = 10**7  # characters between all pieces, as few bytes may ask for many

_GAP = re.compile(r"[\s#]*")  # of Markdown's headings the marks are no words
_LEAVES = {"num", "heading", "from", "p"}
_FRONT = re.compile(r"---\n(?P<front>(?:[a-z0-9]+: .*\n){3,40})---\n")
_HASHES = re.compile(r"\A#{1,6} ")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def rejoined(pieces: Sequence[str], between: str, gaps: Mapping[int, str], sha256: str) -> str | None:
    """The text that was taken apart into ``pieces``; None when it is not the one that was."""
    if not _are_gaps(between, gaps, len(pieces)):
        return None
    written = [gaps.get(0, "")]
    for n, piece in enumerate(pieces):
        if n:
            written.append(gaps.get(n, between))
        written.append(piece)
    if pieces:
        written.append(gaps.get(len(pieces), ""))
    text = "".join(written)
    same = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() == sha256 and clean(text).text == text
    return text if same else None


def _are_gaps(between: str, gaps: Mapping[int, str], pieces: int) -> bool:
    """Whether nothing is hidden in them, and they are no more than what one text may have."""
    return len(between) * pieces <= MOST_BETWEEN and all(map(_GAP.fullmatch, (between, *gaps.values())))


def told(
    text: str, facts: Mapping[str, Any], decisions: Iterable[Any], sections: Any, paragraphs: Any
) -> Told:
    """What a file says of the speech with this text, as far as it can be that."""
    known = tuple((name, _fact(name, facts[name])) for name in FACTS if isinstance(facts.get(name), str))
    return Told(
        tuple((name, said) for name, said in known if _is_fact(name, said)),
        tuple(_decisions(text, decisions)),
        _numbers(sections),
        _numbers(paragraphs),
    )


def _fact(name: str, said: str) -> str:
    """One line without what cannot be seen."""
    return " ".join(clean(said).text.split("\n"))[: LONGEST.get(name, LONGEST_FACT)]


def _is_fact(name: str, said: str) -> bool:
    """Everything may be known to be nothing, but a title."""
    return name != "title" if not said else name != "date" or _is_date(said)


def _is_date(said: str) -> bool:
    if not _DATE.fullmatch(said):
        return False
    try:
        datetime.date.fromisoformat((said + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _decisions(text: str, said: Iterable[Any]) -> Iterable[tuple[str, int, int]]:
    """Those about a line that is there, the first MOST_DECISIONS."""
    lines = Counter(text.split("\n"))
    for each in islice(said, MOST_DECISIONS):
        match each:
            case [str(line), level, nth] if type(level) is int and type(nth) is int:
                if 0 <= level <= DEEPEST and 0 < nth <= lines[line]:
                    yield line, level, nth


def _numbers(said: Any) -> tuple[int, ...]:
    """Numbers that can stand in links, each once; none where one of them cannot."""
    numbers = tuple(said) if isinstance(said, list | tuple) else ()
    good = all(type(number) is int and 0 <= number <= HIGHEST for number in numbers)
    return numbers if good and len(set(numbers)) == len(numbers) else ()


def from_akoma(root: Element) -> tuple[str, Told] | None:
    """The text of an Akoma Ntoso document of ours and what it tells; None for any other."""
    layout = _layout(root)
    if layout is None:
        return None
    gaps = {_int(gap.get("before")): gap.get("text") for gap in layout if _local(gap) == "gap"}
    text = rejoined(list(_leaves(root)), layout.get("between"), gaps, layout.get("sha256"))
    if text is None:
        return None
    about = next((child for child in layout if _local(child) == "about"), None)
    decisions = [
        (each.get("line"), _int(each.get("level")), _int(each.get("nth")))
        for each in layout
        if _local(each) == "decision"
    ]
    sections, paragraphs = ([*map(_int, layout.get(n).split())] for n in ("sections", "paragraphs"))
    return text, told(text, about.attributes if about else {}, decisions, sections, paragraphs)


def _layout(root: Element) -> Element | None:
    found = [root]
    for step in ("debate", "meta", "proprietary", "layout"):
        found = [child for each in found for child in each if _local(child) == step]
    return found[0] if found else None


def _leaves(root: Element) -> Iterable[str]:
    """The words of every leaf of preface and debateBody that has any, in order."""
    todo = [child for document in root for child in document if _local(child) != "meta"][::-1]
    while todo:
        element = todo.pop()
        if _local(element) not in _LEAVES:
            todo.extend(list(element)[::-1])
        elif words := _words(element):
            yield words


def _words(element: Element) -> str:
    return "".join(child if isinstance(child, str) else _words(child) for child in element.children)


def _local(element: Element) -> str:
    return element.tag.rpartition(":")[2]


def _int(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 11 else -1


def from_markdown(text: str) -> tuple[str, Told | None] | None:
    """The text of a Markdown document of ours and what it tells, or None for any other.

    One that somebody has changed since is the body without its escapes, and tells nothing.
    """
    found = _FRONT.match(text)
    front = _front(found["front"]) if found else {}
    if found is None or not isinstance(front.get("sha256"), str):
        return None
    body = text[found.end() :].strip("\n")
    given, between = front.get("gaps"), front.get("between")
    gaps = (
        {_int(n): gap for n, gap in given.items() if isinstance(gap, str)} if isinstance(given, dict) else {}
    )
    lines = [unescaped(_HASHES.sub("", block, count=1)) for block in body.split("\n\n")]
    whole = rejoined(lines, between if isinstance(between, str) else "\n", gaps, front["sha256"])
    if whole is None:
        return unescaped(body), None
    decisions = front.get("decisions")
    return whole, told(
        whole,
        front,
        decisions if isinstance(decisions, list) else (),
        front.get("sections"),
        front.get("paragraphs"),
    )


def _front(lines: str) -> dict[str, Any]:
    """The front matter: names and JSON; what is neither is passed over."""
    found: dict[str, Any] = {}
    for line in lines.split("\n"):
        name, _colon, value = line.partition(": ")
        with suppress(ValueError, RecursionError):
            found[name] = json.loads(value)
    return found


def unescaped(text: str) -> str:
    """Without the backslashes that take the meaning of a sign (CommonMark 0.31, 2.4)."""
    return _ESCAPED.sub(r"\1", text)
