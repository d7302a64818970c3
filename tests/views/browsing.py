"""A real browser at the archive's pages: sizes, and what no page may do at any of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Request

NARROW, WIDE = {"width": 320, "height": 700}, {"width": 1280, "height": 800}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


# What of a page brings another one and returns when it is there, and what waits for one that a press brings.
BRINGERS, WAITERS = ("goto", "reload", "go_back", "go_forward"), ("expect_navigation", "expect_download")


@contextmanager
def opened(browser: Browser, base_url: str, **options: Any) -> Iterator[Page]:
    """A page of its own; fails when another page came for which no line of the test waited.

    What is asked right after a press is else answered by the old page or the new one, as the machine pleases.
    """
    context = browser.new_context(base_url=base_url, **options)
    try:
        page = context.new_page()
        turns = Turns(page)
        yield page
    finally:
        context.close()
    assert turns.strays == [], (
        "these came by a press that is neither follow() nor in `with page.expect_navigation():`"
    )


class Turns:
    """The addresses of the pages that were asked for while no line of the test waited for one."""

    def __init__(self, page: Page) -> None:
        self.page, self.awaited = page, False
        self.strays: list[str] = []
        for name in BRINGERS:
            setattr(page, name, self.bringing(getattr(page, name)))
        for name in WAITERS:
            setattr(page, name, self.expecting(getattr(page, name)))
        page.on("request", self.see)

    def see(self, request: Request) -> None:
        if request.is_navigation_request() and not self.awaited and request.frame == self.page.main_frame:
            self.strays.append(request.url)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        before, self.awaited = self.awaited, True
        try:
            yield
        finally:
            self.awaited = before

    def bringing(self, bring: Callable[..., Any]) -> Callable[..., Any]:
        def brought(*given: Any, **named: Any) -> Any:
            with self.waiting():
                return bring(*given, **named)

        return brought

    def expecting(self, expect: Callable[..., Any]) -> Callable[..., Any]:
        @contextmanager
        def expected(*given: Any, **named: Any) -> Iterator[Any]:
            with self.waiting(), expect(*given, **named) as event:
                yield event

        return expected


def follow(place: Locator) -> None:
    """Clicks on what brings another page, and waits until that one is there."""
    with place.page.expect_navigation():
        place.click()


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
