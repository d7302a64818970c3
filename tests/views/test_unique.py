"""?view=unique: what only one of the two says."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.compare import Text, compare
from archive.importing import prepare, store
from archive.models import Speech
from archive.views import comparing, unique
from archive.views.comparing import Pair, Settings
from tests.views.pages import PageRead
from tests.views.test_columns import speech

SHARED = "坚定不移全面从严治党，深入推进新时代党的建设"
OWN = "今年只有我们到山里去种树修路"
A = f"甲讲话\n一、种树\n{OWN}。\n二、党建\n{SHARED}。\n{SHARED}。"
B = f"乙讲话\n一、党建\n必须“{SHARED}”。\n大家都说好。"

MakeSpeech = Callable[..., Speech]


@pytest.fixture(autouse=True)
def _fresh() -> None:
    comparing.answers.clear()


def read(client: Client, a: Speech, b: Speech, **more: Any) -> tuple[PageRead, str]:
    response = client.get("/compare/", {"a": a.pk, "b": b.pk, "view": "unique", **more})
    assert response.status_code == 200
    return PageRead(response), response.content.decode()


@pytest.mark.django_db
def test_what_is_shared_fades_and_what_is_unique_can_be_gone_to(
    client: Client, make_speech: MakeSpeech
) -> None:
    page, markup = read(client, make_speech(A), make_speech(B))
    assert re.findall(r'<mark class="own" id="(u-a\d+)">([^<]+)', markup) == [("u-a1", "甲讲话")]
    assert f'<mark class="own">{OWN}。</mark>' in markup
    assert f'<p class="text own"><mark class="own">{OWN}' in markup
    assert f'<span class="said">{SHARED}</span>' in markup
    assert SHARED in page.by_id["b"]
    assert {"own", "a", "b", "words", "a-s1", "b-s1"} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.django_db
def test_each_section_says_how_much_of_it_is_unique(client: Client, make_speech: MakeSpeech) -> None:
    page, _markup = read(client, make_speech(A), make_speech(B))
    letters = len(f"二党建{SHARED}{SHARED}") - 2
    assert f"独有 {int(1000 * 3 / letters) / 10} %（3 / {letters} 字）" in page.by_id["a"]
    assert "独有 100.0 %（17 / 17 字）" in page.by_id["a"]
    assert page.links["一、种树"] == "#a-s1"


@pytest.mark.django_db
def test_a_section_without_a_heading_gets_no_empty_one(client: Client, db: None) -> None:
    texts = (
        "甲讲话\n同志们：\n春天来了。\n一、植树\n要多种树。\n二、护林\n要防火。\n谢谢大家！\n",
        "乙讲话\n同志们：\n夏天到了。\n一、防汛\n要查河堤。\n二、防暑\n要送水。\n",
    )
    a, b = (store(prepare(text.encode(), f"{n}.txt")).speech for n, text in enumerate(texts))
    assert a is not None
    assert b is not None
    assert [section.kind for section in a.sections.all()][-1] == "back"
    markup = client.get("/compare/", {"a": a.pk, "b": b.pk, "view": "unique"}).content.decode()
    assert not re.findall(r"<h[2-6]>(?:<[^>]*>)*</h[2-6]>", markup)


def test_paragraphs_that_are_all_shared_fold_away(client: Client, make_speech: MakeSpeech) -> None:
    long = "\n".join(f"{SHARED}第{n}遍也是这样说的。" for n in range(4))
    page, markup = read(client, make_speech(f"甲讲话\n{long}\n{OWN}。"), make_speech(f"乙讲话\n{long}"))
    folded = 4 * (len(SHARED) - 1 + len("第0遍也是这样说的"))
    assert f"<details><summary>…（共有 {folded} 字）…</summary>" in markup
    assert "第3遍也是这样说的" in page.by_id["a"]  # it is there all the same


@pytest.mark.django_db
def test_near_passages_are_shared_unless_they_are_turned_off(client: Client, make_speech: MakeSpeech) -> None:
    a = make_speech("甲讲话\n切实承担起全面从严治党主体责任。")
    b = make_speech("乙讲话\n切实担负起全面从严治党主体责任。")
    page, markup = read(client, a, b)
    assert '<span class="said">切实</span>承<span class="said">担' in markup
    assert "独有 4 字" in page.by_id["own"]
    page, _markup = read(client, a, b, near="off")
    assert "独有 7 字" in page.by_id["own"]


@pytest.mark.django_db
def test_where_little_is_unique_every_letter_is_a_place_to_go_to(
    client: Client, make_speech: MakeSpeech
) -> None:
    long = "\n".join(f"{SHARED}第{n}遍也是这样说的。" for n in range(9))
    a, b = make_speech(f"讲话\n{long}\n务必落实。"), make_speech(f"讲话\n{long}\n必须落实。")
    page, _markup = read(client, a, b, near="off")
    assert [page.by_id[f"u-{side}2"] for side in "ab"] == ["务必落实。", "必须落实。"]
    short = make_speech(f"乙讲话\n{SHARED}，务必{SHARED}，还有别的话要说，说了很多很多的话。")
    page, _markup = read(client, make_speech(f"讲话\n{SHARED}"), short, near="off")
    assert "u-b1" in page.ids
    assert page.by_id["u-b1"].startswith("还有别的话")


@pytest.mark.django_db
def test_formulas_are_nobodys_own_whatever_is_set(client: Client, make_speech: MakeSpeech) -> None:
    formula = "高举中国特色社会主义伟大旗帜"
    a, b = make_speech("甲讲话\n" + f"{formula}。\n" * 3), make_speech("乙讲话\n" + f"{formula}。\n" * 3)
    for chosen in ("dim", "hide", "show"):
        page, _markup = read(client, a, b, formulas=chosen)
        assert "独有 3 字" in page.by_id["own"]


@pytest.mark.django_db
def test_the_text_is_never_markup(client: Client, make_speech: MakeSpeech) -> None:
    evil = "<script>alert(1)</script>安排部署重点工作任务"
    _page, markup = read(client, make_speech(f"甲\n一、<b>\n{evil}一"), make_speech(f"乙\n{evil}二"))
    assert "<script>alert" not in markup
    assert "一、<b>" not in markup


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "。，！", "***"])
def test_a_speech_without_words_is_answered(client: Client, make_speech: MakeSpeech, text: str) -> None:
    empty = make_speech(f"。\n{text}", lines=[])
    page, _markup = read(client, empty, make_speech(A))
    assert "独有 0 字，0.0 %" in page.by_id["own"]


texts = st.text(alphabet="甲乙丙<&，\n", max_size=60)


@settings(deadline=None)
@given(texts, texts, st.booleans())
def test_the_view_counts_what_the_strip_counts_and_keeps_every_word(a: str, b: str, near: bool) -> None:
    found = compare(Text(a), Text(b), 3)
    pair = Pair(speech(a), speech(b), found, Settings(3, near))
    for column, covered in zip(
        unique.only_own(pair)["unique"], (found.covered_a, found.covered_b), strict=True
    ):
        counted = covered.both if near else covered.exact
        assert (column.letters, column.own) == (counted.letters, counted.letters - counted.covered)
        assert column.own == sum(part.own for part in column.parts)
        shown = [block.html for part in column.parts for group in part.groups for block, _own in group.blocks]
        words = re.sub(r"<[^>]+>", "", "".join(shown)).replace("&lt;", "<").replace("&amp;", "&")
        assert words == column.speech.text.replace("\n", "")
        ids = re.findall(r' id="(u-[ab]\d+)"', "".join(shown))
        assert len(ids) == len(set(ids)) == column.stretches
