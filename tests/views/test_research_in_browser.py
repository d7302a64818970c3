"""The concordance and the trends in a browser: accessibility, alignment, narrow screens, print."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.views.browsing import NARROW, WIDE, complaints, flaws, follow, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SENTENCE = "各级机关要抓好党建工作，落实党建责任，不忘初心、牢记使命，把全面从严治党落到实处。"


@pytest.fixture
def addresses(make_speech, build_index) -> list[str]:
    """Both pages at their fullest, empty, and refusing."""
    for number, year in enumerate([*range(1990, 2000), *range(2003, 2012), None]):
        text = f"在第{number}次机关党建工作座谈会上的讲话\n同志们：\n" + f"{SENTENCE * 3}\n" * (
            1 + number % 4
        )
        make_speech(text, date=str(year or ""), speaker="张三", event="座谈会", kind="讲话")
    build_index()
    return [
        "/concordance/",
        "/concordance/?q=党建&year=2003&year=2004&sort=left",
        "/concordance/?q=党建 OR 不忘初心牢记使命&page=2",
        "/concordance/?q=机关建设党&from=1995",
        "/concordance/?q=党&sort=best",
        "/trends/",
        "/trends/?q=党建&speaker=张三",
        "/trends/?q=党建&q=机关&q=从严治党&q=初心&q=全面&q=龘龘",
        "/trends/?q=党建&year=2003",
        "/trends/?q=，。",
    ]


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (NARROW, "dark")], ids=["wide", "narrow"])
def test_the_pages_are_accessible_and_none_is_wider_than_the_screen(
    browser: Browser, live_server, addresses, size, scheme
):
    assert flaws(browser, live_server.url, addresses, size, scheme) == {}


def test_no_page_needs_what_the_content_security_policy_forbids(browser: Browser, live_server, addresses):
    assert complaints(browser, live_server.url, addresses) == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_hits_of_any_length_stand_in_one_column_between_their_contexts(
    browser: Browser, live_server, addresses, size
):
    measure = """() => [...document.querySelectorAll(".kwic li")].map((line) => {
        const box = (name) => line.querySelector(name).getBoundingClientRect();
        const mark = box("mark");
        return [mark.left + mark.width / 2, box(".left").right <= mark.left, mark.right <= box(".right").left,
                mark.height < 40];
    })"""
    with opened(browser, live_server.url, viewport=size) as page:
        page.goto(addresses[2])
        lines = page.evaluate(measure)
        assert len(lines) > 20
        assert max(line[0] for line in lines) - min(line[0] for line in lines) <= 1
        assert all(all(line[1:3]) for line in lines)
        assert size is NARROW or all(line[3] for line in lines)


def test_the_letters_nearest_to_the_hit_are_the_ones_that_show(browser: Browser, live_server, addresses):
    gap = """() => {
        const left = document.querySelector(".kwic .left"), range = document.createRange();
        range.selectNodeContents(left);
        return left.getBoundingClientRect().right - range.getBoundingClientRect().right;
    }"""
    with opened(browser, live_server.url, viewport=NARROW) as page:
        page.goto(addresses[1])
        assert page.evaluate(gap) == pytest.approx(0, abs=1)


def test_a_line_leads_to_its_paragraph_and_the_form_works_without_scripts(
    browser: Browser, live_server, addresses
):
    with opened(browser, live_server.url, java_script_enabled=False) as page:
        page.goto("/concordance/")
        page.get_by_label("要逐处列出的词语").fill("初心")
        follow(page.get_by_role("button", name="列出"))
        expect(page.get_by_role("heading", level=1)).to_contain_text("见于 20 篇")
        follow(page.locator(".kwic a").first)
        expect(page.locator("p:target")).to_contain_text("不忘初心")
        page.goto("/trends/?q=党建")
        page.get_by_label("查询 2").fill("机关")
        follow(page.get_by_role("button", name="画出趋势"))
        expect(page.get_by_role("heading", level=1)).to_have_text("趋势：党建、机关")


def test_a_phone_shows_the_whole_graph_with_its_axis_and_the_table_scrolls_by_itself(
    browser: Browser, live_server, addresses
):
    with opened(browser, live_server.url, viewport=NARROW, bypass_csp=True) as page:
        page.goto(addresses[7])
        expect(page.locator(".graph svg").nth(0)).to_be_hidden()
        expect(page.locator(".legend")).to_be_visible()
        for shown in page.locator(".phone text").all():
            box = shown.bounding_box()
            assert box
            assert 0 <= box["x"] <= box["x"] + box["width"] <= NARROW["width"]
        assert page.evaluate("(e => e.scrollWidth > e.clientWidth)(document.querySelector('.scroll'))")
        page.locator(".scroll").focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("document.querySelector('.scroll').scrollLeft > 0")


def test_lines_of_the_graph_differ_without_colour(browser: Browser, live_server, addresses):
    with opened(browser, live_server.url) as page:
        page.goto(addresses[7])
        dashes = page.evaluate(
            "[...document.querySelectorAll('.graph .line')].map((line) => getComputedStyle(line).strokeDasharray)"
        )
        assert len(set(dashes)) == 6
        assert page.locator(".curve > text").all_text_contents() == [
            *("党建", "机关", "从严治党", "初心", "全面", "龘龘"),
        ]


def test_print_has_the_lines_and_the_numbers_alone(browser: Browser, live_server, addresses):
    with opened(browser, live_server.url) as page:
        page.goto(addresses[2])
        page.emulate_media(media="print")
        for hidden in (".masthead", ".ask", ".sorts", ".paging", ".onward"):
            expect(page.locator(hidden).first).to_be_hidden()
        expect(page.locator(".kwic mark").first).to_be_visible()
        page.goto(addresses[7])
        expect(page.locator(".several")).to_be_hidden()
        expect(page.locator(".graph svg").nth(0)).to_be_visible()
        expect(page.locator(".phone")).to_be_hidden()
        expect(page.locator(".legend")).to_be_hidden()
        expect(page.locator("tfoot")).to_be_visible()
