"""In which language the pages speak, and who remembers it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from archive.models import Speech
from tests.views.pages import PageRead

pytestmark = pytest.mark.django_db


def spoken(response: Any) -> str:
    """The language that the page says it is in."""
    (html,) = PageRead(response).all("html")
    return html["lang"]


def test_pages_are_chinese_until_somebody_asks_and_nobody_else_gets_a_cookie(client: Client) -> None:
    response = client.get("/", headers={"accept-language": "en"})
    assert spoken(response) == response["Content-Language"] == "zh-Hans"
    assert not response.cookies
    assert "Cookie" in response["Vary"]


def test_the_address_wins_and_is_remembered(client: Client) -> None:
    response = client.get("/?lang=en")
    assert spoken(response) == response["Content-Language"] == "en"
    cookie = response.cookies["lang"]
    assert (cookie.value, cookie["samesite"], cookie["max-age"]) == ("en", "Lax", 365 * 24 * 3600)
    assert cookie["httponly"]
    again = client.get("/search/")
    assert spoken(again) == "en"
    assert not again.cookies
    assert spoken(client.get("/?lang=zh-hans")) == "zh-Hans"


def test_going_back_to_chinese_takes_the_cookie_away(client: Client) -> None:
    client.get("/?lang=en")
    client.get("/search/?lang=zh-Hans")
    assert client.cookies["lang"].value == ""
    assert spoken(client.get("/")) == "zh-Hans"
    assert not Client().get("/?lang=zh-hans").cookies


@pytest.mark.parametrize("value", ["fr", "", "zh", "en-GB", "é", "x" * 5000])
def test_an_unknown_language_is_named_and_leaves_nothing(client: Client, value: str) -> None:
    response = client.get("/", {"lang": value})
    assert (response.status_code, response.cookies) == (400, {})
    assert "lang 可以写 zh-hans" in response.content.decode()
    twin = client.get("/speeches.json", {"lang": value})
    assert (twin.status_code, twin.json()["error"]["field"]) == (400, "lang")


def test_a_cookie_that_nobody_set_is_ignored(client: Client) -> None:
    client.cookies["lang"] = "fr"
    response = client.get("/")
    assert (response.status_code, spoken(response)) == (200, "zh-Hans")


def test_links_stay_without_the_language_but_the_switch_keeps_the_address(
    client: Client, make_speech: Callable[..., Speech]
) -> None:
    for year in range(1990, 2015):
        make_speech(date=str(year), speaker="张三")
    asked = "speaker=%E5%BC%A0%E4%B8%89&page=2&speaker=%E6%9D%8E%26%E5%9B%9B"
    for here, other in (("en", "zh-Hans"), ("zh-hans", "en")):
        page = PageRead(client.get(f"/speeches/?lang={here}&{asked}"))
        (switch,) = [a for a in page.all("a") if "lang=" in a["href"]]
        assert switch["href"] == f"?{asked}&lang={other.lower()}"
        assert (switch["lang"], switch["hreflang"], switch["rel"]) == (other, other, "nofollow")
        assert len(page.addresses) > 20


@pytest.mark.parametrize(
    "query", ["q=%ff%fe", "q=%00", "&&=&lang=en", "a&b=1&l%61ng=en", "q=" + "&x=1" * 3000]
)
def test_no_query_breaks_the_switch(client: Client, query: str) -> None:
    response = client.get("/search/", query_params=None, QUERY_STRING=query)
    assert response.status_code in (200, 400)
    assert len([a for a in PageRead(response).all("a") if "lang=" in a["href"]]) == 1


def test_the_two_languages_of_a_page_are_two_to_a_cache(
    client: Client, make_speech: Callable[..., Speech], build_index: Callable[[], Any]
) -> None:
    address = make_speech().get_absolute_url()
    build_index()
    for each in (address, "/search/?q=讲话"):
        chinese = Client().get(each)
        english = Client().get(f"{each}{'&' if '?' in each else '?'}lang=en")
        assert chinese["ETag"] != english["ETag"]
        client.cookies["lang"] = "en"
        answer = client.get(each, headers={"if-none-match": english["ETag"]})
        assert answer.status_code == 304
        assert client.get(each, headers={"if-none-match": chinese["ETag"]}).status_code == 200


def test_the_admin_follows(client: Client) -> None:
    assert 'lang="en"' in client.get("/admin/login/?lang=en").content.decode()
    assert 'lang="en"' in client.get("/admin/login/").content.decode()
    assert 'lang="zh-hans"' in Client().get("/admin/login/").content.decode()


def test_an_error_page_speaks_the_language_too(client: Client) -> None:
    assert spoken(client.get("/nowhere/?lang=en")) == "en"
    assert spoken(client.post("/search/")) == "en"


def test_the_answer_to_a_program_is_chinese_unless_it_asks(client: Client) -> None:
    assert client.get("/speeches.json")["Content-Language"] == "zh-Hans"
    assert client.get("/speeches.json?lang=en")["Content-Language"] == "en"


@pytest.mark.django_db
def test_a_program_that_is_sent_on_is_answered_in_its_language(
    client: Client, make_speech: Callable[..., Speech]
) -> None:
    known, unknown = make_speech().pk, 99_999_999
    sent = client.get(f"/compare.json?s={known}&s={unknown}&lang=en", follow=True)
    assert sent.redirect_chain == [(f"/compare.json?a={known}&b={unknown}&lang=en", 302)]
    assert sent["Content-Language"] == "en"
    assert not client.cookies
