"""What only a browser can tell of the quote check: accessibility, layout, lines below each other, no scripts."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from tests.views.browsing import NARROW, WIDE, flaws, follow, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAID = "春天在希望的田野上播种，夏天的禾苗在雨水里成长，秋天的果实挂满了枝头"
ASKED = {
    "start": "",
    "exact": SAID,
    "near": "春天的希望的田野播下种，夏天禾苗在雨水里长成，秋天的果实挂满枝头",
    "partial": f"{SAID}。火车在凌晨三点半到站。冬天的雪盖住了整个山庄。",
    "ellipsis": "春天在希望的原野上播种……秋天的果实",
    "none": "火车在凌晨三点半到站",
    "bad": "党建",
}


@pytest.fixture
def addresses(make_speech, build_index) -> dict[str, str]:
    """Every kind of answer."""
    make_speech(f"四季讲话\n同志们：\n{SAID}。\n大家辛苦了。\n", speaker="张三", date="2022-05-01")
    make_speech("冬天的讲话\n同志们：\n今天来说一说冬天，冬天的雪盖住了整个村庄。\n")
    build_index()
    return {name: f"/quote/?text={quote(text)}" if text else "/quote/" for name, text in ASKED.items()}


@pytest.mark.parametrize(
    ("size", "scheme"),
    [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")],
)
def test_every_answer_is_accessible_and_none_is_wider_than_the_screen(
    browser: Browser, live_server, addresses, size, scheme
) -> None:
    assert flaws(browser, live_server.url, addresses.values(), size, scheme) == {}


def test_what_differs_stands_below_each_other(browser: Browser, live_server, addresses) -> None:
    with opened(browser, live_server.url, viewport=WIDE, java_script_enabled=False) as page:
        page.goto(addresses["near"])
        rows = page.locator(".differing")
        assert rows.count() >= 2
        for n in range(rows.count()):
            quoted, source = (
                [
                    box["x"]
                    for each in line.locator("mark, del, ins, .gap").all()
                    if (box := each.bounding_box())
                ]
                for line in rows.nth(n).locator("p").all()
            )
            assert quoted == pytest.approx(source, abs=1)


def test_a_quotation_is_checked_by_the_form_without_a_script(
    browser: Browser, live_server, addresses
) -> None:
    with opened(browser, live_server.url, viewport=NARROW, java_script_enabled=False) as page:
        page.goto("/quote/")
        page.get_by_label("要核对的引文").fill(f"“{SAID}。”")
        follow(page.get_by_role("button", name="核对"))
        assert page.get_by_role("heading", level=1).inner_text() == "✓ 一字不差"
        follow(page.get_by_role("link", name="四季讲话"))
        assert page.locator("mark").count() >= 1
