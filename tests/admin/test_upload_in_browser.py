"""The upload page in a real browser: eight files of which two fail, corrected, saved and found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Lock
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect

from archive import search
from archive.models import Speech, StagedUpload
from tests.admin.uploading import TEXT, URL, file, filled, upload
from tests.readers.odtfile import odt
from tests.readers.odtfile import p as odt_p
from tests.readers.printed import Sheet, pdf, set_lines, wrapped
from tests.readers.wordfile import chinese, docx, p
from tests.views.browsing import NARROW, WIDE, follow, opened, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEEDS = sorted(Path("seeds").glob("*.txt"))
DOUBTFUL = "圳甪\n圳甪圳甪甪圳。\n".encode("gb18030")
READ = "已读取 {0} / {0} 份"


def speech(place: str) -> list[str]:
    """The lines of a speech that nobody else gives."""
    return [
        f"在{place}工作会议上的讲话",
        "同志们：",
        "一、关于学习",
        f"{place}的学习要抓紧抓实，一步一个脚印，年年都有新的进步。" * 2,
        "二、关于落实",
        f"{place}的落实要见人见事，件件有着落，事事有回音，大家都看得见。" * 2,
        "谢谢大家！",
    ]


def eight() -> dict[str, bytes]:
    """Six files that can be read, each in a format of its own, and two that cannot."""
    word = speech("甲县")
    numbered = "".join(p(line[2:], level=0) if line[1] == "、" else p(line) for line in word)
    page = "".join(f"<p>{line}</p>" for line in speech("丙县"))
    printed = wrapped(speech("乙县"))
    return {
        "1 编号.docx": docx(numbered, numbering=chinese()),
        "2 印发.pdf": pdf([Sheet(set_lines(printed))]),
        "3 网页.html": f"<!doctype html><html><head><title>丙县</title></head><body>{page}</body></html>".encode(),
        "4 国标.txt": "\n".join(speech("丁县")).encode("gb18030"),
        "5 标记.md": "\n\n".join(speech("戊县")).encode(),
        "6 开放.odt": odt("".join(odt_p(line) for line in speech("己县"))),
        "7 坏了.docx": docx(p("甲"))[:-40],
        "8 扫描.pdf": pdf([Sheet(picture=True)]),
    }


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[dict[str, bytes]], list[Path]]:
    """Writes files, and says where they are."""

    def write(files: dict[str, bytes]) -> list[Path]:
        paths = [tmp_path / name for name in files]
        for path in paths:
            path.write_bytes(files[path.name])
        return paths

    return write


@pytest.fixture(autouse=True)
def _one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """All threads of a test share one connection to its database, so no two of them may be in a transaction."""
    answer, lock = BaseHandler.get_response, Lock()

    def answer_alone(handler: BaseHandler, request: HttpRequest) -> Any:
        with lock:
            return answer(handler, request)

    monkeypatch.setattr(BaseHandler, "get_response", answer_alone)


@pytest.fixture
def errors() -> list[str]:
    return []


@pytest.fixture
def page(browser: Browser, live_server: Any, index_path: Path, errors: list[str]) -> Iterator[Page]:
    """The upload page, open for an editor; what the console complains of is remembered."""
    get_user_model().objects.create_superuser("editor", password="long-enough-for-all")
    with opened(browser, live_server.url, locale="zh-CN", viewport=WIDE) as page:
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        enter(page)
        yield page


def enter(page: Page) -> None:
    page.goto(f"/admin/login/?next={URL}")
    page.get_by_label("用户名").fill("editor")
    page.get_by_label("密码").fill("long-enough-for-all")
    follow(page.get_by_role("button", name="登录"))


def row(page: Page, name: str) -> Locator:
    return page.locator(".file", has=page.locator(".name", has_text=name))


def own(errors: list[str]) -> list[str]:
    """That the server refuses a file is no error of the page."""
    return [text for text in errors if "the server responded with a status of 40" not in text]


def test_eight_files_of_which_two_fail_are_corrected_saved_and_found(
    page: Page, errors: list[str], folder: Callable[[dict[str, bytes]], list[Path]]
) -> None:
    page.locator("#file").set_input_files(folder(eight()))
    expect(page.get_by_role("status")).to_have_text(f"{READ.format(8)}，2 份没有收下")
    expect(row(page, "坏了")).to_contain_text("文档已损坏。")
    expect(row(page, "扫描")).to_contain_text("扫描件")
    expect(page.locator("#save")).to_have_text("保存 6 篇")
    names = page.locator(".file .name").all_text_contents()
    assert [name[0] for name in names] == list("12345678")

    row(page, "编号").get_by_label("标题", exact=True).fill("改过的标题")
    printed = row(page, "国标")
    printed.locator("summary", has_text="提纲").click()
    printed.get_by_role("button", name="降级 二、关于落实").click()
    expect(printed.get_by_role("button", name="升级 二、关于落实")).to_be_visible()
    printed.locator("summary", has_text="编码").click()
    printed.get_by_label("文字编码").select_option("utf-8")
    printed.get_by_role("button", name="重新读取").click()
    expect(printed).to_contain_text("按 utf-8 读不通")
    printed.get_by_label("文字编码").select_option("gb18030")
    row(page, "标记").get_by_label("跳过").check()
    expect(page.locator("#save")).to_have_text("保存 5 篇（1 篇跳过）")
    row(page, "坏了").get_by_role("button", name="移除").click()

    follow(page.locator("#save"))
    expect(page.get_by_role("heading", name="已保存 5 篇，跳过 1 篇")).to_be_visible()
    assert not StagedUpload.objects.exists()
    depths = (
        Speech.objects.get(title__contains="丁县")
        .sections.filter(kind="body")
        .values_list("depth", flat=True)
    )
    assert list(depths) == [1, 2]
    assert Speech.objects.get(title="改过的标题").edited == ["title"]
    assert search.problems() == []
    page.goto("/search/?q=甲县的学习")
    expect(page.locator("main")).to_contain_text("改过的标题")
    assert own(errors) == []


def test_a_failed_file_is_tried_again_and_what_is_typed_outlives_a_reload(
    page: Page, errors: list[str], folder: Callable[[dict[str, bytes]], list[Path]]
) -> None:
    refuse = [True]
    page.route(
        f"**{URL}",
        lambda route: route.abort() if refuse and route.request.method == "POST" else route.continue_(),
    )
    page.locator("#file").set_input_files(folder({"a.txt": TEXT.encode()}))
    expect(row(page, "a.txt")).to_contain_text("没有传到服务器，请检查网络后重试。")
    refuse.clear()
    row(page, "a.txt").get_by_role("button", name="重试").click()
    expect(row(page, "a.txt")).to_contain_text("待确认")
    expect(page.get_by_role("status")).to_have_text(READ.format(1))
    with page.expect_response(lambda answer: answer.status == 204):
        page.get_by_label("讲话人").fill("张三")
        page.get_by_label("日期").focus()
    page.reload()
    expect(page.get_by_label("讲话人")).to_have_value("张三")
    expect(page.locator(".speaker .origin")).to_have_text("已改")


def test_files_dropped_on_the_page_or_on_the_list_come_in(page: Page, errors: list[str]) -> None:
    drop = """text => {
        const files = new DataTransfer();
        files.items.add(new File([text], 'a.txt'));
        document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: files, bubbles: true, cancelable: true}));
    }"""
    page.evaluate(drop, TEXT)
    expect(row(page, "a.txt")).to_contain_text("待确认")
    page.goto("/admin/archive/speech/")
    with page.expect_navigation():
        page.evaluate(drop, TEXT.replace("学习", "研究"))
    assert page.url.endswith(URL)
    expect(page.locator("fieldset.file")).to_have_count(2)
    assert own(errors) == []


def test_a_pasted_text_and_a_doubtful_file_become_rows(
    page: Page, errors: list[str], folder: Callable[[dict[str, bytes]], list[Path]]
) -> None:
    page.locator("#file").set_input_files(folder({"b.txt": DOUBTFUL}))
    page.locator(".readings label", has_text="圳甪 圳甪圳甪甪圳。").get_by_role("radio").check()
    page.get_by_role("button", name="按所选编码读取").click()
    expect(row(page, "b.txt").get_by_label("标题", exact=True)).to_have_value("圳甪")
    page.locator("summary", has_text="粘贴").click()
    page.get_by_label("粘贴的文稿").fill(TEXT)
    page.get_by_role("button", name="上传并预览").click()
    expect(row(page, "粘贴的文稿")).to_contain_text("待确认")
    expect(page.locator("#save")).to_have_text("保存 2 篇")
    assert own(errors) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_and_no_wider_than_the_screen(
    browser: Browser, live_server: Any, index_path: Path, client: Client, scheme: Any
) -> None:
    editor = get_user_model().objects.create_superuser("editor", password="long-enough-for-all")
    client.force_login(editor)
    upload(client, file(SEEDS[0].read_bytes(), "0.txt"))
    client.post(URL, {"action": "confirm", **filled(client)})
    upload(
        client, file(SEEDS[0].read_text("utf-8").replace("发言完毕", "讲完了"), "1.txt"), file("", "空.txt")
    )
    client.post(URL, {"action": "keep", **filled(client, date="2022-13")})
    upload(client, file(DOUBTFUL, "doubt.txt"), file("", "空.txt"))
    for size in (WIDE, NARROW):
        with opened(browser, live_server.url, viewport=size, color_scheme=scheme, bypass_csp=True) as page:
            enter(page)
            page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
            assert violations(page) == []
            follow(page.locator("#save"))
            expect(page.locator("#errors")).to_contain_text("没有这一天，请核对。")
            assert violations(page) == []
            follow(page.get_by_role("link", name="对比"))
            assert violations(page) == []


def test_the_same_eight_files_without_javascript(client: Client, index_path: Path) -> None:
    client.force_login(get_user_model().objects.create_superuser("editor"))
    assert upload(client, *(file(data, name) for name, data in eight().items())).status_code == 302
    shown = client.get(URL)
    assert [refusal.name[0] for refusal in shown.context["refusals"]] == ["7", "8"]
    rows = {each.staged.name[0]: each for each in shown.context["rows"]}
    assert list(rows) == list("123456")
    fourth = rows["4"]
    at = next(line.index for line in fourth.lines if line.text.startswith("二、"))
    changed = {f"f{rows['1'].staged.pk}-title": "改过的标题", f"f{rows['5'].staged.pk}-choice": "skip"}
    order = f"{fourth.staged.pk}:demote:{at}:{fourth.mark}"
    assert client.post(URL, {**filled(client), **changed, "do": order}).status_code == 302
    assert client.post(URL, {"action": "confirm", **filled(client)}).status_code == 302
    assert "已保存 5 篇，跳过 1 篇" in client.get(URL).content.decode()
    assert Speech.objects.filter(title="改过的标题").count() == 1
    depths = (
        Speech.objects.get(title__contains="丁县")
        .sections.filter(kind="body")
        .values_list("depth", flat=True)
    )
    assert list(depths) == [1, 2]
    assert "改过的标题" in client.get("/search/?q=甲县的学习").content.decode()
