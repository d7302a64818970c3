"""What the page of a speech notes beside its paragraphs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.test import Client

from archive import reuse
from archive.models import Speech
from tests.views.pages import PageRead

pytestmark = pytest.mark.django_db

CREED = "坚持党要管党、全面从严治党，永远在路上，没有休止符"
OTHER = "我们一定要深入推进反腐败斗争，一刻不停歇，绝不松懈"
Make = Callable[..., Speech]


@pytest.fixture
def speech(make_speech: Make, build_index: Any) -> Speech:
    own = make_speech(f"本次讲话\n同志们：\n{CREED}。\n别处没有说过的话。\n{OTHER}。\n", date="2019-03-01")
    make_speech(f"早先<i>讲话\n他说，{CREED}。\n", date="2017")
    make_speech(f"后来讲话\n又说，{OTHER}。\n", date="2021-05")
    make_speech(f"未发讲话\n{CREED}。\n", date="2001", published=False)
    reuse.fill()
    build_index()
    return own


def notes(client: Client, speech: Speech) -> list[str]:
    return [word for word in PageRead(client.get(speech.get_absolute_url())).links if "亦见于" in word]


def test_a_paragraph_says_where_else_it_stands_and_leads_there(client: Client, speech: Speech) -> None:
    page = client.get(speech.get_absolute_url())
    read = PageRead(page)
    assert "此段亦见于 1 篇 2017年 《早先<i>讲话》" in read.words
    assert "此段亦见于 1 篇 后见 2021年5月 《后来讲话》" in read.words
    assert page.content.decode().count('class="also"') == 2
    link = f"/speeches/{speech.pk}/shared/?p=2"
    assert link in read.addresses
    assert CREED in PageRead(client.get(link)).links
    assert "未发讲话" not in page.content.decode()
    assert "<i>讲话" not in page.content.decode()


def test_what_is_withdrawn_is_gone_at_once(client: Client, speech: Speech) -> None:
    assert "早先" in client.get(speech.get_absolute_url()).content.decode()
    Speech.objects.filter(title__startswith="早先").update(published=False)
    assert "早先" not in client.get(speech.get_absolute_url()).content.decode()
    Speech.objects.get(title="后来讲话").delete()
    assert "亦见于" not in client.get(speech.get_absolute_url()).content.decode()


def test_a_title_that_is_corrected_is_said_at_once(client: Client, speech: Speech, build_index: Any) -> None:
    client.get(speech.get_absolute_url())
    other = Speech.objects.get(title="后来讲话")
    other.title = "改过的题目"
    other.save()
    for _ in range(2):
        assert "《改过的题目》" in client.get(speech.get_absolute_url()).content.decode()
        build_index()


def test_they_are_found_once_while_nothing_changes(
    client: Client, speech: Speech, make_speech: Make, build_index: Any
) -> None:
    with mock.patch.object(reuse, "margin", wraps=reuse.margin) as finding:
        for asked in ("", "?q=党"):
            client.get(speech.get_absolute_url() + asked)
        assert finding.call_count == 1
        make_speech(f"新来讲话\n又说，{CREED}。\n", date="2015")
        reuse.fill()
        build_index()
        assert (
            "此段亦见于 2 篇" not in client.get(speech.get_absolute_url()).content.decode()
        )  # a formula by now
        assert finding.call_count == 2


def test_hits_inside_and_notes_beside_go_together(client: Client, speech: Speech) -> None:
    markup = client.get(speech.get_absolute_url(), {"q": "从严治党"}).content.decode()
    assert 'id="hit-1"' in markup
    assert "此段亦见于" in markup


def test_a_speech_that_stands_elsewhere_as_a_whole_says_so_once(
    client: Client, make_speech: Make, build_index: Any
) -> None:
    lines = "".join(f"{name}：{CREED[n:]}，{OTHER[n:]}。\n" for n, name in enumerate("甲乙丙丁戊"))
    own, other = (
        make_speech(f"初稿\n{lines}"),
        make_speech(f"定稿<b>\n{lines.replace('。', '！')}", date="2020"),
    )
    reuse.fill()
    build_index()
    page = client.get(own.get_absolute_url())
    assert "本篇大半又见于《定稿<b>》（2020年）" in PageRead(page).words
    assert f"/compare/?a={own.pk}&b={other.pk}" in PageRead(page).addresses
    assert 'class="also"' not in page.content.decode()
