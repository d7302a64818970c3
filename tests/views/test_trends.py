"""The page of trends and its twin, on a real index."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.views.pages import PageRead

pytestmark = pytest.mark.django_db

PARTY, STUDY = "%E5%85%9A%E5%BB%BA", "%E5%AD%A6%E4%B9%A0"  # 党建, 学习


@pytest.fixture
def archive(make_speech, build_index) -> None:
    """Two speeches of 2018, none of 2019, one of 2020, one without a date."""
    make_speech("甲\n党建，党建。\n", date="2018-05", speaker="张三")
    make_speech("乙\n说学习。\n", date="2018", speaker="李四")
    make_speech("丙\n学习党建。\n", date="2020-01-02", speaker="张三")
    make_speech("丁\n党建\n")
    build_index()


def test_the_twin_has_the_years_of_each_query(client: Client, archive) -> None:
    assert client.get("/trends.json", {"q": ["党建", "学习"]}).json() == {
        "queries": [
            {
                "raw": "党建",
                "explained": "查找“党建”。",
                "total": 4,
                "years": [
                    {"year": "2018", "occurrences": 2, "speeches": 1, "per_10000": 1250.0},
                    {"year": "2020", "occurrences": 1, "speeches": 1, "per_10000": 1250.0},
                ],
                "unknown": {"occurrences": 1, "speeches": 1, "per_10000": 2000.0},
            },
            {
                "raw": "学习",
                "explained": "查找“学习”。",
                "total": 2,
                "years": [
                    {"year": "2018", "occurrences": 1, "speeches": 1, "per_10000": 625.0},
                    {"year": "2020", "occurrences": 1, "speeches": 1, "per_10000": 1250.0},
                ],
                "unknown": {"occurrences": 0, "speeches": 0, "per_10000": 0.0},
            },
        ],
        "years": [
            {"year": "2018", "characters": 16, "speeches": 2},
            {"year": "2020", "characters": 8, "speeches": 1},
        ],
        "unknown": {"characters": 5, "speeches": 1},
        "warnings": [],
    }


def test_the_table_has_every_number_and_the_sums(client: Client, archive) -> None:
    content = client.get("/trends/", {"q": ["党建", "学习"]}).content.decode()
    body = content[content.index("<tbody>") : content.index("</table>")]
    rows = [re.sub("<[^>]+>", " ", row).split() for row in body.split("<tr>")[1:]]
    assert rows == [
        ["2018年", "2", "1", "1250.00", "1", "1", "625.00", "2", "16"],
        ["2020年", "1", "1", "1250.00", "1", "1", "1250.00", "1", "8"],
        ["日期不详", "1", "1", "2000.00", "0", "0", "0", "1", "5"],
        ["合计", "4", "3", "1379.31", "2", "2", "689.66", "4", "29"],
    ]


def test_numbers_lead_to_the_lines_and_the_speeches_of_their_year(client: Client, archive) -> None:
    page = PageRead(client.get("/trends/", {"q": ["党建", "学习"], "speaker": "张三"}))
    speaker = "&speaker=%E5%BC%A0%E4%B8%89"
    assert f"/concordance/?q={PARTY}{speaker}&year=2018" in page.addresses
    assert f"/search/?q={STUDY}{speaker}&year=2020" in page.addresses
    for address in page.addresses:
        if address.startswith(("/concordance/", "/search/?q")):
            assert client.get(address).status_code == 200


def test_a_number_of_places_is_the_number_of_lines_it_leads_to(client: Client, archive) -> None:
    for query in client.get("/trends.json", {"q": ["党建", "学习"]}).json()["queries"]:
        for at in (*query["years"], {"year": "", **query["unknown"]}):
            lines = client.get("/concordance.json", {"q": query["raw"], "year": at["year"]}).json()
            assert (lines["total"], lines["speeches"]) == (at["occurrences"], at["speeches"])


def test_the_graph_says_in_words_what_it_shows(client: Client, archive) -> None:
    page = PageRead(client.get("/trends/", {"q": ["党建", "学习"]}))
    wide, phone = page.all("svg", role="img")
    for number, drawing in enumerate((wide, phone), 1):
        assert drawing["aria-labelledby"] == f"graph-title-{number} graph-desc-{number}"
        said = page.by_id[f"graph-desc-{number}"]
        assert said.startswith("党建在 2018 年最多，每万字 1250 次。学习在 2020 年最多")
    assert [group["class"] for group in page.all("g")] == [
        "grid",
        "axis",
        "curve curve-1",
        "curve curve-2",
    ] * 2


def test_a_phone_has_a_graph_of_its_own_with_all_years_and_no_names(client: Client, archive) -> None:
    page = PageRead(client.get("/trends/", {"q": ["党建", "学习"]}))
    wide, phone = page.all("svg", role="img")
    assert (wide["viewbox"], phone["viewbox"]) == ("0 0 960 380", "0 0 400 300")
    assert (wide.get("class"), phone["class"]) == (None, "phone")
    assert len(page.all("path", **{"class": "leader"})) == 2


def test_a_year_without_a_speech_breaks_the_line(client: Client, archive) -> None:
    legend, *paths = PageRead(client.get("/trends/?q=党建")).all("path", **{"class": "line"})
    assert legend["d"] == "M0 6H36"
    assert len(paths) == 2
    for path in paths:
        assert path["d"].count("M") == 2
        assert "L" not in path["d"]


def test_the_legend_has_every_query_in_full(client: Client, archive) -> None:
    page = PageRead(client.get("/trends/", {"q": ["党建", "一个很长很长很长的查询"]}))
    legend = page.all("li", **{"class": "curve curve-1"}) + page.all("li", **{"class": "curve curve-2"})
    assert len(legend) == 2
    assert page.all("use", href="#mark-2", x="18")
    assert page.words.count("一个很长很长很长的查询") >= 2


def test_speeches_without_a_date_are_said_to_be_left_out_of_the_graph(client: Client, archive) -> None:
    said = "篇日期不详，不在图中。"
    assert f"1 {said}" in PageRead(client.get("/trends/?q=党建")).words
    assert said not in PageRead(client.get("/trends/?q=党建&speaker=张三")).words


def test_without_two_years_there_is_a_table_and_no_graph(client: Client, make_speech, build_index) -> None:
    make_speech("甲\n党建\n", date="2020")
    build_index()
    page = PageRead(client.get("/trends/?q=党建"))
    assert "有日期的讲话都在同一年" in page.words
    assert not page.all("svg")
    assert page.all("table")


def test_what_stands_nowhere_is_said_with_a_way_on(client: Client, archive) -> None:
    page = PageRead(client.get("/trends/", {"q": ["党建", "龘龘"], "speaker": "张三"}))
    assert "“龘龘”一次也没有出现。" in page.words
    assert page.links["到全文里搜索"].startswith("/search/?q=%E9%BE%98%E9%BE%98&speaker=")
    assert page.all("svg", role="img")
    assert page.all("table")
    assert "一次也没有出现" not in PageRead(client.get("/trends/?q=党建")).words


def test_of_what_stands_nowhere_no_empty_graph_is_drawn(client: Client, archive) -> None:
    page = PageRead(client.get("/trends/?q=龘龘"))
    assert "“龘龘”一次也没有出现。" in page.words
    assert not page.all("svg")
    assert not page.all("table")


def test_an_archive_without_speeches_says_only_that(client: Client, build_index) -> None:
    build_index()
    words = PageRead(client.get("/trends/?q=党建")).words
    assert "讲话库里还没有讲话。" in words
    assert "一次也没有出现" not in words


def test_without_any_date_the_table_has_the_undated(client: Client, make_speech, build_index) -> None:
    make_speech("甲\n党建\n")
    build_index()
    page = PageRead(client.get("/trends/?q=党建"))
    assert "没有一篇有日期的讲话" in page.words
    assert "后台" not in page.words
    assert f"/concordance/?q={PARTY}&year=" in page.addresses


def test_the_form_has_a_box_for_each_query_and_one_more_up_to_six(client: Client, archive) -> None:
    def boxes(*queries: str) -> list[str]:
        page = PageRead(client.get("/trends/", {"q": queries}))
        return [box.get("value", "") for box in page.all("input", name="q", maxlength="200")][1:]

    assert boxes("党建", "学习", "", "党建")[-3:] == ["党建", "学习", ""]
    assert len(PageRead(client.get("/trends/", {"q": list("甲乙丙丁说党")})).all("label")) >= 6
    assert boxes(*"甲乙丙丁说党")[-6:] == list("甲乙丙丁说党")


def test_filters_are_kept_and_can_be_dropped(client: Client, archive) -> None:
    page = PageRead(client.get("/trends/?q=党建&speaker=张三&from=2019"))
    assert page.all("input", type="hidden", name="speaker", value="张三")
    chip = page.links["讲话人 张三 ✕去掉这个条件"]
    assert chip == f"/trends/?q={PARTY}&from=2019"


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ({"q": list("一二三四五六七")}, "q", "最多比较 6 个查询"),
        ({"q": ["长" * 201]}, "q", "最多 200 个字"),
        ({"q": ["\0"]}, "q", "控制字符"),
        ({"q": ["，。"]}, "q", "没有可检索的词"),
        ({"q": ["党"] + [f"x{n}" for n in range(60)]}, "q", "请删去一些"),
        ({"q": ["党"], "year": "x"}, "year", "四位数字"),
        ({"q": ["党"], "to": "昨天"}, "to", "请写成"),
    ],
)
def test_a_bad_parameter_is_named_with_its_cure(client: Client, query, field: str, words: str) -> None:
    page = client.get("/trends/", query)
    assert page.status_code == 400
    assert words in page.content.decode()
    twin = client.get("/trends.json", query)
    assert twin.status_code == 400
    assert twin.json()["error"]["field"] == field
    assert words in twin.json()["error"]["message"]


def test_without_a_query_there_is_an_explanation_and_examples_that_work(client: Client, archive) -> None:
    page = PageRead(client.get("/trends/"))
    examples = [href for href in page.addresses if href.startswith("/trends/?q=")]
    assert len(examples) == 3
    assert {client.get(href).status_code for href in examples} == {200}
    assert client.get("/trends.json").json()["queries"] == []


def test_query_text_is_escaped(client: Client, archive) -> None:
    content = client.get("/trends/", {"q": ["<script>x", '"><img src=x>']}).content.decode()
    assert "<script>x" not in content
    assert "<img" not in content


def test_trends_without_the_index_are_owned_up_to(client: Client, make_speech, index_path) -> None:
    make_speech("甲\n党建工作。\n", date="2020")
    assert "搜索索引暂时不可用" in client.get("/trends/?q=党建").content.decode()


def test_drafts_are_not_counted(client: Client, make_speech, build_index, archive) -> None:
    make_speech("秘密讲话\n暗号天王。\n", published=False, date="1999")
    build_index()
    data = client.get("/trends.json?q=暗号天王").json()
    assert data["queries"][0]["total"] == 0
    assert "1999" not in [year["year"] for year in data["years"]]


def test_what_is_rare_is_not_shown_as_nothing(client: Client, make_speech, build_index) -> None:
    make_speech("甲\n党建" + "长" * 200_000 + "\n", date="2020")
    build_index()
    page = PageRead(client.get("/trends/?q=党建"))
    assert "0.050" in page.words
    assert "0.00 " not in page.words


@pytest.mark.parametrize(
    "address", ["/trends/", "/trends.json", "/concordance/", "/concordance.json", "/concordance.csv"]
)
def test_these_addresses_can_only_be_read(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


def test_a_number_of_speeches_is_the_number_that_the_search_lists(
    client: Client, make_speech, build_index
) -> None:
    make_speech("甲\n改革开放政策。\n", date="2020")
    make_speech("乙\n政策要改革，也要开放。\n", date="2020")
    make_speech("丙\n开放政策，改革政策。\n")
    build_index()
    page = PageRead(client.get("/trends/", {"q": ["改革开放政策", "改革 政策 -也要"]}))
    found = [href for href in page.addresses if href.startswith("/search/?q")]
    totals = [client.get(href.replace("/search/", "/search.json")).json()["total"] for href in found]
    assert totals == [1, 1, 1, 1, 2]
