"""Citing and linking as a reader does it: by mouse, by keys, and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.views.browsing import NARROW, WIDE, complaints, flaws, follow, opened, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = (
    "在座谈会上的讲话\n同志们：\n我们要实干，𠮷日落实***任务，一是学在前。讲话要短。\n一、提高认识\n"
    "实干兴邦，空谈误国。（掌声）\n把方向看清，把路走稳。\n"
)
CLIPBOARD = ["clipboard-read", "clipboard-write"]
# Selects from the character ``start`` of the ``nth`` text of a paragraph that is neither number nor note.
SELECT = """([from, start, to, end]) => {
    const words = (id) => {
        const walker = document.createTreeWalker(document.getElementById(id), NodeFilter.SHOW_TEXT);
        const found = [];
        while (walker.nextNode())
            if (!walker.currentNode.parentElement.closest(".no, .visually-hidden")) found.push(walker.currentNode);
        return found;
    };
    const at = (id, count) => {
        for (const node of words(id)) {
            if (count <= node.length) return [node, count];
            count -= node.length;
        }
    };
    const range = document.createRange();
    range.setStart(...at(from, start));
    range.setEnd(...at(to, end));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


@pytest.fixture
def address(make_speech) -> str:
    return make_speech(TEXT, speaker="张三", date="2022-11-20", event="座谈会").get_absolute_url()


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def addresses(address: str) -> list[str]:
    cite = f"{address}cite/"
    return [
        cite,
        f"{cite}?p=3&style=bibtex",
        f"{cite}?text=实干兴邦&style=apa",
        f"{cite}?text=不在此处的话",
        f"{cite}?style=x",
        f"{address}?words=x",
        address,
    ]


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (NARROW, "dark")], ids=["wide", "narrow"])
def test_citing_is_accessible_and_never_wider_than_the_screen(
    browser: Browser, live_server, address, size, scheme
):
    assert flaws(browser, live_server.url, addresses(address), size, scheme) == {}


def test_neither_the_data_in_the_head_nor_the_scripts_break_the_security_policy(
    browser: Browser, live_server, address
):
    assert complaints(browser, live_server.url, addresses(address)) == []


# The offsets count UTF-16 units of what is shown, as browsers do; 𠮷 has two.
@pytest.mark.parametrize(
    ("selected", "words"),
    [
        (("p2", 0, "p2", 5), "我们要实干"),
        (("p2", 6, "p2", 8), "𠮷"),
        (("p2", 8, "p2", 16), "日落实***任务"),
        (("p2", 17, "p2", 22), "一是学在前"),
        (("p2", 23, "p3", 4), "讲话要短。\n一、提高认识\n实干兴邦"),
        (("p3", 5, "p4", 0), "空谈误国。（掌声）"),
    ],
)
def test_selected_words_get_a_link_that_marks_exactly_them(
    browser: Browser, live_server, address, selected, words
):
    with opened(browser, live_server.url, permissions=CLIPBOARD) as page:
        page.goto(address)
        page.evaluate(SELECT, selected)
        page.get_by_role("button", name="复制所选文字的链接").click()
        expect(page.get_by_text("链接已复制")).to_be_visible()
        page.goto(clipboard(page))
        # What is told to those who cannot see, and the numbers in the margin, are no words of the text.
        page.evaluate("document.querySelectorAll('.visually-hidden, .no').forEach((other) => other.remove())")
        marked = page.locator("mark.chosen").all_text_contents()
        assert "".join(marked) == words.replace("\n", "")
        expect(page.locator("#words").first).to_be_in_viewport()
        expect(page.get_by_text("链接所指的文字仍是原样。")).to_be_visible()


def test_what_is_copied_is_what_was_selected(browser: Browser, live_server, address):
    with opened(browser, live_server.url, permissions=CLIPBOARD) as page:
        page.goto(address)
        page.evaluate(SELECT, ["p3", 2, "p4", 3])
        expect(page.get_by_role("button", name="复制所选文字的链接")).to_be_visible()
        page.keyboard.press("Control+c")
        page.wait_for_function("async () => (await navigator.clipboard.readText()) !== ''")
        assert clipboard(page).split() == ["兴邦，空谈误国。（掌声）", "把方向"]


def test_words_that_a_link_marks_are_no_hits(browser: Browser, live_server, address):
    with opened(browser, live_server.url) as page:
        answer = page.request.get(f"{address}words.json?start=p4.0&end=p4.3").json()
        page.goto(answer["url"])
        expect(page.locator("#words")).to_have_count(1)
        expect(page.locator("[data-place]")).to_have_text("")
        expect(page.get_by_role("button", name="下一处")).to_be_hidden()


