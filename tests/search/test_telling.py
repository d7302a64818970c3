"""Key phrases: judged by what a reader of the seeds would and would not call one."""

from __future__ import annotations

import pytest

from archive import search
from archive.models import Speech
from archive.search.engine import View
from archive.search.telling import dispersion
from tests.search.conftest import Make

FRAMES = {
    "工作",
    "加强",
    "推进",
    "学习",
    "同志",
    "今年",
    "我们",
    "问题",
    "要求",
    "发展",
    "建设",
    "中国",
    "提高",
}
FRAGMENTS = {
    "从严治党",
    "特色社会主义",
    "新时代中国",
    "中国特色",
    "二十大精神",
    "近平",
    "的建设",
    "党的",
    "事务管理局",
}

# Words of the text -> what must be among its key phrases, and what must not.
JUDGED = [
    ("以机关党建推动", {"机关党建", "全面从严治党", "党的二十大精神", "年轻干部"}, {"各项", "新时代"}),
    (
        "工作会上的讲话提纲",
        {"机关党的建设", "党风廉政建设", "干事创业", "不忘初心"},
        {"机关党", "牢记", "党员"},
    ),
    ("模范机关创建", {"市直机关", "机关作风", "党的二十大精神"}, {"直机关", "机关", "一级"}),
    ("机关事务管理局", {"机关事务管理局", "基层党组织建设"}, {"每个", "关键词", "基层党"}),
    ("主题党日", {"党史学习教育", "主体责任", "管党治党"}, {"学习教育", "党史学习", "党史"}),
]


@pytest.mark.parametrize(("words", "wanted", "unwanted"), JUDGED, ids=[row[0] for row in JUDGED])
def test_the_key_phrases_of_the_seeds_are_what_they_are_about(
    seeds: list[Speech], words: str, wanted: set[str], unwanted: set[str]
) -> None:
    speech = max(seeds, key=lambda speech: speech.text.count(words))
    found = search.key_phrases(speech)
    assert wanted <= set(found)
    assert not set(found) & (unwanted | FRAMES | FRAGMENTS)
    assert 4 < len(found) <= 12
    assert all(phrase in speech.text for phrase in found)


def test_none_is_part_of_another_that_stands_nearly_as_often(seeds: list[Speech]) -> None:
    for speech in seeds:
        found = search.key_phrases(speech)
        for one in found:
            for other in found:
                if one != other and one in other:
                    assert speech.text.count(one) >= 2 * speech.text.count(other)


def test_what_the_archive_says_everywhere_stands_back_behind_what_is_ones_own(make: Make) -> None:
    common, own = "乡村振兴战略要靠人才。", "推进数字人民币试点。"
    speech = make(f"讲话\n{common * 6}{own * 4}\n")
    assert search.key_phrases(speech)[0] == "乡村振兴战略"
    for number in range(60):
        make(f"第{number}次讲话\n{common * 6}\n")
    search.rebuild()
    assert search.key_phrases(speech)[0] == "数字人民币试点"


def test_a_phrase_is_told_as_the_text_writes_it(make: Make) -> None:
    speech = make("講話\n" + "社會企業要發展，社會企業有責任。" * 5 + "\n")
    search.rebuild()
    assert search.key_phrases(speech)[0] == "社會企業"


@pytest.mark.parametrize(
    "text", ["", "。", "讲话\n", "So we said it, and we said it again. " * 40, "啊" * 300, "***" * 50]
)
def test_a_text_that_says_nothing_over_and_over_has_none(make: Make, text: str) -> None:
    speech = make(text)
    search.rebuild()
    assert search.key_phrases(speech) == ()


def test_while_too_many_search_no_page_waits_for_them(
    seeds: list[Speech], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.search.telling.slots", search.Slots(waiting=-1))
    assert search.key_phrases(seeds[0]) == ()


def test_the_database_is_not_asked(seeds: list[Speech], django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        search.key_phrases(seeds[0])


def test_the_index_is_asked_for_each_pair_of_letters_once(
    seeds: list[Speech], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []

    def counting(view: View, *term: str) -> int:
        asked.append(term)
        return occurrences(view, *term)

    occurrences = View.occurrences
    monkeypatch.setattr(View, "occurrences", counting)
    search.key_phrases(seeds[0], most=11)  # not yet known
    assert asked
    assert len(asked) == len(set(asked))


def test_dispersion_is_none_for_what_runs_through_and_one_for_what_stands_in_one_place() -> None:
    assert dispersion(range(0, 100, 10), 100) == 0
    assert dispersion([1, 2, 3], 100) == pytest.approx(1)
    assert 0 < dispersion([5, 15, 25, 95], 100) < dispersion([5, 6, 7, 95], 100) < 1


def test_one_speech_more_leaves_the_others_their_key_phrases_and_a_larger_archive_does_not(
    seeds: list[Speech], make: Make
) -> None:
    found = search.key_phrases(seeds[0])
    make("短讲\n只说一句。")
    search.rebuild()
    assert search.key_phrases(seeds[0]) is found
    make("长讲\n" + seeds[0].text * 30)
    search.rebuild()
    assert search.key_phrases(seeds[0]) != found
