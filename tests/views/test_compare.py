import re
from collections.abc import Callable
from functools import partial
from html.parser import HTMLParser
from typing import Any
from unittest import mock

import pytest
from django.conf import settings
from django.test import Client

from archive.compare.exact import exact_matches
from archive.compare.near import near_matches
from archive.importing import import_bytes
from archive.models import Speech
from archive.views import columns, compare, comparing

MakeSpeech = Callable[..., Speech]

pytestmark = pytest.mark.django_db

SHARED = "坚定不移全面从严治党，深入推进新时代党的建设"
A = f"甲讲话\n同志们：\n一、加强学习\n要{SHARED}，抓好理论武装。\n二、改进作风\n要纠治四风，***久久为功。"
B = f"乙讲话\n一、转变作风\n四风问题要常抓不懈，***久久为功。\n二、深化学习\n必须“{SHARED}”。"


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    comparing.answers.clear()


@pytest.fixture
def pair(make_speech: MakeSpeech) -> tuple[Speech, Speech]:
    return make_speech(A), make_speech(B)


def address(a: Any, b: Any, **more: Any) -> dict[str, Any]:
    return {"a": getattr(a, "pk", a), "b": getattr(b, "pk", b), **more}


class Page(HTMLParser):
    """Ids, fragment links and the text of each column of a page."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.marks: list[str] = []
        self.handlers: list[str] = []
        self._in_mark = 0
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"]] if found.get("id") else []
        href = found.get("href") or ""
        self.links += [href[1:]] if href.startswith("#") and len(href) > 1 else []
        self.handlers += [name for name in found if name.startswith("on") or name == "style"]
        if tag == "mark":
            self._in_mark += 1
            self.marks.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_mark -= tag == "mark"

    def handle_data(self, data: str) -> None:
        if self._in_mark:
            self.marks[-1] += data


# Choosing


def test_without_speeches_chosen_the_page_asks_for_two(client: Client, pair: tuple[Speech, Speech]) -> None:
    response = client.get("/compare/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "请选择两篇讲话。" in page
    assert page.count("甲讲话（日期不详）") == page.count("乙讲话（日期不详）") == 2


def test_with_one_chosen_the_page_asks_for_the_other(client: Client, pair: tuple[Speech, Speech]) -> None:
    for name in ("a", "b"):
        response = client.get("/compare/", {name: pair[0].pk})
        assert response.status_code == 200
        assert "请再选一篇。" in response.content.decode()
        assert response.content.decode().count(" selected") == 1


def test_a_speech_with_itself_is_refused_kindly(client: Client, pair: tuple[Speech, Speech]) -> None:
    with mock.patch.object(comparing, "compare", side_effect=AssertionError("nothing to compute")):
        response = client.get("/compare/", address(pair[0], pair[0]))
    assert response.status_code == 200
    assert "两篇是同一篇讲话。" in response.content.decode()


def test_drafts_are_not_offered(client: Client, pair: tuple[Speech, Speech], make_speech: MakeSpeech) -> None:
    make_speech("草稿讲话\n内容", published=False)
    assert "草稿讲话" not in client.get("/compare/").content.decode()


def test_an_empty_archive_says_so(client: Client) -> None:
    page = client.get("/compare/").content.decode()
    assert "库里还没有讲话" in page
    assert "<select" not in page.split("<main")[1].split("</main")[0]


def test_a_long_list_is_narrowed_by_the_title(client: Client, make_speech: MakeSpeech) -> None:
    for n in range(5):
        make_speech(f"第{n}次讲话\n内容{n}")
    with mock.patch.object(compare, "LIST_LIMIT", 3):
        page = client.get("/compare/").content.decode()
        assert "只列最新的 3 篇" in page
        assert "第0次讲话" not in page
        page = client.get("/compare/", {"title": "第0次"}).content.decode()
        assert page.count("第0次讲话（") == 2
        assert "第4次讲话" not in page
    assert "没有标题含“没有的”的讲话" in client.get("/compare/", {"title": "没有的"}).content.decode()


# Mistakes


@pytest.mark.parametrize(
    ("parameters", "field", "message"),
    [
        ({"a": "x"}, "a", "讲话编号应为数字。"),
        ({"b": "1.5"}, "b", "讲话编号应为数字。"),
        ({"a": "1" * 5000}, "a", "讲话编号应为数字。"),
        ({"min": "1"}, "min", "最短字数应为 8 到 64 之间的整数。"),
        ({"min": "65"}, "min", "最短字数应为 8 到 64 之间的整数。"),
        ({"min": "很多"}, "min", "最短字数应为 8 到 64 之间的整数。"),
        ({"near": "yes"}, "near", "near 只能是下列之一：on、off。"),
        ({"formulas": "<b>"}, "formulas", "formulas 只能是下列之一：dim、hide、show。"),
        ({"title": "长" * 101}, "title", "标题中的字最多 100 个，请删短一些。"),
        ({"title": "\0"}, "title", "标题中混有不可见的控制字符，请重新输入。"),
    ],
)
def test_a_wrong_parameter_is_named(
    client: Client, pair: tuple[Speech, Speech], parameters: dict[str, str], field: str, message: str
) -> None:
    parameters = {**address(*pair), **parameters}
    response = client.get("/compare/", parameters)
    assert response.status_code == 400
    assert message in response.content.decode()
    twin = client.get("/compare.json", parameters)
    assert twin.status_code == 400
    assert twin.json() == {"error": {"field": field, "message": message}}


@pytest.mark.parametrize("key", [0, -1, 999_999, 2**63, 10**30])
def test_an_unknown_speech_is_not_found(client: Client, pair: tuple[Speech, Speech], key: int) -> None:
    for path in ("/compare/", "/compare.json"):
        assert client.get(path, address(pair[0], key)).status_code == 404
        assert client.get(path, {"a": key}).status_code == 404


def test_a_draft_is_not_found(client: Client, pair: tuple[Speech, Speech], make_speech: MakeSpeech) -> None:
    draft = make_speech("草稿\n" + SHARED, published=False)
    for path in ("/compare/", "/compare.json"):
        response = client.get(path, address(pair[0], draft))
        assert response.status_code == 404
        assert SHARED not in response.content.decode()


def test_the_twin_says_what_is_missing(client: Client, pair: tuple[Speech, Speech]) -> None:
    for parameters, field, message in [
        ({}, "a", "请选择两篇讲话。"),
        ({"a": pair[0].pk}, "b", "请再选一篇。"),
        ({"b": pair[0].pk}, "a", "请再选一篇。"),
        (address(pair[0], pair[0]), "b", "两篇是同一篇讲话。请把其中一篇换成别的。"),
    ]:
        response = client.get("/compare.json", parameters)
        assert response.status_code == 400
        assert response.json() == {"error": {"field": field, "message": message}}


def test_only_reading_is_allowed(client: Client) -> None:
    for path in ("/compare/", "/compare.json"):
        assert client.post(path).status_code == 405
        assert client.head(path).status_code in {200, 400}


def test_texts_too_long_to_wait_for_are_refused(client: Client, pair: tuple[Speech, Speech]) -> None:
    with mock.patch.object(compare, "LETTER_LIMIT", 10):
        response = client.get("/compare.json", address(*pair))
    assert response.status_code == 400
    assert response.json()["error"]["field"] == "b"


def test_a_long_speech_with_itself_is_told_so_and_not_of_its_length(
    client: Client, pair: tuple[Speech, Speech]
) -> None:
    with mock.patch.object(compare, "LETTER_LIMIT", 10):
        response = client.get("/compare/", address(pair[0], pair[0]))
    assert response.status_code == 200
    assert "两篇是同一篇讲话。" in response.content.decode()


# The twin


def test_the_twin_has_the_shape_of_the_contract(client: Client, pair: tuple[Speech, Speech]) -> None:
    a, b = pair
    found = client.get("/compare.json", address(a, b)).json()
    start_a, start_b = A.index(SHARED), B.index(SHARED)
    assert found["a"] == {"id": a.pk, "title": "甲讲话", "characters": len(A)}
    assert found["b"] == {"id": b.pk, "title": "乙讲话", "characters": len(B)}
    assert (found["min"], found["listed_min"], found["limited"], found["identical"]) == (8, 8, False, False)
    assert found["passages"] == [
        {
            "kind": "exact",
            "a": [start_a, start_a + len(SHARED)],
            "b": [start_b, start_b + len(SHARED)],
            "length": len(SHARED) - 1,
            "similarity": 1.0,
            "family": 1,
            "recurring": False,
        }
    ]
    assert (found["near"], found["formulas"]) == ("on", "dim")
    letters = sum(char.isalnum() for char in A)
    assert found["coverage"]["a"] == round((len(SHARED) - 1) / letters, 4)
    pairs = {(row["a"], row["b"]): row["shared"] for row in found["sections"]}
    assert pairs["s1", "s2"] == len(SHARED) - 1
    assert ("s2", "s1") in pairs
    assert set(found["distinctive"]) == {"a", "b"}


def test_a_redaction_parts_a_passage(client: Client, make_speech: MakeSpeech) -> None:
    a, b = (
        make_speech("甲\n安排十二名同志***下基层开展调查"),
        make_speech("乙\n安排十二名同志***下基层开展调查研究"),
    )
    assert client.get("/compare.json", address(a, b)).json()["passages"] == []


def test_a_longer_minimum_leaves_shorter_passages_out(client: Client, pair: tuple[Speech, Speech]) -> None:
    found = client.get("/compare.json", address(*pair, min=64)).json()
    assert (found["min"], found["passages"]) == (64, [])


def nearly(length: int) -> tuple[str, str]:
    """The same clause with two letters exchanged, behind so many others."""
    return (
        "甲讲话\n" + "开头。" * length + "要切实承担起全面从严治党主体责任，久久为功。",
        "乙讲话\n切实担负起全面从严治党主体责任。" + "结尾。" * length,
    )


def test_the_twin_has_passages_of_both_kinds_and_says_what_differs(
    client: Client, make_speech: MakeSpeech
) -> None:
    a, b = map(make_speech, nearly(3))
    found = client.get("/compare.json", address(a, b)).json()
    exact, near = sorted(found["passages"], key=lambda passage: passage["kind"])
    assert a.text[slice(*exact["a"])] == "起全面从严治党主体责任"
    assert a.text[slice(*near["a"])] == "切实承担起全面从严治党主体责任"
    assert b.text[slice(*near["b"])] == "切实担负起全面从严治党主体责任"
    assert (near["kind"], near["length"], near["similarity"]) == ("near", 14, round(28 / 30, 4))
    odd = [(a.text[slice(*one)], b.text[slice(*other)]) for one, other in near["differing"]]
    assert odd == [("承", ""), ("", "负")]
    assert "differing" not in exact
    assert found["near_complete"] is True
    assert found["covered"]["a"]["exact"] == found["coverage"]["a"] < found["covered"]["a"]["both"]


def test_a_near_passage_is_marked_in_both_columns_and_its_odd_letters_are_set_apart(
    client: Client, make_speech: MakeSpeech
) -> None:
    a, b = map(make_speech, nearly(3))
    markup = client.get("/compare/", address(a, b)).content.decode()
    assert "逐字相同 0，近似 1；" in markup
    assert "近似，14 字相同，相似 93 %" in markup
    assert "近似 93 %，14 字同，连续 11 字" in markup
    classes = re.findall(r'<mark class="([^"]+)"[^>]*><a href="#[ab]\d+"[^>]*>([^<]+)</a></mark>', markup)
    assert ("near shared", "切实") in classes
    assert ("near shared odd", "承") in classes
    assert ("near shared odd", "负") in classes
    assert ("near shared", "起全面从严治党主体责任。"[:-1]) in classes
    assert '<span class="near">切实</span><span class="near odd">承</span><span class="near">担' in markup
    page = Page(markup)
    assert len(page.ids) == len(set(page.ids))
    assert set(page.links) <= set(page.ids) | {"main"}
    common = client.get("/compare/", address(a, b, view="common")).content.decode()
    assert "逐字相同 0，近似 1；" in common
    assert '<span class="near odd">负</span>' in common


def test_odd_letters_are_escaped(client: Client, make_speech: MakeSpeech) -> None:
    a = make_speech("甲讲话\n切实承<script>alert(1)</script>担起全面从严治党主体责任。")
    b = make_speech("乙讲话\n切实承<b>担起全面从严治党主体责任。")
    for view in ("side", "common"):
        markup = client.get("/compare/", address(a, b, view=view)).content.decode()
        assert "<script>alert" not in markup
        assert "切实承<b>" not in markup


def test_near_passages_are_listed_where_nothing_is_shared_letter_by_letter(
    client: Client, make_speech: MakeSpeech
) -> None:
    a = make_speech("甲讲话\n抓机关党建是本职、不抓机关党建是失职、抓不好机关党建是渎职”的理念。")
    b = make_speech("乙讲话\n抓好党建工作是本职、不抓党建工作是失职、抓不好党建工作是不称职”的理念。")
    markup = client.get("/compare/", address(a, b)).content.decode()
    assert "没有连续 8 字以上相同的地方。近似的有 1 段。" in markup


def test_what_was_not_looked_for_is_said(client: Client, make_speech: MakeSpeech) -> None:
    a, b = map(make_speech, nearly(3))
    few = partial(near_matches, limit=0)
    with mock.patch("archive.compare.comparison.near_matches", few):
        assert client.get("/compare.json", address(a, b)).json()["near_complete"] is False
        assert "近似的段落没有找全" in client.get("/compare/", address(a, b)).content.decode()


# The pages


def test_both_texts_are_shown_whole_and_the_shared_words_marked(
    client: Client, pair: tuple[Speech, Speech]
) -> None:
    markup = client.get("/compare/", address(*pair)).content.decode()
    page = Page(markup)
    assert page.marks == [SHARED, SHARED]
    assert 'class="salutation">同志们：' in markup
    assert '<span class="redaction">***' in markup
    for heading in ("一、加强学习", "二、改进作风", "一、转变作风", "二、深化学习"):
        assert re.search(f"<h2>{heading}</h2>", markup)


def test_every_mark_leads_to_its_twin_and_no_id_stands_twice(client: Client, make_speech: MakeSpeech) -> None:
    """Overlapping passages: 甲乙 and 乙丙 overlap in a, their parts stand apart and twice in b."""
    one, two, three = "不忘初心方得始终", "牢记使命勇于担当", "敢于斗争善于斗争"
    a = make_speech(f"甲\n{one}{two}{three}。{one}")
    b = make_speech(f"乙\n{one}{two}。{two}{three}。{two}。{one}。")
    for near in ("on", "off"):
        page = Page(client.get("/compare/", address(a, b, near=near)).content.decode())
        assert len(page.ids) == len(set(page.ids))
        assert set(page.links) <= set(page.ids) | {"main"}
    assert page.marks[:4] == [one, two, three, one]
    anchors = {link for link in page.links if re.fullmatch(r"[ab]\d+", link)}
    assert {anchor[0] for anchor in anchors} == {"a", "b"}


def test_text_of_a_speech_is_never_markup(client: Client, make_speech: MakeSpeech) -> None:
    evil = "<script>alert(1)</script>安排部署<b onclick=x>重点工作任务"
    a, b = make_speech(f"甲“<i>\n{evil}一"), make_speech(f"乙\n{evil}二&amp;")
    for view in ("side", "inline", "common"):
        markup = client.get("/compare/", address(a, b, view=view)).content.decode()
        assert "<script>alert" not in markup
        assert "<b onclick" not in markup
        assert "script&gt;alert(1)&lt;/script&gt;" in markup
        assert Page(markup).handlers == []


def test_only_the_shared_view_shows_places_with_links_into_the_speeches(
    client: Client, pair: tuple[Speech, Speech]
) -> None:
    markup = client.get("/compare/", address(*pair, view="common")).content.decode()
    assert f"<mark>{SHARED}</mark>" in markup
    assert re.search(rf'href="/speeches/{pair[0].pk}/\?q=%22[^"]*#p2">一、加强学习</a>', markup)
    assert re.search(rf'href="/speeches/{pair[1].pk}/\?q=%22[^"]*#p2">二、深化学习</a>', markup)


def test_two_versions_show_what_went_and_what_came(client: Client, make_speech: MakeSpeech) -> None:
    same = "\n".join(f"第{n}段照旧不变。" for n in range(9))
    a, b = (
        make_speech(f"讲话\n{same}\n要抓好机关党建工作。"),
        make_speech(f"讲话\n{same}\n要抓实机关党建工作。"),
    )
    markup = client.get("/compare/", address(a, b, view="inline")).content.decode()
    assert '要抓<del id="d1">好</del><ins>实</ins>机关党建工作。' in markup
    assert "1 处改动" in markup
    assert "相同 8 段" in markup


def test_two_different_speeches_are_told_to_be_no_versions(client: Client, make_speech: MakeSpeech) -> None:
    a, b = make_speech("\n".join("甲乙丙丁戊己庚")), make_speech("\n".join("子丑寅卯辰巳"))
    markup = client.get("/compare/", address(a, b, view="inline")).content.decode()
    assert "不像同一篇讲话的两个版本" in markup
    assert "删去 5 段" in markup
    assert "新增 4 段" in markup
    assert Page(markup).ids.count("d1") == 1


def test_nothing_shared_offers_a_way_on(client: Client, make_speech: MakeSpeech) -> None:
    a, b = make_speech("甲\n春天来了。"), make_speech("乙\n。，！")
    for view in ("side", "common"):
        markup = client.get("/compare/", address(a, b, view=view, min=12)).content.decode()
        assert "没有连续 12 字以上相同的地方" in markup
        assert "把最短字数降到 8 字再看" in markup
        assert "换一篇讲话对比" in markup
    assert "共有 0 段" not in markup  # of the last, which is nothing but the list


def test_the_same_words_with_other_marks_are_the_same(client: Client, make_speech: MakeSpeech) -> None:
    a, b = make_speech("讲话稿\n全面从严治党，永远在路上。"), make_speech("讲话稿\n全面从严治党永远在路上")
    markup = client.get("/compare/", address(a, b)).content.decode()
    assert "文字完全相同" in markup


def test_too_many_passages_are_listed_in_part_as_the_page_says(
    client: Client, make_speech: MakeSpeech
) -> None:
    a, b = make_speech("甲\n" + "哈" * 600), make_speech("乙\n" + "哈" * 599)
    few = partial(exact_matches, row_limit=50)
    with (
        mock.patch("archive.compare.comparison.exact_matches", few),
        mock.patch.object(columns, "PLACE_LIMIT", 20),
    ):
        found = client.get("/compare.json", address(a, b)).json()
        markup = client.get("/compare/", address(a, b)).content.decode()
    assert found["limited"]
    assert "共有的段落太多，这里只列" in markup
    assert "没有标出" in markup


def test_the_choices_stay_in_the_address(client: Client, pair: tuple[Speech, Speech]) -> None:
    a, b = pair
    markup = client.get("/compare/", address(a, b, min=10, view="common")).content.decode()
    assert f'href="?a={b.pk}&amp;b={a.pk}&amp;min=10&amp;view=common"' in markup
    assert f'href="?a={a.pk}&amp;b={b.pk}&amp;min=10&amp;view=inline"' in markup
    assert "<option selected>10</option>" in markup
    assert '<input type="hidden" name="view" value="common">' in markup
    assert (
        "标点、空格不计；***、XXX 视为断点；最短 10 字；近似的段落标出，其中不同的字不计入；套话淡化"
        in markup
    )


def test_a_page_asks_the_database_little(
    client: Client, pair: tuple[Speech, Speech], django_assert_max_num_queries: Any
) -> None:
    for view in ("side", "inline", "common", "unique"):
        with django_assert_max_num_queries(10):
            client.get("/compare/", address(*pair, view=view))


def test_a_comparison_is_computed_once_until_something_changes(
    client: Client, pair: tuple[Speech, Speech]
) -> None:
    with mock.patch.object(comparing, "compare", wraps=comparing.compare) as engine:
        for _ in range(2):
            client.get("/compare/", address(*pair))
            client.get("/compare.json", address(*pair))
        assert engine.call_count == 1
        client.get("/compare.json", address(*pair, min=9))
        assert engine.call_count == 2
        pair[0].redactions = []
        pair[0].save()
        client.get("/compare.json", address(*pair))
        assert engine.call_count == 3


def test_two_imported_transcripts_are_compared_as_they_stand(client: Client) -> None:
    a, b = (
        import_bytes(path.read_bytes(), path.name).speech
        for path in sorted((settings.BASE_DIR / "seeds").glob("*.txt"))[0:3:2]
    )
    assert a is not None
    assert b is not None
    found = client.get("/compare.json", address(a, b)).json()
    exact = [passage for passage in found["passages"] if passage["kind"] == "exact"]
    assert len(exact) == 48
    longest = max(exact, key=lambda passage: passage["length"])
    assert a.text[slice(*longest["a"])] == "对“坚定不移全面从严治党，深入推进新时代党的建设新的伟大工程”作出"
    assert b.text[slice(*longest["b"])] == "对坚定不移全面从严治党、深入推进新时代党的建设新的伟大工程作出"
    anchors = {section.anchor for section in a.sections.all()}
    assert {row["a"] for row in found["sections"] if row["a"]} == anchors
    markup = client.get("/compare/", address(a, b)).content.decode()
    assert "共有 25 段" in markup
    assert "关键词之一：凝心铸魂" in markup
