"""The concordance page, its twin and its table, on a real index."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client

from tests.views.pages import PageRead

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(make_speech, build_index):
    """Three speeches in the index; their keys by title."""
    speeches = [
        make_speech(
            "党建讲话\n同志们：\n要抓好党建工作。抓好党建工作要实。\n一、党建先行\n先行一步。\n",
            date="2022-11",
            speaker="张三",
        ),
        make_speech("经费讲话\n谈谈党建经费。\n=党建<b>&公式。\n", date="2021", speaker="李四", kind="讲话"),
        make_speech("其他讲话\n说说<script>天气</script>。\n"),
    ]
    build_index()
    return {speech.title: speech for speech in speeches}


def hits(client: Client, **query: object) -> list[str]:
    return [
        f"{line['left'][-2:]}|{line['right'][:2]}"
        for line in client.get("/concordance.json", query).json()["lines"]
    ]


def test_it_says_how_many_places_there_are_and_in_how_many_speeches(client: Client, archive) -> None:
    page = PageRead(client.get("/concordance/?q=党建"))
    assert "6 处，见于 2 篇" in page.words
    assert len(page.all("mark")) == 6


def test_every_line_leads_to_its_paragraph_with_the_places_marked(client: Client, archive) -> None:
    lines = client.get("/concordance.json?q=党建").json()["lines"]
    assert len(lines) == 6
    for line in lines:
        address, _, anchor = line["url"].partition("#")
        assert anchor == line["anchor"]
        speech = PageRead(client.get(address))
        assert anchor in speech.ids
        assert "党建" in speech.by_id[anchor]
        text = client.get(f"/speeches/{line['id']}.json").json()["text"]
        assert text[line["start"] : line["end"]] == line["hit"]


def test_the_twin_says_what_the_page_says(client: Client, archive) -> None:
    data = client.get("/concordance.json?q=党建&sort=right").json()
    assert {name: data[name] for name in ("total", "speeches", "page", "pages", "sort")} == {
        "total": 6, "speeches": 2, "page": 1, "pages": 1, "sort": "right",
    }  # fmt: skip
    assert data["query"] == {"raw": "党建", "explained": "查找“党建”。", "warnings": []}
    assert data["neighbours"] == {"left": [["抓好", 2]], "right": [["工作", 2]]}
    assert set(data["facets"]) == {"year", "speaker", "kind", "event"}
    assert set(data["lines"][0]) == {
        *("id", "title", "speaker", "date", "num", "heading", "anchor", "url", "left", "hit", "right"),
        *("start", "end"),
    }


def test_orders_are_links_that_keep_the_query_and_the_filters(client: Client, archive) -> None:
    page = PageRead(client.get("/concordance/?q=党建&speaker=张三&sort=left"))
    kept = "/concordance/?q=%E5%85%9A%E5%BB%BA&speaker=%E5%BC%A0%E4%B8%89"
    assert page.links["按日期"] == kept
    assert page.links["按后文"] == f"{kept}&sort=right"
    assert "按前文" not in page.links


def test_filters_narrow_and_show_as_chips(client: Client, archive) -> None:
    assert hits(client, q="党建", year="2021") == ["谈谈|经费", " =|<b"]
    assert len(hits(client, **{"q": "党建", "from": "2022-10"})) == 4
    page = PageRead(client.get("/concordance/?q=党建&year=2021&from=2020"))
    assert page.links["年份 2021年 ✕去掉这个条件"] == "/concordance/?q=%E5%85%9A%E5%BB%BA&from=2020"
    assert "李四 1" in page.links  # the facets are there to choose from
    assert page.all("input", type="hidden", name="year", value="2021")


def test_neighbours_lead_to_as_many_places_as_they_promise(client: Client, archive) -> None:
    page = PageRead(client.get("/concordance/?q=党建&year=2022"))
    found = {label: href for label, href in page.links.items() if re.fullmatch(r"\w+ \d+", label)}
    found = {label: href for label, href in found.items() if "党建" in label}
    assert "党建工作 2" in found
    for label, href in found.items():
        data = client.get(href.replace("/concordance/", "/concordance.json")).json()
        assert data["total"] == int(label.split()[-1])


def test_lines_are_paged_to_the_last(client: Client, make_speech, build_index) -> None:
    make_speech("长\n" + "学习。\n" * 101, date="2020")
    build_index()
    seen = []
    for number in (1, 2, 3):
        data = client.get("/concordance.json", {"q": "学习", "page": number}).json()
        assert (data["total"], data["pages"], data["page"]) == (101, 3, number)
        seen += [line["start"] for line in data["lines"]]
    assert len(set(seen)) == 101
    page = PageRead(client.get("/concordance/?q=学习&page=3"))
    assert page.links["上一页"].endswith("page=2")
    assert page.all("ol", **{"class": "kwic", "start": "101"})


@pytest.mark.parametrize("page", ["0", "x", "2", "9" * 30])
def test_a_page_that_is_not_there_is_404(client: Client, archive, page: str) -> None:
    assert client.get("/concordance/", {"q": "党建", "page": page}).status_code == 404
    twin = client.get("/concordance.json", {"q": "党建", "page": page})
    assert (twin.status_code, twin.json()["error"]["field"]) == (404, "page")


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ({"q": "长" * 201}, "q", "最多 200 个字"),
        ({"q": "***"}, "q", "不能只用通配符"),
        ({"q": "党", "sort": "relevance"}, "sort", "可用的有：date、left、right"),
        ({"q": "党", "year": "x"}, "year", "四位数字"),
        ({"q": "党", "from": "2022-10", "to": "2021"}, "to", "请对调"),
    ],
)
def test_a_bad_parameter_is_named_with_its_cure(client: Client, query, field: str, words: str) -> None:
    for address in ("/concordance/", "/concordance.csv"):
        page = client.get(address, query)
        assert page.status_code == 400
        assert words in page.content.decode()
    twin = client.get("/concordance.json", query)
    assert twin.status_code == 400
    assert twin.json()["error"]["field"] == field
    assert words in twin.json()["error"]["message"]


def test_without_a_query_there_is_an_explanation_and_three_examples_that_work(client: Client, db) -> None:
    response = client.get("/concordance/")
    assert response.status_code == 200
    examples = [href for href in PageRead(response).addresses if href.startswith("?q=")]
    assert len(examples) == 3
    assert {client.get(f"/concordance/{href}").status_code for href in examples} == {200}
    assert client.get("/concordance.json").json()["total"] == 0
    assert client.get("/concordance.csv").status_code == 400


def test_what_only_stands_in_words_leads_to_the_search(client: Client, archive) -> None:
    page = PageRead(client.get("/concordance/?q=工作抓好"))
    assert "一处也没有" in page.words
    link = "没有一处逐字相同，但有 1 篇含有其中的词：到搜索页看"
    assert page.links[link] == "/search/?q=%E5%B7%A5%E4%BD%9C%E6%8A%93%E5%A5%BD"
    assert client.get("/concordance.csv?q=工作抓好").status_code == 200


def test_what_is_only_asked_of_a_field_leads_to_its_speeches(client: Client, archive) -> None:
    page = PageRead(client.get("/concordance/?q=标题:讲话"))
    assert "查询里没有要在正文中找的词，所以没有一处可列。请加上一个词。" in page.words
    (link,) = (href for label, href in page.links.items() if label == "符合条件的有 3 篇：到搜索页看")
    assert client.get(link.replace("/search/", "/search.json")).json()["total"] == 3
    assert "逐字相同" not in page.words
    assert "错字" not in page.words


def test_a_repaired_query_is_a_link(client: Client, archive) -> None:
    page = PageRead(client.get("/concordance/?q=“党建&year=2021&sort=left"))
    assert page.links["按 党建 列出"] == "/concordance/?q=%E5%85%9A%E5%BB%BA&year=2021&sort=left"
    assert "按 党建 列出" not in PageRead(client.get("/concordance/?q=党建")).links


def test_what_the_filters_leave_out_is_a_way_on(client: Client, archive) -> None:
    page = PageRead(client.get("/concordance/?q=党建&year=1990&sort=left"))
    assert page.links["去掉全部筛选条件，有 6 处"] == "/concordance/?q=%E5%85%9A%E5%BB%BA&sort=left"


def test_the_table_has_every_line_and_nothing_that_a_spreadsheet_runs(client: Client, archive) -> None:
    answer = client.get("/concordance.csv?q=党建&sort=date&page=1")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="concordance.csv"'
    body = answer.getvalue()
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["left", "hit", "right", "title", "speaker", "date", "section", "url", "offset"]
    assert len(rows) == 7
    speech = archive["党建讲话"]
    address = f"http://testserver/speeches/{speech.pk}/?q=%E5%85%9A%E5%BB%BA"
    heading = next(row for row in rows if row[2].startswith("先行"))
    assert heading[3:] == [
        *("党建讲话", "张三", "2022-11", "一、党建先行", f"{address}#s1", str(speech.text.index("党建先行"))),
    ]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_cell_that_looks_like_a_formula_is_text(client: Client, make_speech, build_index) -> None:
    make_speech("=1+1党建。\n")
    build_index()
    rows = client.get("/concordance.csv?q=党建").getvalue().decode("utf-8-sig").splitlines()
    assert rows[1].startswith("'=1+1,党建,。,'=1+1党建。,")


def test_more_lines_than_a_file_may_have_are_refused_with_the_count(
    client: Client, archive, monkeypatch
) -> None:
    monkeypatch.setattr("archive.search.concordance.MAX_LINES", 5)
    answer = client.get("/concordance.csv?q=党建")
    assert answer.status_code == 400
    assert "共有 6 处，一个文件最多 5 处。请限定年份、讲话人，或者把词写长一些。" in answer.content.decode()
    page = PageRead(client.get("/concordance/?q=党建&sort=left&year=2022&year=2021"))
    assert "现在按日期排列" in page.words


def test_query_text_and_markup_in_speeches_are_escaped(client: Client, archive) -> None:
    assert "&lt;b&gt;&amp;公式" in client.get("/concordance/?q=党建").content.decode()
    for query in ("天气", "<script>", '"><img src=x>'):
        content = client.get("/concordance/", {"q": query}).content.decode()
        assert "<script>天气" not in content
        assert "<img" not in content


def test_pages_of_lines_are_not_for_search_engines(client: Client, archive) -> None:
    assert PageRead(client.get("/concordance/?q=党建")).all("meta", name="robots", content="noindex")


def test_a_concordance_without_the_index_is_owned_up_to(client: Client, make_speech, index_path) -> None:
    make_speech("甲\n党建工作。\n")
    page = client.get("/concordance/?q=党建").content.decode()
    assert "搜索索引暂时不可用，正在逐篇查找" in page
    assert client.get("/concordance.csv?q=党建").status_code == 400


def test_drafts_have_no_lines_anywhere(client: Client, make_speech, build_index) -> None:
    make_speech("秘密讲话\n暗号天王。\n", published=False, speaker="无名氏")
    build_index()
    data = client.get("/concordance.json?q=暗号天王").json()
    assert (data["total"], data["loosely"], data["elsewhere"]) == (0, 0, 0)
    assert "无名氏" not in str(data["facets"])
    assert "暗号" not in client.get("/concordance.csv?q=天王").getvalue().decode()


def test_other_pages_are_a_link_away_with_the_same_filters(client: Client, archive) -> None:
    page = PageRead(client.get("/concordance/?q=党建&year=2022&sort=left"))
    kept = "?q=%E5%85%9A%E5%BB%BA&year=2022"
    assert page.links["按篇看（搜索）"] == f"/search/{kept}"
    assert page.links["逐年看（趋势）"] == f"/trends/{kept}"
    assert page.links["下载全部各行（CSV）"] == f"/concordance.csv{kept}&sort=left"


def test_a_page_asks_few_queries_however_many_speeches_it_shows(
    client: Client, make_speech, build_index, django_assert_max_num_queries
) -> None:
    for _ in range(30):
        make_speech()
    build_index()
    with django_assert_max_num_queries(10):
        assert client.get("/concordance/?q=讲话").status_code == 200
