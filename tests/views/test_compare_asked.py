"""Choosing two speeches, and what is refused."""

from __future__ import annotations

from unittest import mock

import pytest
from django.test import Client

from archive.models import Speech
from archive.views import compare, comparing
from tests.views.paired import SHARED, A, B, MakeSpeech, address

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    comparing.answers.clear()


@pytest.fixture
def pair(make_speech: MakeSpeech) -> tuple[Speech, Speech]:
    return make_speech(A), make_speech(B)


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
