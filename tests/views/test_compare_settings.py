"""What a reader may set on the page of two speeches, and what the page says of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.test import Client

from archive.importing import Metadata, prepare, store
from archive.models import Speech
from archive.views import comparing
from tests.views.pages import PageRead

pytestmark = pytest.mark.django_db

FORMULA = "高举中国特色社会主义伟大旗帜"
PLAIN = "坚定不移全面从严治党，深入推进新时代党的建设"
A = f"甲讲话\n一、学习\n{FORMULA}。\n{FORMULA}。\n{FORMULA}。\n要{PLAIN}。\n切实承担起机关党建的主体责任。"
B = f"乙讲话\n一、党建\n必须{PLAIN}。\n切实担负起机关党建的主体责任。\n{FORMULA}。\n{FORMULA}。"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    comparing.answers.clear()


@pytest.fixture
def pair(make_speech: Callable[..., Speech]) -> dict[str, Any]:
    return {"a": make_speech(A).pk, "b": make_speech(B).pk}


def read(client: Client, given: dict[str, Any], **more: Any) -> tuple[PageRead, str]:
    response = client.get("/compare/", {**given, **more})
    assert response.status_code == 200
    return PageRead(response), response.content.decode()


def marks(page: PageRead) -> list[str]:
    return [attributes["class"] for attributes in page.all("mark")]


def test_formulas_are_dimmed_hidden_or_marked_like_any_other(client: Client, pair: dict[str, Any]) -> None:
    page, markup = read(client, pair)
    assert marks(page).count("again") == 5
    assert '<li id="p-1" data-f="1" class="formula">' in markup
    assert markup.count('class="again"><title>') > 0
    page, markup = read(client, pair, formulas="hide")
    assert not {"again", "near again"} & set(marks(page))
    assert FORMULA not in page.by_id["shared"]
    assert "隐去套话 1 段，显示。" in page.by_id["shared"]
    assert page.links["显示"] == f"?a={pair['a']}&b={pair['b']}"
    assert 'class="again"' not in markup
    page, markup = read(client, pair, formulas="show")
    assert marks(page).count("shared") >= 5 + 2
    assert 'class="formula"' not in markup
    assert 'class="again"' not in markup


def test_near_passages_are_marked_or_not(client: Client, pair: dict[str, Any]) -> None:
    page, _markup = read(client, pair)
    assert "near shared odd" in marks(page)
    assert "近似 1" in page.by_id["shared"]
    page, _markup = read(client, pair, near="off")
    assert not any("near" in kind for kind in marks(page))
    assert "近似 0" in page.by_id["shared"]


@pytest.mark.parametrize("view", ["side", "common", "unique"])
def test_every_setting_stays_when_the_view_changes(client: Client, pair: dict[str, Any], view: str) -> None:
    chosen = {**pair, "min": 9, "near": "off", "formulas": "hide"}
    page, _markup = read(client, chosen, view=view)
    for label, name in (("并排", "side"), ("仅相同", "common"), ("独有", "unique"), ("合并", "inline")):
        if name != view:
            address = parse_qs(urlsplit(page.links[label]).query)
            assert address == {key: [str(value)] for key, value in {**chosen, "view": name}.items()}
    for twin in ("JSON", "CSV"):
        address = parse_qs(urlsplit(page.links[twin]).query)
        assert address == {key: [str(value)] for key, value in chosen.items()}
    hidden = {field["name"]: field["value"] for field in page.all("input", type="hidden")}
    assert hidden == {**{key: str(value) for key, value in chosen.items() if key != "min"}, "view": view}


def test_the_twin_keeps_the_settings_and_names_families(client: Client, pair: dict[str, Any]) -> None:
    found = client.get("/compare.json", pair).json()
    assert (found["near"], found["formulas"]) == ("on", "dim")
    assert {(each["kind"], each["recurring"]) for each in found["passages"]} == {
        ("exact", True),
        ("exact", False),
        ("near", False),
    }
    formula = {each["family"] for each in found["passages"] if each["recurring"]}
    assert len(formula) == 1
    assert sum(each["recurring"] for each in found["passages"]) == 3 * 2
    found = client.get("/compare.json", {**pair, "near": "off", "formulas": "hide"}).json()
    assert (found["near"], found["formulas"]) == ("off", "hide")
    assert {(each["kind"], each["recurring"]) for each in found["passages"]} == {("exact", False)}
    page, _markup = read(client, pair, near="off")
    assert {f"p-{each['family']}" for each in found["passages"]} <= set(page.ids)


def test_the_shortest_length_is_a_field_of_the_page(client: Client, pair: dict[str, Any]) -> None:
    _page, markup = read(client, pair, min=10)
    options = re.findall(r"<option( selected)?>(\d+)</option>", markup)
    assert [int(n) for _chosen, n in options] == list(range(8, 21))
    assert [n for chosen, n in options if chosen] == ["10"]
    _page, markup = read(client, pair, min=33)
    assert "<option selected>33</option>" in markup


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({}, "最短 8 字；近似的段落标出，其中不同的字不计入；套话淡化"),
        ({"min": 12, "near": "off"}, "最短 12 字；近似的段落不标出；套话淡化"),
        ({"formulas": "hide"}, "；套话隐去"),
        ({"formulas": "show"}, "；套话照常标出"),
        ({"view": "unique"}, "最短 8 字；近似的段落里相同的字算共有；套话算共有。"),
        ({"view": "unique", "near": "off"}, "；近似的段落算独有；套话算共有。"),
        ({"view": "inline"}, "最短 8 字。"),
    ],
)
def test_the_settings_are_said_under_the_numbers(
    client: Client, pair: dict[str, Any], chosen: dict[str, Any], said: str
) -> None:
    assert said in read(client, pair, **chosen)[1]


def test_two_versions_of_one_speech_are_said_to_be_so(
    client: Client, make_speech: Callable[..., Speech]
) -> None:
    same = "\n".join(f"第{n}段说的是第{n}件事情，到此为止不再多说。" for n in range(9))
    a, b = make_speech(f"讲话\n{same}\n今年的任务。"), make_speech(f"讲话稿\n{same}\n明年再说。")
    for view in ("side", "common", "unique"):
        page, markup = read(client, {"a": a.pk, "b": b.pk}, view=view)
        assert "很可能是同一篇讲话的两个版本" in markup
        assert "view=inline" in page.links["合在一起，看改动了哪些地方"]
    assert "很可能" not in read(client, {"a": a.pk, "b": b.pk}, view="inline")[1]


def test_one_speech_within_another_is_no_version_of_it(
    client: Client, make_speech: Callable[..., Speech]
) -> None:
    a, b = make_speech(f"甲\n{PLAIN}。"), make_speech(f"乙\n{PLAIN}。\n" + "别的话说了很多很多。" * 9)
    assert "很可能" not in read(client, {"a": a.pk, "b": b.pk})[1]


def speak(title: str, words: str) -> int:
    """A speech through the importer, which stores what it can be found by."""
    prepared = prepare(f"{title}\n{words}\n".encode(), f"{title}.txt")
    speech = store(prepared, metadata=Metadata(title)).speech
    assert speech is not None
    return speech.pk


def test_each_passage_says_where_else_it_stands(client: Client, index_path: Any) -> None:
    pair = {"a": speak("甲讲话", f"要{PLAIN}。"), "b": speak("乙讲话", f"必须{PLAIN}！")}
    page, _markup = read(client, pair)
    assert "别处未见" in page.by_id["shared"]
    speak("丙讲话", f"仍然{PLAIN}，如此而已。")
    for view in ("side", "common"):
        page, _markup = read(client, pair, view=view)
        address = urlsplit(page.links["另见 1 篇"])
        assert (address.path, parse_qs(address.query)) == (
            "/search/",
            {"q": [f'"{PLAIN}"'], "sort": ["oldest"]},
        )
    assert "丙讲话" in client.get(unquote(page.links["另见 1 篇"])).content.decode()
    Speech.objects.filter(title="丙讲话").update(published=False)
    assert "别处未见" in read(client, pair)[0].by_id["shared"]


def test_the_rarest_passage_of_the_archive_comes_first(client: Client, index_path: Any) -> None:
    long, rare = "坚持和加强党对一切工作的全面领导不动摇", "春蚕到死丝方尽蜡炬成灰泪始干"

    pair = {
        "a": speak("甲讲话", f"要{long}。\n有诗云{rare}。"),
        "b": speak("乙讲话", f"须{long}。\n诗曰{rare}！"),
    }
    for n in range(6):
        speak(f"第{n}次讲话", f"我说{long}，这是第{n}次。")
    page, _markup = read(client, pair)
    listed = page.by_id["shared"]
    assert listed.index(rare) < listed.index(long)


def test_marks_say_which_place_they_are(client: Client, pair: dict[str, Any]) -> None:
    page, _markup = read(client, pair)
    hints = {attributes["title"] for attributes in page.all("a") if "title" in attributes}
    assert {"共有 14 字，第 1/3 处", "共有 14 字，第 3/3 处", "共有 14 字，第 2/2 处"} <= hints


def test_every_listed_passage_has_an_anchor_and_a_link_to_it(client: Client, pair: dict[str, Any]) -> None:
    for view in ("side", "common"):
        page, markup = read(client, pair, view=view)
        anchors = {name for name in page.ids if re.fullmatch(r"p-\d+", name)}
        assert anchors
        assert {address[1:] for address in page.addresses if address.startswith("#p-")} == anchors
        assert len(page.ids) == len(set(page.ids)), markup
