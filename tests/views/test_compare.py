"""The pages of two speeches and their twin."""

from __future__ import annotations

import re
from functools import partial
from typing import Any
from unittest import mock

import pytest
from django.conf import settings
from django.test import Client

from archive.compare.exact import exact_matches
from archive.importing import import_bytes
from archive.models import Speech
from archive.views import columns, comparing
from tests.views.paired import SHARED, A, B, MakeSpeech, Page, address

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    comparing.answers.clear()


@pytest.fixture
def pair(make_speech: MakeSpeech) -> tuple[Speech, Speech]:
    return make_speech(A), make_speech(B)


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


# The pages


def test_both_texts_are_shown_whole_and_the_shared_words_marked(
    client: Client, pair: tuple[Speech, Speech]
) -> None:
    markup = client.get("/compare/", address(*pair)).content.decode()
    page = Page(markup)
    assert page.marks == [SHARED, SHARED]
    assert 'class="salutation">同志们：' in markup
    assert '<span class="redaction" title="原文隐去">***' in markup
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
