"""What only a browser can tell of three speeches at once: accessibility, width, and how text and list meet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from archive.models import Speech
from archive.views import comparing
from tests.views.browsing import NARROW, WIDE, complaints, flaws, follow, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST, SECOND, FORMULA = "坚定不移全面从严治党向纵深发展", "牢记初心使命勇于担当作为", "学习贯彻会议精神"
NEARLY = "要切实承担起全面从严治党主体责任"
FILLER = "\n".join(f"第{n}段各说各的，{'长短不一' * (n % 7)}，到此为止。" for n in range(40))
A = (
    f"甲讲话\n同志们：\n一、从严\n{FORMULA}，{FORMULA}。要{FIRST}。{NEARLY}。\n"
    f"{FILLER}\n二、担当***\n要{SECOND}，再{FORMULA}。"
)
B = f"乙讲话\n一、作为\n必须{SECOND}，并{FORMULA}。\n二、党建\n始终{FIRST}。{FORMULA}。"
C = f"丙讲话\n一、作为\n讲{FIRST}\n切实担负起全面从严治党主体责任。"


@pytest.fixture
def three(make_speech: Callable[..., Speech]) -> str:
    comparing.answers.clear()
    return "&".join(f"s={make_speech(text, speaker='张三').pk}" for text in (A, B, C))


@pytest.mark.parametrize(
    ("size", "scheme"),
    [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")],
    ids=["wide", "wide-dark", "narrow", "narrow-dark"],
)
def test_every_page_is_accessible_and_none_is_wider_than_the_screen(
    browser: Browser, live_server: Any, three: str, size: dict[str, int], scheme: str
) -> None:
    queries = [three, f"{three}&near=on", f"{three}&min=64", f"{three}&min=1"]
    addresses = [
        *(f"/compare/?{query}" for query in queries),
        f"/compare/more/?{three}",
        "/compare/more/?s=x",
    ]
    assert flaws(browser, live_server.url, addresses, size, scheme) == {}


def test_the_console_is_silent(browser: Browser, live_server: Any, three: str) -> None:
    addresses = [f"/compare/?{three}", f"/compare/?{three}&near=on", f"/compare/more/?{three}"]
    assert complaints(browser, live_server.url, addresses) == []


def test_a_stretch_opens_who_shares_it_and_lights_it_everywhere(
    browser: Browser, live_server: Any, three: str
) -> None:
    with opened(browser, live_server.url, viewport=WIDE, reduced_motion="reduce") as page:
        page.goto(f"/compare/?{three}")
        mark, item = (
            page.locator("#base mark", has_text=SECOND),
            page.locator(".list li", has_text=SECOND).first,
        )
        mark.get_by_role("link").click()
        expect(item).to_have_class("now")
        expect(item).to_be_focused()
        expect(item).to_be_in_viewport()
        expect(mark).to_have_class("s1 lit")
        item.locator('a[href^="#t"]').first.click()
        expect(mark.get_by_role("link")).to_be_focused()
        expect(mark).to_be_in_viewport()


def test_keys_walk_through_the_list_and_the_text(browser: Browser, live_server: Any, three: str) -> None:
    with opened(browser, live_server.url, viewport=WIDE, reduced_motion="reduce") as page:
        page.goto(f"/compare/?{three}")
        page.keyboard.press("j")
        expect(page.locator("#w1")).to_have_class("now")
        page.keyboard.press("j")
        expect(page.locator("#w2")).to_have_class("now")
        expect(page.locator("#base mark", has_text=SECOND)).to_be_in_viewport()
        page.keyboard.press("k")
        expect(page.locator("#w1")).to_have_class("now")
        page.locator("header input[name=q]").press("j")
        expect(page.locator("#w1")).to_have_class("now")


def test_a_line_may_break_inside_a_mark_that_ends_with_its_number(
    browser: Browser, live_server: Any, three: str
) -> None:
    """At one width or another the mark stands across the end of a line: it goes on there, it does not move down."""
    with opened(browser, live_server.url, viewport=NARROW) as page:
        page.goto(f"/compare/?{three}")
        link = page.locator("#base mark[data-n]", has_text=FIRST).get_by_role("link")
        lines = []
        for width in range(320, 560, 16):
            page.set_viewport_size({"width": width, "height": 700})
            lines.append(link.evaluate("link => link.getClientRects().length"))
            gap = link.evaluate(
                "link => { const before = document.createRange(); before.selectNodeContents("
                "link.parentElement.previousSibling); const last = [...before.getClientRects()].at(-1);"
                "return link.closest('p').getBoundingClientRect().right - last.right; }"
            )
            if lines[-1] == 1 and link.evaluate(
                "link => { const before = document.createRange(); before.selectNodeContents("
                "link.parentElement.previousSibling); return [...before.getClientRects()].at(-1).top"
                " + 8 < link.getClientRects()[0].top; }"
            ):
                assert gap < 24  # no more room than for one character was left
        assert 2 in lines


def test_without_scripts_everything_is_there_and_leads_on(
    browser: Browser, live_server: Any, three: str
) -> None:
    with opened(browser, live_server.url, viewport=WIDE, java_script_enabled=False) as page:
        page.goto(f"/compare/?{three}")
        mark, item = (
            page.locator("#base mark", has_text=SECOND),
            page.locator(".list li", has_text=SECOND).first,
        )
        expect(mark).not_to_be_in_viewport()
        item.locator('a[href^="#t"]').first.click()
        expect(mark).to_be_in_viewport()
        mark.get_by_role("link").click()
        expect(item).to_be_in_viewport()
        follow(page.get_by_role("link", name="以丙为基准"))
        expect(page.locator("li.base")).to_contain_text("丙讲话")
        follow(page.get_by_role("link", name="再加一篇"))
        page.get_by_role("checkbox", name="乙讲话").uncheck()
        follow(page.get_by_role("button", name="对比", exact=True))
        assert "/compare/?a=" in page.url
