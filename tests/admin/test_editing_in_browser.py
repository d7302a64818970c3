"""The pages of editing in a real browser: no script needed, readable in both schemes, at a phone's width."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, Page

from archive import importing
from archive.models import Revision, Speech
from archive.parsing import Decision
from tests.views.browsing import WIDE, follow, opened, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = (
    "在机关党建工作会议上的讲话\n同志们：\n一、提高站位\n我们要加强学习。\n（一）学在前\n要先学一步。\n"
    "二、压实责任\n我们要抓好落实。\n谢谢大家！\n"
)
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def speech(index_path: Any) -> Speech:
    speech = importing.import_bytes(TEXT.encode(), "a.txt").speech
    assert speech is not None
    importing.revise(speech, text=speech.text.replace("抓好", "狠抓"))
    importing.revise(speech, decisions=[Decision("（一）学在前", 0)])
    return Speech.objects.get(pk=speech.pk)


@pytest.fixture
def cookie(client: Client, live_server: Any) -> dict[str, str]:
    client.force_login(get_user_model().objects.create_superuser("editor"))
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}


def flaws(page: Page) -> list[Any]:
    page.evaluate("document.querySelectorAll('.editing details').forEach((each) => (each.open = true))")
    excess = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*violations(page), *([("wider than the screen", excess)] if excess > 0 else [])]


def walk(page: Page, speech: Speech) -> Iterator[str]:
    """Every page of editing, one after the other, in each of its states."""
    base = f"/admin/archive/speech/{speech.pk}"
    for place in ("text/", "structure/", "versions/", "versions/1/", "versions/compare/?a=1&b=3"):
        page.goto(f"{base}/{place}")
        yield place
    page.goto(f"{base}/versions/1/restore/")
    yield "restore"
    page.goto(f"{base}/text/")
    page.fill("#id_text", speech.text.replace("我们要加强学习。", "要加强。").replace("讲话", "致辞", 1))
    follow(page.locator("button[value=preview]"))
    yield "preview"
    page.fill("#id_text", "只有标题")
    follow(page.locator("form button[value=save]"))
    yield "refused"
    page.goto(f"{base}/structure/")
    follow(page.locator("button[value^=merge]").last)
    yield "structure, pending"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_every_page_is_accessible_and_as_wide_as_the_screen(
    browser: Browser, live_server: Any, cookie: Any, speech: Speech, size: Any, scheme: Any
) -> None:
    with opened(browser, live_server.url, viewport=size, color_scheme=scheme, bypass_csp=True) as page:
        page.context.add_cookies([cookie])
        found = {name: flaws(page) for name in walk(page, speech)}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_whole_way_without_a_script_under_the_content_security_policy(
    browser: Browser, live_server: Any, cookie: Any, speech: Speech
) -> None:
    base = f"/admin/archive/speech/{speech.pk}"
    with opened(browser, live_server.url, java_script_enabled=False) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.context.add_cookies([cookie])
        page.goto(f"{base}/text/")
        page.fill("#id_text", speech.text.replace("我们要加强学习。", "我们要加强学习，学以致用。"))
        follow(page.locator("button[value=preview]"))
        assert page.locator("ins", has_text="学以致用").count() == 1
        follow(page.locator("section button[value=save]"))
        assert page.get_by_text("已保存为第 4 版").is_visible()
        page.goto(f"{base}/structure/")
        follow(page.get_by_role("button", name="降级：二、压实责任"))
        follow(page.locator("button[value=save]").first)
        assert page.get_by_text("已保存为第 5 版").is_visible()
        page.goto(f"{base}/versions/")
        page.get_by_role("radio", name="旧：第 1 版").check()
        follow(page.get_by_role("button", name="对比所选两版"))
        assert page.get_by_text("从第 1 版到第 5 版").is_visible()
        follow(page.get_by_role("link", name="恢复第 1 版"))
        follow(page.get_by_role("button", name="恢复", exact=True))
        assert page.get_by_text("已恢复第 1 版，现在是第 6 版").is_visible()
        assert said == []
    assert Speech.objects.get().text == TEXT.strip()
    assert Revision.objects.count() == 5
