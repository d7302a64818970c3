"""What only a browser can tell of the matrix of sections: accessibility, width, what comes first on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Locator, expect

from archive.importing import import_bytes
from archive.views import comparing
from tests.views.browsing import NARROW, WIDE, flaws, follow, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pair() -> str:
    """The query of the two seeds with the most points."""
    comparing.answers.clear()
    found = []
    for name in ("002", "004"):
        [path] = (settings.BASE_DIR / "seeds").glob(f"{name}*.txt")
        speech = import_bytes(path.read_bytes(), path.name).speech
        assert speech is not None
        found.append(speech.pk)
    return f"a={found[0]}&b={found[1]}"


def box(place: Locator) -> Any:
    found = place.bounding_box()
    assert found is not None
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_both_views_are_accessible_and_none_is_wider_than_the_screen(
    browser: Browser, live_server: Any, pair: str, size: dict[str, int], scheme: str
) -> None:
    queries = [f"{pair}&view=matrix", f"{pair}&view=sections&sa=s1&sb=s1&depth=points"]
    assert flaws(browser, live_server.url, [f"/compare/?{query}" for query in queries], size, scheme) == {}


def test_the_list_comes_first_on_a_phone_and_the_table_scrolls_in_its_own_place(
    browser: Browser, live_server: Any, pair: str
) -> None:
    with opened(browser, live_server.url, viewport=NARROW) as page:
        page.goto(f"/compare/?{pair}&view=matrix")
        assert box(page.locator(".suggested"))["y"] < box(page.locator(".matrix"))["y"]
        region = page.get_by_role("region", name="章节表")
        assert region.evaluate("(e) => e.scrollWidth > e.clientWidth")
        heads = region.locator("tbody th").first
        before = box(heads)["x"]
        region.evaluate("(e) => { e.scrollLeft = 300; }")
        assert region.evaluate("(e) => e.scrollLeft") == 300
        assert box(heads)["x"] == before
    with opened(browser, live_server.url, viewport=WIDE) as page:
        page.goto(f"/compare/?{pair}&view=matrix")
        assert box(page.locator(".suggested"))["y"] > box(page.locator(".matrix"))["y"]


def test_a_cell_opens_the_two_sections_beside_each_other(
    browser: Browser, live_server: Any, pair: str
) -> None:
    said: list[str] = []
    with opened(browser, live_server.url, viewport=WIDE) as page:
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"/compare/?{pair}&view=matrix")
        follow(page.get_by_role("region", name="章节表").get_by_role("link", name="共有 62 字"))
        assert "view=sections" in page.url
        left, right = page.locator("#a"), page.locator("#b")
        assert box(left)["y"] == box(right)["y"]
        mark = left.locator("mark a").first
        mark.click()
        expect(page.locator("#b mark.lit").first).to_be_visible()
        follow(page.get_by_role("link", name="回到章节表"))
        assert "view=matrix" in page.url
    with opened(browser, live_server.url, viewport=NARROW) as page:
        page.goto(f"/compare/?{pair}&view=sections&sa=s1&sb=s1&depth=points")
        assert (
            box(page.locator("#a"))["y"] + box(page.locator("#a"))["height"] <= box(page.locator("#b"))["y"]
        )
    assert said == []


def test_head_of_a_column_reads_downwards_and_is_not_cut(
    browser: Browser, live_server: Any, pair: str
) -> None:
    with opened(browser, live_server.url, viewport=WIDE) as page:
        page.goto(f"/compare/?{pair}&view=matrix")
        heads = page.locator(".matrix thead th > span")
        assert heads.count() == 11
        assert heads.first.evaluate("(e) => getComputedStyle(e).writingMode") == "vertical-rl"
        cut = "(es) => es.filter((e) => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)"
        assert heads.evaluate_all(f"(all) => ({cut})(all).map((e) => e.innerText)") == []
