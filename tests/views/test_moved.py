"""An old link to words that are gone leads to the nearest ones and says so; nobody else is told."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser

from archive import importing
from archive.models import Speech
from archive.views.moved import MOST, moved

from .browsing import opened, violations

TEXT = "在会上的讲话\n同志们：\n" + "".join(f"这是第{n}段，我们要抓好落实。\n" for n in range(1, 41))


def changed() -> Speech:
    """A speech whose paragraphs 21 and 22 are gone: one rewritten, one deleted."""
    speech = importing.import_bytes(TEXT.encode(), "a.txt").speech
    assert speech is not None
    text = speech.text.replace("这是第20段，我们要抓好落实。\n", "").replace("这是第21段", "新的第21段")
    importing.revise(speech, text=text)
    return Speech.objects.get(pk=speech.pk)


@pytest.mark.django_db
def test_each_anchor_that_is_gone_stands_beside_what_it_leads_to(client: Client, index_path: Any) -> None:
    speech = changed()
    assert speech.moved.keys() == {"p21", "p22"}
    page = client.get(speech.get_absolute_url()).content.decode()
    for anchor, place in speech.moved.items():
        said = f"原第 {anchor[1:]} 段已改动，这里是离它最近的段落。"
        assert f'<p class="moved" id="{anchor}">{said}</p>' in page
        between = page[page.index(f'id="{anchor}"') : page.index(f'id="{place}"')]
        assert all(other in speech.moved for other in re.findall(r' id="(p\d+)"', between))


@pytest.mark.django_db
def test_the_twin_says_where_each_anchor_leads(client: Client, index_path: Any) -> None:
    speech = changed()
    assert client.get(f"/speeches/{speech.pk}.json").json()["moved"] == speech.moved


def test_no_page_carries_more_than_its_share_of_old_anchors() -> None:
    speech = Speech(moved={f"p{n}": "p1" for n in range(2, MOST + 100)})
    shown = [each.anchor for each in moved(speech)["p1"]]
    assert len(shown) == MOST
    assert shown[-1] == f"p{MOST + 99}"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_notice_is_seen_by_who_comes_for_it_only(
    browser: Browser, live_server: Any, index_path: Any
) -> None:
    speech = changed()
    with opened(browser, live_server.url, viewport={"width": 1280, "height": 800}, bypass_csp=True) as page:
        page.goto(speech.get_absolute_url())
        assert page.locator(".moved:visible").count() == 0
        page.goto(f"{speech.get_absolute_url()}#p21")
        notice = page.get_by_text("原第 21 段已改动")
        assert notice.is_visible()
        assert page.locator(".moved:visible").count() == 1
        box = notice.bounding_box()
        assert box is not None
        assert 0 <= box["y"] < 800
        assert violations(page) == []
