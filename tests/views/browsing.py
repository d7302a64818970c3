"""A real browser at the archive's pages: sizes, and what no page may do at any of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

NARROW, WIDE = {"width": 320, "height": 700}, {"width": 1280, "height": 800}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def opened(browser: Browser, base_url: str, **options: Any) -> Iterator[Page]:
    context = browser.new_context(base_url=base_url, **options)
    yield context.new_page()
    context.close()


def violations(page: Page, rules: Sequence[str] = RULES) -> list[tuple[str, str]]:
    """What axe finds wrong with the page as it stands: the rule, and the first element that breaks it."""
    options = {"runOnly": list(rules), "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in found]


def flaws(
    browser: Browser,
    base_url: str,
    addresses: Iterable[str],
    size: Any,
    scheme: Any,
    rules: Sequence[str] = RULES,
) -> dict[str, tuple[int, list[tuple[str, str]]]]:
    """The pages that are wider than the screen (by how much) or not accessible, everything unfolded."""
    found = {}
    with opened(browser, base_url, viewport=size, color_scheme=scheme, bypass_csp=True) as page:
        for address in addresses:
            page.goto(address)
            # Menus excepted, of which one at a time is open, over what stands below it.
            page.evaluate("document.querySelectorAll('details:not([name])').forEach((e) => (e.open = true))")
            excess, broken = (
                page.evaluate("document.documentElement.scrollWidth - innerWidth"),
                violations(page, rules),
            )
            if broken or excess > 0:
                found[address] = (excess, broken)
    return found


def complaints(browser: Browser, base_url: str, addresses: Iterable[str]) -> list[str]:
    """What the browser's console says of the pages; that one of them answers 4xx is no complaint."""
    said: list[str] = []
    with opened(browser, base_url) as page:
        page.on("console", lambda message: said.append(message.text))
        for address in addresses:
            page.goto(address)
    return [text for text in said if "the server responded with a status of 40" not in text]
