"""What the query language finds: each construct against texts small enough to see the answer."""

from __future__ import annotations

import pytest

from archive import search
from archive.search import Filters, Query
from archive.search.finding import answers

from .conftest import Make
from .test_find import found, titles


@pytest.fixture
def shelf(make: Make) -> None:
    rows = [
        (
            "党建座谈会",
            "抓好党建\n机关党建要抓实，学习要跟上。GDP增长。",
            "2019-05-01",
            "王某",
            "年度座谈会",
            "讲话",
        ),
        (
            "经济报告",
            "发展经济\n党建与经济要两手抓。学习一二三四五六七八九十党建。",
            "2021",
            "李某",
            "",
            "报告",
        ),
        ("随谈", "随谈\n学习是关键。agdp与1gdp。", None, "王小某", "", ""),
    ]
    for title, text, date, speaker, event, kind in rows:
        heading = text.split("\n")[0]
        make(
            f"{title}\n{text}", title=title, date_iso=date, speaker=speaker, event=event, kind=kind,
            headings={heading: "一、"},
        )  # fmt: skip
    search.rebuild()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("标题:党建", {"党建座谈会"}),
        ("標題：黨建", {"党建座谈会"}),
        ("title:黨建", {"党建座谈会"}),
        ("标题:座谈党建", {"党建座谈会"}),  # by its words
        ("标题:“座谈党建”", set()),
        ("章节:经济", {"经济报告"}),
        ("章节:“党建”", {"党建座谈会"}),
        ("讲话人:王", {"党建座谈会", "随谈"}),
        ("讲话人:王某", {"党建座谈会"}),
        ("场合:座谈会", {"党建座谈会"}),
        ("类型:报告", {"经济报告"}),
        ("类型:(报告 或 讲话)", {"经济报告", "党建座谈会"}),
        ("年:2019", {"党建座谈会"}),
        ("年:2019..2021", {"党建座谈会", "经济报告"}),
        ("年:2020..", {"经济报告"}),
        ("学习 -年:..2020", {"经济报告", "随谈"}),
        ("学习 -讲话人:王", {"经济报告"}),
        ("党建 NEAR/1 经济", {"经济报告"}),
        ("经济 NEAR/1 党建", {"经济报告"}),
        ("学习 NEAR/10 党建", {"党建座谈会", "经济报告"}),
        ("学习 NEAR/7 党建", {"党建座谈会"}),  # a sentence end counts as one letter
        ("党建 NEAR/0 党建", set()),
        ("GDP*", {"党建座谈会"}),
        ("1gd*", {"随谈"}),
        ("“gdp”", {"党建座谈会", "随谈"}),
        ("机关*", {"党建座谈会"}),
        ("(机关 OR 经济) 党建", {"党建座谈会", "经济报告"}),
        ("(党建 经济) OR 关键", {"经济报告", "随谈"}),
        ("学习 -(党建 经济)", {"党建座谈会", "随谈"}),
        ("关键 OR (党建 -经济)", {"党建座谈会", "随谈"}),
    ],
)
def test_what_is_found(shelf: None, raw: str, expected: set[str]) -> None:
    assert set(titles(raw)) == expected


def test_only_the_near_places_count_and_show(shelf: None) -> None:
    (hit,) = found("党建 NEAR/4 两手抓").hits
    assert hit.hits == 2
    (place,) = hit.places
    assert place.snippet.startswith("<mark>党建</mark>与经济要<mark>两手抓</mark>。学习")
    assert place.snippet.count("<mark>") == 2


def test_a_condition_on_headings_shows_the_headings(shelf: None) -> None:
    (hit,) = found("章节:经济").hits
    assert hit.hits == 0  # nothing was asked of the text
    assert [(place.anchor, place.snippet) for place in hit.places] == [("s1", "发展<mark>经济</mark>")]


def test_a_condition_on_titles_marks_the_title(shelf: None) -> None:
    (hit,) = found("标题:党建").hits
    assert hit.title_html == "<mark>党建</mark>座谈会"


def test_the_same_without_an_index(shelf: None) -> None:
    from archive.search.indexing import store

    expected = {
        raw: set(titles(raw)) for raw in ("章节:经济", "讲话人:王", "党建 NEAR/1 经济", "GDP*", "年:2019")
    }
    store().folder.unpoint("CURRENT")
    for generation in store().folder.path.glob("g*"):
        generation.rename(generation.with_name(f"old-{generation.name}"))
    for raw, answer in expected.items():
        results = search.find(Query(raw))
        assert results.degraded
        assert {hit.title for hit in results.hits} == answer


def test_the_read_back_can_be_taken_apart(shelf: None) -> None:
    results = found("学习 讲话人:王 -关键")
    assert [(condition.text, condition.without) for condition in results.conditions] == [
        ("“学习”", "讲话人:王 -关键"),
        ("讲话人含“王”", "学习 -关键"),
        ("不含“关键”", "学习 讲话人:王"),
    ]
    assert found("“党建").repaired == "党建"


def test_occurrences_are_counted_over_all_pages(make: Make) -> None:
    for number in range(25):
        make(f"第{number}篇\n党建，党建。", title=f"第{number}篇")
    search.rebuild()
    assert found("党建", page=2).occurrences == 50


