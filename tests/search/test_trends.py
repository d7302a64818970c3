"""Trends: the counts of every year, against counting by hand and by brute force."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import search
from archive.models import Speech
from archive.search import Filters, LineQuery, QueryError
from tests.search.conftest import Make
from tests.search.test_concordance import runs, standing


@pytest.fixture
def archive(make: Make) -> list[Speech]:
    """Two speeches of 2018, none of 2019, one of 2020, one without a date."""
    made = [
        make("甲\n党建，党建。\n", date_iso="2018-05", speaker="张三"),
        make("乙\n说学习。\n", date_iso="2018", speaker="李四"),
        make("丙\n学习党建。\n", date_iso="2020-01-02", speaker="张三"),
        make("丁\n党建\n", speaker="张三"),
    ]
    search.rebuild()
    return made


def test_each_year_with_a_speech_is_counted_and_a_gap_is_no_year(archive: list[Speech]) -> None:
    found = search.find_trends(["党建", "学习"])
    years = [(year.year, year.characters, year.speeches) for year in found.years]
    assert years == [("2018", 9 + 7, 2), ("2020", 8, 1)]
    assert (found.unknown.characters, found.unknown.speeches) == (5, 1)
    party, study = found.queries
    assert (party.raw, party.explained, party.total) == ("党建", "查找“党建”。", 4)
    assert [(at.year, at.occurrences, at.speeches) for at in party.years] == [("2018", 2, 1), ("2020", 1, 1)]
    assert (party.unknown.occurrences, party.unknown.speeches) == (1, 1)
    assert [at.occurrences for at in study.years] == [1, 1]
    assert (study.total, study.unknown.occurrences) == (2, 0)


def test_shares_are_of_all_that_was_said_in_the_year(archive: list[Speech]) -> None:
    found = search.find_trends(["党建"]).queries[0]
    assert [at.per_10000 for at in found.years] == [1250.0, 1250.0]
    assert found.unknown.per_10000 == 2000.0


def test_filters_narrow_what_is_counted_and_what_it_is_counted_against(archive: list[Speech]) -> None:
    found = search.find_trends(["党建"], Filters(speakers=("张三",)))
    assert [(year.year, year.characters, year.speeches) for year in found.years] == [
        ("2018", 9, 1),
        ("2020", 8, 1),
    ]
    assert [at.per_10000 for at in found.queries[0].years] == [round(20000 / 9, 4), 1250.0]
    nobody = search.find_trends(["党建"], Filters(speakers=("赵六",)))
    assert (nobody.years, nobody.queries[0].total, nobody.queries[0].unknown.per_10000) == ((), 0, None)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_counts_are_those_of_brute_force_and_of_the_lines(seeds: list[Speech], data: st.DataObject) -> None:
    texts = [speech.text for speech in seeds]
    asked = data.draw(st.lists(runs(texts), min_size=1, max_size=6, unique=True))
    found = search.find_trends(asked)
    for run, trend in zip(asked, found.queries, strict=True):
        expected = {speech.pk: len(standing(run, speech.text)) for speech in seeds}
        assert trend.total == sum(expected.values()) == search.find_lines(LineQuery(run)).total
        counted = [*trend.years, trend.unknown]
        assert sum(at.occurrences for at in counted) == trend.total
        assert sum(at.speeches for at in counted) == sum(1 for n in expected.values() if n)


def test_the_years_of_the_seeds_are_those_of_their_dates(seeds: list[Speech]) -> None:
    for number, speech in enumerate(seeds):
        speech.date_iso = (None, "2019", "2019-07", "2021-01-01", None)[number]
        speech.save()
    search.rebuild()
    found = search.find_trends(["党建"])
    counts = [len(standing("党建", speech.text)) for speech in seeds]
    assert [at.occurrences for at in found.queries[0].years] == [counts[1] + counts[2], counts[3]]
    assert found.queries[0].unknown.occurrences == counts[0] + counts[4]
    assert [year.characters for year in found.years] == [
        seeds[1].characters + seeds[2].characters,
        seeds[3].characters,
    ]


def test_drafts_count_neither_above_nor_below_the_line(make: Make, archive: list[Speech]) -> None:
    make("戊\n秘密党建。\n", date_iso="2020", published=False)
    Speech.objects.filter(pk=archive[0].pk).update(published=False)
    found = search.find_trends(["党建"])
    assert [(at.year, at.occurrences) for at in found.queries[0].years] == [("2018", 0), ("2020", 1)]
    assert [(year.characters, year.speeches) for year in found.years] == [(7, 1), (8, 1)]


def test_all_queries_are_answered_in_one_turn(archive: list[Speech], django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(2):
        search.find_trends(["党建", "学习", "甲", "乙", "丙", "说"])


def test_without_a_query_there_is_nothing_to_count(db: None) -> None:
    assert search.find_trends([]).queries == ()


@pytest.mark.parametrize(
    ("queries", "message"),
    [
        (list("一二三四五六七"), "一次最多比较 6 个查询，现在有 7 个，请删去一些。"),
        (["学习", "，。"], "“，。”：没有可检索的词。"),
        (["-学习"], "“-学习”：请至少给出一个要找的词。"),
        (["讲话人:张三"], "“讲话人:张三”：没有要在正文里数的词，请加上一个。"),
        (["长" * 201], f"“{'长' * 20}…”：检索词最长 200 字"),
        (
            ["甲一 甲二 甲三 甲四 甲五 甲六 甲七 甲八 甲九 甲十 甲百"] * 3,
            "各个查询合起来最多 32 个词，现在有 33 个，请删去一些。",
        ),
    ],
)
def test_what_cannot_be_counted_is_named(db: None, queries: list[str], message: str) -> None:
    with pytest.raises(QueryError, match=message) as refused:
        search.find_trends(queries)
    assert refused.value.field == "q"


def test_repairs_and_a_missing_index_are_told(make: Make) -> None:
    make("甲\n党建\n", date_iso="2020")
    found = search.find_trends(["“党建"])
    assert found.queries[0].total == 1
    assert "引号没有配对" in found.warnings[0]
    assert "搜索索引暂时不可用" in found.warnings[1]
