"""The quote check: the page and its twin, on a real index."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from archive.search.asking import WAITING, slots
from tests.views.pages import PageRead

pytestmark = pytest.mark.django_db

TRUE = "春天在希望的田野上播种"
WRONG = "春天的希望的大田野播种"


@pytest.fixture
def archive(make_speech, build_index):
    """Two speeches in the index; their keys by title."""
    speeches = [
        make_speech(
            f"春耕《讲话》\n同志们：\n不误农时、早作准备。{TRUE}。\n一、夏天\n禾苗在雨水里成长。\n",
            date="2022-05-01", speaker="张三",
        ),
        make_speech("冬藏讲话\n雪<script>盖</script>住了整个村庄。\n不误农时、早作准备。\n"),
    ]  # fmt: skip
    build_index()
    return {speech.title: speech for speech in speeches}


def ask(client: Client, text: str) -> PageRead:
    response = client.get("/quote/", {"text": text})
    assert response.status_code == 200
    return PageRead(response)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TRUE, "一字不差"),
        (f"“{TRUE}。”", "一字不差"),
        ("不误农时，早作准备", "文字一字不差，标点不同"),
        (WRONG, "与原文差 3 字"),
        (f"{TRUE}。火车在凌晨三点半到站。", "只有一部分找得到"),
        (f"{TRUE}。盖住了整个村庄。", "各句都有，但不在同一处"),
        ("火车在凌晨三点半到站", "没有找到"),
    ],
)
def test_the_verdict_is_said_in_words_first(client: Client, archive, text: str, said: str) -> None:
    response = client.get("/quote/", {"text": text})
    page = PageRead(response)
    assert said in page.words.split("核对一句")[0]
    assert "<h1>" in response.content.decode()
    assert page.all("meta", name="robots", content="noindex")


def test_a_source_has_a_link_to_its_place_and_a_line_to_copy(client: Client, archive) -> None:
    page = ask(client, TRUE)
    assert "《春耕〈讲话〉》，张三，2022年5月1日，第 2 段" in page.words
    link = page.links["春耕《讲话》"]
    address, _, anchor = link.partition("#")
    speech = PageRead(client.get(address))
    assert anchor in speech.ids
    assert speech.all("mark")
    assert parse_qs(urlsplit(link).query)["q"] == [f"“{TRUE}”"]


def test_a_heading_is_named_where_there_is_no_paragraph(client: Client, make_speech, build_index) -> None:
    make_speech("讲话\n说明来意。\n一、夏天的禾苗在成长\n正文。\n")
    build_index()
    assert "标题“一、夏天的禾苗在成长”" in ask(client, "夏天的禾苗在成长").words
    assert "标题“一、夏天的禾苗在成长”起" in ask(client, "夏天的禾苗在成长，正文").words
    assert "第 1 段起" in ask(client, "说明来意。一、夏天的禾苗").words


def test_the_first_use_is_first_and_undated_speeches_last(client: Client, archive) -> None:
    data = client.get("/quote.json", {"text": "不误农时、早作准备"}).json()
    assert [source["title"] for source in data["sources"]] == ["春耕《讲话》", "冬藏讲话"]
    assert data["total"] == 2
    assert "见于 2 篇讲话，最早的在前。" in ask(client, "不误农时、早作准备").words


def test_differences_are_told_in_words_and_marked(client: Client, archive) -> None:
    content = client.get("/quote/", {"text": WRONG}).content.decode()
    page = PageRead(client.get("/quote/", {"text": WRONG}))
    for words in ("“的”，原文作“在”", "漏掉“上”", "多出“大”"):
        assert words in page.words
    assert "<mark>的</mark>" in content
    assert "<mark>在</mark>" in content
    assert "<ins>上</ins>" in content
    assert "<del>大</del>" in content
    assert '<span class="gap" aria-hidden="true">\u3000</span>' in content


def test_more_speeches_than_are_shown_are_a_link_away(client: Client, make_speech, build_index) -> None:
    for year in range(2001, 2013):
        make_speech(f"{year}年讲话\n老话重提：{TRUE}。\n", date=str(year))
    build_index()
    page = ask(client, TRUE)
    assert "2010年讲话" in page.words
    assert "2011年讲话" not in page.words
    address = page.links["搜索里看全部 12 篇"]
    assert client.get(address.replace("/search/", "/search.json")).json()["total"] == 12


def test_the_twin_says_what_the_page_says(client: Client, archive) -> None:
    data = client.get("/quote.json", {"text": WRONG}).json()
    assert set(data) == {"text", "verdict", "differences", "total", "sources", "parts", "warnings"}
    assert (data["text"], data["verdict"], data["differences"], data["total"]) == (WRONG, "near", 3, 0)
    (source,) = data["sources"]
    speech = archive["春耕《讲话》"]
    assert {name: source[name] for name in ("id", "title", "speaker", "date", "anchor", "differences")} == {
        "id": speech.pk, "title": speech.title, "speaker": "张三", "date": "2022-05-01", "anchor": "p2",
        "differences": 3,
    }  # fmt: skip
    assert speech.text[source["start"] : source["end"]] == source["text"] == TRUE
    assert source["alignment"] == [
        *(["=", "春天"], ["~", "的", "在"], ["=", "希望的"], ["-", "大"], ["=", "田野"], ["+", "上"]),
        ["=", "播种"],
    ]
    (part,) = data["parts"]
    assert (part["text"], part["start"], part["end"], part["verdict"]) == (WRONG, 0, len(WRONG), "near")


@pytest.mark.parametrize(
    "text", [TRUE, WRONG, f"{TRUE}……禾苗在雨水中成长", "不誤農時，早做準備", f"“{TRUE}”。火车到站。"]
)
def test_an_alignment_makes_the_source_out_of_the_quotation(client: Client, archive, text: str) -> None:
    data = client.get("/quote.json", {"text": text}).json()
    found = [*data["sources"], *(source for part in data["parts"] for source in part["sources"])]
    assert found
    for source in found:
        steps = source["alignment"]
        there = "".join({"…": "……", "-": ""}.get(kind, rest[-1] if rest else "") for kind, *rest in steps)
        assert there == source["text"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("长" * 2001, "引文最多 2,000 个字，现在有 2001 个，请分段核对。"),
        ("党建", "引文至少要有 4 个字；更短的词语请用搜索。"),
        ("……！", "引文至少要有 4 个字"),
        ("春天\0在希望的田野", "引文里混有不可见的控制字符，请重新输入。"),
    ],
)
def test_a_bad_quotation_is_named_with_its_cure(client: Client, archive, text: str, words: str) -> None:
    page = client.get("/quote/", {"text": text})
    assert page.status_code == 400
    assert words in page.content.decode()
    twin = client.get("/quote.json", {"text": text})
    assert (twin.status_code, twin.json()["error"]["field"]) == (400, "text")
    assert words in twin.json()["error"]["message"]


def test_line_ends_count_once_whatever_browsers_send(client: Client, archive) -> None:
    text = "\r\n".join(["长" * 99] * 20)
    assert client.get("/quote/", {"text": text}).status_code == 200


def test_a_word_too_short_to_be_checked_leads_to_the_search(client: Client, archive) -> None:
    page = PageRead(client.get("/quote/?text=农时"))
    assert page.links["去搜索这个词"] == "/search/?q=%E5%86%9C%E6%97%B6"


def test_nothing_given_shows_two_examples_of_this_archive(client: Client, make_speech, build_index) -> None:
    make_speech(f"讲话\n同志们：\n今年的农事安排得早，准备得也很充分。{TRUE}，大家都很忙碌。\n")
    build_index()
    page = PageRead(client.get("/quote/"))
    examples = [address for address in page.addresses if address.startswith("?text=")]
    assert len(examples) == 2
    verdicts = [client.get(f"/quote.json{address}").json() for address in examples]
    assert [(data["verdict"], data["differences"]) for data in verdicts] == [("exact", 0), ("near", 2)]
    assert client.get("/quote.json").json()["error"]["field"] == "text"
    assert client.get("/quote.json?text=%20").status_code == 400


def test_an_example_begins_where_a_clause_begins(client: Client, make_speech, build_index) -> None:
    clauses = ("先说第一个很长很长很长的分句的前半截子话", "再说第二个很长很长很长的分句的后半截子话")
    make_speech(f"在会上的讲话\n同志们：\n{'，'.join(clauses)}，最后说第三个不长的分句。\n")
    build_index()
    page = PageRead(client.get("/quote/"))
    right, _wrong = (address for address in page.addresses if address.startswith("?text="))
    assert parse_qs(right[1:])["text"] == [f"{clauses[1]}，最后说第三个不长的分句"]


def test_an_empty_archive_has_no_examples_and_says_not_found(client: Client, db, index_path) -> None:
    assert "例子" not in PageRead(client.get("/quote/")).words
    assert "没有找到" in ask(client, TRUE).words


def test_what_is_not_found_has_ways_on(client: Client, archive) -> None:
    page = ask(client, "火车在“凌晨”三点半到站")
    assert page.links["按其中的词搜索"].startswith("/search/?q=")
    assert client.get(page.links["按其中的词搜索"]).status_code == 200
    assert "只能说本库没有" in page.words


def test_markup_is_shown_and_never_run(client: Client, archive) -> None:
    for text in ("雪<script>盖</script>住了整个村庄", "雪<script>改</script>住了整个村庄", "<img src=x>" * 9):
        content = client.get("/quote/", {"text": text}).content.decode()
        assert "<script>盖" not in content
        assert "<script>改" not in content
        assert "<img" not in content
    assert (
        "&lt;script&gt;"
        in client.get("/quote/", {"text": "雪<script>改</script>住了整个村庄"}).content.decode()
    )


def test_drafts_are_never_a_source(client: Client, make_speech, build_index) -> None:
    make_speech("秘密讲话\n暗号是天王盖地虎宝塔镇河妖。\n", published=False)
    make_speech()
    build_index()
    text = "暗号是天王盖地虎宝塔镇河妖"
    assert client.get("/quote.json", {"text": text}).json()["verdict"] == "none"
    assert "秘密" not in ask(client, text).words
    assert "暗号" not in PageRead(client.get("/quote/")).words


def test_a_page_asks_few_queries_however_many_speeches_it_shows(
    client: Client, make_speech, build_index, django_assert_max_num_queries
) -> None:
    for n in range(30):
        make_speech(f"第{n}篇\n老话重提：{TRUE}。另说一件只有这一篇才说的第{n}号大事。\n")
    build_index()
    with django_assert_max_num_queries(12):
        client.get("/quote/", {"text": TRUE})
    parts = "".join(f"另说一件只有这一篇才说的第{n}号大事。" for n in range(20))
    with django_assert_max_num_queries(12):
        assert client.get("/quote.json", {"text": parts}).json()["verdict"] == "partial"


@pytest.fixture
def full() -> Iterator[None]:
    """So many searches wait that no other may."""
    slots.busy = WAITING + 1
    yield
    slots.busy = 0


def test_when_too_many_search_it_is_said_when_to_come_back(client: Client, archive, full) -> None:
    for address in ("/quote/", "/quote.json"):
        answer = client.get(address, {"text": TRUE})
        assert (answer.status_code, answer["Retry-After"]) == (503, "3")


def test_a_check_without_the_index_is_owned_up_to(client: Client, make_speech, index_path) -> None:
    make_speech(f"甲\n{TRUE}。\n")
    page = ask(client, TRUE)
    assert "搜索索引暂时不可用" in page.words
    assert "一字不差" in page.words


def test_only_reading_is_answered(client: Client, archive) -> None:
    assert client.post("/quote/", {"text": TRUE}).status_code == 405
    assert client.head("/quote/", {"text": TRUE}).status_code == 200