def test_when_nothing_is_found_each_word_and_each_lesser_query_is_counted(shelf: None) -> None:
    results = found("“学习” “龘龘”")
    assert results.total == 0
    assert results.alone == (("学习", 3), ("龘龘", 0))
    assert results.relaxed == (("“学习”", 3),)
    assert found("学习 年:1999").relaxed == (("学习", 3),)
    assert found("学习").alone == found("学习").relaxed == ()


def test_everything_found_at_once_but_not_more_than_is_good(shelf: None) -> None:
    assert {hit.title for hit in search.everything(Query("学习"), 3)} == {"党建座谈会", "经济报告", "随谈"}
    with pytest.raises(search.QueryError, match="共有 3 篇，一次最多导出 2 篇，请加上条件缩小范围。"):
        search.everything(Query("学习"), 2)
    assert search.everything(Query(""), 2) == []


def test_a_question_that_few_speeches_answer_whole_is_filled_up_and_says_so(make: Make) -> None:
    make("全\n农村改革要深化，粮食安全要保障，教育公平要促进。", title="全", date_iso="2001")
    make("多\n农村改革要深化，粮食安全要保障。", title="多", date_iso="2022")
    make("少\n教育大计。", title="少")
    search.rebuild()
    results = found("农村改革粮食安全教育")
    assert [hit.title for hit in results.hits] == ["全", "多"]
    assert "同时包含全部词语的只有 1 篇，另列出包含其中大部分的。" in results.warnings
    assert not results.partial
    assert titles("农村 改革 粮食 安全 教育") == ["全"]  # who writes blanks asks for all
    assert found("农村改革粮食").warnings == ()  # all the words are in both


def test_a_heading_typed_out_leads_to_its_speech(make: Make) -> None:
    make("甲\n环境保护\n要重视。", title="甲", headings={"环境保护": "一、"}, date_iso="2001")
    for number in range(5):
        make(f"乙{number}\n环境保护，环境保护，环境保护。", title=f"乙{number}", date_iso="2022")
    search.rebuild()
    assert titles("环境保护")[0] == "甲"


def test_a_condition_on_headings_leaves_room_for_the_places_in_the_text(make: Make) -> None:
    lines = "\n".join(f"发展经济{n}\n改革的第{n}步。" for n in range(4))
    make(f"甲\n{lines}", title="甲", headings={f"发展经济{n}": "一、" for n in range(4)})
    search.rebuild()
    (hit,) = found("章节:经济 改革").hits
    assert [place.snippet.count("<mark>经济</mark>") for place in hit.places] == [1, 0, 0]
    assert [place.marks for place in hit.places] == [0, 1, 1]
    assert (hit.hits, hit.more) == (4, 2)


def test_a_snippet_shows_where_most_different_words_stand(make: Make) -> None:
    filler = "此处略去若干文字，" * 12
    make(f"甲\n社会主义，{filler}改革，开放，社会主义，{filler}社会主义。", title="甲")
    search.rebuild()
    (place,) = found("改革 或 开放 或 社会主义").hits[0].places
    for word in ("改革", "开放", "社会主义"):
        assert f"<mark>{word}</mark>" in place.snippet


def test_an_order_by_hits_that_would_take_too_long_is_not_pretended(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    make("甲\n党建。", title="甲", date_iso="2019")
    make("乙\n党建，党建。", title="乙", date_iso="2001")
    search.rebuild()
    assert titles("党建", sort="hits") == ["乙", "甲"]
    answers.forget()
    monkeypatch.setattr("archive.search.answering.MAX_COUNTED", 5)
    results = found("党建", sort="hits")
    assert results.occurrences is None
    assert "所查的词太常见，没有按命中次数排列。请换更有特点的词，或加上条件。" in results.warnings
    assert sorted(hit.hits for hit in results.hits) == [1, 2]


def test_words_counted_by_the_index_are_counted_as_they_stand(make: Make) -> None:
    make("甲\n机关要学习，机关，机关。学习学习。", title="甲")  # the words, not the run
    make("乙\n机关学习。机关。", title="乙")  # the run, then it alone counts
    make("丙\n学习。", title="在机关的讲话")  # a word only in a title behind the text
    search.rebuild()
    results = found("机关学习")
    assert {hit.title: hit.hits for hit in results.hits} == {"甲": 6, "乙": 1, "在机关的讲话": 1}
    assert results.occurrences == 8


def test_what_was_meant_is_sought_among_what_passes_the_filters(make: Make) -> None:
    make("甲\n全面从严治党。", title="甲", date_iso="2019")
    make("乙\n别的内容。", title="乙", date_iso="2001")
    search.rebuild()
    assert found("全面从严制党").suggestion == "全面从严治党"
    assert found("全面从严制党", filters=Filters(years=("2001",))).suggestion is None


def test_everything_comes_in_batches_and_whole(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.search.finding.BATCH", 3)
    for number in range(7):
        make(f"第{number}篇\n党建。", title=f"第{number}篇")
    search.rebuild()
    names = [hit.title for hit in search.everything(Query("党建", sort="latest"), 7)]
    assert names == [f"第{number}篇" for number in reversed(range(7))]


def test_words_that_stand_together_answer_before_words_pages_apart(make: Make) -> None:
    filler = "此处略去若干文字不表。" * 40
    make(f"远\n改革要深化。{filler}农村要振兴。", title="远", date_iso="2022")
    make(f"近\n农村改革要深化。{filler}", title="近", date_iso="2019")
    search.rebuild()
    assert titles("改革 农村") == ["近", "远"]