def test_the_focus_stays_in_the_dialog_at_what_is_new(browser: Browser, live_server, address):
    with opened(browser, live_server.url) as page:
        page.goto(address)
        page.keyboard.press("c")
        dialog = page.get_by_role("dialog", name="引用")
        dialog.get_by_role("link", name="MLA").press("Enter")
        expect(dialog.locator("#reference")).to_contain_text("“在座谈会上的讲话.”")
        expect(dialog.locator("#reference")).to_be_focused()
        dialog.get_by_label("引用或链接其中的一句话").fill("没有这样的话")
        dialog.get_by_role("button", name="找到这句话").press("Enter")
        expect(dialog.locator(".notice")).to_be_focused()


def test_the_link_to_a_selection_is_within_reach_of_the_keyboard(browser: Browser, live_server, address):
    with opened(browser, live_server.url, permissions=CLIPBOARD) as page:
        page.goto(address)
        page.evaluate(SELECT, ["p3", 0, "p3", 4])
        button = page.get_by_role("button", name="复制所选文字的链接")
        expect(button).to_be_visible()
        page.keyboard.press("Tab")
        expect(button).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_text("链接已复制")).to_be_visible()
        assert "&at=p3.0-4&" in clipboard(page)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(button).not_to_be_focused()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Escape")
        expect(button).to_be_hidden()


def test_citing_opens_in_place_and_copies_in_every_style(browser: Browser, live_server, address):
    with opened(browser, live_server.url, permissions=CLIPBOARD) as page:
        page.goto(address)
        page.keyboard.press("c")
        dialog = page.get_by_role("dialog", name="引用")
        dialog.get_by_role("button", name="复制", exact=True).click()
        expect(dialog.get_by_text("已复制")).to_be_visible()
        assert clipboard(page).startswith("张三. 在座谈会上的讲话[EB/OL]. （2022-11-20）[")
        dialog.get_by_role("link", name="BibTeX").first.click()
        expect(dialog.locator("pre")).to_contain_text("@online{zhangsan2022-")
        dialog.get_by_role("button", name="复制", exact=True).click()
        page.wait_for_function("async () => (await navigator.clipboard.readText()).startsWith('@online{')")
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        assert page.url.endswith(address)


def test_copying_works_where_the_site_has_no_https(browser: Browser, live_server, address):
    with opened(browser, live_server.url, permissions=CLIPBOARD) as page:
        page.add_init_script("Object.defineProperty(Clipboard.prototype, 'write', { value: undefined })")
        page.goto(f"{address}cite/?style=mla")
        page.get_by_role("button", name="复制", exact=True).click()
        expect(page.get_by_text("已复制")).to_be_visible()
        assert clipboard(page).startswith("张三. “在座谈会上的讲话.” 讲话库")
        page.goto(address)
        page.evaluate(SELECT, ["p4", 0, "p4", 3])
        page.get_by_role("button", name="复制所选文字的链接").click()
        expect(page.get_by_text("链接已复制")).to_be_visible()
        assert "&at=p4.0-3&" in clipboard(page)


def test_the_dialog_is_accessible(browser: Browser, live_server, address):
    with opened(browser, live_server.url, viewport=NARROW, bypass_csp=True) as page:
        page.goto(f"{address}#p3")
        page.get_by_role("link", name="引用", exact=True).click()
        expect(page.get_by_role("dialog", name="引用").locator("#quote")).to_have_text(
            "实干兴邦，空谈误国。（掌声）"
        )
        assert violations(page) == []


def test_a_sentence_is_found_in_the_dialog_too(browser: Browser, live_server, address):
    with opened(browser, live_server.url, permissions=CLIPBOARD) as page:
        page.goto(address)
        page.get_by_role("link", name="引用", exact=True).click()
        dialog = page.get_by_role("dialog", name="引用")
        dialog.get_by_label("引用或链接其中的一句话").fill("把路走稳")
        dialog.get_by_role("button", name="找到这句话").click()
        dialog.get_by_role("button", name="复制引文和出处").click()
        expect(dialog.get_by_text("已复制")).to_be_visible()
        quote, reference = clipboard(page).split("\n")
        assert quote == "把路走稳"
        assert reference.endswith("/#p4.")


def test_without_scripts_citing_is_a_page_and_pasted_words_get_their_link(
    browser: Browser, live_server, address
):
    with opened(browser, live_server.url, java_script_enabled=False) as page:
        page.goto(address)
        follow(page.get_by_role("link", name="引用", exact=True))
        expect(page.get_by_role("button", name="复制", exact=True)).to_be_hidden()
        page.get_by_label("引用或链接其中的一句话").fill("把路走稳")
        follow(page.get_by_role("button", name="找到这句话"))
        page.goto(page.get_by_label("只指向这几句话的链接").input_value())
        expect(page.locator("#words")).to_have_text("把路走稳")
        expect(page.locator("#words")).to_be_in_viewport()


def test_the_key_for_citing_can_be_turned_off(browser: Browser, live_server, address):
    with opened(browser, live_server.url) as page:
        page.goto(address)
        page.evaluate("localStorage.setItem('keys', 'off')")
        page.reload()
        page.keyboard.press("c")
        page.wait_for_timeout(300)
        expect(page.get_by_role("dialog", name="引用")).to_be_hidden()
