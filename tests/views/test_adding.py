from collections.abc import Callable
from unittest import mock

import pytest
from django.test import Client

from archive.models import Speech
from archive.views import adding
from tests.views.pages import PageRead

MakeSpeech = Callable[..., Speech]

pytestmark = pytest.mark.django_db


@pytest.fixture
def five(make_speech: MakeSpeech) -> list[Speech]:
    return [make_speech(f"第{n}次讲话\n内容{n}") for n in range(5)]


def boxes(page: PageRead) -> dict[str, bool]:
    """Each speech that can be chosen, and whether it is."""
    return {tag["value"]: "checked" in tag for tag in page.all("input", name="s")}


def test_the_chosen_come_first_and_are_not_offered_again(client: Client, five: list[Speech]) -> None:
    chosen = [five[3].pk, five[0].pk]
    page = PageRead(client.get("/compare/more/", {"s": chosen}))
    assert list(boxes(page).items())[:2] == [(str(key), True) for key in chosen]
    assert sorted(boxes(page)) == sorted(str(speech.pk) for speech in five)
    assert sum(boxes(page).values()) == 2


def test_narrowing_by_the_title_keeps_what_is_chosen(client: Client, five: list[Speech]) -> None:
    with mock.patch.object(adding, "LIST_LIMIT", 2):
        page = PageRead(client.get("/compare/more/", {"s": five[0].pk}))
        assert "只列最新的 2 篇" in page.words
        assert page.all("button", formaction="/compare/more/")
        page = PageRead(client.get("/compare/more/", {"s": five[0].pk, "title": "第1次", "min": "12"}))
    assert boxes(page) == {str(five[0].pk): True, str(five[1].pk): False}
    assert page.all("input", name="min", value="12", type="hidden")
    page = PageRead(client.get("/compare/more/", {"s": five[0].pk, "title": "没有的"}))
    assert "没有别的标题含“没有的”的讲话" in page.words
    assert boxes(page) == {str(five[0].pk): True}


def test_the_next_step_is_said(client: Client, five: list[Speech], make_speech: MakeSpeech) -> None:
    def said(keys: list[int]) -> str:
        return PageRead(client.get("/compare/more/", {"s": keys})).words

    assert "请选三篇或更多，最多 12 篇" in said([])
    assert "已选 3 篇，还可以再选 9 篇。" in said([speech.pk for speech in five[:3]])
    twelve = [make_speech().pk for _ in range(12)]
    assert "已经选了 12 篇" in said(twelve)


def test_too_many_are_refused_and_twelve_stay_chosen(client: Client, make_speech: MakeSpeech) -> None:
    keys = [make_speech().pk for _ in range(14)]
    response = client.get("/compare/more/", {"s": keys})
    assert response.status_code == 400
    assert "一次最多对比 12 篇，现在选了 14 篇" in response.content.decode()
    assert sum(boxes(PageRead(response)).values()) == 12


def test_wrong_parameters_are_named(client: Client, five: list[Speech]) -> None:
    for parameters, message in [
        ({"s": "x"}, "讲话编号应为数字。"),
        ({"title": "长" * 101}, "标题中的字最多 100 个，请删短一些。"),
    ]:
        response = client.get("/compare/more/", parameters)
        assert response.status_code == 400
        assert message in response.content.decode()


def test_drafts_are_not_offered_and_an_empty_archive_says_so(client: Client, make_speech: MakeSpeech) -> None:
    make_speech("草稿讲话\n内容", published=False)
    page = PageRead(client.get("/compare/more/"))
    assert "草稿讲话" not in page.words
    assert "库里还没有讲话" in page.words
    assert boxes(page) == {}


def test_where_two_are_chosen_a_third_is_a_link_away(client: Client, five: list[Speech]) -> None:
    a, b = five[0].pk, five[1].pk
    assert f"/compare/more/?s={a}&s={b}" in PageRead(client.get("/compare/", {"a": a, "b": b})).addresses
    assert f"/compare/more/?s={a}" in PageRead(client.get("/compare/", {"a": a})).addresses
