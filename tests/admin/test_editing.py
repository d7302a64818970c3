"""Correcting a text in the admin: seen before it is saved, never over somebody else's change, kept for good."""

from __future__ import annotations

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from archive import importing
from archive.importing import import_bytes
from archive.models import Revision, Speech

from .correcting import TEXT, at, form_of, imported, now, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def speech() -> Speech:
    return imported()


def test_the_change_form_leads_to_text_structure_and_versions(editor: Client, speech: Speech) -> None:
    page = editor.get(at(speech, "change/")).content.decode()
    for place in ("text/", "structure/", "versions/"):
        assert f'href="{at(speech, place)}"' in page
        assert editor.get(at(speech, place)).status_code == 200


def test_a_preview_shows_what_would_change_and_saves_nothing(editor: Client, speech: Speech) -> None:
    text = speech.text.replace("抓好落实", "狠抓落实").replace("机关党建工作会议", "年度工作会议")
    text = text.replace("二、压实责任", "二、压实责任\n（一）明确责任")
    response = send(editor, speech, text, "preview")
    page = response.content.decode()
    assert response.status_code == 200
    assert re.search(r"<del[^>]*>[^<]*抓好", page)
    assert re.search(r"<ins[^>]*>[^<]*狠抓", page)
    assert '<li class="depth-2">（一）明确责任</li>' in page
    assert "<ins>在年度工作会议上的讲话</ins>" in page
    assert "我们要狠抓落实。" in page.split("指向本篇的链接")[1]
    assert "狠抓落实" in page.split("<textarea")[1]
    assert now(speech).text == speech.text
    assert not Revision.objects.exists()


def test_a_saved_text_is_a_new_version_with_a_line_in_the_log(editor: Client, speech: Speech) -> None:
    response = send(editor, speech, speech.text.replace("抓好落实", "狠抓落实").replace("\n", "\r\n"))
    assert (response.status_code, response["Location"]) == (302, at(speech, "text/"))
    assert "狠抓落实" in now(speech).text
    assert "\r" not in now(speech).text
    revision = Revision.objects.get()
    assert (revision.reason, revision.user and revision.user.username) == ("text", "editor")
    assert LogEntry.objects.get().change_message == "修改了正文（第 2 版）。"
    assert "已保存为第 2 版" in editor.get(at(speech, "text/")).content.decode()


def test_saving_without_a_change_makes_no_version(editor: Client, speech: Speech) -> None:
    assert send(editor, speech, speech.text).status_code == 302
    assert not Revision.objects.exists()
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("action", ["preview", "save"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "请撤下它"),
        (" \u3000\r\n", "没有文字"),
        ("***", "没有可以入库的文字"),
        ("在会议上的讲话", "只有标题"),
        ("字" * 500_001, "请上传新文件"),
        ("讲话\n同志们：\n\0一段。", "文字里混有不可见的控制字符，请重新复制。"),
    ],
)
def test_a_text_that_is_no_speech_is_refused_with_what_was_typed(
    editor: Client, speech: Speech, action: str, text: str, said: str
) -> None:
    response = send(editor, speech, text, action)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert now(speech).text == speech.text


def test_the_text_of_another_speech_is_refused_with_a_link_to_it(editor: Client, speech: Speech) -> None:
    other = import_bytes(TEXT.replace("学习", "研究").encode(), "b.txt").speech
    assert other is not None
    response = send(editor, speech, other.text)
    assert response.status_code == 400
    assert f'<a href="{at(other, "change/")}">' in response.content.decode()


@pytest.mark.parametrize("action", ["preview", "save"])
def test_who_comes_too_late_keeps_what_they_typed_and_sees_both(
    editor: Client, speech: Speech, action: str
) -> None:
    seen = importing.state_of(speech)
    importing.revise(speech, text=speech.text.replace("加强学习", "加强理论学习"))
    typed = speech.text.replace("抓好落实", "狠抓落实")
    response = send(editor, speech, typed, action, seen)
    page = response.content.decode()
    assert response.status_code == 409
    assert "别人改动了这篇讲话" in page
    assert "狠抓落实" in page.split("<textarea")[1]
    assert re.search(r"<del[^>]*>理论", page)
    assert "加强理论学习" in now(speech).text
    # Having seen both, the editor may save.
    assert send(editor, speech, typed, "save", response.context["form"]["seen"].value()).status_code == 302
    assert now(speech).text == typed
    assert "加强理论学习" in Revision.objects.get(number=2).text


@pytest.mark.parametrize("seen", ["x", "' OR 1=1", "0" * 17, ""])
def test_a_form_without_its_state_is_refused(editor: Client, speech: Speech, seen: str) -> None:
    data = {"text": speech.text + "\n多一段。", "action": "save", "seen": seen}
    assert editor.post(at(speech, "text/"), data).status_code == 400
    assert now(speech).text == speech.text


@pytest.mark.parametrize("place", ["text/", "structure/", "versions/", "versions/1/", "versions/1/restore/"])
def test_what_is_not_there_is_not_found(editor: Client, speech: Speech, place: str) -> None:
    for pk in (speech.pk + 1, 10**30):
        assert editor.get(f"/admin/archive/speech/{pk}/{place}").status_code == 404
    assert editor.get(at(speech, "versions/99999999999999999999/")).status_code == 404


def test_changed_metadata_leaves_a_version(editor: Client, speech: Speech) -> None:
    for _twice in range(2):
        response = editor.post(at(speech, "change/"), {**form_of(speech), "title": "新标题"})
        assert response.status_code == 302
    revision = Revision.objects.get()
    assert (revision.reason, revision.facts["title"]) == ("metadata", speech.title)
    assert revision.user == get_user_model().objects.get(username="editor")
    page = editor.get(at(speech, "versions/compare/?a=1&b=2")).content.decode()
    assert f"<del>{speech.title}</del> <ins>新标题</ins>" in page


def test_who_may_only_look_sees_versions_and_changes_nothing(client: Client, speech: Speech) -> None:
    importing.revise(speech, text=speech.text.replace("抓好", "狠抓"))
    reader = get_user_model().objects.create_user("reader", is_staff=True)
    client.force_login(reader)
    assert client.get(at(speech, "versions/")).status_code == 403
    reader.user_permissions.add(Permission.objects.get(codename="view_speech"))
    for place in ("versions/", "versions/1/", "versions/compare/?a=1&b=2"):
        page = client.get(at(speech, place))
        assert page.status_code == 200
        assert "restore/" not in page.content.decode()
    for place in ("text/", "structure/", "versions/1/restore/"):
        assert client.get(at(speech, place)).status_code == 403
        assert client.post(at(speech, place), {}).status_code == 403


def test_nobody_gets_in_without_an_account(client: Client, speech: Speech) -> None:
    for place in ("text/", "structure/", "versions/", "versions/1/", "versions/compare/"):
        response = client.get(at(speech, place))
        assert response.status_code == 302
        assert "/login/" in response["Location"]


def test_a_form_from_elsewhere_is_refused(speech: Speech) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(get_user_model().objects.create_superuser("editor"))
    assert send(strict, speech, "别的").status_code == 403
