"""The search page and its twin, on a real index."""

from __future__ import annotations

import html

import pytest
from django.test import Client

from archive.models import Alias
from tests.views.pages import PageRead

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(make_speech, build_index):
    """Three speeches in the index; their keys by title."""
    speeches = [
        make_speech(
            "党建讲话\n同志们：\n要抓好党建工作。党建要实。\n一、党建先行\n先行一步。\n",
            date="2022-11",
            speaker="张三",
        ),
        make_speech("经费讲话\n谈谈党建经费。\n", date="2021", speaker="李四", kind="讲话"),
        make_speech("其他讲话\n说说<script>天气</script>。\n"),
    ]
    build_index()
    return {speech.title: speech for speech in speeches}


def titles(client: Client, **query: object) -> list[str]:
    return [row["title"] for row in client.get("/search.json", query).json()["results"]]


def test_it_says_how_much_was_found_and_where(client: Client, archive):
    page = PageRead(client.get("/search/?q=党建"))
    assert "找到 2 篇 · 5 处" in page.words
    speech = archive["党建讲话"]
    places = [
        href for href in page.addresses if href.startswith(f"/speeches/{speech.pk}/?q=") and "#" in href
    ]
    assert places
    assert all(client.get(place).status_code == 200 for place in places)


def test_every_place_leads_to_an_anchor_on_the_page(client: Client, archive):
    for row in client.get("/search.json?q=党建").json()["results"]:
        for place in row["sections"]:
            address, _, anchor = place["url"].partition("#")
            assert anchor == place["anchor"]
            assert anchor in PageRead(client.get(address)).ids
            assert "<mark>" in place["snippet"]


def test_as_many_hits_are_marked_on_the_page_as_the_search_counted(client: Client, archive):
    rows = client.get("/search.json?q=党建").json()["results"]
    assert rows
    for row in rows:
        page = PageRead(client.get(row["url"]))
        assert f"hit-{row['hits']}" in page.ids
        assert f"hit-{row['hits'] + 1}" not in page.ids


def test_the_twin_says_what_the_page_says(client: Client, archive):
    data = client.get("/search.json?q=党建").json()
    assert (data["total"], data["page"], data["pages"]) == (2, 1, 1)
    assert data["query"]["raw"] == "党建"
    assert {"explained", "warnings"} <= set(data["query"])
    assert set(data["facets"]) == {"year", "speaker", "kind", "event"}
    assert sorted(data["facets"]["year"]) == [["2021", 1], ["2022", 1]]
    assert data["suggestion"] is None
    fields = {"id", "title", "title_html", "url", "speaker", "date", "score", "hits", "sections"}
    assert all(fields <= set(row) for row in data["results"])
    assert {"anchor", "num", "heading", "url", "snippet"} <= set(data["results"][0]["sections"][0])


def test_filters_and_dates_narrow_and_show_as_chips(client: Client, archive):
    assert titles(client, q="党建", year="2021") == ["经费讲话"]
    assert titles(client, q="党建", speaker=["张三", "李四"], sort="oldest") == ["经费讲话", "党建讲话"]
    assert titles(client, **{"q": "党建", "from": "2022-10"}) == ["党建讲话"]
    page = PageRead(client.get("/search/?q=党建&year=2021&from=2020"))
    assert page.links["×去掉条件 年份 2021年"] == "/search/?q=%E5%85%9A%E5%BB%BA&from=2020"
    assert page.links["×去掉条件 自 2020"] == "/search/?q=%E5%85%9A%E5%BB%BA&year=2021"
    assert page.links["清除全部筛选"] == "/search/?q=%E5%85%9A%E5%BB%BA"
    assert page.all("input", type="hidden", name="year", value="2021")


def test_the_strip_of_years_filters(client: Client, archive):
    page = PageRead(client.get("/search/?q=党建"))
    assert page.links["1篇 2022"] == "/search/?q=%E5%85%9A%E5%BB%BA&year=2022"


