"""Correcting an outline in the admin, and looking at versions."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from archive import importing
from archive.importing import import_bytes
from archive.models import Revision, Speech
from archive.parsing import Decision

from .correcting import TEXT, as_sent, at, headings, imported, line, now, press, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def speech() -> Speech:
    return imported()


def test_headings_are_moved_in_a_preview_and_saved_at_once(editor: Client, speech: Speech) -> None:
    first = editor.get(at(speech, "structure/"))
    second = press(editor, speech, do=f"demote:{line(first, '二、压实责任')}")
    assert "预览：还没有保存" in second.content.decode()
    assert headings(speech) == [(1, "一、提高站位"), (2, "（一）学在前"), (1, "二、压实责任")]
    third = press(editor, speech, second.context["decisions"], do=f"merge:{line(second, '（一）学在前')}")
    fourth = press(editor, speech, third.context["decisions"], do=f"split:{line(third, '我们要加强学习')}")
    assert fourth.content.decode().count("已改</span>") == 3
    done = press(editor, speech, fourth.context["decisions"], action="save")
    assert done.status_code == 302
    assert headings(now(speech)) == [(1, "一、提高站位"), (1, "我们要加强学习。"), (2, "二、压实责任")]
    assert Revision.objects.get().reason == "structure"
    assert LogEntry.objects.get().change_message == "修改了结构（第 2 版）。"


def test_decisions_can_be_taken_back(editor: Client, speech: Speech) -> None:
    importing.revise(speech, decisions=[Decision("二、压实责任", 0)])
    page = press(editor, speech, [Decision("二、压实责任", 0)], action="automatic")
    assert json.loads(page.context["decisions"]) == []
    press(editor, speech, "[]", action="save")
    assert (1, "二、压实责任") in headings(now(speech))


def test_a_heading_that_becomes_a_paragraph_is_told_to_lead_there(editor: Client, speech: Speech) -> None:
    first = editor.get(at(speech, "structure/"))
    page = press(editor, speech, do=f"merge:{line(first, '二、压实责任')}").content.decode()
    lost = page.split("指向本篇的链接")[1].split("每一行是什么")[0]
    assert "第 3 节" in lost
    assert lost.count("二、压实责任") == 2


def test_structure_decided_on_an_older_text_is_kept_and_shown_on_the_new_one(
    editor: Client, speech: Speech
) -> None:
    seen = importing.state_of(speech)
    importing.revise(speech, text=speech.text.replace("抓好", "狠抓"))
    response = press(editor, speech, [Decision("二、压实责任", 0)], action="save", seen=seen)
    assert response.status_code == 409
    assert json.loads(response.context["decisions"])[0]["line"] == "二、压实责任"
    assert (1, "二、压实责任") in headings(now(speech))


@pytest.mark.parametrize(
    "do", ["merge:999", "merge:-1", "merge:x", "fly:1", "", "promote:0", "merge:" + "9" * 99]
)
def test_an_order_that_cannot_be_is_refused(editor: Client, speech: Speech, do: str) -> None:
    response = press(editor, speech, do=do)
    assert response.status_code == 400
    assert "这一行不能这样改" in response.content.decode()


@pytest.mark.parametrize(
    "decisions",
    [
        *("", "x", "{}", "[1]", "[" * 9_999, '[{"line": "a"}]', '[{"line": "a", "level": "1", "nth": 1}]'),
        *('[{"line": "a", "level": 99, "nth": 1}]', json.dumps([as_sent(Decision("a", 1))] * 2_001)),
    ],
)
def test_decisions_that_are_none_are_refused(editor: Client, speech: Speech, decisions: str) -> None:
    response = press(editor, speech, decisions, action="save")
    assert response.status_code == 400
    assert "请重新打开这一页" in response.content.decode() or not decisions
    assert not Revision.objects.exists()


def test_a_long_paragraph_that_would_be_a_heading_is_told_of(editor: Client) -> None:
    speech = import_bytes(
        f"在会上的讲话\n同志们：\n{'要抓好落实，' * 20}这是第一段。\n要抓。\n".encode(), "长.txt"
    ).speech
    assert speech is not None
    first = editor.get(at(speech, "structure/"))
    page = press(editor, speech, do=f"split:{line(first, '这是第一段')}").content.decode()
    assert "会整段成为小标题" in page
    assert "请先在“正文”页让它自成一行" in page


def test_a_long_text_is_decided_on_page_by_page(editor: Client) -> None:
    text = "在会上的讲话\n同志们：\n" + "".join(f"这是第{n}段，我们要抓好落实。\n" for n in range(700))
    speech = import_bytes(text.encode(), "长.txt").speech
    assert speech is not None
    first = editor.get(at(speech, "structure/"))
    assert (first.context["last"], first.context["previous"]) == (300, None)
    second = press(editor, speech, page=str(first.context["following"]))
    assert (second.context["first"], second.context["last"]) == (301, 600)
    assert press(editor, speech, page="99999999").context["last"] == first.context["total"]


def test_versions_are_listed_compared_looked_at_and_restored(editor: Client, speech: Speech) -> None:
    send(editor, speech, speech.text.replace("抓好落实", "狠抓落实，一抓到底"))
    listed = editor.get(at(speech, "versions/"))
    shown = [
        (each.number, each.present, each.reason, each.user, each.change) for each in listed.context["shown"]
    ]
    assert shown == [(2, True, "修改正文", "editor", 5), (1, False, "入库", "", None)]
    looked = editor.get(at(speech, "versions/1/")).content.decode()
    assert "我们要抓好落实。" in looked
    compared = editor.get(at(speech, "versions/compare/?a=2&b=1")).content.decode()
    assert "从第 1 版到第 2 版" in compared
    assert re.search(r"<ins[^>]*>狠抓|<ins[^>]*>，一抓到底", compared)
    asked = editor.get(at(speech, "versions/1/restore/"))
    assert "抓好落实" in asked.content.decode()
    assert "狠抓" in now(speech).text
    done = editor.post(at(speech, "versions/1/restore/"), {"seen": asked.context["seen"]})
    assert (done.status_code, done["Location"]) == (302, at(speech, "versions/"))
    assert now(speech).text == speech.text
    assert [revision.reason for revision in Revision.objects.order_by("number")] == ["text", "restore"]
    assert LogEntry.objects.first().change_message == "恢复了第 1 版（第 3 版）。"


def test_a_comparison_names_the_lines_that_are_headings_of_another_level(
    editor: Client, speech: Speech
) -> None:
    importing.revise(speech, decisions=[Decision("（一）学在前", 0), Decision("二、压实责任", 2)])
    page = " ".join(editor.get(at(speech, "versions/compare/?a=1&b=2")).content.decode().split())
    assert '（一）学在前 <span class="quiet">2 级小标题 → 段落' in page
    assert '二、压实责任 <span class="quiet">1 级小标题 → 2 级小标题' in page
    assert "文字没有改动" in page
    assert '<li class="depth-2">（一）学在前</li>' in editor.get(at(speech, "versions/1/")).content.decode()


def test_restoring_a_speech_that_has_been_changed_meanwhile_asks_again(
    editor: Client, speech: Speech
) -> None:
    send(editor, speech, speech.text.replace("抓好", "狠抓"))
    seen = importing.state_of(now(speech))
    importing.revise(now(speech), text=speech.text.replace("抓好", "紧抓"))
    response = editor.post(at(speech, "versions/1/restore/"), {"seen": seen})
    assert response.status_code == 409
    assert "紧抓" in now(speech).text


def test_a_version_whose_text_is_another_speechs_cannot_be_restored(editor: Client, speech: Speech) -> None:
    send(editor, speech, speech.text.replace("抓好", "狠抓"))
    import_bytes(TEXT.encode(), "b.txt")
    page = editor.get(at(speech, "versions/1/restore/"))
    assert page.status_code == 200
    assert "文字完全相同" in page.content.decode()
    seen = importing.state_of(now(speech))
    assert editor.post(at(speech, "versions/1/restore/"), {"seen": seen}).status_code == 400


@pytest.mark.parametrize("query", ["", "a=1", "a=1&b=9", "a=x&b=1", "a=0&b=1", "a=1&b=99999999999999999999"])
def test_versions_that_are_not_there_are_not_compared(editor: Client, speech: Speech, query: str) -> None:
    assert editor.get(at(speech, f"versions/compare/?{query}")).status_code == 400
