"""What only a browser can tell of the lists: choosing with and without scripts, and pages at their fullest."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.views.browsing import NARROW, WIDE, complaints, flaws, follow, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SURNAMES = "安白曹邓范高韩江康李马聂欧彭秦任孙唐吴许杨张"


@pytest.fixture
def full(make_speech, build_index) -> list[str]:
    """An archive of seventy years and two dozen people: the pages that show them."""
    for n, surname in enumerate(SURNAMES):
        make_speech(speaker=f"{surname}某", date=f"{1950 + 3 * n}", event=f"第{n}次会议")
    for month in range(1, 13):
        speech = make_speech(
            speaker="张某", role="书记", date=f"2022-{month:02}-03", event="大会", venue="北京"
        )
    make_speech()
    build_index()
    speaker, event = speech.speaker, speech.event
    assert speaker is not None
    assert event is not None
    return [
        "/",
        "/speakers/",
        "/events/",
        "/years/",
        "/years/2022/",
        f"/speakers/{speaker.pk}/",
        f"/events/{event.pk}/",
        "/speeches/?from=2022&speaker=张某",
        "/speeches/?year=1990&speaker=张某",
    ]


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "dark"), (NARROW, "light")], ids=["wide", "narrow"])
def test_full_pages_are_accessible_and_none_is_wider_than_the_screen(
    browser: Browser, live_server, full, size, scheme
):
    assert flaws(browser, live_server.url, full, size, scheme) == {}


def test_no_list_needs_what_the_content_security_policy_forbids(browser: Browser, live_server, full):
    assert complaints(browser, live_server.url, full) == []


def test_the_choice_is_counted_stays_in_sight_and_leads_to_the_comparison(
    browser: Browser, live_server, full
):
    with opened(browser, live_server.url, viewport={"width": 360, "height": 700}) as page:
        page.goto("/speeches/")
        button = page.get_by_role("button", name="对比所选讲话")
        expect(button).to_be_hidden()
        boxes = page.get_by_label("加入对比")
        boxes.nth(0).check()
        expect(page.get_by_text("已选 1 篇，再选一篇")).to_be_in_viewport()
        expect(button).to_be_disabled()
        boxes.nth(1).check()
        expect(page.get_by_text("已选 2 篇", exact=True)).to_be_in_viewport()
        follow(button)
        expect(page).to_have_url(re.compile(r"/compare/\?a=\d+&b=\d+$"))


def test_no_more_can_be_chosen_than_can_be_compared(browser: Browser, live_server, full):
    with opened(browser, live_server.url) as page:
        page.goto("/speeches/")
        boxes = page.get_by_label("加入对比")
        for n in range(12):
            boxes.nth(n).check()
        expect(page.get_by_text("已选 12 篇，不能再多")).to_be_visible()
        expect(boxes.nth(12)).to_be_disabled()
        boxes.nth(3).uncheck()
        expect(boxes.nth(12)).to_be_enabled()


def test_without_scripts_the_choice_works_too(browser: Browser, live_server, full):
    with opened(browser, live_server.url, java_script_enabled=False) as page:
        page.goto("/speeches/")
        for n in range(3):
            page.get_by_label("加入对比").nth(n).check()
        button = page.get_by_role("button", name="对比所选讲话")
        expect(button).to_be_in_viewport()
        follow(button)
        assert page.url.count("s=") == 3


def test_without_scripts_more_values_of_a_facet_unfold(browser: Browser, live_server, full):
    with opened(browser, live_server.url, viewport=WIDE, java_script_enabled=False) as page:
        page.goto("/speeches/")
        last = page.get_by_role("link", name="1953年 1")
        expect(last).to_be_hidden()
        page.locator("#facet-year ~ details summary").click()
        expect(last).to_be_visible()
