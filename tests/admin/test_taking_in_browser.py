"""The whole archive as one file in a real browser: both schemes, two widths, no script needed."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, Page

from archive.importing import import_bytes
from tests.admin import uploading
from tests.views.browsing import WIDE, follow, opened, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 320, "height": 640}
TAKE = "/admin/archive/speech/take/"


@pytest.fixture
def cookie(
    client: Client, live_server: Any, index_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """Of somebody who may, in an archive with one speech."""
    monkeypatch.setattr(settings, "ARCHIVE_DATA_DIR", tmp_path)
    import_bytes(uploading.TEXT.encode(), "a.txt")
    client.force_login(get_user_model().objects.create_superuser("王编辑"))
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}


def flaws(page: Page, name: str) -> list[Any]:
    if folder := os.environ.get("ARCHIVE_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    excess = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*violations(page), *([("wider than the screen", excess)] if excess > 0 else [])]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_page_is_accessible_and_fits(
    browser: Browser, live_server: Any, cookie: Any, size: Any, scheme: Any
) -> None:
    options = {"viewport": size, "color_scheme": scheme, "bypass_csp": True}
    with opened(browser, live_server.url, **options) as page:
        page.context.add_cookies([cookie])
        page.goto(TAKE)
        assert flaws(page, f"take-{size['width']}-{scheme}") == []


def test_it_is_downloaded_without_a_script(
    browser: Browser, live_server: Any, cookie: Any, tmp_path: Path
) -> None:
    with opened(browser, live_server.url, java_script_enabled=False) as page:
        page.context.add_cookies([cookie])
        page.goto("/admin/archive/speech/")
        follow(page.locator("text=下载全部"))
        with page.expect_download() as started:
            page.click("input[type=submit]")
        assert started.value.suggested_filename.startswith("讲话库_20")
        with zipfile.ZipFile(started.value.path()) as package:
            assert package.testzip() is None
            assert "manifest.json" in package.namelist()
