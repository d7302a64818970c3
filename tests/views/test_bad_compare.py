"""Whatever a stranger asks of /compare/: an answer, or a 4xx with a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from archive.models import Speech
from archive.views import comparing

pytestmark = pytest.mark.django_db

WORDS = "坚定不移全面从严治党，深入推进新时代党的建设"
PATHS = ("/compare/", "/compare.json", "/compare.csv")
VIEWS = ("side", "common", "unique", "inline")


@pytest.fixture(autouse=True)
def _fresh() -> None:
    comparing.answers.clear()


@pytest.fixture
def pair(make_speech: Callable[..., Speech]) -> tuple[int, int]:
    return make_speech(f"甲讲话\n要{WORDS}。").pk, make_speech(f"乙讲话\n必须{WORDS}！").pk


@pytest.mark.parametrize("path", PATHS)
def test_of_a_hundred_speeches_on_one_side_none_is_picked_in_silence(
    client: Client, pair: tuple[int, int], path: str
) -> None:
    query = "&".join(f"a={n}" for n in range(1, 101))
    response = client.get(f"{path}?{query}&b={pair[1]}")
    assert response.status_code == 400
    body = response.json()["error"]["message"] if path.endswith("json") else response.content.decode()
    assert "a 只能给一篇；要比三篇以上，请用 s=" in body


def test_the_same_speech_given_twice_on_one_side_is_one(client: Client, pair: tuple[int, int]) -> None:
    a, b = pair
    assert client.get(f"/compare.json?a=&a={a}&a={a}&b={b}").json()["a"]["id"] == a


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("min", "1"),
        ("min", "-8"),
        ("min", "8.0"),
        ("min", "９"),
        ("min", "9" * 400),
        ("near", "<script>alert(1)</script>"),
        ("formulas", "dim\x00"),
        ("formulas", "<script>alert(1)</script>"),
        ("view", "<script>alert(1)</script>"),
        ("a", "<script>alert(1)</script>"),
        ("b", "' OR 1=1"),
    ],
)
def test_every_wrong_value_is_refused_by_name(
    client: Client, pair: tuple[int, int], path: str, name: str, value: str
) -> None:
    response = client.get(path, {"a": pair[0], "b": pair[1], name: value})
    assert response.status_code == 400
    assert "<script>alert" not in response.content.decode()
    if path.endswith("json"):
        assert response.json()["error"]["field"] == name
        assert response.json()["error"]["message"].endswith("。")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("words", ["", "。，！？", "***", "\n\n\n", "𠮷𠀀"])
def test_a_speech_without_words_has_a_page_in_every_view(
    client: Client, make_speech: Callable[..., Speech], pair: tuple[int, int], view: str, words: str
) -> None:
    empty = make_speech(f"。\n{words}", lines=[]).pk
    for given in ({"a": empty, "b": pair[1]}, {"a": pair[0], "b": empty}):
        assert client.get("/compare/", {**given, "view": view}).status_code == 200


@pytest.mark.parametrize("words", ["", "。，！？", "***"])
def test_a_speech_without_words_has_a_twin_and_a_table(
    client: Client, make_speech: Callable[..., Speech], pair: tuple[int, int], words: str
) -> None:
    given = {"a": make_speech(f"。\n{words}", lines=[]).pk, "b": pair[1]}
    found = client.get("/compare.json", given).json()
    assert (found["passages"], found["coverage"]) == ([], {"a": 0.0, "b": 0.0})
    body: Any = client.get("/compare.csv", given)
    assert body.getvalue().count(b"\n") == 1


def test_two_speeches_without_words_are_answered(client: Client, make_speech: Callable[..., Speech]) -> None:
    given = {"a": make_speech("。\n！", lines=[]).pk, "b": make_speech("，\n？", lines=[]).pk}
    for view in VIEWS:
        page = client.get("/compare/", {**given, "view": view}).content.decode()
        assert "很可能是同一篇" not in page
        assert "文字完全相同" not in page


@pytest.mark.parametrize("view", VIEWS)
def test_markup_in_a_speech_is_text_in_every_view(
    client: Client, make_speech: Callable[..., Speech], view: str
) -> None:
    evil = f"<script>alert(1)</script>{WORDS}<img src=x onerror=alert(2)>，{WORDS}"
    a, b = make_speech(f"<b>甲</b>\n一、<i>节\n{evil}。"), make_speech(f"<b>乙</b>\n一、<u>节\n又{evil}！")
    for chosen in ({}, {"near": "off"}, {"formulas": "show"}, {"formulas": "hide"}):
        markup = client.get("/compare/", {"a": a.pk, "b": b.pk, "view": view, **chosen}).content.decode()
        for tag in ("<script>alert", "<img", "<b>甲", "<i>节", "<u>节"):
            assert tag not in markup


def test_a_table_of_several_says_where_they_are_to_be_had(
    client: Client, pair: tuple[int, int], make_speech: Callable[..., Speech]
) -> None:
    a, b = pair
    third = make_speech("丙讲话\n别的话。").pk
    sent = client.get(f"/compare.csv?s={a}&s={b}&min=9")
    assert (sent.status_code, sent.headers["Location"]) == (302, f"/compare.csv?a={a}&b={b}&min=9")
    for query in (f"s={a}&s={b}&s={third}", f"s={a}&s={a}&s={b}", f"a={a}&b={b}&s={a}&s={b}&s={third}"):
        refused = client.get(f"/compare.csv?{query}")
        assert (refused.status_code, "三篇以上请取 JSON" in refused.content.decode()) == (400, True)
    assert "讲话编号应为数字。" in client.get(f"/compare.csv?s={a}&s=x").content.decode()


def test_what_several_do_not_understand_is_passed_over_alike(
    client: Client, pair: tuple[int, int], make_speech: Callable[..., Speech]
) -> None:
    asked = "&".join(f"s={key}" for key in (*pair, make_speech("丙讲话\n别的话。").pk))
    for path in ("/compare/", "/compare.json"):
        answers = [
            client.get(f"{path}?{asked}&{more}") for more in ("view=x", "formulas=x", "depth=x", "sa=x")
        ]
        assert [answer.status_code for answer in answers] == [200] * 4
