"""The concordance: every place once, where it truly stands, in the order asked for.

The oracle walks over the characters of a text and knows nothing of the search room.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import search
from archive.models import Speech
from archive.search import Filters, Line, LineQuery, QueryError
from archive.search.engine import View
from archive.search.indexing import store
from archive.search.lines import context
from archive.search.spelling import spelled
from archive.text import fold, fold_apart
from tests.search.conftest import Make

BREAK = re.compile(r"[。！？!?｡\n]|[*＊]+|×{2,}")
Span = tuple[int, int]


def sentences(text: str) -> Iterator[list[int]]:
    """The offsets of the letters of each sentence."""
    folded = fold(text)
    start = 0
    for stop in [*BREAK.finditer(text), None]:
        end = stop.start() if stop else len(text)
        yield [at for at in range(start, end) if unicodedata.category(folded[at])[0] in "LN"]
        start = stop.end() if stop else end


def standing(run: str, text: str) -> set[Span]:
    """Where the run stands, in one of its readings."""
    readings = [(fold(run), fold(text)), (fold_apart(run) or fold(run), fold_apart(text) or fold(text))]
    return {
        (letters[at], letters[at + len(run) - 1] + 1)
        for letters in sentences(text)
        for at in range(len(letters) - len(run) + 1)
        for piece, whole in readings
        if "".join(whole[place] for place in letters[at : at + len(run)]) == piece
    }


@st.composite
def runs(draw: st.DrawFn, texts: list[str]) -> str:
    """1 to 8 letters out of a sentence of one of the texts, as written."""
    found = [(text, letters) for text in texts for letters in sentences(text) if letters]
    text, letters = draw(st.sampled_from(found))
    start = draw(st.integers(0, len(letters) - 1))
    return "".join(text[at] for at in letters[start : start + draw(st.integers(1, 8))])


def all_lines(query: LineQuery) -> list[Line]:
    """The lines of all pages, one page after the other."""
    first = search.find_lines(query)
    rest = (
        search.find_lines(LineQuery(query.raw, query.filters, query.sort, page))
        for page in range(2, first.pages + 1)
    )
    found = [line for page in (first, *rest) for line in page.lines]
    assert len(found) == first.total
    return found


def places(lines: list[Line]) -> list[tuple[int, int, int]]:
    return [(line.speech, line.start, line.end) for line in lines]


def test_dangjian_stands_a_hundred_and_twenty_four_times_in_the_seeds(seeds: list[Speech]) -> None:
    found = search.find_lines(LineQuery("党建"))
    assert (found.total, found.pages, len(found.lines)) == (124, 3, 50)
    assert found.speeches == sum("党建" in speech.text for speech in seeds)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_place_of_any_run_of_the_seeds_is_a_line(seeds: list[Speech], data: st.DataObject) -> None:
    run = data.draw(runs([speech.text for speech in seeds]))
    expected = {(speech.pk, *span) for speech in seeds for span in standing(run, speech.text)}
    found = search.find_lines(LineQuery(run))
    assert found.total == len(expected)
    assert {place[0] for place in expected} >= {line.speech for line in found.lines}
    if found.total <= 500:
        listed = places(all_lines(LineQuery(run)))
        assert set(listed) == expected
        assert len(listed) == len(expected)


LETTERS = "黨党建設设乾隆燥干人人民民aＡ1Xé𠮷⽂文"
MARKS = "，、；。！“”·\n *×"
archives = st.lists(
    st.text(LETTERS * 3 + MARKS, min_size=1, max_size=40).filter(lambda text: any(sentences(text))),
    min_size=1,
    max_size=4,
    unique=True,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=archives, data=st.data())
def test_overlapping_and_odd_places_of_any_archive_are_lines(
    make: Make, texts: list[str], data: st.DataObject
) -> None:
    store().close()  # Hypothesis loads the dice that name Whoosh's segments: all examples have the same names
    Speech.objects.all().delete()
    speeches = [make(text) for text in texts]
    search.rebuild()
    run = data.draw(runs(texts))
    expected = {(speech.pk, *span) for speech in speeches for span in standing(run, speech.text)}
    for sort in search.ORDERS:
        lines = all_lines(LineQuery(f"“{run}”", sort=sort))
        assert sorted(places(lines)) == sorted(expected)


@pytest.fixture
def archive(make: Make) -> dict[str, Speech]:
    """Speeches by title, of three years and one without a date."""
    made = [
        make("甲\n抓好党建。机关党建，工作要实。\n", date_iso="2020-05", speaker="张三", event="座谈会"),
        make("乙\n党建工作。***党建责任。\n说党建经费。\n", date_iso="2021", speaker="李四", kind="讲话"),
        make("丙\n机关党建制度。\n", date_iso="2022-01-02", speaker="张三"),
        make("丁\n基层党建\n", speaker="王五"),
    ]
    search.rebuild()
    return {speech.title: speech for speech in made}


def shown(query: LineQuery) -> list[str]:
    return [f"{line.left[-2:]}|{line.right[:2]}" for line in search.find_lines(query).lines]


def test_by_date_the_newest_come_first_the_undated_last_each_in_the_order_of_its_text(archive) -> None:
    assert shown(LineQuery("党建")) == [
        *("机关|制度", "乙 |工作", "**|责任", " 说|经费", "抓好|。机", "机关|，工", "基层|"),
    ]


def test_by_what_is_behind_ends_come_first_then_letters_and_marks_do_not_count(archive) -> None:
    assert shown(LineQuery("党建", sort="right")) == [
        *("基层|", "抓好|。机", "乙 |工作", "机关|，工", " 说|经费", "**|责任", "机关|制度"),
    ]


def test_by_what_is_before_letters_are_read_outward_and_redactions_are_kept_apart(archive) -> None:
    assert shown(LineQuery("党建", sort="left")) == [
        *("乙 |工作", "**|责任", "基层|", "机关|制度", "机关|，工", "抓好|。机", " 说|经费"),
    ]


def test_letters_sort_as_in_a_dictionary_ends_first() -> None:
    words = ["先进", "西部", "阿", "重庆", "责任", "5g", "ai", "工作", "公作", "\n工", "*工", ""]
    assert sorted(words, key=spelled) == [
        *("", "\n工", "*工", "5g", "阿", "ai", "公作", "工作", "西部", "先进", "责任", "重庆"),
    ]


def test_letters_beyond_those_spelled_still_decide() -> None:
    assert spelled("工" * 30 + "甲") != spelled("工" * 30 + "乙")


def test_a_line_says_where_it_stands(archive) -> None:
    line = search.find_lines(LineQuery("责任")).lines[0]
    text = archive["乙"].text
    assert text[line.start : line.end] == line.hit == "责任"
    assert (line.left, line.right) == ("乙 党建工作。***党建", "。 说党建经费。")
    assert (line.title, line.speaker, line.date) == ("乙", "李四", "2021")
    assert line.anchor == "p1"
    assert line.url == f"/speeches/{archive['乙'].pk}/?q=%E8%B4%A3%E4%BB%BB#p1"


@pytest.mark.parametrize(
    ("filters", "total"),
    [
        (Filters(), 7),
        (Filters(speakers=("张三",)), 3),
        (Filters(years=("2021", "")), 4),
        (Filters(kinds=("讲话",)), 3),
        (Filters(events=("座谈会",)), 2),
        (Filters(date_from="2021-06"), 4),
        (Filters(date_to="2020"), 2),
        (Filters(speakers=("赵六",)), 0),
    ],
)
def test_filters_narrow_the_lines(archive, filters: Filters, total: int) -> None:
    for sort in search.ORDERS:
        assert len(all_lines(LineQuery("党建", filters, sort))) == total


def test_of_what_the_filters_leave_out_it_is_said_how_much_there_is(archive) -> None:
    found = search.find_lines(LineQuery("党建", Filters(years=("1999",))))
    assert (found.total, found.elsewhere) == (0, 7)


def test_facets_count_the_speeches_with_a_place_in_their_text(archive) -> None:
    facets = search.find_lines(LineQuery("党建")).facets
    assert dict(facets["year"]) == {"2020": 1, "2021": 1, "2022": 1, "": 1}
    assert dict(facets["speaker"]) == {"张三": 2, "李四": 1, "王五": 1}


def test_a_title_that_is_not_in_the_text_is_no_place(make: Make) -> None:
    make("正文里的党建。\n", title="论党建")
    make("正文里没有。\n", title="再论党建")
    search.rebuild()
    found = search.find_lines(LineQuery("党建"))
    assert (found.total, found.speeches) == (1, 1)
    assert found.lines[0].left == "正文里的"


def test_what_stands_nowhere_as_typed_tells_of_speeches_with_its_words(archive) -> None:
    found = search.find_lines(LineQuery("制度机关"))
    assert (found.total, found.loosely, found.explained) == (0, 1, "查找“制度机关”。")


def test_neighbours_are_counted_as_often_as_they_stand_there(archive) -> None:
    found = search.find_lines(LineQuery("党建"))
    assert dict(found.before)["机关"] == 2
    assert dict(found.behind)["工作"] == 2
    for letters, count in found.before:
        assert search.find_lines(LineQuery(f"“{letters}党建”")).total == count
    for letters, count in found.behind:
        assert search.find_lines(LineQuery(f"“党建{letters}”")).total == count


@pytest.mark.parametrize("raw", ["党建 工作", "党建 OR 工作", "党建 -经费", "党建 NEAR/3 工作", "党建*"])
def test_neighbours_are_only_told_of_one_run(archive, raw: str) -> None:
    found = search.find_lines(LineQuery(raw))
    assert found.total
    assert (found.run, found.before, found.behind) == ("", (), ())


def test_common_neighbours_of_the_seeds_are_words(seeds: list[Speech]) -> None:
    found = search.find_lines(LineQuery("从严"))
    assert found.behind[0] == ("治党", sum(len(standing("从严治党", speech.text)) for speech in seeds))
    assert found.before[0] == ("全面", sum(len(standing("全面从严", speech.text)) for speech in seeds))
    ends = [letters for letters, _n in search.find_lines(LineQuery("党建")).behind]
    assert "和业务" in ends  # and not 和业


def test_too_many_to_compare_are_listed_by_date_and_it_is_said(archive, monkeypatch) -> None:
    monkeypatch.setattr("archive.search.concordance.MAX_LINES", 6)
    found = search.find_lines(LineQuery("党建", sort="left"))
    assert found.sort == "date"
    assert found.lines == search.find_lines(LineQuery("党建")).lines
    assert found.warnings == (
        "共有 7 处，超过 6 处不能按上下文排列，现在按日期排列。请限定年份、讲话人，或者把词写长一些。",
    )
    with pytest.raises(
        QueryError, match="共有 7 处，一个文件最多 6 处。请限定年份、讲话人，或者把词写长一些。"
    ):
        search.every_line(LineQuery("党建"))
    narrowed = LineQuery("党建", Filters(years=("2021",)), sort="left")
    assert search.find_lines(narrowed).sort == "left"
    assert len(list(search.every_line(narrowed))) == 3


@pytest.mark.parametrize("sort", search.ORDERS)
def test_all_lines_are_those_of_the_pages(seeds: list[Speech], sort: search.Order) -> None:
    query = LineQuery("党建", sort=sort)
    assert list(search.every_line(query)) == all_lines(query)


def test_by_date_only_the_speeches_of_the_page_are_read(
    make: Make, monkeypatch, django_assert_max_num_queries
) -> None:
    for number in range(60):
        make(f"第{number}篇\n说学习。\n再说学习。\n", date_iso=f"{1950 + number}")
    search.rebuild()
    opened: list[int] = []
    letters = View.letters
    monkeypatch.setattr(View, "letters", lambda self, doc: opened.append(doc) or letters(self, doc))
    with django_assert_max_num_queries(5):
        found = search.find_lines(LineQuery("学习", page=2))
    assert (found.total, len(found.lines)) == (120, 50)
    assert len(set(opened)) == 25


@pytest.mark.parametrize("page", [0, 4])
def test_a_page_that_is_not_there_is_refused(seeds: list[Speech], page: int) -> None:
    with pytest.raises(QueryError, match=f"没有第 {page} 页，最后一页是第 3 页。") as refused:
        search.find_lines(LineQuery("党建", page=page))
    assert refused.value.field == "page"


def test_drafts_and_speeches_withdrawn_behind_the_index_have_no_lines(make: Make, archive) -> None:
    make("戊\n秘密党建。\n", published=False)
    Speech.objects.filter(pk=archive["乙"].pk).update(published=False)
    assert search.find_lines(LineQuery("党建")).total == 4
    assert len(list(search.every_line(LineQuery("党建")))) == 4


def test_lines_are_cut_from_the_text_as_it_is_should_the_index_be_behind(archive) -> None:
    text = "甲\n新的开头，党建。\n"
    Speech.objects.filter(pk=archive["甲"].pk).update(text=text, characters=len(text), digest="0")
    lines = [line for line in search.find_lines(LineQuery("党建")).lines if line.title == "甲"]
    assert [(line.left, line.hit, line.right) for line in lines] == [("甲 新的开头，", "党建", "。")]


def test_without_an_index_lines_are_found_and_a_file_is_refused(make: Make) -> None:
    make("甲\n抓党建。\n")
    found = search.find_lines(LineQuery("党建"))
    assert found.total == 1
    assert "搜索索引暂时不可用" in found.warnings[0]
    with pytest.raises(QueryError, match="表格请在索引恢复以后再下载。"):
        search.every_line(LineQuery("党建"))


@pytest.mark.parametrize("raw", ["", "，。", "-党建"])
def test_a_query_without_anything_to_look_for_has_no_lines(db: None, raw: str) -> None:
    found = search.find_lines(LineQuery(raw))
    assert found.total == 0
    assert found.warnings[-1]
    with pytest.raises(QueryError):
        search.every_line(LineQuery(raw))


def test_a_query_that_asks_nothing_of_the_text_says_so(archive) -> None:
    found = search.find_lines(LineQuery("讲话人:张三"))
    assert found.total == 0
    assert found.warnings == ("查询里没有要在正文中找的词，所以没有一处可列。请加上一个词。",)


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("党建", "", ""),
        ("甲\n\n　　抓党建。\n\t乙", "甲 抓", "。 乙"),
        ("一" * 30 + "党建" + "二" * 30, "一" * 24, "二" * 24),
        (" " * 500 + "党建" + "\n" * 500, " ", " "),
        ("𠮷" * 30 + "党建", "𠮷" * 24, ""),
    ],
)
def test_the_context_is_the_text_with_each_blank_as_one_space(text: str, left: str, right: str) -> None:
    start = text.index("党建")
    found = context(text, start, start + 2)
    assert (found[0].strip(), found[1], found[2].strip()) == (left.strip(), "党建", right.strip())
    assert max(map(len, found)) <= 24


def test_a_hit_over_marks_and_lines_is_shown_as_it_stands(make: Make) -> None:
    make("甲\n不忘初心、\t牢记使命。\n")
    search.rebuild()
    assert search.find_lines(LineQuery("不忘初心牢记使命")).lines[0].hit == "不忘初心、 牢记使命"
