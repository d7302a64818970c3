"""Correcting a speech in the admin: seen before it is saved, never over somebody else's change, kept for good."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from archive import importing
from archive.importing import import_bytes
from archive.models import Revision, Speech
from archive.parsing import Decision

TEXT = (
    "在机关党建工作会议上的讲话\n同志们：\n一、提高站位\n我们要加强学习。\n（一）学在前\n要先学一步。\n"
    "二、压实责任\n我们要抓好落实。\n谢谢大家！\n"
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def speech() -> Speech:
    speech = import_bytes(TEXT.encode(), "a.txt").speech
    assert speech is not None
    return Speech.objects.get(pk=speech.pk)


def at(speech: Speech, place: str) -> str:
    return f"/admin/archive/speech/{speech.pk}/{place}"


def now(speech: Speech) -> Speech:
    return Speech.objects.get(pk=speech.pk)


def send(editor: Client, speech: Speech, text: str, action: str = "save", seen: str = ""):
    data = {"text": text, "action": action, "seen": seen or importing.state_of(now(speech))}
    return editor.post(at(speech, "text/"), data)


def headings(speech: Speech) -> list[tuple[int, str]]:
    return [(s.depth, f"{s.num}{s.heading}") for s in speech.sections.all() if s.heading]


def press(editor: Client, speech: Speech, decisions: list[Decision] | str = "[]", **data: str):
    shown = decisions if isinstance(decisions, str) else json.dumps([as_sent(each) for each in decisions])
    form = {"decisions": shown, "seen": importing.state_of(now(speech)), **data}
    return editor.post(at(speech, "structure/"), form)


def as_sent(decision: Decision) -> dict[str, object]:
    return {"line": decision.line, "level": decision.level, "nth": decision.nth}


def line(response, words: str) -> int:
    return next(each.index for each in response.context["lines"] if words in each.text)


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
        ("讲话\n同志们：\n\0一段。", "不允许"),
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


@pytest.mark.parametrize("place", ["text/", "structure/", "versions/", "versions/1/", "versions/1/restore/"])
def test_what_is_not_there_is_not_found(editor: Client, speech: Speech, place: str) -> None:
    for pk in (speech.pk + 1, 10**30):
        assert editor.get(f"/admin/archive/speech/{pk}/{place}").status_code == 404
    assert editor.get(at(speech, "versions/99999999999999999999/")).status_code == 404


def test_changed_metadata_leaves_a_version(editor: Client, speech: Speech) -> None:
    fields = {"title": "新标题", "event": speech.event_id or "", "kind": speech.kind, "role": speech.role}
    management = {f"sections-{key}": "0" for key in ("TOTAL_FORMS", "INITIAL_FORMS")}
    for _twice in range(2):
        response = editor.post(at(speech, "change/"), {**fields, **management, "published": "on"})
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
