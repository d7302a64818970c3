"""What holds for every page: accessible, as wide as the screen, quiet, and from nowhere but here."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from playwright.sync_api import Browser

from tests.pages.every import NO_PAGES, PAGES
from tests.views.browsing import NARROW, RULES, WIDE, flaws, opened

# What depends on colours, and what on the size of things: looked at in every way a page can be shown.
COLOURS = ["color-contrast", "link-in-text-block"]
SIZES = ["target-size", "scrollable-region-focusable"]
SHOWN = [
    pytest.param(WIDE, "light", "zh-hans", RULES, id="wide-light"),
    pytest.param(NARROW, "dark", "zh-hans", RULES, id="narrow-dark"),
    pytest.param(WIDE, "dark", "en", COLOURS, id="wide-dark-english"),
    pytest.param(NARROW, "light", "en", [*COLOURS, *SIZES], id="narrow-light-english"),
]


def test_no_page_is_missing_here() -> None:
    names = {each.name for each in get_resolver().url_patterns if isinstance(each, URLPattern)}
    assert names == (PAGES.keys() | NO_PAGES) - {"nowhere"}
    assert not PAGES.keys() & NO_PAGES


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("size", "scheme", "language", "rules"), SHOWN)
def test_every_page_is_accessible_and_as_wide_as_the_screen(
    browser: Browser, live_server, addresses, filled, size, scheme, language, rules
):
    if rules is COLOURS:  # which are the same in every state of a page
        addresses = [states[0].format(**filled) for states in PAGES.values()]
    asked = [f"{each}{'&' if '?' in each else '?'}lang={language}" for each in addresses]
    assert flaws(browser, live_server.url, asked, size, scheme, rules) == {}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_console_stays_empty_and_nothing_is_asked_of_others(browser: Browser, live_server, addresses):
    said: list[tuple[str, str]] = []
    hosts: set[str] = set()
    with opened(browser, live_server.url) as page:
        page.on("console", lambda message: said.append((page.url, message.text)))
        page.on("pageerror", lambda error: said.append((page.url, str(error))))
        page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
        for address in addresses:
            page.goto(address)
    assert [each for each in said if "the server responded with a status of 40" not in each[1]] == []
    assert hosts == {urlsplit(live_server.url).netloc}


@pytest.mark.django_db
def test_no_reader_gets_a_cookie_and_no_page_asks_for_one(client: Client, addresses) -> None:
    for address in addresses:
        response = client.get(address)
        assert response.status_code in (200, 400, 404), address
        assert not response.cookies, address
        assert b"csrfmiddlewaretoken" not in response.content, address
