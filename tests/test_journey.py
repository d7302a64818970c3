"""The whole walk in a real browser: upload, preview, confirm, read, find, compare, without a console error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from archive.importing import import_bytes
from archive.models import Speech
from tests.views.browsing import follow, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEEDS = sorted(Path("seeds").glob("*.txt"))


@pytest.fixture
def errors() -> list[str]:
    return []


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def scripts(request) -> bool:
    return request.param


@pytest.fixture
def page(scripts: bool, browser: Browser, live_server, index_path, errors: list[str]) -> Iterator[Page]:
    """A page that remembers every console error, among them what the content security policy blocks."""
    with opened(browser, live_server.url, locale="zh-CN", java_script_enabled=scripts) as page:
        page.on("console", lambda message: errors.append(message.text) if is_wrong(message) else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page


def is_wrong(message: ConsoleMessage) -> bool:
    """That the server refuses a file is no error of the page."""
    return message.type == "error" and "the server responded with a status of 40" not in message.text


def test_from_a_file_to_a_comparison(page: Page, scripts: bool, errors: list[str], tmp_path: Path) -> None:
    get_user_model().objects.create_superuser("editor", password="long-enough-for-all")
    import_bytes(SEEDS[0].read_bytes(), SEEDS[0].name)
    gbk = tmp_path / "推进会.txt"
    gbk.write_bytes(SEEDS[2].read_text("utf-8").encode("gb18030"))
    empty = tmp_path / "空.txt"
    empty.write_bytes(b"")

    # The editor uploads two files, of which one is empty, and corrects the other.
    page.goto("/admin/archive/speech/upload/")
    page.get_by_label("用户名").fill("editor")
    page.get_by_label("密码").fill("long-enough-for-all")
    follow(page.get_by_role("button", name="登录"))
    page.locator("input[type=file]").set_input_files([gbk, empty])
    if not scripts:  # which send what is chosen at once
        follow(page.get_by_role("button", name="上传并预览"))
    expect(page.locator(".failed")).to_contain_text("文件是空的。")
    expect(page.locator(".outline")).to_contain_text("二、以党的二十大精神为指引")
    expect(page.get_by_label("标题", exact=True)).to_have_value("在全市党办系统党的建设工作推进会上的讲话")
    page.get_by_label("讲话人").fill("张三")
    page.get_by_label("日期").fill("2022-11-20")
    follow(page.get_by_role("button", name="保存 1 篇"))
    follow(page.get_by_role("link", name="在全市党办系统党的建设工作推进会上的讲话").first)

    # It reads, with its contents and permanent links.
    speech = Speech.objects.get(speaker__name="张三")
    expect(page).to_have_url(re.compile(rf"/speeches/{speech.pk}/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(speech.title)
    expect(page.locator("#s2")).to_contain_text("二、以党的二十大精神为指引")

    # It is found at once, and the result leads to the marked place.
    page.goto("/search/?q=打铁必须自身硬")
    expect(page.get_by_role("status").first).to_contain_text("1 篇")
    follow(page.locator("mark").first)
    expect(page).to_have_url(re.compile(rf"/speeches/{speech.pk}/\?q=.*#p\d+$"))
    expect(page.locator("mark", has_text="打铁必须自身硬")).to_be_visible()

    # And it is compared.
    other = Speech.objects.exclude(pk=speech.pk).get()
    page.goto(f"/compare/?a={other.pk}&b={speech.pk}")
    expect(page.locator("main")).to_contain_text("党找到了自我革命这一跳出治乱兴衰历史周期率的第二个答案")
    expect(page.locator("main mark").first).to_be_visible()
    assert errors == []
