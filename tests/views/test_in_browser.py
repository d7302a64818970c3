"""What only a browser can tell: accessibility, layout, print, and the two small scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.views.browsing import NARROW, WIDE, complaints, flaws, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PARAGRAPH = "我们要坚持“两个维护”，把全面从严治党的各项要求落到实处，一步一个脚印走下去。" * 6
TEXT = (
    "在座谈会上的讲话\n同志们：\n说明来意。\n一、提高认识\n一是学在前。"
    + PARAGRAPH
    + "\n（掌声）\n（一）把握方向\n"
    "方向要正，落实***任务。\n二、狠抓落实\n" + f"{PARAGRAPH}\n" * 6
)


@pytest.fixture
def addresses(make_speech, build_index) -> list[str]:
    """Every kind of page, each at its fullest."""
    speech = make_speech(TEXT, speaker="张三", date="2022-11-20", event="座谈会", kind="讲话")
    for year in range(2000, 2025):
        make_speech(date=str(year))
    build_index()
    reading = speech.get_absolute_url()
    return [
        "/",
        "/speeches/?sort=oldest&kind=&year=2001&year=2002",
        "/speeches/?year=1990",
        "/speeches/?sort=best",
        reading,
        f"{reading}?q=全面",
        "/search/",
        "/search/?q=讲话",
        "/search/?q=龘龘 落实&year=2022",
        "/search/?q=落实&from=昨天",
        "/nowhere/",
        "/speeches/?page=99",
    ]


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (NARROW, "dark")], ids=["wide", "narrow"])
def test_every_page_is_accessible_and_none_is_wider_than_the_screen(
    browser: Browser, live_server, addresses, size, scheme
):
    assert flaws(browser, live_server.url, addresses, size, scheme) == {}


def test_no_page_needs_what_the_content_security_policy_forbids(browser: Browser, live_server, addresses):
    assert complaints(browser, live_server.url, addresses) == []


def test_a_line_holds_thirty_two_whole_characters_or_as_many_as_fit(browser: Browser, live_server, addresses):
    measure = """() => {
        const p = document.querySelector("#p3"), size = parseFloat(getComputedStyle(p).fontSize);
        return p.getBoundingClientRect().width / size;
    }"""
    for size, characters in ((WIDE, 32), ({"width": 360, "height": 700}, 18)):
        with opened(browser, live_server.url, viewport=size) as page:
            page.goto(addresses[4])
            assert page.evaluate(measure) == pytest.approx(characters, abs=0.05)


def test_print_is_the_text_alone(browser: Browser, live_server, addresses):
    with opened(browser, live_server.url) as page:
        page.goto(addresses[5])
        page.emulate_media(media="print")
        for hidden in (".masthead", ".colophon", ".contents", ".tools", ".find", ".no >> nth=0"):
            expect(page.locator(hidden)).to_be_hidden()
        expect(page.get_by_text("方向要正")).to_be_visible()
        expect(page.locator(".imprint")).to_contain_text("张三. 在座谈会上的讲话[")


def test_the_choice_of_theme_is_kept(browser: Browser, live_server, addresses):
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    with opened(browser, live_server.url, color_scheme="light") as page:
        page.goto("/")
        light = page.evaluate(ground)
        page.get_by_label("主题").select_option("深色")
        dark = page.evaluate(ground)
        page.goto(addresses[4])
        assert light != dark == page.evaluate(ground)
        page.get_by_text("阅读设置").click()  # where a speech has it
        page.get_by_label("主题").select_option("跟随系统")
        assert page.evaluate(ground) == light


def test_buttons_walk_from_hit_to_hit_and_around(browser: Browser, live_server, addresses):
    with opened(browser, live_server.url) as page:
        page.goto(addresses[5])
        last = page.locator("mark[id]").count()
        assert last > 2
        for button, place in (("下一处", 1), ("下一处", 2), ("上一处", 1), ("上一处", last)):
            page.get_by_role("button", name=button).click()
            expect(page.locator("[data-place]")).to_have_text(f"{place} / {last}")
            expect(page.locator(f"#hit-{place}")).to_be_in_viewport()


def test_without_scripts_each_hit_leads_to_the_next(browser: Browser, live_server, addresses):
    with opened(browser, live_server.url, java_script_enabled=False) as page:
        page.goto(addresses[5])
        page.get_by_role("link", name="第一处").click()
        page.locator("#hit-1 a").first.click()
        expect(page.locator("#hit-2")).to_be_in_viewport()
        expect(page.get_by_label("主题")).to_be_hidden()
