"""Whatever a stranger sends to the search: what it answers, in a table. Never a crash, never without bounds."""

from __future__ import annotations

from html import unescape
from urllib.parse import quote, unquote_to_bytes

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

LARGEST = 1_000_000  # bytes of a page
MOST_QUERIES = 15  # three of them look once which examples of the help find anything
PASSAGE = "全面从严治党是党的十八大以来党中央作出的重大战略部署"

# What is asked for (percent-encoded where bytes matter), the status, and words that the page must show.
ROWS: list[tuple[str, str, int, str]] = [
    # Queries
    ("empty", "q=", 200, "请输入关键词。"),
    ("190 quotes", "q=" + quote('"' * 190), 200, "没有可检索的词。"),
    (
        "a passage of 500 characters",
        "q=" + quote(PASSAGE * 20),
        400,
        "查询最多 200 个字，现在有",
    ),
    (
        "a phrase of 192 words",
        "q=" + quote('"' + " ".join(["建设", "学习", "思想", "工作"] * 48) + '"'),
        400,
        "查询最多 200 个字，现在有 577 个，请删短一些。",
    ),
    ("33 words", "q=" + quote("党 " * 33), 400, "最多 32 个词。现在有 33 个，请删去一些。"),
    ("a wildcard alone", "q=*", 400, "不能只用通配符。请写出要找的词。"),
    ("180 wildcards", "q=" + "*" * 180, 400, "不能只用通配符。"),
    ("wide wildcards", "q=" + quote("＊？＊"), 400, "不能只用通配符。"),
    ("question marks", "q=" + quote("?" * 30), 200, "没有可检索的词。"),
    ("a regular expression", "q=" + quote("/.*(a|a)*$/"), 200, "没有结果"),
    ("boosts", "q=" + quote("党建^1e308 a^nan b^-1"), 200, "没有一篇同时包含全部词语"),
    ("an unknown field", "q=foo:bar", 200, "没有字段 foo，已当作普通词查找。可用的字段有："),
    ("a range of another language", "q=" + quote("date:[0001 TO 9999]"), 200, "没有字段 date"),
    ("a broken range", "q=" + quote("title:[a TO"), 200, "没有结果"),
    ("90 parentheses", "q=" + quote("(" * 90 + "a" + ")" * 90), 200, "没有结果"),
    ("90 open parentheses", "q=" + quote("党" + "(" * 90), 200, "括号没有配对"),
    ("operators alone", "q=" + quote("AND OR NOT AND - + && || !"), 200, "没有可检索的词。"),
    ("nothing wanted", "q=" + quote("-党建"), 200, "请至少给出一个要找的词。"),
    ("control characters and line ends", "q=%1b%5b31m%0d%0aX", 200, "没有结果"),
    ("a NUL", "q=a%00b", 400, "查询里混有不可见的控制字符，请重新输入。"),
    ("GBK", "q=%B5%B3%BD%A8", 200, "网址不是 UTF-8 编码。请重新输入检索词。"),
    ("60 emoji", "q=" + quote("😀" * 60), 200, "没有找到。表情和符号不能检索。"),
    ("a surrogate", "q=%ed%a0%80", 200, "没有找到"),
    ("a template", "q=" + quote("{{7*7}}${7*7}#{7*7}"), 200, "{{7*7}}${7*7}#{7*7}"),
    ("SQL", "q=" + quote("' OR 1=1;--"), 200, "没有结果"),
    ("LIKE wildcards", "q=" + quote("100%_"), 200, "没有结果"),
    ("markup", "q=" + quote("<script>alert(1)</script>"), 200, "没有结果"),
    ("32 alternatives", "q=" + quote("党 OR " * 31 + "党"), 200, "找到 1 篇"),
    ("33 alternatives", "q=" + quote("党 OR " * 32 + "党"), 400, "最多 32 个词。现在有 33 个，请删去一些。"),
    ("near enough to reach anything", "q=" + quote("党建 NEAR/999999 工作"), 200, "NEAR 的距离最多 100 字。"),
    ("a year that is none", "q=" + quote("年:99999"), 200, "不是年份，已当作普通词查找"),
    ("q sent twice", "q=a&q=" + quote("党建"), 200, "找到 1 篇"),
    # Pages
    ("page -1", "q=a&page=-1", 404, "没有这一页。"),
    ("page 0", "q=a&page=0", 404, "没有这一页。"),
    ("page 10⁹", "q=a&page=1000000000", 404, "没有这一页。"),
    ("page of 90 digits", "q=a&page=" + "9" * 90, 404, "没有这一页。"),
    ("page of 800 digits", "q=a&page=" + "9" * 800, 404, "没有这一页。"),
    ("page NUL", "q=a&page=%00", 404, "没有这一页。"),
    ("page 1.0", "q=a&page=1.0", 404, "没有这一页。"),
    # Filters: a parameter that is not ours is nobody's business; a value that is not there finds nothing.
    ("another's parameters", "q=%E5%85%9A&title__regex=(a%2B)%2B%24&speech__password=p", 200, "找到 1 篇"),
    ("an unknown facet", "q=%E5%85%9A&facet=secret", 200, "找到 1 篇"),
    ("a speaker that is not there", "q=%E5%85%9A&speaker=nobody", 200, "没有结果"),
    (
        "51 speakers",
        "q=a&" + "&".join(f"speaker={n}" for n in range(51)),
        400,
        "一次最多选 50 项，请删去一些。",
    ),
    ("a speaker of 201 letters", "q=a&speaker=" + "a" * 201, 400, "请从列表中选择。"),
    ("a speaker with a NUL", "q=a&speaker=a%00", 400, "请从列表中选择。"),
    ("a year in words", "q=a&year=MMXX", 400, "不是年份，请写成四位数字，如 2022。"),
    ("a year in other digits", "q=a&year=" + quote("٢٠٢٢"), 400, "不是年份"),
    ("dates the wrong way round", "q=a&from=2024-01-01&to=2020-01-01", 400, "结束日期早于开始日期，请对调。"),
    ("a date that never was", "from=0000-00-00", 400, "没有这一天，请核对。"),
    ("a day that is not there", "q=a&to=2022-02-30", 400, "没有这一天，请核对。"),
    ("a date in words", "q=a&from=" + quote("昨天"), 400, "请写成 2022-11-20、2022-11 或 2022"),
    (
        "an unknown order",
        "q=a&sort=password",
        400,
        "没有这种排序，可用的有：relevance、newest、oldest、hits。",
    ),
    # The form by fields
    ("no field filled in", "every=&phrase=&some=&none=&title=&by=", 302, ""),
    (
        "a field of 201 letters",
        "every=" + "a" * 201,
        400,
        "都要有：查询最多 200 个字，现在有 201 个，请删短一些。",
    ),
    ("a field with a NUL", "phrase=%00", 400, "一字不差：查询里混有不可见的控制字符，请重新输入。"),
]


