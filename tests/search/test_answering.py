"""Answers that are kept: valid for one state of the archive, bounded, and worth their room."""

from __future__ import annotations

import pytest

from archive import search
from archive.models import IndexChange, Speech
from archive.search import Filters, Query
from archive.search.answering import Answers
from archive.search.letters import Letters, Needle
from archive.search.matching import count
from archive.search.query import parse
from archive.search.scanning import Scan

from .conftest import Make


class Counting(Scan):
    """Knows how often it was asked for a phrase."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def standing(self, sought: Needle) -> set[int]:
        self.asked += 1
        return super().standing(sought)


@pytest.fixture
def reading(make: Make) -> Counting:
    for number in range(30):
        make(f"第{number}篇\n党建工作，学习。", title=f"第{number}篇")
    return Counting()


def ask(answers: Answers, reading: Counting, query: Query, without: int = 0) -> int:
    """How often the reading had to be asked."""
    before = reading.asked
    published = set(Speech.objects.values_list("pk", flat=True)[without:])
    answer = answers.answer(reading, published, query, parse(query.raw))
    assert len(answer.ranked) == 30 - without
    return reading.asked - before


def test_the_next_page_and_the_same_question_otherwise_typed_ask_nothing(reading: Counting) -> None:
    answers = Answers()
    assert ask(answers, reading, Query("党建 学习"))
    assert ask(answers, reading, Query("党建 学习", page=2)) == 0
    assert ask(answers, reading, Query("党建　学习")) == 0


def test_another_order_or_filter_is_another_answer(reading: Counting) -> None:
    answers = Answers()
    ask(answers, reading, Query("党建"))
    assert ask(answers, reading, Query("党建", sort="newest"))
    assert ask(answers, reading, Query("党建", Filters(kinds=("",))))


def test_what_is_kept_ends_with_the_state_it_was_found_in(reading: Counting) -> None:
    answers = Answers()
    ask(answers, reading, Query("党建"))
    assert ask(answers, reading, Query("党建"), without=1)
    assert ask(answers, Counting(), Query("党建"), without=1)


def test_the_oldest_answer_makes_room(reading: Counting) -> None:
    answers = Answers(most=70)  # two answers of thirty documents
    for raw in ("党建", "学习", "工作"):
        ask(answers, reading, Query(raw))
    assert ask(answers, reading, Query("工作")) == 0
    assert ask(answers, reading, Query("党建"))


def test_a_speech_withdrawn_behind_the_index_is_gone_from_an_answer_that_was_kept(make: Make) -> None:
    for title in "甲乙":
        make(f"{title}\n党建。", title=title)
    search.rebuild()
    assert search.find(Query("党建")).total == 2
    Speech.objects.filter(title="甲").update(published=False)
    IndexChange.objects.all().delete()
    assert [hit.title for hit in search.find(Query("党建")).hits] == ["乙"]


def test_a_new_title_shows_at_once_in_an_answer_that_was_kept(indexed: Speech) -> None:
    search.find(Query("党建"))
    Speech.objects.filter(pk=indexed.pk).update(title="改过的题目")
    (hit,) = search.find(Query("党建")).hits
    assert hit.title == "改过的题目"


@pytest.mark.parametrize("letters", [2, 5])
def test_a_query_at_the_limit_that_finds_nothing_is_answered(indexed: Speech, letters: int) -> None:
    """Written out, with 或 for every bar, it has more pieces than a query may have, and may be longer."""
    words = [chr(0x4E00 + 37 * n) * letters for n in range(32)]
    raw = " ".join("|".join(pair) for pair in zip(words[::2], words[1::2], strict=True))
    assert len(raw) <= 200
    assert search.find(Query(raw)).total == 0


@pytest.mark.parametrize(
    "query", ["发展马克思主义", "党建工作马克思主义", "的党的", "学习学习马克思主义", "建设 党"]
)
def test_what_the_index_has_counted_is_what_stands_in_the_text(make: Make, query: str) -> None:
    texts = {
        "甲": "马克思主义的党，发展马克思主义。",
        "乙": "马克思主义要发展，发展，再发展；党的建设。",
        "丙": "党建工作是学习的党建工作，学习马克思主义，学习学习再学习。",
    }
    for title, text in texts.items():
        make(f"{title}\n{text}", title=title)
    make("发展的党的建设工作。马克思主义，学习。", title="不在正文里的发展")
    search.drain()
    found = search.find(Query(query)).hits
    assert found
    for hit in found:
        letters = Letters.of(Speech.objects.get(pk=hit.id).text)
        assert hit.hits == count(parse(query), letters.letters, letters.apart), hit.title
