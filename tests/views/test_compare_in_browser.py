"""What only a browser can tell of comparing: accessibility, width, and how twins come together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from archive.models import Speech
from archive.views import comparing
from tests.views import browsing
from tests.views.browsing import NARROW, WIDE, flaws

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST, SECOND, FORMULA = "坚定不移全面从严治党向纵深发展", "牢记初心使命勇于担当作为", "学习贯彻会议精神"
FILLER = "\n".join(f"第{n}段各说各的，{'长短不一' * (n % 7)}，到此为止。" for n in range(40))
OTHER = "\n".join(f"另起第{n}节，{'内容不同' * (n % 5)}，就此打住。" for n in range(60))
A = (
    f"甲讲话\n同志们：\n一、从严\n{FORMULA}，{FORMULA}。要{FIRST}。\n"
    f"{FILLER}\n二、担当***\n要{SECOND}。\n再{FORMULA}。"
)
B = f"乙讲话\n一、作为\n必须{SECOND}。\n并{FORMULA}。\n{OTHER}\n二、党建\n始终{FIRST}。{FORMULA}。"


@pytest.fixture
def pair(make_speech: Callable[..., Speech]) -> str:
    """The query of two speeches that share two passages in another order, and a formula."""
    comparing.answers.clear()
    return f"a={make_speech(A).pk}&b={make_speech(B).pk}"


@contextmanager
def opened(browser: Browser, base_url: str, **options: Any) -> Iterator[Page]:
    with browsing.opened(
        browser, base_url, **{"viewport": WIDE, "reduced_motion": "reduce", **options}
    ) as page:
        yield page


def top(place: Locator) -> float:
    box = place.bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "dark"), (NARROW, "light")], ids=["wide", "narrow"])
def test_every_view_is_accessible_and_none_is_wider_than_the_screen(
    browser: Browser, live_server: Any, pair: str, size: dict[str, int], scheme: str
) -> None:
    queries = ["", "a=x", pair, f"{pair}&min=64", f"{pair}&view=common", f"{pair}&view=inline"]
    queries += [f"{pair}&view=unique", f"{pair}&formulas=hide", f"{pair}&near=off&formulas=show&view=common"]
    addresses = [f"/compare/?{query}" for query in queries]
    assert flaws(browser, live_server.url, addresses, size, scheme) == {}


def test_following_a_passage_brings_its_twin_to_the_same_line(
    browser: Browser, live_server: Any, pair: str
) -> None:
    errors: list[str] = []
    with opened(browser, live_server.url) as page:
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"/compare/?{pair}")
        page.locator(".panes").scroll_into_view_if_needed()
        here, twin = (page.locator(f"#{side} mark", has_text=SECOND) for side in "ab")
        here.get_by_role("link").click()
        expect(twin).to_be_in_viewport()
        assert abs(top(here) - top(twin)) < 2
        expect(twin.get_by_role("link")).to_be_focused()
        expect(twin).to_have_class("shared lit")
    assert errors == []


def test_keys_walk_through_the_list_and_both_columns(browser: Browser, live_server: Any, pair: str) -> None:
    with opened(browser, live_server.url) as page:
        page.goto(f"/compare/?{pair}")
        items = page.locator(".list li")
        page.keyboard.press("j")
        expect(items.nth(0)).to_have_class("now")
        page.keyboard.press("j")
        expect(items.nth(1)).to_have_class("now")
        for side in "ab":
            expect(page.locator(f"#{side} mark", has_text=SECOND)).to_have_class("shared lit")
        page.keyboard.press("k")
        expect(items.nth(0)).to_have_class("now")
        assert page.url.endswith(f"#{items.nth(0).get_attribute('id')}")
        page.locator("header input[name=q]").press("j")
        expect(items.nth(0)).to_have_class("now")


def test_keys_walk_through_sections_and_what_only_one_says(
    browser: Browser, live_server: Any, pair: str
) -> None:
    with opened(browser, live_server.url) as page:
        page.goto(f"/compare/?{pair}&view=unique")
        page.keyboard.press("u")
        expect(page.locator("#u-a1")).to_have_class("own lit")
        page.locator("#b").focus()
        page.keyboard.press("u")
        expect(page.locator("#u-b1")).to_have_class("own lit")
        heading = page.locator("#b h2", has_text="二、党建")
        expect(heading).not_to_be_in_viewport()
        for _ in range(3):
            page.keyboard.press("]")
        expect(heading).to_be_in_viewport()
        page.keyboard.press("[")
        expect(heading).not_to_be_in_viewport()


def test_a_key_changes_what_becomes_of_formulas(browser: Browser, live_server: Any, pair: str) -> None:
    with opened(browser, live_server.url) as page:
        page.goto(f"/compare/?{pair}")
        expect(page.locator("mark.again")).to_have_count(5)
        with page.expect_navigation():
            page.keyboard.press("f")
        assert page.url.endswith("formulas=hide")
        expect(page.locator("#a mark", has_text=FORMULA)).to_have_count(0)
        with page.expect_navigation():
            page.keyboard.press("f")
        assert page.url.endswith("formulas=show")
        expect(page.locator("#a mark.shared", has_text=FORMULA)).to_have_count(3)


def test_a_link_to_a_passage_shows_it_in_both_columns(browser: Browser, live_server: Any, pair: str) -> None:
    with opened(browser, live_server.url) as page:
        page.goto(f"/compare/?{pair}")
        name = page.locator(".list li", has_text=SECOND).get_attribute("id")
    with opened(browser, live_server.url) as page:
        page.goto(f"/compare/?{pair}#{name}")
        for side in "ab":
            expect(page.locator(f"#{side} mark", has_text=SECOND)).to_be_in_viewport()
            expect(page.locator(f"#{side} mark", has_text=SECOND)).to_have_class("shared lit")
        masthead = page.locator(".masthead").bounding_box()
        assert masthead is not None
        assert top(page.locator(".panes")) >= masthead["height"]
    with opened(browser, live_server.url, java_script_enabled=False) as page:
        page.goto(f"/compare/?{pair}#{name}")
        expect(page.locator(f"#{name}:target")).to_be_in_viewport()


def test_following_a_mark_again_leads_to_the_next_place(
    browser: Browser, live_server: Any, pair: str
) -> None:
    with opened(browser, live_server.url) as page:
        page.goto(f"/compare/?{pair}")
        page.locator(".panes").scroll_into_view_if_needed()
        here = page.locator("#a mark", has_text=FORMULA).first.get_by_role("link")
        assert here.get_attribute("title") == "共有 8 字，第 1/3 处"
        there = page.locator("#b mark", has_text=FORMULA)
        for place, said in ((0, "到第 1/2 处"), (1, "到第 2/2 处"), (0, "到第 1/2 处")):
            here.click()
            expect(there.nth(place).get_by_role("link")).to_be_focused()
            expect(page.get_by_role("status").filter(has_text=said)).to_be_visible()


def test_a_passage_is_copied_with_where_it_stands_and_its_address(
    browser: Browser, live_server: Any, pair: str
) -> None:
    given = {"permissions": ["clipboard-read", "clipboard-write"]}
    with opened(browser, live_server.url, **given) as page:
        page.goto(f"/compare/?{pair}")
        item = page.locator(".list li", has_text=SECOND)
        item.get_by_role("button", name="复制").click()
        expect(page.get_by_role("status").filter(has_text="已复制")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()").split("\n")
        start = A.index(SECOND)
        assert copied[0] == (
            f"甲“{SECOND}”——《甲讲话》（日期不详，二、担当***，第 {start + 1}—{start + len(SECOND)} 字）"
        )
        assert copied[1].startswith(f"乙“{SECOND}”——《乙讲话》")
        assert copied[2] == f"{page.url}#{item.get_attribute('id')}"


def test_the_map_shows_which_part_of_each_text_is_in_view(
    browser: Browser, live_server: Any, pair: str
) -> None:
    with opened(browser, live_server.url) as page:
        page.goto(f"/compare/?{pair}")
        box = page.locator('.ribbon .view[data-of="b"]')
        expect(box).to_have_attribute("x", "0")
        page.locator("#b").evaluate("(pane) => pane.scrollTo(0, 600)")
        expect(box).not_to_have_attribute("x", "0")
        expect(page.locator('.ribbon .view[data-of="a"]')).to_have_attribute("x", "0")


def test_on_paper_nothing_is_hidden_in_a_pane(browser: Browser, live_server: Any, pair: str) -> None:
    with opened(browser, live_server.url) as page:
        page.goto(f"/compare/?{pair}")
        page.emulate_media(media="print")
        for name in ("shared", "a", "b"):
            hidden = page.locator(f"#{name}").evaluate("(pane) => pane.scrollHeight - pane.clientHeight")
            assert hidden <= 1
        expect(page.locator(".list li").first.get_by_role("link").first).to_be_visible()
        expect(page.locator(".switches")).to_be_hidden()


def test_without_scripts_a_passage_still_leads_to_its_twin(
    browser: Browser, live_server: Any, pair: str
) -> None:
    with opened(browser, live_server.url, java_script_enabled=False) as page:
        page.goto(f"/compare/?{pair}")
        twin = page.locator("#b mark", has_text=FIRST)
        expect(twin).not_to_be_in_viewport()
        page.locator("#a mark", has_text=FIRST).get_by_role("link").click()
        expect(twin).to_be_in_viewport()