@pytest.fixture
def speech(make_speech, build_index) -> None:
    make_speech("党建讲话\n要抓好党建工作。\n", date="2022", speaker="张三")
    build_index()


@pytest.mark.parametrize(
    ("asked", "status", "words"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_the_page_answers(
    client: Client, speech: None, django_assert_max_num_queries, asked: str, status: int, words: str
) -> None:
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(f"/search/?{asked}")
    assert response.status_code == status
    assert words in unescape(response.content.decode())
    assert len(response.content) <= LARGEST
    assert "<script>alert" not in response.content.decode()
    assert "49" not in response.content.decode() or "7*7" not in asked


@pytest.mark.parametrize("asked", [row[1] for row in ROWS], ids=[row[0] for row in ROWS])
def test_its_twins_answer_too(
    client: Client, speech: None, django_assert_max_num_queries, asked: str
) -> None:
    for path in ("/search.json", "/search.csv", "/search/feed/"):
        with django_assert_max_num_queries(MOST_QUERIES):
            response = client.get(f"{path}?{asked}")
        assert response.status_code in (200, 400, 404)
        assert len(response.getvalue() if response.streaming else response.content) <= LARGEST
        if path == "/search.json":
            assert ("error" in response.json()) == (response.status_code != 200)


def test_a_page_that_is_not_there_leads_to_the_first(client: Client, speech: None) -> None:
    assert 'href="/search/?q=a"' in client.get("/search/?q=a&page=3").content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_can_only_be_read(client: Client, db: None, method: str) -> None:
    response = getattr(client, method)("/search/", b"q=" + b"a" * 10_000, content_type="text/plain")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_the_rows_say_what_they_mean() -> None:
    assert len({row[0] for row in ROWS}) == len(ROWS)
    assert b"\xb5\xb3" in unquote_to_bytes(dict((row[0], row[1]) for row in ROWS)["GBK"])
