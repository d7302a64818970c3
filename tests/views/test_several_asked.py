"""What may be asked of three and more speeches, and what is refused."""

from __future__ import annotations

from typing import Any
from unittest import mock

import pytest
from django.test import Client

from archive.models import Speech
from archive.views import comparing, several
from tests.views.heated import OWN, MakeSpeech, data, made, opened, query

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    comparing.answers.clear()


@pytest.fixture
def three(make_speech: MakeSpeech) -> list[Speech]:
    return made(make_speech)


def test_two_speeches_are_a_pair_and_one_is_half_a_pair(client: Client, three: list[Speech]) -> None:
    a, b, _c = (speech.pk for speech in three)
    for path in ("/compare/", "/compare.json"):
        response = client.get(path, query([a, b], min=10))
        assert (response.status_code, response.headers["Location"]) == (302, f"{path}?a={a}&b={b}&min=10")
        assert client.get(path, query([a])).headers["Location"] == f"{path}?a={a}"
    assert client.get("/compare/", query([a, b]), follow=True).status_code == 200


def test_without_a_number_nothing_is_several(client: Client, three: list[Speech]) -> None:
    assert "请选择两篇讲话。" in client.get("/compare/?s=&s=").content.decode()


def test_a_speech_asked_for_twice_counts_once_and_it_is_said(client: Client, three: list[Speech]) -> None:
    a, b, c = three
    assert "《甲讲话》选了不止一次，只算一次。" in opened(client, [a, b, a, c]).words
    found = data(client, [a, b, a, c])
    assert (found["repeated"], len(found["speeches"])) == ([a.pk], 3)
    for too_few in ([a, a], [a, b, a]):
        response = client.get("/compare/", query(too_few), follow=True)
        assert response.request["PATH_INFO"] == "/compare/more/"
        assert "《甲讲话》选了不止一次，只算一次。" in response.content.decode()
        twin = client.get("/compare.json", query(too_few))
        assert twin.status_code == 400
        assert twin.json()["error"]["field"] == "s"


@pytest.mark.parametrize(
    ("parameters", "field", "message"),
    [
        ({"s": [1, 2, "三"]}, "s", "讲话编号应为数字。"),
        ({"s": [1, 2, "1.5"]}, "s", "讲话编号应为数字。"),
        ({"s": ["1" * 5000, 2, 3]}, "s", "讲话编号应为数字。"),
        ({"s": list(range(1, 14))}, "s", "一次最多对比 12 篇，现在选了 13 篇，请去掉一些。"),
        ({"s": list(range(1, 101))}, "s", "一次最多对比 12 篇，现在选了 100 篇，请去掉一些。"),
        ({"base": "999999"}, "base", "基准须是所选讲话中的一篇。"),
        ({"base": "x"}, "base", "讲话编号应为数字。"),
        ({"min": "1"}, "min", "最短字数应为 8 到 64 之间的整数。"),
        ({"near": "some"}, "near", None),
    ],
)
def test_a_wrong_parameter_is_named(
    client: Client, three: list[Speech], parameters: dict[str, Any], field: str, message: str | None
) -> None:
    asked = {**query(three), **parameters}
    response, twin = client.get("/compare/", asked), client.get("/compare.json", asked)
    assert (response.status_code, twin.status_code) == (400, 400)
    assert twin.json()["error"]["field"] == field
    assert (message or twin.json()["error"]["message"]) in response.content.decode()
    assert "/compare/more/?s=" in response.content.decode() or field == "s"


@pytest.mark.parametrize("key", [0, 999_999, 2**63, 10**30])
def test_an_unknown_speech_is_not_found(client: Client, three: list[Speech], key: int) -> None:
    for path in ("/compare/", "/compare.json", "/compare/more/"):
        assert client.get(path, query([*three, key])).status_code == 404


def test_a_draft_is_not_found(client: Client, three: list[Speech], make_speech: MakeSpeech) -> None:
    draft = make_speech(f"草稿\n{OWN}", published=False)
    for path in ("/compare/", "/compare.json", "/compare/more/"):
        response = client.get(path, query([*three, draft]))
        assert response.status_code == 404
        assert "草稿" not in response.content.decode()


def test_texts_too_long_to_wait_for_are_refused(client: Client, three: list[Speech]) -> None:
    with mock.patch.object(several, "LETTER_LIMIT", 20):
        response, twin = client.get("/compare/", query(three)), client.get("/compare.json", query(three))
    assert (response.status_code, twin.status_code) == (400, 400)
    assert "请去掉较长的讲话。" in response.content.decode()
    assert twin.json()["error"]["field"] == "s"


def test_only_reading_is_allowed(client: Client, three: list[Speech]) -> None:
    for path in ("/compare/", "/compare.json", "/compare/more/"):
        assert client.post(f"{path}?s=1&s=2&s=3").status_code == 405
