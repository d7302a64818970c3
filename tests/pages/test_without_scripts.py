"""Every page says the same without scripts, and every form works."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.views.browsing import follow, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What is seen of the page once everything is unfolded, and what is not shown before a script runs.
READ = """() => {
    document.querySelectorAll("details:not([name])").forEach((e) => { e.open = true; });
    const seen = document.querySelector("main").innerText;
    return seen.split("\\n").map((line) => line.trim()).filter(Boolean);
}"""
HIDDEN = """() => [...document.querySelectorAll("main [hidden]")].map(
    (e) => e.textContent.replace(/\\s+/g, " ").trim()
)"""
LONGEST_CONTROL = 120  # characters: a row of buttons or keys, but no text


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


def without(line: str, controls: list[str]) -> str:
    for control in controls:
        line = line.replace(control, "")
    return line


def test_every_page_says_the_same(browser: Browser, live_server, addresses: list[str]) -> None:
    lost = {}
    with (
        opened(browser, live_server.url) as lively,
        opened(browser, live_server.url, java_script_enabled=False) as plain,
    ):
        for address in addresses:
            plain.goto(address)
            lively.goto(address)
            controls = sorted(filter(None, map(squeezed, plain.evaluate(HIDDEN))), key=len, reverse=True)
            seen = squeezed("".join([*plain.evaluate(READ), *controls]))
            more = [line for line in lively.evaluate(READ) if without(squeezed(line), controls) not in seen]
            if more:
                lost[address] = more
    assert lost == {}


def test_only_controls_wait_for_scripts(browser: Browser, live_server, addresses: list[str]) -> None:
    with opened(browser, live_server.url, java_script_enabled=False) as page:
        for address in addresses:
            page.goto(address)
            assert [text for text in page.evaluate(HIDDEN) if len(text) > LONGEST_CONTROL] == [], address


@pytest.fixture
def page(browser: Browser, live_server, filled: dict[str, int]):
    with opened(browser, live_server.url, java_script_enabled=False) as page:
        yield page


def test_the_forms_work(page: Page, filled: dict[str, int]) -> None:
    page.goto("/about/")
    page.get_by_role("searchbox", name="搜索讲话").fill("落实")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("找到")
    page.get_by_role("searchbox", name="查找讲话").fill("龘龘")
    follow(page.get_by_role("button", name="搜索", exact=True).first)
    expect(page.get_by_role("heading", level=1)).to_contain_text("没有")
    page.goto("/concordance/")
    page.locator("main input[name=q]").first.fill("落实")
    follow(page.locator("main form button").first)
    expect(page.locator("main mark").first).to_have_text("落实")
    page.goto("/quote/")
    page.locator("main textarea").fill("把全面从严治党的要求落到实处，一步一个脚印走下去。")
    follow(page.locator("main form button").first)
    expect(page.get_by_role("heading", level=1)).to_contain_text("一字不差")
    page.goto("/trends/")
    page.locator("main input[name=q]").first.fill("落实")
    follow(page.locator("main form button").first)
    expect(page.locator("main table")).to_be_visible()
    page.goto(f"/speeches/{filled['pk']}/")
    page.locator("main input[name=q]").first.fill("落实")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("main mark").first).to_have_text("落实")
    page.goto(f"/compare/?a={filled['pk']}")
    page.locator("main [name=b]").first.select_option(str(filled["other"]))
    follow(page.locator("main form button").last)
    assert f"b={filled['other']}" in page.url


def test_the_language_can_be_switched_and_stays(page: Page) -> None:
    page.goto("/search/?q=落实&sort=newest")
    follow(page.get_by_role("link", name="English"))
    assert page.url.endswith("&sort=newest&lang=en")
    follow(page.get_by_role("link", name="Browse"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "lang" not in page.url
    follow(page.get_by_role("link", name="简体中文"))
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
