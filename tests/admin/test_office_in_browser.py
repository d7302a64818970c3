"""Sheets, merging, the log and roles in a real browser: no script needed, both schemes, a phone's width."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, Page

from archive.importing import import_bytes
from archive.models import Alias, Speaker, Speech
from tests.views.browsing import WIDE, follow, opened, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "在{}会议上的讲话\n同志们：\n一、提高站位\n我们要加强学习{}。\n谢谢大家！\n"
PHONE = {"width": 360, "height": 740}
SHEET, SPEAKERS = "/admin/archive/speech/sheet/", "/admin/archive/speaker/"


@pytest.fixture
def speeches(index_path: Any) -> list[Speech]:
    for number, place in enumerate(("机关党建工作", "国有企业改革发展", "基层治理现代化试点")):
        import_bytes(TEXT.format(place, number).encode(), f"{number}.txt")
    found = list(Speech.objects.order_by("pk"))
    for speech, name in zip(found, ("王建国", "王 建国", "王建国同志"), strict=True):
        speech.speaker = Speaker.objects.create(name=name)
        speech.save()
    Alias.objects.create(name="建国", speaker=found[1].speaker)
    return found


@pytest.fixture
def cookie(client: Client, live_server: Any) -> dict[str, str]:
    client.force_login(get_user_model().objects.create_superuser("王编辑"))
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}


def sheet(speeches: list[Speech]) -> bytes:
    """Changes in many columns, a row with mistakes, one of nobody, one that says nothing new."""
    first, second, third = speeches
    rows = [
        "编号,标题,讲话人,职务,日期,场合,已发布,备注",
        f"{first.pk},在全市机关党建工作会议上的讲话,王建国,市委书记,2022/11/20,全市机关党建工作会议,否,",
        f"{second.pk},{second.title},李四,,2022-13,,是,",
        "999999,没有这一篇,,,,,,",
        f"{third.pk},{third.title},{third.speaker},{third.role},,{third.event or ''},是,",
    ]
    return "\n".join(rows).encode()


def flaws(page: Page, name: str) -> list[Any]:
    if folder := os.environ.get("ARCHIVE_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    excess = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*violations(page), *([("wider than the screen", excess)] if excess > 0 else [])]


def send(page: Page, data: bytes) -> None:
    page.goto(SHEET)
    page.set_input_files("#id_file", {"name": "讲话信息.csv", "mimeType": "text/csv", "buffer": data})
    follow(page.locator("button[value=upload]"))


def choose(page: Page, action: str) -> None:
    for box in page.locator("input[name=_selected_action]").all():
        box.check()
    page.select_option("select[name=action]", action)
    follow(page.locator("button[name=index]"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_every_page_is_accessible_and_fits(
    browser: Browser, live_server: Any, speeches: list[Speech], cookie: Any, size: Any, scheme: Any
) -> None:
    found = {}
    options = {"viewport": size, "color_scheme": scheme, "bypass_csp": True}
    with opened(browser, live_server.url, **options) as page:
        page.context.add_cookies([cookie])
        suffix = f"{size['width']}-{scheme}"
        page.goto(SHEET)
        found["sheet"] = flaws(page, f"sheet-{suffix}")
        send(page, b"nothing")
        found["refused"] = flaws(page, f"refused-{suffix}")
        send(page, sheet(speeches))
        found["review"] = flaws(page, f"review-{suffix}")
        follow(page.locator("button[value=confirm]"))
        found["written"] = flaws(page, f"written-{suffix}")
        page.goto(f"{SPEAKERS}{speeches[1].speaker_id}/change/")
        found["speaker"] = flaws(page, f"speaker-{suffix}")
        page.goto(SPEAKERS)
        choose(page, "merge")
        found["merge"] = flaws(page, f"merge-{suffix}")
        follow(page.locator("button[type=submit].default"))
        page.goto("/admin/archive/deed/")
        found["log"] = flaws(page, f"log-{suffix}")
    found["log"] = [
        each for each in found["log"] if each[0] != "label-title-only"
    ]  # Django's field to search
    assert found == {name: [] for name in found}


def test_a_sheet_is_corrected_and_speakers_merged_without_a_script(
    browser: Browser, live_server: Any, speeches: list[Speech], cookie: Any
) -> None:
    with opened(browser, live_server.url, viewport=WIDE, java_script_enabled=False) as page:
        page.context.add_cookies([cookie])
        send(page, sheet(speeches))
        assert page.locator(".counts").inner_text().split() == [
            *("1", "行要修改"),
            *("2", "行有误，不会写入"),
            *("1", "行与库中相同"),
        ]
        follow(page.locator("button[value=confirm]"))
        assert "已修改 1 篇讲话。" in page.locator(".messagelist").inner_text()
        assert Speech.objects.get(pk=speeches[0].pk).date_iso == "2022-11-20"
        page.goto(SPEAKERS)
        choose(page, "merge")
        page.get_by_label("王建国同志").check()
        follow(page.get_by_role("button", name="合并", exact=True))
        assert "已合并为“王建国同志”，移来 2 篇讲话。" in page.locator(".messagelist").inner_text()
        page.goto("/?")
    assert {speech.speaker.name for speech in Speech.objects.all()} == {"王建国同志"}


def test_the_console_is_silent(
    browser: Browser, live_server: Any, speeches: list[Speech], cookie: Any
) -> None:
    """With the site's own content security policy: nothing inline, nothing from elsewhere."""
    said: list[str] = []
    with opened(browser, live_server.url, viewport=WIDE) as page:
        page.context.add_cookies([cookie])
        page.on("console", lambda message: said.append(message.text))
        send(page, sheet(speeches))
        page.goto(SPEAKERS)
        choose(page, "merge")
        page.goto("/admin/archive/deed/")
    assert said == []
