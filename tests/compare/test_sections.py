from itertools import zip_longest
from unittest import mock

import pytest

from archive.compare import Part, Span, Text, Unit
from archive.compare import sections as module
from archive.compare.families import Passage
from archive.compare.normalise import Letters, normalise
from archive.compare.sections import Words, align, ranked, similarities

STUDY = "坚持理论学习，用党的创新理论武装头脑，抓好中心组学习和青年理论学习小组。"
CLEAN = "严肃监督执纪，驰而不息纠治四风，开展警示教育，一体推进不敢腐不能腐不想腐。"
BASE = "大抓基层支部，建强战斗堡垒，推进支部规范化建设，严格党员教育管理。"
STUDY_2 = "加强理论武装，中心组带头开展理论学习，办好青年理论学习小组，入脑入心。"
CLEAN_2 = "持续纠治四风，强化监督执纪问责，用身边案例开展警示教育，做到不想腐。"


Outlined = tuple[Letters, list[Unit]]


def outlined(*sections: str, parts: tuple[Part, ...] = ()) -> Outlined:
    units, start = [], 0
    for section, part in zip_longest(sections, parts, fillvalue="body"):
        units.append(Unit(start, start + len(section) + 1, part=part))  # type: ignore[arg-type]
        start = units[-1].end
    return normalise(Text("".join(f"{s}\n" for s in sections)), "a"), units


def pairs(a: Outlined, b: Outlined) -> list[tuple[int | None, int | None]]:
    return [(pair.a, pair.b) for pair in align(a, b, [])]


def alike(a: list[str], b: list[str]) -> list[list[float]]:
    return similarities([Words(string) for string in a], [Words(string) for string in b])


def test_sections_meet_by_theme_in_any_order() -> None:
    assert pairs(outlined(STUDY, CLEAN), outlined(CLEAN_2, STUDY_2)) == [(0, 1), (1, 0)]


def test_a_section_without_a_counterpart_stands_alone_on_either_side() -> None:
    assert pairs(outlined(STUDY, BASE), outlined(CLEAN_2, STUDY_2)) == [(0, 1), (1, None), (None, 0)]


def test_no_outline_no_pairs() -> None:
    assert pairs(outlined(), outlined()) == []
    assert pairs(outlined(), outlined(STUDY)) == [(None, 0)]
    assert pairs(outlined("，。"), outlined("……")) == [(0, None), (None, 0)]


def test_two_texts_of_one_equal_section_meet() -> None:
    assert pairs(outlined(STUDY), outlined(STUDY)) == [(0, 0)]


def test_similarity_lies_between_nothing_and_the_same() -> None:
    [[same, other]] = alike([STUDY], [STUDY, "今天天气晴朗，万里无云"])
    assert round(same, 6) == 1.0
    assert other == 0.0


def test_a_section_that_speaks_of_everything_attracts_less() -> None:
    long = STUDY + CLEAN + BASE * 8
    [[plain, _, _, _]] = alike([STUDY], [STUDY_2, CLEAN_2, BASE, BASE])
    [[damped, _, _, _]] = alike([STUDY], [long, CLEAN_2, BASE, BASE])
    [[_, undamped]] = alike([STUDY], [long, long])
    assert damped < undamped
    assert damped < plain


def test_a_heading_says_more_than_as_many_words_below_it() -> None:
    """Two sections of the same letters: the one that is called so answers."""
    named, other = Words(CLEAN + STUDY, STUDY), Words(CLEAN + STUDY, CLEAN)
    [[plain, _], [wanted, unwanted]] = similarities(
        [Words(STUDY_2), Words(STUDY_2, STUDY_2[:10])], [named, other]
    )
    assert wanted > unwanted
    assert wanted > plain


def test_an_opening_answers_an_opening_and_no_section() -> None:
    assert pairs(outlined(STUDY, CLEAN), outlined(CLEAN_2, STUDY_2)) == [(0, 1), (1, 0)]
    a, b = (
        outlined(STUDY, CLEAN, parts=("front", "body")),
        outlined(CLEAN_2, STUDY_2, parts=("front", "body")),
    )
    assert pairs(a, b) == [(0, None), (1, None), (None, 0), (None, 1)]
    a, b = (
        outlined(STUDY, CLEAN, parts=("front", "body")),
        outlined(STUDY_2, CLEAN_2, parts=("front", "body")),
    )
    assert pairs(a, b) == [(0, 0), (1, 1)]


@pytest.mark.parametrize(
    ("row", "answers"), [([0.1, 0.3, 0.2, 0.9], [1, 2, 0]), ([0.0, 0.0, 0.0, 0.0], [0, 1, 2])]
)
def test_answers_come_likest_first_and_then_in_the_order_of_the_text(
    row: list[float], answers: list[int]
) -> None:
    units = [*[Unit(n, n + 1) for n in range(3)], Unit(3, 4, part="back")]
    assert ranked(Unit(0, 9), units, row) == answers


def test_shared_letters_count_once_in_the_section_where_they_stand() -> None:
    a, b = outlined("甲乙，丙丁", STUDY), outlined("甲乙丙丁", STUDY)
    rows = [
        Passage("exact", Span(0, 4), Span(0, 3), 3, 1.0),
        Passage("exact", Span(1, 5), Span(1, 4), 3, 1.0),
        Passage("exact", Span(0, 4), Span(0, 3), 3, 1.0),
    ]
    assert [pair.shared for pair in align(a, b, rows)] == [4, 0]


def test_outlines_of_too_many_sections_are_left_alone() -> None:
    with mock.patch.object(module, "PAIR_LIMIT", 3):
        assert pairs(outlined(STUDY, CLEAN), outlined(CLEAN_2, STUDY_2)) == []
        assert pairs(outlined(STUDY), outlined(CLEAN_2, STUDY_2)) == [(0, 1), (None, 0)]
