"""Known items: queries made from an archive's own texts, each with the speeches that it must find.

No judgements are needed: who types four words of a line, or a question with a paragraph's own words, looks
for that speech. Several may share a title or a heading, and then any of them will do.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archive.models import Paragraph, Section, Speech
from archive.text import words

MOST = 60  # letters of a title or heading that somebody may type
LEAST = 4
_letters = re.compile(r"[^\W\d_]")
OPENINGS = ("如何", "怎么", "为什么", "什么是", "怎样做好", "请问关于", "")
BETWEEN = ("的", "和", "与", "在", "对", "", "", "")
ENDINGS = ("？", "是什么", "有哪些要求？", "怎么办", "吗？", "")


@dataclass(frozen=True, slots=True)
class Known:
    """A query, and the keys of the speeches of which one should come first."""

    query: str
    speeches: frozenset[int]


def titles(count: int) -> list[Known]:
    return _sampled(Speech.objects.published().order_by("pk").values_list("title", "pk"), count)


def headings(count: int) -> list[Known]:
    rows = Section.objects.filter(speech__published=True).exclude(heading="").order_by("pk")
    return _sampled(rows.values_list("heading", "speech"), count)


def _sampled(rows: Iterator[tuple[str, int]], count: int) -> list[Known]:
    speeches: dict[str, set[int]] = defaultdict(set)
    for text, pk in rows:
        if len(_letters.findall(text)) >= LEAST and len(text) <= MOST:
            speeches[" ".join(text.split())].add(pk)
    wanted = sorted(speeches)
    random.Random(1).shuffle(wanted)
    return [Known(text, frozenset(speeches[text])) for text in wanted[:count]]


def four_words(count: int) -> list[Known]:
    """Four words of one line, in the line's order, with blanks between."""

    def query(dice: random.Random, found: list[str]) -> str:
        return " ".join(found[i] for i in sorted(dice.sample(range(len(found)), 4)))

    return _from_lines(count, 6, random.Random(2), query)


def questions(count: int) -> list[Known]:
    """Six to ten words of one paragraph in any order, among words that only make a question of them."""

    def query(dice: random.Random, found: list[str]) -> str:
        chosen = dice.sample(found, min(len(found), dice.randint(6, 10)))
        inner = "".join(word + dice.choice(BETWEEN) for word in chosen)
        return dice.choice(OPENINGS) + inner + dice.choice(ENDINGS)

    return _from_lines(count, 10, random.Random(3), query)


def _from_lines(
    count: int, least: int, dice: random.Random, query: Callable[[random.Random, list[str]], str]
) -> list[Known]:
    """``count`` queries, each from a paragraph with at least so many different Chinese words."""
    rows = Paragraph.objects.filter(speech__published=True).order_by("pk")
    places = list(rows.values_list("speech", "start", "end"))
    dice.shuffle(places)
    texts: dict[int, str] = {}
    found: list[Known] = []
    for pk, start, end in places:
        if len(found) == count:
            break
        if pk not in texts:
            texts[pk] = Speech.objects.values_list("text", flat=True).get(pk=pk)
        different = [word for word in words.counts(texts[pk][start:end]) if not word.isascii()]
        if len(different) >= least:
            found.append(Known(query(dice, different), frozenset([pk])))
    return found


KINDS: dict[str, Callable[[int], list[Known]]] = {
    "title": titles,
    "heading": headings,
    "four words of one line": four_words,
    "question of 6-10 words": questions,
}
