"""The suggestions under a search field, as a reader meets them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.views.browsing import follow, opened, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def asked() -> list[str]:
    """Every address that the page has asked for suggestions."""
    return []


@pytest.fixture(params=["light", "dark"])
def page(request, browser: Browser, live_server, make_speech, build_index, asked) -> Iterator[Page]:
    make_speech("治理讲话\n全面从严治党，治国有方，治理有效。\n", speaker="治平", date="2022")
    build_index()
    errors: list[str] = []
    with opened(browser, live_server.url, color_scheme=request.param) as page:
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda sent: asked.append(sent.url) if "suggest.json" in sent.url else None)
        yield page
    assert errors == []


def test_a_pause_in_typing_is_one_question(page: Page, asked: list[str]) -> None:
    page.clock.install(time=0)
    page.goto("/search/")
    page.clock.pause_at(60)  # seconds
    field = page.get_by_role("combobox", name="查找讲话")
    for letter in "zhi":
        field.press_sequentially(letter)
        page.clock.run_for(100)  # milliseconds
    assert asked == []
    page.clock.run_for(100)
    expect(page.locator(".suggestions [role=option]")).to_have_count(4)
    assert [address.rpartition("=")[2] for address in asked] == ["zhi"]


def test_keys_move_through_the_list_and_choose(page: Page) -> None:
    page.goto("/search/?year=2022&q=方")
    field, options = page.get_by_role("combobox", name="查找讲话"), page.locator(".suggestions [role=option]")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.fill("zhi")
    expect(options).to_have_count(4)
    expect(field).to_have_attribute("aria-expanded", "true")
    assert options.first.bounding_box()["height"] >= 44

    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    assert violations(page) == []

    field.press("Home")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    field.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_value("zhi")

    # A word is searched for with the filters of the page.
    field.press("ArrowDown")
    expect(options).to_have_count(4)
    follow(options.filter(has_text="治国"))
    assert page.url.endswith("/search/?q=%E6%B2%BB%E5%9B%BD&year=2022")


def test_a_title_leads_to_its_speech_from_the_masthead(page: Page) -> None:
    page.goto("/speeches/")
    field = page.get_by_role("combobox", name="搜索讲话")
    field.fill("治理讲")
    expect(page.locator(".suggestions [role=option]")).to_have_count(1)
    field.press("ArrowDown")
    with page.expect_navigation():
        field.press("Enter")
    assert re.search(r"/speeches/\d+/$", page.url)


def test_enter_without_a_choice_searches_what_was_typed(page: Page) -> None:
    page.goto("/search/")
    field = page.get_by_role("combobox", name="查找讲话")
    field.press_sequentially("治")
    expect(page.locator(".suggestions [role=option]").first).to_be_visible()
    with page.expect_navigation():
        field.press("Enter")
    assert page.url.endswith("/search/?q=%E6%B2%BB")


def test_composing_with_an_input_method_asks_nothing_and_enter_is_its_own(
    page: Page, asked: list[str]
) -> None:
    page.goto("/search/")
    field = page.get_by_role("combobox", name="查找讲话")
    field.focus()
    method = page.context.new_cdp_session(page)
    for typed in ("z", "zh", "zhi"):
        method.send("Input.imeSetComposition", {"text": typed, "selectionStart": 3, "selectionEnd": 3})
    field.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    page.wait_for_timeout(300)
    assert asked == []
    method.send("Input.insertText", {"text": "治"})
    expect(page.locator(".suggestions [role=option]").first).to_be_visible()
    assert [address.rpartition("=")[2] for address in asked] == ["%E6%B2%BB"]
    expect(page).to_have_url(re.compile("/search/$"))


def test_leaving_the_field_closes_the_list(page: Page) -> None:
    page.goto("/search/")
    page.get_by_role("combobox", name="查找讲话").press_sequentially("治")
    expect(page.locator(".suggestions [role=option]").first).to_be_visible()
    page.get_by_role("heading", level=1).click()
    expect(page.locator(".suggestions [role=option]")).to_have_count(0)
