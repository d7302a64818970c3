"""Keys: what they do, that they can be turned off, and that what they reach can be seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.views.browsing import WIDE, opened, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# How far what has the focus lies under the masthead, in pixels; nothing may (WCAG 2.2, 2.4.11).
COVERED = """() => {
    const at = document.activeElement, bar = document.querySelector(".masthead");
    if (!at || at === document.body || bar.contains(at) || at.matches(".skip")) return 0;
    return Math.round(bar.getBoundingClientRect().bottom - at.getBoundingClientRect().bottom);
}"""
STOPS = 60  # of the Tab key


@pytest.fixture
def page(browser: Browser, live_server, filled: dict[str, int]) -> Iterator[Page]:
    with opened(browser, live_server.url, viewport=WIDE) as page:
        page.goto("/about/")
        yield page


def test_a_slash_leads_to_the_search_and_is_not_typed(page: Page) -> None:
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="搜索讲话")
    expect(field).to_be_focused()
    page.keyboard.type("a/b?")
    expect(field).to_have_value("a/b?")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_list_of_keys_opens_by_key_and_by_button(page: Page) -> None:
    dialog = page.get_by_role("dialog", name="快捷键")
    page.keyboard.press("?")
    expect(dialog).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="快捷键").click()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="关闭").click()
    expect(dialog).to_be_hidden()


def test_all_keys_can_be_turned_off_for_good(page: Page, filled: dict[str, int]) -> None:
    address = f"/compare/?a={filled['pk']}&b={filled['other']}"
    page.goto(address)
    page.evaluate("document.addEventListener('keydown', (e) => { document.title = `heard ${e.key}`; })")
    page.keyboard.press("j")
    expect(page).to_have_title("heard j")
    page.keyboard.press("?")
    page.get_by_label("启用快捷键").uncheck()
    page.get_by_role("button", name="关闭").click()
    page.keyboard.press("k")
    expect(page).to_have_title("heard j")
    page.goto("/about/")
    page.keyboard.press("?")
    page.keyboard.press("/")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("body")).to_be_focused()
    page.get_by_role("button", name="快捷键").click()
    page.get_by_label("启用快捷键").check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="搜索讲话")).to_be_focused()


def test_every_key_that_is_listed_is_one_that_the_page_knows(page: Page, filled: dict[str, int]) -> None:
    """A letter that is listed is heard by a script of the page: its name stands in one."""
    for address in (f"/speeches/{filled['pk']}/?q=落实", f"/compare/?a={filled['pk']}&b={filled['other']}"):
        page.goto(address)
        listed = page.locator("#keys kbd").all_text_contents()
        assert len(listed) > 5
        sources = page.evaluate("[...document.scripts].map((e) => e.src)")
        code = "".join(page.request.get(source).text() for source in sources if source)
        for key in listed:
            assert any(written in code for written in (f'"{key}"', f"'{key}'", f"{key}:", f" {key}(")), key


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_nothing_that_has_the_focus_is_under_the_masthead(
    page: Page, filled: dict[str, int], key: str
) -> None:
    page.goto(f"/speeches/{filled['pk']}/?q=落实")
    if key == "Shift+Tab":
        page.get_by_role("button", name="快捷键").focus()
    for _stop in range(STOPS):
        page.keyboard.press(key)
        assert page.evaluate(COVERED) <= 0, page.evaluate("document.activeElement.outerHTML")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_where_the_masthead_stays_it_is_one_line(page: Page, language: str) -> None:
    """What is jumped to keeps a distance of five lines of 16 pixels from the top."""
    page.set_viewport_size({"width": 1024, "height": 700})
    page.goto(f"/about/?lang={language}")
    measure = """() => {
        const style = getComputedStyle(document.querySelector(".masthead"));
        return [style.position, document.querySelector(".masthead").offsetHeight <= 5 * 16];
    }"""
    assert page.evaluate(measure) == ["sticky", True]
    assert page.evaluate("document.querySelector('.quick input').offsetWidth") > 120


def test_what_is_jumped_to_is_not_under_the_masthead(page: Page, filled: dict[str, int]) -> None:
    page.goto(f"/speeches/{filled['pk']}/#s2")
    top, height = "getBoundingClientRect().top", "offsetHeight"
    below = f"document.querySelector('#s2').{top} - document.querySelector('.masthead').{height}"
    assert page.evaluate(below) >= 0
