"""The search page in a browser, at its fullest: many years, long titles, every kind of notice, no mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.views.browsing import NARROW, WIDE, flaws, follow, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "在深入学习贯彻全会精神暨全面推进机关党的建设高质量发展专题研讨班开班式上的讲话" * 3
PAGES = [
    "/search/?q=党的建设",
    "/search/?q=“党建 工作 -经费 标题:讲话&year=1990&year=1991&speaker=张三&from=1980&sort=oldest",
    "/search/?q=(党建 OR 学习的方法论) 讲话&year=",
    "/search/?q=党的建设龘龘",
    "/search/?q=龘龘 党建 学习&year=1990",
    "/search/?q=&speaker=张三",
    "/search/?q=",
    "/search/?q=党建&page=3",
    "/search/?every=" + "党" * 201,
]


@pytest.fixture
def archive(make_speech, build_index) -> None:
    """Sixty years, thirty speakers, titles of three lines, and speeches of no date."""
    for year in range(1960, 2020):
        make_speech(
            f"{LONG}之{year}\n同志们：\n一、{LONG}\n要抓好党建工作，党的建设是根本。\n",
            date=str(year),
            speaker=f"第{year % 30}位讲话人" if year % 7 else "张三",
            event=f"{year}年{LONG}",
        )
    make_speech("没有日期的讲话\n学习党建。\n")
    build_index()


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (NARROW, "dark")], ids=["wide", "narrow"])
def test_it_is_accessible_and_never_wider_than_the_screen(
    browser: Browser, live_server, archive: None, size, scheme: str
) -> None:
    assert flaws(browser, live_server.url, PAGES, size, scheme) == {}


def test_a_condition_is_dropped_by_keyboard_alone(browser: Browser, live_server, archive: None) -> None:
    with opened(browser, live_server.url) as page:
        page.goto("/search/?q=党建 工作 -经费&year=1990")
        expect(page.get_by_role("status").first).to_have_text("找到 1 篇 · 2 处")
        page.get_by_role("link", name="去掉条件 “工作”").focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator("#q")).to_have_value("党建 -经费")
        page.get_by_role("link", name="去掉条件 年份 1990年").focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.get_by_role("status").first).to_contain_text("找到 61 篇")


def test_every_small_target_is_large_enough(browser: Browser, live_server, archive: None) -> None:
    """WCAG 2.5.8: 24 by 24 pixels."""
    small = """() => [...document.querySelectorAll('.condition a, .years a, .facet a, .sorts a, summary')]
        .filter((each) => each.checkVisibility())
        .map((each) => [each.textContent, each.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24).map(([text]) => text)"""
    with opened(browser, live_server.url, viewport=NARROW) as page:
        page.goto(PAGES[1])
        page.locator(".facets").evaluate("(details) => (details.open = true)")
        assert page.evaluate(small) == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_sixty_years_are_all_in_sight_by_decades_and_a_decade_opens_its_years(
    browser: Browser, live_server, archive: None, size
) -> None:
    scrolls = "(strip) => strip.scrollWidth > strip.clientWidth"
    with opened(browser, live_server.url, viewport=size) as page:
        page.goto("/search/?q=党建")
        for bars, oldest in ((7, "1960–1969 年"), (10, "1960")):
            page.locator(".facets").evaluate("(details) => (details.open = true)")
            expect(page.locator(".years a")).to_have_count(bars)
            expect(page.locator(".years a").last).to_contain_text(oldest)
            assert not page.locator(".years").evaluate(scrolls)
            page.locator(".years a").last.focus()
            with page.expect_navigation():
                page.keyboard.press("Enter")
        assert "&year=1960&" in page.url


@pytest.mark.parametrize("script", [True, False])
def test_the_rest_of_the_places_begin_at_the_first(
    browser: Browser, live_server, make_speech, build_index, script: bool
) -> None:
    make_speech("甲\n" + "要抓好党建。\n" * 9)
    build_index()
    with opened(browser, live_server.url, java_script_enabled=script) as page:
        page.goto("/search/?q=党建")
        follow(page.get_by_role("link", name="另有 6 处"))
        expect(page.locator("#hit-1")).to_be_in_viewport()
        if script:
            expect(page.locator("[data-place]")).to_have_text("1 / 9")
        else:
            page.locator("#hit-1 a").first.click()
            expect(page.locator("#hit-2")).to_be_in_viewport()


def test_a_dead_end_opens_the_help_in_place(browser: Browser, live_server, archive: None) -> None:
    with opened(browser, live_server.url, java_script_enabled=False) as page:
        page.goto("/search/?q=龘龘")
        expect(page.locator("#help")).to_be_hidden()
        page.get_by_role("link", name="看看搜索语法").click()
        expect(page.locator("#help")).to_be_visible()


def test_the_form_by_fields_needs_no_script(browser: Browser, live_server, archive: None) -> None:
    with opened(browser, live_server.url, java_script_enabled=False) as page:
        page.goto("/search/")
        page.get_by_text("按条件组合").click()
        page.get_by_label("一字不差").fill("党的建设")
        page.get_by_label("讲话人").fill("张三")
        page.get_by_label("起始日期").fill("2010")
        follow(page.get_by_role("button", name="组合并搜索"))
        expect(page.locator("#q")).to_have_value("“党的建设” 讲话人:张三")
        expect(page.get_by_role("status").first).to_contain_text("找到 1 篇")
        expect(page.locator(".said")).to_contain_text("自 2010")


def test_print_is_the_query_and_what_was_found(browser: Browser, live_server, archive: None) -> None:
    with opened(browser, live_server.url) as page:
        page.goto("/search/?q=党建&year=1990")
        page.emulate_media(media="print")
        for hidden in (".ask", ".aids", ".narrow", ".taking", ".angles", ".condition a >> nth=0"):
            expect(page.locator(hidden)).to_be_hidden()
        expect(page.locator(".snippet").first).to_be_visible()
        assert page.evaluate(
            "document.querySelector('.card').getBoundingClientRect().width > 0.9 * document.body.clientWidth"
        )
