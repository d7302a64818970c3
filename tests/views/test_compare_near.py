"""Passages that are nearly the same, on the pages of two speeches and in their twin."""

from __future__ import annotations

import re
from functools import partial
from unittest import mock

import pytest
from django.test import Client

from archive.compare.near import near_matches
from archive.models import Speech
from archive.views import comparing
from tests.views.paired import A, B, MakeSpeech, Page, address

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    comparing.answers.clear()


@pytest.fixture
def pair(make_speech: MakeSpeech) -> tuple[Speech, Speech]:
    return make_speech(A), make_speech(B)


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
