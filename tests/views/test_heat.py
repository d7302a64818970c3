from collections.abc import Callable
from unittest import mock

import pytest

from archive.compare import Segment, Span, Text, witnesses
from archive.models import Speech
from archive.views import heat

MakeSpeech = Callable[..., Speech]


def segment(start: int, end: int, witnesses: tuple[int, ...], nearly: tuple[int, ...] = ()) -> Segment:
    return Segment(Span(start, end), end - start, witnesses, nearly)


@pytest.mark.parametrize(
    ("others", "steps"),
    [
        (2, {1: 1, 2: 2}),
        (4, {1: 1, 2: 2, 3: 3, 4: 4}),
        (5, {1: 1, 2: 2, 3: 3, 4: 4, 5: 4}),
        (8, {1: 1, 2: 2, 3: 3, 5: 3, 6: 4, 8: 4}),
        (11, {1: 1, 2: 2, 3: 2, 4: 3, 7: 3, 8: 4, 11: 4}),
    ],
)
def test_there_are_at_most_four_steps_and_each_is_warmer(others: int, steps: dict[int, int]) -> None:
    assert {count: heat.step_of(count, others) for count in steps} == steps
    every = [heat.step_of(count, others) for count in range(others + 1)]
    assert every == sorted(every)
    assert (every[0], every[-1]) == (0, min(4, others))


def test_the_legend_counts_every_shared_letter_once() -> None:
    counts = (40, 10, 20, 5, 5, 10, 10)
    steps = heat.legend(counts, 100)
    assert [(step.label, step.letters, step.percent) for step in steps] == [
        ("1 篇", 10, 10.0),
        ("2 篇", 20, 20.0),
        ("3 篇", 5, 5.0),
        ("4–6 篇", 25, 25.0),
    ]
    assert sum(step.letters for step in steps) == sum(counts[1:])
    assert heat.legend((0, 0, 0), 0)[1].percent == 0.0


def test_who_shares_a_stretch_is_said_in_words() -> None:
    names = ["乙", "丙", "丁"]
    assert heat.said(segment(0, 9, (0, 2)), names) == "2 篇也有：乙、丁"
    assert heat.said(segment(0, 9, (1,), (0, 2)), names) == "1 篇也有：丙；近似：乙、丁"
    assert heat.said(segment(0, 9, (), (0,)), names) == "近似：乙"


def test_the_warmest_and_longest_are_marked_when_there_are_too_many() -> None:
    cold, long, warm = segment(0, 9, (0,)), segment(20, 40, (0,)), segment(50, 58, (0, 1))
    alone = segment(10, 20, ())
    assert heat.shown([cold, alone, long, warm]) == [cold, long, warm]
    with mock.patch.object(heat, "MARK_LIMIT", 2):
        assert heat.shown([cold, alone, long, warm]) == [long, warm]


def numbers(segments: list[Segment]) -> list[str | None]:
    marks = heat._marks(segments, {}, ["乙", "丙", "丁"], ["/b", "/c", "/d"])
    return [dict(mark.attributes).get("data-n") for mark in marks]


def test_a_number_stands_where_the_warmth_ends() -> None:
    assert numbers([segment(0, 9, (0,)), segment(20, 30, (0, 1))]) == [None, "2"]
    assert numbers([segment(0, 9, (0,)), segment(9, 20, (0, 1)), segment(20, 30, (0,))]) == ["1", "2", "1"]
    assert numbers([segment(0, 9, (0, 1)), segment(9, 20, (0, 2)), segment(20, 30, (1,))]) == [None, "2", "1"]


def test_a_mark_leads_to_the_first_passage_on_it_or_else_to_a_pair() -> None:
    listed, unlisted = segment(0, 9, (0,)), segment(20, 30, (1,))
    first, second = heat._marks([listed, unlisted], {1: [7, 3]}, ["乙", "丙"], ["/b", "/c"])
    assert (first.href, first.id, dict(first.attributes)["data-w"]) == ("#w7", "t1", "7 3")
    assert (second.href, "data-w" in dict(second.attributes)) == ("/c", False)


@pytest.mark.django_db
def test_the_strip_shows_the_warmest_of_each_column_at_its_place(make_speech: MakeSpeech) -> None:
    speech = make_speech("甲讲话\n一、从严\n" + "字" * 989 + "\n二、担当\n好。")
    length = len(speech.text)
    segments = [segment(10, 20, (0,)), segment(20, 21, (0, 1)), segment(length - 1, length, (0, 1))]
    strip = heat.strip(speech, segments, ["乙", "丙"])
    assert [bar.anchor for bar in strip.bars] == ["t1", "t2", "t3"]
    assert [bar.height for bar in strip.bars] == [20, 40, 40]
    assert all(bar.y + bar.height == strip.height and bar.width > 0 for bar in strip.bars)
    ends = [bar.x + bar.width for bar in strip.bars]
    assert ends == sorted(ends)
    assert ends[-1] <= strip.width
    assert strip.bars[-1].x > 0.99 * strip.width
    assert strip.ticks == (f"{4000 / length:.1f}", f"{1000 * speech.text.index('二、') / length:.1f}")


def test_an_empty_text_has_an_empty_strip() -> None:
    found = witnesses(Text(""), [Text("")])
    assert heat.shown(found.segments) == []
    assert heat.legend(found.counts, found.letters)[0].letters == 0
