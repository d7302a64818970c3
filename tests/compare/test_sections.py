from unittest import mock

from archive.compare import Span, Text
from archive.compare import sections as module
from archive.compare.families import Passage
from archive.compare.normalise import Letters, normalise
from archive.compare.sections import align, similarities

STUDY = "坚持理论学习，用党的创新理论武装头脑，抓好中心组学习和青年理论学习小组。"
CLEAN = "严肃监督执纪，驰而不息纠治四风，开展警示教育，一体推进不敢腐不能腐不想腐。"
BASE = "大抓基层支部，建强战斗堡垒，推进支部规范化建设，严格党员教育管理。"
STUDY_2 = "加强理论武装，中心组带头开展理论学习，办好青年理论学习小组，入脑入心。"
CLEAN_2 = "持续纠治四风，强化监督执纪问责，用身边案例开展警示教育，做到不想腐。"


def outlined(*sections: str) -> tuple[Letters, list[Span]]:
    spans, start = [], 0
    for section in sections:
        spans.append(Span(start, start + len(section) + 1))
        start = spans[-1].end
    return normalise(Text("".join(f"{s}\n" for s in sections)), "a"), spans


def pairs(
    a: tuple[Letters, list[Span]], b: tuple[Letters, list[Span]]
) -> list[tuple[int | None, int | None]]:
    return [(pair.a, pair.b) for pair in align(a, b, [])]


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
    [[same, other]] = similarities([STUDY], [STUDY, "今天天气晴朗，万里无云"])
    assert round(same, 6) == 1.0
    assert other == 0.0


def test_a_section_that_speaks_of_everything_attracts_less() -> None:
    long = STUDY + CLEAN + BASE * 8
    [[plain, _, _, _]] = similarities([STUDY], [STUDY_2, CLEAN_2, BASE, BASE])
    [[damped, _, _, _]] = similarities([STUDY], [long, CLEAN_2, BASE, BASE])
    [[_, undamped]] = similarities([STUDY], [long, long])
    assert damped < undamped
    assert damped < plain


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
