"""The page of a speech as a reader uses it: contents, finding, links, settings, keys, paper."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.views.browsing import NARROW, WIDE, complaints, flaws, follow, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEEDS = Path(__file__).parents[2] / "seeds"
LINE = "我们要坚持“两个维护”，把全面从严治党的各项要求落到实处，一步一个脚印走下去。"
TEXT = (
    f"在座谈会上的讲话\n同志们：\n说明来意，落实***任务。\n一、提高认识\n一是学在前。{LINE * 6}\n"
    f"（一）把握方向\n{LINE * 9}\n"
    f"（二）ＧＤＰ与GDP\n{LINE * 9}\n二、狠抓落实\n{LINE * 9}不忘初心、牢记使命。\n三、结语\n"
    + f"{LINE * 6}\n"
    * 4
)


@pytest.fixture
def reading(make_speech, build_index, browser: Browser, live_server) -> Iterator[Page]:
    """The page of a speech between two others, in a wide window."""
    make_speech(date="2021")
    speech = make_speech(TEXT, speaker="张三", date="2022-11-20")
    make_speech("在後面的講話\n同志們：\n後來的講話，學習黨的歷史，為了發展經濟。\n", date="2023")
    build_index()
    with opened(browser, live_server.url, viewport=WIDE) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(speech.get_absolute_url())
        yield page


def find(page: Page, words: str) -> None:
    page.get_by_label("在本篇中查找").get_by_role("searchbox").fill(words)


def place(page: Page) -> str:
    return page.locator("[data-place]").inner_text()


CURRENT = "[...document.querySelectorAll('.contents a')].filter((a) => a.matches(':target-current'))"


def test_the_contents_show_one_place_and_the_right_one(reading: Page):
    for number in (4, 3, 2, 1, 5):
        reading.evaluate(f"document.querySelector('#s{number} > *').scrollIntoView()")
        reading.wait_for_function(f"() => {CURRENT}.map((a) => a.hash).join() === '#s{number}'")


def test_long_contents_keep_up_with_the_reader(browser: Browser, live_server, make_speech):
    numbers = "一二三四五六七八九十"
    text = "题\n" + "".join(
        f"{ten}{one}、第{ten}{one}节\n{LINE * 3}\n" for ten in numbers[:4] for one in numbers
    )
    speech = make_speech(text)
    with opened(browser, live_server.url, viewport=WIDE) as page:
        page.goto(speech.get_absolute_url())
        expect(page.locator(".contents a").nth(30)).not_to_be_in_viewport()
        page.evaluate("document.querySelector('#s31').scrollIntoView()")
        expect(page.locator(".contents a").nth(30)).to_be_in_viewport()


def test_paragraphs_are_indented_as_books_do(browser: Browser, live_server, reading: Page):
    told = """() => ["#p1", "#p2"].map((each) => {
        const style = getComputedStyle(document.querySelector(each));
        return Math.round(parseFloat(style.textIndent) / parseFloat(style.fontSize));
    })"""
    assert reading.evaluate(told) == [0, 2]
    with opened(browser, live_server.url, viewport=NARROW) as page:
        page.goto(reading.url)
        assert page.evaluate(told) == [0, 1]  # fewer than twenty characters a line


def test_where_style_sheets_cannot_tell_the_place_a_script_does(reading: Page):
    reading.add_init_script("CSS.supports = () => false")
    reading.reload()
    for number in (4, 2, 3):
        reading.evaluate(f"document.querySelector('#s{number}').scrollIntoView()")
        expect(reading.locator(".contents [aria-current]")).to_have_count(1)
        expect(reading.locator(".contents [aria-current]")).to_have_attribute("href", f"#s{number}")


@pytest.mark.parametrize(
    ("sought", "hits"),
    [
        ("两个维护", 57),
        ("兩個維護", 57),
        ("ｇＤＰ", 2),
        ("不忘初心牢记使命", 1),
        ("座谈会", 1),
        ("任务一", 0),
        ("落实任务", 0),
        ("、。", 0),
    ],
)
def test_find_counts_what_stands_there_in_either_script_and_width(reading: Page, sought: str, hits: int):
    find(reading, sought)
    assert place(reading) == (str(hits) if hits else "")
    assert reading.evaluate("CSS.highlights.get('found').size") == hits
    expect(reading.locator("#find [data-said]")).to_have_text("没有找到" if not hits else "")


def test_find_walks_round_and_shows_where_it_is(reading: Page):
    find(reading, "把握方向")
    reading.keyboard.press("Enter")
    assert place(reading) == "1 / 1"
    find(reading, "GDP")
    reading.keyboard.press("Enter")
    reading.keyboard.press("Enter")
    assert place(reading) == "2 / 2"
    reading.get_by_role("button", name="下一处").click()
    assert place(reading) == "1 / 2"
    top = "[...CSS.highlights.get('here')][0].getBoundingClientRect().top"
    assert 60 < reading.evaluate(top) < WIDE["height"]


def test_what_is_found_in_a_converted_text_is_what_the_server_finds(reading: Page):
    reading.goto(f"{reading.url}?script=hant&q=两个维护")
    assert reading.locator("mark[id]").count() == 57
    find(reading, "两个维护")
    assert place(reading) == "57"


@pytest.mark.parametrize("query", ["党", "黨的建設", "的", "机关党建，", "二〇二二", "“两个维护”"])
def test_browser_and_server_find_as_much_in_a_real_text(
    browser: Browser, live_server, make_speech, query: str
):
    text = max(SEEDS.glob("*.txt"), key=lambda path: path.stat().st_size).read_text(encoding="utf-8")
    address = make_speech(text).get_absolute_url()
    with opened(browser, live_server.url, viewport=WIDE) as page:
        page.goto(f"{address}?q={query}")
        hits = page.locator("mark[id]").count()
        find(page, f"{query} ")
        assert place(page) == (str(hits) if hits else "")


def test_the_servers_marks_stand_until_something_else_is_sought(reading: Page):
    reading.goto(f"{reading.url}?q=落实")
    expect(reading.get_by_label("在本篇中查找").get_by_role("searchbox")).to_have_value("落实")
    reading.keyboard.press("n")
    reading.keyboard.press("n")
    assert place(reading) == "2 / 2"
    find(reading, "方向")
    assert place(reading) == "1"
    ground = "getComputedStyle(document.querySelector('mark')).backgroundColor"
    assert reading.evaluate(ground) == "rgba(0, 0, 0, 0)"


def test_without_scripts_the_server_finds(browser: Browser, live_server, reading: Page):
    with opened(browser, live_server.url, java_script_enabled=False) as page:
        page.goto(reading.url)
        page.get_by_role("searchbox", name="在本篇中查找").fill("兩個維護")
        follow(page.get_by_role("button", name="查找"))
        expect(page.locator("mark[id]")).to_have_count(57)
        follow(page.get_by_role("link", name="清除标记"))
        expect(page.locator("mark[id]")).to_have_count(0)
        page.locator("#p3 > .no").click()
        expect(page).to_have_url(f"{reading.url}#p3")
        page.get_by_text("阅读设置").click()
        follow(page.get_by_role("link", name="繁體"))
        expect(page.get_by_role("heading", name="二、狠抓落實")).to_be_visible()


def test_the_address_of_a_paragraph_can_be_copied(reading: Page):
    reading.locator("#p3").hover()
    button = reading.get_by_role("button", name="复制链接")
    button.click()
    expect(reading.locator(".tools ~ [role=status]")).to_have_text("已复制")
    assert reading.evaluate("navigator.clipboard.readText()") == f"{reading.url}#p3"
    reading.locator("#s2 > h3 > .no").focus()
    reading.keyboard.press("Tab")
    reading.keyboard.press("Enter")
    reading.wait_for_function("async () => (await navigator.clipboard.readText()).endsWith('#s2')")


def test_keys_walk_through_the_speech(reading: Page):
    for key, anchor in (("j", "s1"), ("j", "s2"), ("j", "s3"), ("k", "s2")):
        reading.keyboard.press(key)
        reading.wait_for_function(f"() => location.hash === '#{anchor}'")
        top = f"document.querySelector('#{anchor}').getBoundingClientRect().top"
        reading.wait_for_function(f"() => {top} < 200")
    reading.keyboard.press("t")
    expect(reading.locator(".contents a:focus")).to_have_attribute("href", "#s2")
    reading.keyboard.press("f")
    expect(reading.get_by_role("searchbox", name="在本篇中查找")).to_be_focused()
    reading.keyboard.type("jjn[")
    expect(reading.get_by_role("searchbox", name="在本篇中查找")).to_have_value("jjn[")
    reading.keyboard.press("Escape")
    reading.keyboard.press("t")
    expect(reading.locator(".contents a:focus")).to_have_count(1)
    expect(reading.get_by_role("searchbox", name="在本篇中查找")).to_have_value("jjn[")
    reading.keyboard.press("Control+]")
    with reading.expect_navigation():
        reading.keyboard.press("]")
    expect(reading.get_by_role("heading", level=1)).to_have_text("在後面的講話")
    with reading.expect_navigation():
        reading.keyboard.press("[")
    expect(reading.get_by_role("heading", level=1)).to_have_text("在座谈会上的讲话")


def test_menus_close_when_one_is_done_with_them(reading: Page):
    menu = reading.get_by_role("link", name="Markdown")
    reading.get_by_text("下载", exact=True).click()
    expect(menu).to_be_visible()
    reading.get_by_text("阅读设置").click()
    expect(menu).not_to_be_visible()
    reading.get_by_label("特大").focus()
    reading.keyboard.press("Escape")
    expect(reading.get_by_label("特大")).not_to_be_visible()
    expect(reading.locator("summary:focus")).to_have_text("阅读设置")
    reading.get_by_text("下载", exact=True).click()
    reading.locator("h1").click()
    expect(menu).not_to_be_visible()


def test_keys_can_be_switched_off(reading: Page):
    reading.evaluate("localStorage.setItem('keys', 'off')")
    reading.reload()
    reading.keyboard.press("]")
    reading.keyboard.press("j")
    reading.keyboard.press("f")
    expect(reading.get_by_role("searchbox", name="在本篇中查找")).not_to_be_focused()
    assert "#" not in reading.url


SET = """() => {
    const { fontSize, width, fontFamily } = getComputedStyle(document.querySelector("#p3"));
    return [parseFloat(fontSize), Math.round(parseFloat(width) / parseFloat(fontSize)), fontFamily.includes("Song")];
}"""


def test_how_a_reader_wants_speeches_set_is_kept_and_applied_before_the_page_is(reading: Page):
    assert reading.evaluate(SET) == [18, 32, True]
    reading.get_by_text("阅读设置").click()
    for label in ("特大", "黑体", "窄"):
        reading.get_by_label(label).check()
    assert reading.evaluate(SET) == [24, 26, False]
    reading.reload(wait_until="commit")
    reading.wait_for_selector("#p3", state="attached")
    assert reading.evaluate("({ ...document.documentElement.dataset })") == {
        "size": "huge",
        "face": "hei",
        "measure": "narrow",
    }
    assert reading.evaluate(SET) == [24, 26, False]
    reading.wait_for_load_state()
    reading.get_by_text("阅读设置").click()
    expect(reading.get_by_label("特大")).to_be_checked()
    reading.get_by_label("主题").select_option("深色")
    assert reading.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.mark.parametrize("kept", ["{", "null", "7", '{"size": {"a": 1}}'])
def test_a_broken_memory_of_settings_breaks_no_page(reading: Page, kept: str):
    reading.evaluate("(kept) => localStorage.setItem('reading', kept)", kept)
    failures: list[str] = []
    reading.on("pageerror", lambda error: failures.append(str(error)))
    reading.reload()
    assert failures == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_state_is_accessible_and_fits(browser: Browser, live_server, reading: Page, size):
    addresses = [
        f"{reading.url}?script=hant&q=两个维护",
        f"{reading.url}?script=klingon",
        f"{reading.url}?lang=en",
    ]
    for scheme in ("light", "dark"):
        assert flaws(browser, live_server.url, addresses, size, scheme) == {}


def test_the_largest_type_fits_the_narrowest_screen(browser: Browser, live_server, reading: Page):
    with opened(browser, live_server.url, viewport=NARROW) as page:
        page.add_init_script("""localStorage.setItem("reading", '{"size": "huge", "measure": "wide"}')""")
        page.goto(reading.url)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_the_console_has_nothing_to_say(browser: Browser, live_server, reading: Page):
    assert complaints(browser, live_server.url, [reading.url, f"{reading.url}?q=落实"]) == []


def test_on_paper_a_speech_is_pages_of_a_book(reading: Page):
    reading.goto(f"{reading.url}?q=落实")
    document = pypdfium2.PdfDocument(io.BytesIO(reading.pdf(prefer_css_page_size=True)))
    assert [round(side) for side in document[0].get_size()] == [595, 842]  # A4 in points
    pages = [page.get_textpage().get_text_range() for page in document]
    letters = "".join("".join(page.split()) for page in pages)
    assert len(pages) > 1
    for n, page in enumerate(pages, start=1):
        assert str(n) in page.split()
    for line in TEXT.splitlines():
        assert line[:12] in letters
    assert "张三.在座谈会上的讲话[" in letters.replace("\ufffe", "")
    for chrome in ("浏览", "目录", "查找", "阅读设置", "相关讲话", "上一篇", "English", "主题", "复制"):
        assert chrome not in letters