def test_orders_are_links_that_keep_the_search(client: Client, archive):
    page = PageRead(client.get("/search/?q=党建&to=2022&sort=newest"))
    assert page.links["最早"] == "/search/?q=%E5%85%9A%E5%BB%BA&to=2022&sort=oldest"
    assert page.links["相关"] == "/search/?q=%E5%85%9A%E5%BB%BA&to=2022"
    assert "最新" not in page.links
    assert titles(client, q="党建", sort="oldest") == ["经费讲话", "党建讲话"]


def test_filters_without_words_list_what_passes_them(client: Client, archive):
    assert titles(client, speaker="李四") == ["经费讲话"]
    assert "找到 1 篇" in PageRead(client.get("/search/?speaker=李四")).words


def test_without_a_query_there_are_examples_that_work_and_the_newest_speeches(client: Client, archive):
    response = client.get("/search/")
    page = PageRead(response)
    assert response.status_code == 200
    assert archive["党建讲话"].get_absolute_url() in page.addresses
    assert {"讲话人:张三", "年:2021..2022"} <= set(page.links)
    assert "help" in page.ids


def test_a_twin_without_a_query_says_what_to_do(client: Client, archive):
    data = client.get("/search.json").json()
    assert (data["total"], data["results"]) == (0, [])
    assert data["query"]["warnings"] == ["请输入关键词。"]
    assert data["facets"] == {"speaker": [], "year": [], "kind": [], "event": []}


def test_nothing_found_names_the_words_that_are_nowhere_and_the_ways_out(client: Client, archive):
    response = client.get("/search/?q=天气 龘龘&year=2022")
    page = PageRead(response)
    assert response.status_code == 200
    assert "没有结果" in page.words
    assert "“龘龘”没有出现在任何讲话中" in page.words
    assert "/search/?q=%E5%A4%A9%E6%B0%94" in page.addresses
    assert "/speeches/" in page.addresses


def test_a_search_narrowed_to_nothing_says_what_it_would_find_without_filters(client: Client, archive):
    page = PageRead(client.get("/search/?q=党建&year=1990&sort=newest"))
    assert "去掉全部筛选条件 2 篇" in page.words
    assert page.links["去掉全部筛选条件"] == "/search/?q=%E5%85%9A%E5%BB%BA&sort=newest"


def test_faulty_syntax_is_repaired_and_the_repair_is_named(client: Client, archive):
    response = client.get("/search/?q=“党建")
    assert response.status_code == 200
    assert "引号没有配对" in response.content.decode()
    assert any("引号没有配对" in w for w in client.get("/search.json?q=“党建").json()["query"]["warnings"])


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ({"q": "长" * 201}, "q", "最多 200 个字"),
        ({"q": "党", "sort": "best"}, "sort", "没有这种排序"),
        ({"q": "党", "year": "x"}, "year", "四位数字"),
        ({"q": "党", "from": "昨天"}, "from", "请写成 2022-11-20"),
        ({"q": "党", "to": "2022-13"}, "to", "没有这一天"),
        ({"q": "党", "from": "2022-10", "to": "2021"}, "to", "请对调"),
    ],
)
def test_a_bad_parameter_is_named_with_its_cure(client: Client, query, field, words):
    page = client.get("/search/", query)
    assert page.status_code == 400
    assert words in page.content.decode()
    assert html.escape(query["q"][:200]) in page.content.decode()
    twin = client.get("/search.json", query)
    assert twin.status_code == 400
    assert twin.json()["error"]["field"] == field
    assert words in twin.json()["error"]["message"]


@pytest.mark.parametrize("page", ["0", "x", "2", "9" * 30])
def test_a_page_that_is_not_there_is_404(client: Client, archive, page):
    response = client.get("/search/", {"q": "党建", "page": page})
    assert response.status_code == 404
    assert "没有这一页。" in response.content.decode()
    twin = client.get("/search.json", {"q": "党建", "page": page})
    assert (twin.status_code, twin.json()["error"]["field"]) == (404, "page")


