"""In English every page speaks English: Chinese is what speeches say, what they are called, and what was asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from archive.models import Speech
from archive.views.language import parts_named
from tests.pages.every import PAGES
from tests.views.pages import VOID, PageRead

pytestmark = pytest.mark.django_db

# The speeches here are written with these characters alone: any other is a sentence of ours in Chinese.
LETTERS = set("鑫森淼焱垚磊品晶众从炎林朋双羽比圭昌吕多")
SAID = "鑫森淼焱垚，磊品晶众从。炎林朋双羽比圭昌吕多。"
TEXT = f"""鑫森会
同志们：
一、鑫森淼
{SAID * 4}***。
（一）焱垚磊
{SAID * 2}
二、品晶众
{SAID * 3}从从从从多多多多吕吕吕吕。
"""
LETTERS |= set("會眾從雙羽呂們") | set("一二同志们会")  # in the other script; salutation, numbers, the title
# What English pages say in Chinese: names of languages and scripts, examples of queries and of texts.
CHINESE = (
    *("简体中文", "简体", "繁體", "一是"),
    *(
        "党的建设",
        "座谈会",
        "“两个维护”",
        "党建",
        "纪检",
        "经费",
        "责任",
        "全面从严治党",
        "全面",
        "业务",
        "张三",
    ),
    *("从严治党", "从严", "党风廉政", "学习", "落实", "监督", "讲话", "发言", "报告", "或"),
)


@pytest.fixture
def addresses(make_speech: Callable[..., Speech], build_index: Callable[[], Any]) -> list[str]:
    speech = make_speech(TEXT, speaker="林朋", date="2022-11-20", event="双羽", kind="比圭", role="昌吕")
    other = make_speech(TEXT.replace("从从从从", "多多多"), speaker="林朋", date="2021-03", kind="比圭")
    third = make_speech(TEXT.replace("多多多多", "吕"), date="2020", event="双羽")
    make_speech("鑫多\n同志们：\n众从。\n")
    build_index()
    assert speech.speaker is not None
    assert speech.event is not None
    keys = {"pk": speech.pk, "other": other.pk, "third": third.pk, "speaker": speech.speaker.pk}
    asked = [address for states in PAGES.values() for address in states]
    words = {
        "标题:": "title:",
        "落实": "森淼",
        "方向": "焱垚",
        "任务": "磊品",
        "龘": "圭",
        "昨天": "林林",
        "讲话": "鑫森",
    }
    for word, other_word in words.items():
        asked = [address.replace(word, other_word) for address in asked]
    quoted = re.compile("text=.*")
    asked = [quoted.sub(lambda match: f"text={SAID[: len(match[0]) - 5]}", address) for address in asked]
    return [address.format(**keys, event=speech.event.pk) for address in asked]


def test_every_page_speaks_english(client: Client, addresses: list[str]) -> None:
    client.get("/?lang=en")
    left: dict[str, list[str]] = {}
    for address in addresses:
        found = [words for words in said(client.get(address)) if in_chinese(words)]
        if found:
            left[address] = found
    assert left == {}


def in_chinese(words: str) -> bool:
    for example in sorted(CHINESE, key=len, reverse=True):
        words = words.replace(example, "")
    return bool(set(re.findall("[一-鿿]", words)) - LETTERS)


def said(response: Any) -> list[str]:
    """The words of the page, and of its attributes that are read to somebody."""
    page = PageRead(response)
    told = [
        a[name]
        for _tag, a in page.tags
        for name in ("title", "alt", "aria-label", "placeholder")
        if name in a
    ]
    told += [a["content"] for a in page.all("meta") if a.get("name") == "description"]
    told += re.findall("<title>(.*?)</title>", response.content.decode(), re.S)
    return [*page.words.splitlines(), *told]


def test_the_chinese_pages_speak_chinese(client: Client) -> None:
    """So that the test above is one that can fail."""
    assert any("浏览" in words for words in said(client.get("/")))


def test_programs_are_told_their_mistakes_in_the_language_they_ask_for(
    client: Client, addresses: list[str]
) -> None:
    for address in (
        "/search.json?q=a&page=x",
        "/speeches.json?sort=best",
        "/compare.json?a=1",
        "/quote.json",
    ):
        message = client.get(f"{address}&lang=en" if "?" in address else f"{address}?lang=en").json()[
            "error"
        ]["message"]
        assert message.isascii() or not re.search("[一-鿿]", message)
        assert re.search("[一-鿿]", Client().get(address).json()["error"]["message"])


class Spoken(HTMLParser):
    """Every text of a page with the language it is said to be in."""

    APART = {
        "title",
        "option",
        "textarea",
        "script",
        "style",
        "svg",
    }  # where no language can be given to a part

    def __init__(self, response: Any) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = [("", "")]
        self.texts: list[tuple[str, str]] = []
        self.feed(response.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("lang") or self.open[-1][1]))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and tag == self.open[-1][0]:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not self.APART & {tag for tag, _language in self.open}:
            self.texts.append((data, self.open[-1][1]))


def test_what_is_chinese_says_so(client: Client, addresses: list[str]) -> None:
    client.get("/?lang=en")
    for address in addresses:
        response = client.get(address)
        for words, language in Spoken(response).texts:
            chinese = bool(re.search("[㐀-鿿]", words))
            assert not chinese or language.startswith("zh"), (address, words)
        if response.has_header("Content-Length"):
            assert int(response["Content-Length"]) == len(response.content)


# A sentence that the next one, or a link, runs into.
RUN_IN = re.compile(r"[a-z)][.;,:!?](?:</?(?:a|b|bdi|span|strong)>)*[A-Z][^<>]*")


def run_in(response: Any) -> list[str]:
    body = response.content.decode().partition("<body")[2]
    return RUN_IN.findall(re.sub(r"<(/?\w+)[^>]*>", r"<\1>", body))


def test_sentences_are_set_as_in_english(client: Client, addresses: list[str]) -> None:
    client.get("/?lang=en")
    for address in (*addresses, "/quote/?text=", "/search/?q=%22"):
        response = client.get(address)
        assert run_in(response) == [], address
        for _tag, attributes in PageRead(response).tags:
            assert not re.search("^[A-Za-z ]+：", attributes.get("aria-label", "")), (address, attributes)
        for words, language in Spoken(response).texts:
            ours = not language.startswith("zh") and "[EB/OL]" not in words  # GB/T 7714 has its own marks
            assert not (ours and re.search("[A-Za-z][：；，。！？（）]", words)), (address, words)


def test_sentences_of_an_empty_archive_are_set_as_in_english(client: Client) -> None:
    client.get("/?lang=en")
    for address in ("/", "/speakers/", "/speeches/", "/events/", "/years/"):
        assert run_in(client.get(address)) == [], address


def test_words_are_named_and_nothing_else_changes() -> None:
    page = '<title>党建</title><p class="党">A “党建”。B</p><a lang="zh-Hans">党<b>建</b></a>'
    page += "<select><option>党</option></select>"
    assert parts_named(page) == page.replace("A “党建”。B", 'A <bdi lang="zh-Hans">“党建”。</bdi>B')
    assert parts_named("<p>党 &amp; 建, one 党</p>").count("<bdi") == 3
    assert parts_named("nothing < here > at all") == "nothing < here > at all"
