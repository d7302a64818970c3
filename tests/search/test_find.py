"""find(): who answers, in which order, with which counts, facets, places and marks."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from archive import search
from archive.models import IndexChange, Speaker, Speech
from archive.search import Filters, Query, QueryError, Results

from .conftest import Make


def found(raw: str, **asked: Any) -> Results:
    results = search.find(Query(raw, **asked))
    assert not results.degraded
    return results


def titles(raw: str, **asked: Any) -> list[str]:
    return [hit.title for hit in found(raw, **asked).hits]


@pytest.fixture
def shelf(make: Make) -> None:
    """Six small speeches with known words, speakers, dates and kinds; one is a draft."""
    rows = [
        ("甲", "机关党建工作要抓实。党建引领。", "2022-10-20", "王某", "讲话"),
        ("乙", "机关要重视党建。", "2021", "李某", "讲话"),
        ("丙", "机关工作。", "2022-03", "王某", "发言"),
        ("丁", "经济工作要抓实。", None, "", ""),
        ("戊", "機關黨建，從嚴從實。", "2020-01-02", "", "讲话"),
    ]
    for title, text, date, speaker, kind in rows:
        make(f"{title}\n{text}", title=title, date_iso=date, speaker=speaker, kind=kind)
    make("草稿\n机关党建，机关党建。", title="草稿", published=False)
    search.rebuild()


def test_the_concordance_number_of_the_seeds(seeds: list[Speech]) -> None:
    results = found("党建")
    assert results.total == 5
    assert sum(hit.hits for hit in results.hits) == 124


def test_literal_hits_come_first_then_all_words(shelf: None) -> None:
    results = found("机关党建")
    assert {hit.title for hit in results.hits[:2]} == {"甲", "戊"}
    assert [hit.title for hit in results.hits[2:]] == ["乙"]
    assert (results.total, results.exact, results.partial) == (3, 2, False)
    scores = [hit.score for hit in results.hits]
    assert scores == sorted(scores, reverse=True)
    assert scores[1] > 1 > scores[2]


def test_only_when_nothing_holds_all_the_words_most_of_them_will_do(shelf: None) -> None:
    results = found("经济工作抓实党建")
    assert results.partial
    assert [hit.title for hit in results.hits] == ["丁"] or results.hits[0].title in {"甲", "丁"}
    assert "没有一篇同时包含全部词语，以下包含其中大部分。" in results.warnings
    assert not found("机关党建").partial


def test_a_quotation_stands_literally_or_not_at_all(shelf: None) -> None:
    assert set(titles("“机关党建”")) == {"甲", "戊"}
    assert titles("“党建机关”") == []


def test_blank_or_and_exclusion(shelf: None) -> None:
    assert set(titles("机关 党建")) == {"甲", "乙", "戊"}
    assert set(titles("机关 -党建")) == {"丙"}
    assert set(titles("经济 或 重视")) == {"乙", "丁"}
    assert titles("“重视党建” OR “经济”  -机关") == ["丁"]


def test_a_draft_is_nowhere(shelf: None) -> None:
    results = found("机关党建")
    assert "草稿" not in {hit.title for hit in results.hits}
    assert sum(count for _, count in results.facets["speaker"]) == 3


def test_a_speech_withdrawn_since_it_was_indexed_is_not_found(shelf: None) -> None:
    speech = Speech.objects.get(title="甲")
    Speech.objects.filter(pk=speech.pk).update(published=False)
    IndexChange.objects.filter(speech_id=speech.pk).delete()  # as after a crash; found out in any case
    results = found("机关党建")
    assert [hit.title for hit in results.hits] == ["戊", "乙"]
    assert results.total == 2
    assert ("王某", 1) not in results.facets["speaker"]


def test_total_facets_and_list_agree_on_what_was_withdrawn_or_deleted_unmarked(make: Make) -> None:
    for number in range(5):
        make(f"第{number}篇\n党建。", title=f"第{number}篇", event=f"会{number}")
    search.rebuild()
    Speech.objects.filter(title="第0篇").update(published=False)
    Speech.objects.get(title="第1篇").delete()
    IndexChange.objects.all().delete()
    for results in (found("党建"), found("", filters=Filters(kinds=("",)))):
        assert results.total == len(results.hits) == 3
        assert {event for event, _ in results.facets["event"]} == {"会2", "会3", "会4"}


def test_a_title_that_the_text_does_not_have_is_found_and_leads_to_the_front(make: Make) -> None:
    speech = make("同志们：\n讲几点意见。", title="在座谈会上的讲话")
    search.rebuild()
    (hit,) = found("座谈会").hits
    assert hit.title_html == "在<mark>座谈会</mark>上的讲话"
    assert hit.hits == 0  # in the text
    (place,) = hit.places
    assert place.anchor == "s0"
    assert place.url == f"{reverse('speech', args=[speech.pk])}?q=%E5%BA%A7%E8%B0%88%E4%BC%9A#s0"


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("newest", ["甲", "丙", "乙", "戊", "丁"]),
        ("oldest", ["戊", "乙", "丙", "甲", "丁"]),
        ("hits", ["甲", "丙", "乙", "戊", "丁"]),
    ],
)
def test_sorts(shelf: None, sort: str, order: list[str]) -> None:
    raw = "党建" if sort == "hits" else "机关 或 经济"
    assert titles(raw, sort=sort) == [title for title in order if title in titles(raw)]


def test_hits_count_every_place_overlapping_ones_too(make: Make) -> None:
    make("一\nXXX与XX，机关党建。党建")
    search.rebuild()
    assert found("XX").hits[0].hits == 3
    assert found("党建 机关").hits[0].hits == 3
    assert found("党建 党建").hits[0].hits == 2


def test_facets_count_as_if_nothing_of_their_own_were_chosen(shelf: None) -> None:
    results = found("机关", filters=Filters(speakers=("王某",)))
    assert {hit.title for hit in results.hits} == {"甲", "丙"}
    assert results.facets["speaker"] == (("王某", 2), ("", 1), ("李某", 1))
    assert results.facets["kind"] == (("发言", 1), ("讲话", 1))
    assert results.facets["year"] == (("2022", 2),)
    both = found("机关", filters=Filters(speakers=("王某",), kinds=("讲话",)))
    assert [hit.title for hit in both.hits] == ["甲"]
    assert both.facets["speaker"] == (("", 1), ("李某", 1), ("王某", 1))
    neither = found("机关", filters=Filters(speakers=("李某",), kinds=("发言",)))
    assert (neither.total, neither.facets["speaker"], neither.facets["kind"]) == (
        0,
        (("王某", 1),),
        (("讲话", 1),),
    )


def test_filters_take_several_values_and_the_unknown(shelf: None) -> None:
    assert set(titles("工作", filters=Filters(years=("2022", "")))) == {"甲", "丙", "丁"}
    assert set(titles("工作", filters=Filters(speakers=("",)))) == {"丁"}


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2022", "", {"甲", "丙"}),
        ("", "2021", {"乙", "戊"}),
        ("2021-06", "2022-03", {"乙", "丙"}),
        ("2022-10-20", "2022-10-20", {"甲"}),
        ("2022-10-21", "", set()),
        ("", "", {"甲", "乙", "丙", "戊"}),
    ],
)
def test_dates_are_compared_as_exactly_as_they_are_known(
    shelf: None, first: str, last: str, expected: set[str]
) -> None:
    assert set(titles("机关", filters=Filters(date_from=first, date_to=last))) == expected


def test_an_empty_query_with_filters_lists_all_that_pass(shelf: None) -> None:
    results = found("", filters=Filters(kinds=("讲话",)))
    assert [hit.title for hit in results.hits] == ["甲", "乙", "戊"]
    assert results.hits[0].places == ()
    assert found("").total == 0
    assert found("").warnings == ("请输入关键词。",)


def test_pages_are_right_to_the_last_one(make: Make) -> None:
    for number in range(45):
        make(f"第{number}篇\n党建工作。", title=f"第{number}篇")
    search.rebuild()
    pages = [found("党建", page=page) for page in (1, 2, 3)]
    assert [(len(page.hits), page.total, page.pages) for page in pages] == [
        (20, 45, 3),
        (20, 45, 3),
        (5, 45, 3),
    ]
    assert len({hit.id for page in pages for hit in page.hits}) == 45
    for page in (0, 4):
        with pytest.raises(QueryError, match="最后一页是第 3 页") as refused:
            found("党建", page=page)
        assert refused.value.field == "page"


def test_a_heading_weighs_more_than_a_line_of_text(make: Make) -> None:
    make("一\n党建工作\n其他内容，其他内容。", title="乙", headings={})
    make("二\n党建工作\n其他内容，其他内容！", title="甲", headings={"党建工作": "一、"})
    search.rebuild()
    assert titles("党建工作") == ["甲", "乙"]


def test_places_lead_to_paragraphs_and_headings(make: Make) -> None:
    speech = make("题目\n抓好党建\n党建是关键。\n别的。", headings={"抓好党建": "一、"})
    search.rebuild()
    (hit,) = found("党建").hits
    url = reverse("speech", args=[speech.pk])
    assert [(place.anchor, place.num, place.heading) for place in hit.places] == [
        ("s1", "一、", "抓好党建"),
        ("p2", "一、", "抓好党建"),
    ]
    assert [place.url for place in hit.places] == [
        f"{url}?q=%E5%85%9A%E5%BB%BA#{anchor}" for anchor in ("s1", "p2")
    ]
    assert (hit.hits, hit.more) == (2, 0)


def test_snippets_mark_the_original_letters(make: Make) -> None:
    make("題目\n加強黨的“三基”建設，２０１９年。")
    search.rebuild()
    assert found("三基建设 2019").hits[0].places[0].snippet == (
        "加強黨的“<mark>三基”建設</mark>，<mark>２０１９</mark>年。"
    )


def test_snippets_are_escaped(make: Make) -> None:
    make('题目\n党建 <img src=x onerror="alert(1)"> & <b>党建</b>', title="<i>党建</i>")
    search.rebuild()
    (hit,) = found("党建 b").hits
    assert hit.title_html == "&lt;i&gt;<mark>党建</mark>&lt;/i&gt;"
    assert found("“imgsrc”").hits[0].places[0].snippet.count("<mark>img src</mark>") == 1
    assert "<mark>党建&lt;/b</mark>" in found("“党建b”").hits[0].places[0].snippet
    for html in (hit.title_html, *(place.snippet for place in hit.places)):
        assert "<" not in html.replace("<mark>", "").replace("</mark>", "")


def test_snippets_are_short_cut_at_punctuation_and_at_most_three(seeds: list[Speech]) -> None:
    for raw in ("党建", "工作", "“全面从严治党”", "的", "机关 党委"):
        for hit in found(raw).hits:
            assert 1 <= len(hit.places) <= 3
            assert len({place.anchor for place in hit.places}) == len(hit.places)
            speech = Speech.objects.get(pk=hit.id)
            for place in hit.places:
                bare = unescape(place.snippet.replace("<mark>", "").replace("</mark>", ""))
                assert len(bare) <= 80
                assert "<mark>" in place.snippet
                assert bare.strip("…") in f"{speech.text}\n{speech.title}"


def test_every_speech_found_shows_where(seeds: list[Speech]) -> None:
    for raw in ("机关建设", "如何推进全面从严治党", "责任清单主体"):
        for hit in found(raw).hits:
            assert hit.places
            assert hit.hits


def test_a_speaker_is_found_by_every_name(make: Make) -> None:
    make("甲\n党建工作。", speaker="王某")
    make("乙\n党建工作。", speaker="李某")
    search.rebuild()
    assert titles("讲话人:老王") == []
    Speaker.objects.get(name="王某").aliases.create(name="老王")
    assert titles("讲话人:老王") == ["甲"]
    assert titles("党建 -讲话人:老王") == ["乙"]
    Speaker.objects.get(name="王某").aliases.all().delete()
    assert titles("讲话人:老王") == []