def test_many_results_are_paged_to_the_last(client: Client, make_speech, build_index):
    for _ in range(41):
        make_speech()
    build_index()
    seen = []
    for number in (1, 2, 3):
        data = client.get("/search.json", {"q": "讲话", "page": number}).json()
        assert (data["total"], data["pages"]) == (41, 3)
        seen += [row["id"] for row in data["results"]]
    assert len(set(seen)) == 41
    page = PageRead(client.get("/search/?q=讲话&page=3"))
    assert page.links["上一页"].endswith("page=2")
    assert "41 篇" in page.words


def test_query_text_and_markup_in_speeches_are_escaped(client: Client, archive):
    for query in ("天气", "<script>", '"><img src=x>'):
        content = client.get("/search/", {"q": query}).content.decode()
        assert "<script>天气" not in content
        assert "<img" not in content


def test_result_pages_are_not_for_search_engines(client: Client, archive):
    assert PageRead(client.get("/search/?q=党建")).all("meta", name="robots", content="noindex")


def test_a_search_without_the_index_is_owned_up_to(client: Client, make_speech, index_path):
    make_speech("甲\n党建工作。\n")
    page = client.get("/search/?q=党建")
    twin = client.get("/search.json?q=党建").json()
    assert "搜索索引暂时不可用，正在逐篇查找" in page.content.decode()
    assert twin["total"] == 1
    assert "搜索索引暂时不可用，正在逐篇查找，会慢一些。" in twin["query"]["warnings"]


def test_an_archive_that_is_still_empty_lacks_no_index(client: Client, index_path):
    assert "搜索索引" not in client.get("/search/?q=党建").content.decode()
    assert client.get("/search.json?q=党建").json()["query"]["warnings"] == []


def test_drafts_are_never_found(client: Client, make_speech, build_index):
    make_speech("秘密讲话\n暗号天王。\n", published=False, speaker="无名氏")
    build_index()
    data = client.get("/search.json?q=暗号天王").json()
    assert data["total"] == 0
    assert "无名氏" not in str(data["facets"])
    assert "秘密讲话" not in client.get("/search/").content.decode()


def test_searching_asks_few_queries_and_leaves_no_cookie(
    client: Client, archive, django_assert_max_num_queries
):
    with django_assert_max_num_queries(14):
        response = client.get("/search/?q=党建&year=2022")
    assert not response.cookies
    with django_assert_max_num_queries(14):
        client.get("/search/?q=天气 龘龘 鼍鼍&year=2022")


def test_a_control_character_in_a_query_is_named_with_its_cure(client: Client, db: None) -> None:
    response = client.get("/search.json", {"q": "\0"})
    assert response.status_code == 400
    assert response.json()["error"]["message"] == "查询里混有不可见的控制字符，请重新输入。"


def test_page_numbers_are_plain_digits(client: Client, db: None) -> None:
    for page in ("1.0", "+1", "１", "1e0"):
        assert client.get("/speeches/", {"page": page}).status_code == 404


@pytest.mark.parametrize("parameters", [{"q": "，。", "page": "2"}, {"q": "-党建", "page": "7"}])
def test_an_answer_without_a_search_has_one_page_too(
    client: Client, db: None, parameters: dict[str, str]
) -> None:
    assert client.get("/search/", parameters).status_code == 404
    assert client.get("/search.json", parameters).status_code == 404
    assert client.get("/search/", {**parameters, "page": "1"}).status_code == 200


def test_a_pasted_passage_is_sent_on_to_the_quote_check(client: Client, archive):
    passage = "要抓好党建工作，" * 40
    page = PageRead(response := client.get("/search/", {"q": passage}))
    assert response.status_code == 400
    (address,) = [address for address in page.addresses if address.startswith("/quote/?text=")]
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/search.json?q=党建&", "/speeches.json?"])
def test_a_link_to_another_name_of_a_speaker_answers(client: Client, archive, address: str) -> None:
    Alias.objects.create(name="张老三", speaker=archive["党建讲话"].speaker)
    for name in ("张三", "张老三", "张老三&speaker=张三"):
        rows = client.get(f"{address}speaker={name}").json()["results"]
        assert [row["title"] for row in rows] == ["党建讲话"], name
