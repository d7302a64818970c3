"""What a page may weigh, and what it may ask of the database."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive import reuse
from archive.models import Speech
from tests.views.pages import PageRead

pytestmark = pytest.mark.django_db

HTML = 60_000  # bytes, of a speech of 7,000 characters
STYLES = 10_000  # bytes of all style sheets of a page, as they are served: compressed
SCRIPTS = 10_000  # bytes of all scripts of a page, likewise
QUERIES = 30

SENTENCE = "我们要坚持从严治党，把各项要求落到实处，一步一个脚印走下去。"


def long(words: str) -> str:
    """A speech of 7,000 characters, with the headings and items of a real one."""
    parts = [f"在{words}上的讲话", "同志们："]
    for number, section in enumerate("一二三四五六七", start=1):
        parts.append(f"{section}、{words}的第{number}个方面")
        parts += [f"（{item}）这一方面的要点\n一是{words}。{SENTENCE * 8}" for item in "一二三四"]
    return "\n".join(parts)


def files(page: PageRead, tag: str, attribute: str, **wanted: str) -> list[Path]:
    """The files of ours that the page loads; from elsewhere there are none."""
    named = [a[attribute] for a in page.all(tag, **wanted) if attribute in a]
    assert all(re.match(r"/static/[\w./-]+$", each) for each in named), named
    return [Path(str(finders.find(each.removeprefix("/static/")))) for each in named]


def test_the_page_of_a_speech_is_light(client: Client, make_speech: Callable[..., Speech]) -> None:
    text = long("座谈会")
    assert 7_000 <= len(text) <= 7_600
    address = make_speech(text, speaker="张三", date="2022-11-20").get_absolute_url()
    for query in ("", "?q=落实", "?lang=en"):
        assert len(client.get(address + query).content) <= HTML, query


def served(file: Path) -> int:
    return len(gzip.compress(file.read_bytes()))


def test_no_page_has_heavy_styles_or_scripts(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        page = PageRead(client.get(address))
        styles = files(page, "link", "href", rel="stylesheet")
        scripts = files(page, "script", "src")
        assert sum(map(served, styles)) <= STYLES, address
        assert sum(map(served, scripts)) <= SCRIPTS, address


def test_nothing_stands_in_the_page_that_the_policy_forbids(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        page = PageRead(client.get(address))
        for tag, attributes in page.tags:
            assert not any(name == "style" or name.startswith("on") for name in attributes), (
                address,
                attributes,
            )
            assert tag != "style", address
            inline = tag == "script" and "src" not in attributes
            assert not inline or attributes["type"] == "application/ld+json", (address, attributes)


def test_no_page_asks_the_database_without_end(client: Client, addresses: list[str], filled: Any) -> None:
    asked = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked[address] = len(queries)
    assert {address: n for address, n in asked.items() if n > QUERIES} == {}


def test_more_speeches_are_not_more_questions(
    client: Client, make_speech: Callable[..., Speech], filled: dict[str, int], build_index: Callable[[], Any]
) -> None:
    lists = [
        "/",
        "/speeches/",
        "/speakers/",
        "/events/",
        "/years/",
        "/years/2022/",
        "/search/?q=落实",
        "/ledger/",
    ]
    lists += [f"/speakers/{filled['speaker']}/", f"/events/{filled['event']}/", "/feed/", "/speeches.json"]

    def counted() -> dict[str, int]:
        reuse.count_formulas()  # as every command that imports does
        found = {}
        for address in lists:
            client.get(address)  # what is made once and kept is not counted
            with CaptureQueriesContext(connection) as queries:
                client.get(f"{address}{'&' if '?' in address else '?'}again=1")
            found[address] = len(queries)
        return found

    before = counted()
    for number in range(10):
        make_speech(speaker=f"讲话人{number}", event="座谈会", date=f"2022-0{number % 9 + 1}")
    build_index()
    assert counted() == before
