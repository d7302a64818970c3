"""What the page makes of an answer: answers made by hand, so that each part can be seen alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client, RequestFactory

from archive import search
from archive.forms import SearchForm
from archive.views.search import query_of, show
from tests.views.pages import PageRead

EMPTY = search.Results("党建", "查找“党建”。", (), 0, 1, 0, ())
PLACE = search.Place(
    "p7", "一、", "带头践行", "/speeches/2/?q=x#p7", "抓好<mark>党建</mark>，不松劲", marks=1
)
HIT = search.Hit(
    id=2,
    title="党建讲话",
    title_html="<mark>党建</mark>讲话",
    url="/speeches/2/?q=x",
    speaker=None,
    date=None,
    event=None,
    kind="讲话",
    characters=1200,
    score=1.5,
    hits=13,
    places=(PLACE,),
)
CONDITIONS = (
    search.Condition("“党建”", "工作 -经费"),
    search.Condition("“工作”", "党建 -经费"),
    search.Condition("不含“经费”", "党建 工作", negative=True),
)
Shown = Callable[..., PageRead]


@pytest.fixture
def shown(db: None, rf: RequestFactory) -> Shown:
    """``shown({"q": "党建"}, total=3, …)``: the page of an answer with these fields."""

    def page(parameters: dict[str, Any], **fields: Any) -> PageRead:
        request = rf.get("/search/", parameters)
        form = SearchForm(request.GET)
        assert form.is_valid()
        known = {name: getattr(EMPTY, name) for name in search.Results.__slots__}
        results = search.Results(**{**known, "raw": form.cleaned_data["q"], **fields})
        return PageRead(show(request, form, query_of(form), results))

    return page


def address(**parameters: Any) -> str:
    return f"/search/?{urlencode(parameters, doseq=True)}" if parameters else "/search/"


def test_the_query_is_read_back_and_each_condition_can_be_dropped(shown: Shown) -> None:
    page = shown({"q": "党建 工作 -经费", "year": "2022", "sort": "oldest"}, conditions=CONDITIONS)
    assert page.links["×去掉条件 “党建”"] == address(q="工作 -经费", year="2022", sort="oldest")
    assert page.links["×去掉条件 “工作”"] == address(q="党建 -经费", year="2022", sort="oldest")
    assert page.links["×去掉条件 不含“经费”"] == address(q="党建 工作", year="2022", sort="oldest")
    assert page.links["×去掉条件 年份 2022年"] == address(q="党建 工作 -经费", sort="oldest")


def test_the_sentence_reads_as_one(shown: Shown) -> None:
    page = shown({"q": "x", "year": "2022"}, conditions=CONDITIONS)
    said = page.words.replace("×", "")
    for condition in (*(each.text for each in CONDITIONS), "年份 2022年"):
        said = said.replace(f"去掉条件 {condition}", "")
    assert "查找 “党建”，并且 “工作”，不含“经费”；限于 年份 2022年。" in said


def test_the_only_condition_is_dropped_with_the_whole_query(shown: Shown) -> None:
    page = shown({"q": "党建", "year": "2022"}, conditions=(search.Condition("“党建”", ""),))
    assert page.links["×去掉条件 “党建”"] == address(year="2022")


def test_a_query_without_conditions_is_read_back_as_it_is_explained(shown: Shown) -> None:
    assert "查找“党建”。" in shown({"q": "党建"}).words


def test_filters_alone_are_read_back_too(shown: Shown) -> None:
    page = shown({"speaker": ["张三", "李四"]}, explained="")
    assert "全部讲话，限于" in page.words
    assert page.links["×去掉条件 讲话人 张三"] == address(speaker="李四")
    assert page.links["清除全部筛选"] == "/search/"


def test_a_repaired_query_is_said_and_is_a_link(shown: Shown) -> None:
    page = shown({"q": "“党建"}, repaired="党建", warnings=("引号没有配对：已按 党建 搜索。",))
    assert "引号没有配对：已按 党建 搜索。" in page.words
    assert page.links["按 党建 搜索"] == address(q="党建")


def test_totals_and_the_other_views_of_the_same_search(shown: Shown) -> None:
    page = shown(
        {"q": "党建", "year": "2022", "sort": "newest"},
        total=1,
        pages=1,
        exact=1,
        occurrences=1234,
        hits=(HIT,),
    )
    asked = urlencode({"q": "党建", "year": "2022"})
    assert "找到 1 篇 · 1,234 处" in page.words
    assert page.links["逐处索引 1,234 处"] == f"/concordance/?{asked}"
    assert page.links["逐年趋势"] == f"/trends/?{asked}"
    assert page.links["CSV 表格"] == f"/search.csv?{asked}&sort=newest"
    assert page.links["JSON"] == f"/search.json?{asked}&sort=newest"
    assert page.links["Atom 订阅"] == f"/search/feed/?{asked}"
    assert page.all("link", rel="alternate", type="application/atom+xml", href=f"/search/feed/?{asked}")


def test_a_number_that_was_not_counted_is_left_out(shown: Shown) -> None:
    page = shown({"q": "党建"}, total=1, pages=1, exact=1, occurrences=None, hits=(HIT,))
    assert "找到 1 篇" in page.words
    assert "1 篇 ·" not in page.words
    assert page.links["逐处索引"] == f"/concordance/?q={quote('党建')}"


def test_lines_are_not_numbered_where_the_words_alone_were_found(shown: Shown) -> None:
    page = shown({"q": "党建"}, total=1, pages=1, exact=0, occurrences=9, hits=(HIT,))
    assert "逐处索引" in page.links


def test_a_place_says_its_section_and_the_rest_is_one_link_to_the_first_hit(shown: Shown) -> None:
    page = shown({"q": "党建"}, total=1, pages=1, hits=(HIT,))
    assert page.links["一、带头践行抓好党建，不松劲"] == PLACE.url
    assert page.links["另有 12 处：党建讲话"] == f"{HIT.url}#hit-1"


@pytest.mark.parametrize("fields", [{}, {"total": 1, "pages": 1, "hits": (HIT,)}], ids=["nothing", "loosely"])
def test_did_you_mean_is_a_link_that_keeps_the_filters(shown: Shown, fields: dict[str, Any]) -> None:
    page = shown({"q": "从言治党", "year": "2022"}, suggestion="从严治党", **fields)
    assert "没有逐字找到 从言治党；您是不是要找：从严治党" in page.words
    assert page.links["从严治党"] == address(q="从严治党", year="2022")


def test_nothing_found_shows_every_way_on_with_what_it_finds(shown: Shown) -> None:
    page = shown(
        {"q": "天气 龘龘 -经费", "year": "1990"},
        alone=(("天气", 1234), ("龘龘", 0)),
        relaxed=(("天气 -经费", 3), ("龘龘 -经费", 0)),
        unfiltered=7,
    )
    assert "没有结果" in page.words
    assert "天气（不限条件） 1,234 篇" in page.words
    assert page.links["天气（不限条件）"] == address(q="天气")
    assert "“龘龘”没有出现在任何讲话中" in page.words
    assert page.links["天气 -经费"] == address(q="天气 -经费", year="1990")
    assert "天气 -经费 3 篇" in page.words
    assert "龘龘 -经费" not in page.links
    assert "去掉全部筛选条件 7 篇" in page.words
    assert page.links["去掉全部筛选条件"] == address(q="天气 龘龘 -经费")
    assert page.links["看看搜索语法"] == "#help"
    assert "help" in page.ids
    assert page.links["浏览全部讲话"] == "/speeches/"
    assert page.links["订阅这次检索"].startswith("/search/feed/?q=")


def test_where_no_way_is_known_none_is_promised(shown: Shown) -> None:
    page = shown({"q": "x"})
    assert {"alone", "relaxed"}.isdisjoint(page.ids)
    assert "逐处索引" not in page.links


def test_whatever_an_answer_says_is_escaped(shown: Shown) -> None:
    markup = "<img src=x onerror=alert(1)>"
    page = shown(
        {"q": markup},
        conditions=(search.Condition(markup, markup),),
        warnings=(markup,),
        repaired=markup,
        suggestion=markup,
        alone=((markup, 1),),
        relaxed=((markup, 1),),
    )
    assert page.all("img") == []


@pytest.mark.django_db
def test_the_twin_says_the_same(client: Client, make_speech: Any, build_index: Any) -> None:
    make_speech("甲\n党建工作。党建。\n")
    build_index()
    data = client.get("/search.json", {"q": "“党建” (工作"}).json()
    assert [each["text"] for each in data["query"]["conditions"]] == ["“党建”", "“工作”"]
    assert data["query"]["conditions"][0] == {"text": "“党建”", "without": "工作", "negative": False}
    assert data["query"]["repaired"] == "“党建” 工作"
    assert data["occurrences"] == 3
    assert client.get("/search.json?q=党建").json()["query"]["repaired"] is None
    nothing = client.get("/search.json?q=党建 龘龘").json()
    assert nothing["alone"] == [["党建", 1], ["龘龘", 0]]
    assert nothing["relaxed"] == [["党建", 1]]


def test_where_only_most_words_were_found_each_is_counted_alone(shown: Shown) -> None:
    page = shown(
        {"q": "党建 龘龘"}, total=1, pages=1, partial=True, hits=(HIT,), alone=(("党建", 5), ("龘龘", 0))
    )
    assert "单独看：党建 5 篇，“龘龘”没有出现在任何讲话中。" in page.words
    assert page.links["党建"] == address(q="党建")


def test_a_query_that_asks_nothing_of_the_text_has_no_places_to_list(shown: Shown) -> None:
    page = shown({"q": "标题:党建"}, total=1, pages=1, exact=1, occurrences=0, hits=(HIT,))
    assert "0 处" not in page.words.replace("10 处", "")
    assert {"逐处索引", "逐处索引 0 处", "逐年趋势"}.isdisjoint(page.links)
