"""The head of every page of two speeches: what it offers when they have nothing in common."""

from __future__ import annotations

import pytest
from django.test import Client

from archive.models import Speech
from tests.views.pages import PageRead

pytestmark = pytest.mark.django_db

WAYS = "可以接着看"


@pytest.fixture
def strangers(make_speech, build_index) -> tuple[Speech, Speech, Speech]:
    """Two speeches that share nothing, and one that speaks of what the first speaks of."""
    a = make_speech("党务讲话\n同志们：\n一、组织\n党支部标准化建设、组织生活会、谈心谈话都要抓。\n")
    b = make_speech("林业讲话\n同志们：\n一、造林\n森林防火、苗圃育种、林木采伐都要管。\n")
    other = make_speech("支部讲话\n同志们：\n一、支部\n谈心谈话少、组织生活会少，党支部标准化建设不力。\n")
    make_speech("草稿讲话\n同志们：\n谈心谈话、组织生活会、党支部标准化建设。\n", published=False)
    make_speech("天气讲话\n同志们：\n今天晴，有风。\n")
    build_index()
    return a, b, other


@pytest.mark.parametrize("view", ["side", "common", "matrix", "unique"])
def test_two_speeches_without_a_word_in_common_lead_to_those_that_have_some(
    client: Client, strangers: tuple[Speech, Speech, Speech], view: str
) -> None:
    a, b, other = strangers
    page = PageRead(client.get("/compare/", {"a": a.pk, "b": b.pk, "view": view}))
    assert "没有连续 8 字以上相同的地方，也没有近似的段落。讲的事情不同，这很平常。" in page.words
    assert page.links["支部讲话"] == f"/compare/?a={a.pk}&b={other.pk}"
    assert page.links["或者换一篇讲话对比"] == f"/compare/?a={a.pk}"
    assert "草稿讲话" not in page.words
    assert ("各自多用的词" in page.links) == (view in ("side", "unique"))


def test_the_list_of_sections_is_folded_and_no_pane_is_empty(
    client: Client, strangers: tuple[Speech, Speech, Speech]
) -> None:
    a, b, _other = strangers
    response = client.get("/compare/", {"a": a.pk, "b": b.pk})
    page = PageRead(response)
    assert "共有 0 段" not in page.words
    assert "#shared" not in page.addresses
    assert "<details><summary><h2>哪些章节相互对应</h2></summary>" in response.content.decode()


def test_two_speeches_that_share_something_are_told_nothing_of_the_kind(
    client: Client, strangers: tuple[Speech, Speech, Speech], make_speech
) -> None:
    a, _b, _other = strangers
    again = make_speech("又讲\n党支部标准化建设、组织生活会、谈心谈话都要抓。\n")
    response = client.get("/compare/", {"a": a.pk, "b": again.pk})
    assert WAYS not in response.content.decode()
    assert "<details><summary><h2>" not in response.content.decode()


def test_shorter_passages_are_offered_first(client: Client, strangers: tuple[Speech, Speech, Speech]) -> None:
    a, b, _other = strangers
    page = PageRead(client.get("/compare/", {"a": a.pk, "b": b.pk, "min": 12}))
    assert "没有连续 12 字以上相同的地方" in page.words
    assert "min=8" in page.links["把最短字数降到 8 字再看"]


def test_without_an_index_the_other_ways_are_offered(client: Client, make_speech) -> None:
    a, b = make_speech("甲\n春天来了。\n"), make_speech("乙\n下雨。\n")
    page = PageRead(client.get("/compare/", {"a": a.pk, "b": b.pk}))
    assert WAYS in page.words
    assert "或者换一篇讲话对比" in page.links
