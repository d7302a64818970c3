from collections.abc import Callable
from typing import Any

import pytest

from archive.compare import Passage, Span, Text, compare, witnesses
from archive.models import Speech
from archive.views import heat, witnessed

MakeSpeech = Callable[..., Speech]

pytestmark = pytest.mark.django_db

CORE, HEAD, TAIL = "全面从严治党永远在路上", "坚定不移推进", "党的建设一刻不停歇"


def near(start: int, end: int, length: int) -> Passage:
    return Passage("near", Span(start, end), Span(0, end - start), length, 0.9)


def spans(groups: list[dict[int, Passage]]) -> list[dict[int, tuple[int, int]]]:
    return [{n: tuple(passage.a) for n, passage in group.items()} for group in groups]


def test_near_passages_over_each_other_are_told_together_and_the_longest_leads() -> None:
    first, second = (
        [near(0, 40, 30), near(100, 120, 15)],
        [near(4, 44, 35), near(98, 118, 12), near(300, 330, 20)],
    )
    assert spans(witnessed._groups([first, second])) == [
        {1: (4, 44), 0: (0, 40)},
        {1: (300, 330)},
        {0: (100, 120), 1: (98, 118)},
    ]


def test_near_passages_that_hardly_touch_are_not_one() -> None:
    assert len(witnessed._groups([[near(0, 40, 30)], [near(30, 70, 30)]])) == 2
    assert len(witnessed._groups([[near(0, 100, 90)], [near(0, 20, 18)]])) == 2


def test_of_each_other_the_best_near_passage_counts() -> None:
    (group,) = witnessed._groups([[near(0, 40, 30), near(2, 40, 34)]])
    assert spans([group]) == [{0: (2, 40)}]


def laid(make_speech: MakeSpeech, *texts: str) -> tuple[list[witnessed.Item], dict[int, list[int]], Any]:
    speeches = [make_speech(text) for text in texts]
    found = witnesses(Text(speeches[0].text), [Text(speech.text) for speech in speeches[1:]], 8)
    others = witnessed.Others("乙丙丁"[: len(texts) - 1], speeches[1:])
    items = witnessed.listed(speeches[0], found.passages, others)
    segments = heat.shown(found.segments)
    return items, witnessed.connect(items, segments, others.names), segments


def test_whatever_stretch_leads_to_a_passage_is_told_there_who_shares_it(make_speech: MakeSpeech) -> None:
    """Two passages that overlap in fewer letters than a passage has: no passage has both witnesses."""
    items, leading, segments = laid(
        make_speech,
        f"一篇\n{HEAD}{CORE}{TAIL}",
        f"二篇\n{HEAD}{CORE[:7]}另说",
        f"三篇\n别的{CORE[3:]}{TAIL}",
    )
    by_number = {item.number: item for item in items}
    for number, segment in enumerate(segments, start=1):
        item = by_number[leading[number][0]]
        assert {*segment.witnesses} <= item.witnesses | {*item.partly}, segment
    both = next(segment for segment in segments if segment.count == 2)
    assert both.letters == 4
    assert [item.named for item in items] == [[("乙", 2)], [("丙", 1)]]


def test_places_are_those_of_the_passage_itself_and_the_others_are_counted(make_speech: MakeSpeech) -> None:
    items, _leading, _segments = laid(make_speech, f"一篇\n{f'{CORE}。' * 15}", f"二篇\n{CORE}")
    (item,) = items
    assert (len(item.places), item.more) == (witnessed.PLACES, 3)


def test_those_who_have_the_same_longer_words_stand_together(make_speech: MakeSpeech) -> None:
    (item,), _leading, _segments = laid(
        make_speech,
        f"一篇\n说{CORE}{TAIL}",
        f"二篇\n{CORE}",
        f"三篇\n讲{CORE}{TAIL}",
        f"四篇\n谈{CORE}{TAIL}",
    )
    assert [[having.name for having in group.having] for group in item.groups] == [["乙"], ["丙", "丁"]]
    assert (item.groups[0].wording, item.groups[1].wording) == ("", f"{CORE}{TAIL}")
    assert item.groups[1].note == f"{len(CORE + TAIL)} 字"


def test_a_near_passage_shows_what_each_other_has_instead(make_speech: MakeSpeech) -> None:
    base = make_speech("一篇\n要切实承担起全面从严治党主体责任。")
    other = make_speech("二篇\n切实担负起全面从严治党主体责任。")
    found = compare(Text(base.text), Text(other.text)).near
    (item,), left = witnessed.nearly(base, [found], witnessed.Others(["乙"], [other]), 5)
    assert (item.number, left, item.near, item.witnesses) == (5, 0, True, {0})
    assert '<span class="near odd">承</span>' in item.text
    assert '<span class="near odd">负</span>' in item.groups[0].wording
    assert item.groups[0].note == "14 字相同，相似 93 %"
