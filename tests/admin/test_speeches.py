"""Speeches in the admin: metadata is edited and remembered as the editor's, the text is not touched."""

import re

import pytest
from django.contrib.admin import AdminSite
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.http import HttpRequest
from django.test import Client

from archive.admin import SpeechAdmin
from archive.importing import import_bytes
from archive.models import Revision, SourceFile, Speech
from tests.admin.correcting import form_of
from tests.admin.people import person

TEXT = (
    "在机关党建工作会议上的讲话\n同志们：\n一、提高站位\n我们要加强学习。\n"
    "二、压实责任\n我们要抓好落实。\n谢谢大家！\n"
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("editor"))
    return client


@pytest.fixture
def speech() -> Speech:
    speech = import_bytes(TEXT.encode(), "a.txt").speech
    assert speech is not None
    return speech


def change(editor: Client, speech: Speech, **fields: str):
    return editor.post(f"/admin/archive/speech/{speech.pk}/change/", {**form_of(speech), **fields})


def test_an_edited_field_is_saved_and_remembered(editor: Client, speech: Speech) -> None:
    response = change(editor, speech, title="新标题", date_iso="2022-11")
    assert response.status_code == 302, response.context["errors"]
    speech.refresh_from_db()
    assert (speech.title, speech.title_source, speech.date_iso) == ("新标题", "edited", "2022-11")
    assert speech.edited == ["date", "title"]


def test_saving_without_a_change_claims_nothing(editor: Client, speech: Speech) -> None:
    assert change(editor, speech).status_code == 302
    speech.refresh_from_db()
    assert speech.edited == []


@pytest.mark.parametrize("date", ["2022-13", "22-1-1", "昨天", "2023-02-29"])
def test_a_date_that_is_none_is_refused_with_a_sentence(editor: Client, speech: Speech, date: str) -> None:
    response = change(editor, speech, date_iso=date)
    assert response.status_code == 200
    assert any(sentence in response.content.decode() for sentence in ("请写成 2022-11-20", "没有这一天"))


def test_the_change_page_shows_outline_text_and_original(editor: Client, speech: Speech) -> None:
    page = editor.get(f"/admin/archive/speech/{speech.pk}/change/").content.decode()
    assert "一、提高站位" in page
    headers = re.findall(r'<th class="column-[a-z]+">(\w+)', page.replace("\n", ""))
    assert headers == ["位置", "标题", "部分", "字数"]
    assert (
        '<div class="transcript" role="group" tabindex="0" aria-label="正文">在机关党建工作会议上的讲话'
        in page
    )
    assert "a.txt" in page


def test_the_list_offers_the_upload_and_finds_by_title(editor: Client, speech: Speech) -> None:
    page = editor.get("/admin/archive/speech/?q=机关党建").content.decode()
    assert 'href="/admin/archive/speech/upload/"' in page
    assert speech.title in page


def test_withdrawing_and_publishing_from_the_list(editor: Client, speech: Speech) -> None:
    for action, published in (("withdraw", False), ("publish", True)):
        editor.post("/admin/archive/speech/", {"action": action, "_selected_action": [speech.pk]})
        speech.refresh_from_db()
        assert speech.published is published


@pytest.mark.parametrize(("role", "doors"), [("", 0), ("录入", 1), ("审核", 1), ("管理", 2)])
def test_the_first_page_leads_to_what_one_came_for(role: str, doors: int) -> None:
    page = person(role).get("/admin/").content.decode()
    found = [f'href="/admin/archive/speech/{place}/"' in page for place in ("upload", "sheet")]
    assert sum(found) == doors


@pytest.mark.parametrize("name", ["speaker", "event", "sourcefile", "speech"])
def test_every_list_in_the_admin_opens(editor: Client, speech: Speech, name: str) -> None:
    assert editor.get(f"/admin/archive/{name}/").status_code == 200


def test_saving_the_form_leaves_a_text_that_was_imported_meanwhile(editor: Client, speech: Speech) -> None:
    """The form holds the speech as it was opened; only what it shows is written."""
    opened = Speech.objects.get(pk=speech.pk)
    Speech.objects.filter(pk=speech.pk).update(text="新的正文", digest="0" * 64)
    opened.title = "新标题"
    request = HttpRequest()
    request.user = get_user_model()(is_superuser=True)
    SpeechAdmin(Speech, AdminSite()).save_model(request, opened, None, change=True)
    speech.refresh_from_db()
    assert (speech.title, speech.text) == ("新标题", "新的正文")


def test_a_failure_while_withdrawing_several_withdraws_none(
    editor: Client, speech: Speech, monkeypatch
) -> None:
    other = import_bytes(TEXT.replace("学习", "研究").encode(), "b.txt").speech
    saved = []
    save = Speech.save

    def fail_at_the_second(self: Speech, **options: object) -> None:
        saved.append(self.pk)
        if len(saved) == 2:
            raise OSError("disk full")
        save(self, **options)

    monkeypatch.setattr(Speech, "save", fail_at_the_second)
    with pytest.raises(OSError, match="disk full"):
        editor.post(
            "/admin/archive/speech/", {"action": "withdraw", "_selected_action": [speech.pk, other.pk]}
        )
    assert Speech.objects.published().count() == 2


def test_deleting_from_the_list_takes_the_speeches_and_keeps_the_originals(
    editor: Client, speech: Speech
) -> None:
    data = {"action": "delete_selected", "_selected_action": [speech.pk], "post": "yes"}
    editor.post("/admin/archive/speech/", data)
    assert not Speech.objects.exists()
    assert SourceFile.objects.count() == 1


def test_a_draft_offers_no_link_to_a_page_that_readers_do_not_have(editor: Client, speech: Speech) -> None:
    address = f"/admin/archive/speech/{speech.pk}/change/"
    assert "在站点上查看" in editor.get(address).content.decode()
    Speech.objects.update(published=False)
    assert "在站点上查看" not in editor.get(address).content.decode()


def test_who_saves_an_older_form_does_not_undo_what_another_has_saved(editor: Client, speech: Speech) -> None:
    opened = form_of(speech)
    change(editor, speech, title="别人的标题", date_iso="2022-11")
    response = editor.post(f"/admin/archive/speech/{speech.pk}/change/", {**opened, "role": "市委书记"})
    form = response.context["adminform"].form
    assert "别人改动了这篇讲话，所以没有保存" in form.non_field_errors()[0]
    assert form.errors["title"] == ["库中现在是“别人的标题”。"]
    assert form.errors["date_iso"] == ["库中现在是“2022-11”。"]
    assert form.errors["role"] == ["库中现在是空的。"]
    assert 'value="市委书记"' in response.content.decode()
    speech.refresh_from_db()
    assert (speech.title, speech.role) == ("别人的标题", "")
    again = {**opened, "title": "别人的标题", "role": "市委书记", "seen": form["seen"].value()}
    assert editor.post(f"/admin/archive/speech/{speech.pk}/change/", again).status_code == 302
    speech.refresh_from_db()
    assert (speech.title, speech.role, speech.date_iso) == ("别人的标题", "市委书记", None)
    assert Revision.objects.filter(speech=speech).count() == 2


def test_who_saves_an_older_form_does_not_publish_what_was_withdrawn(editor: Client, speech: Speech) -> None:
    opened = form_of(speech)
    Speech.objects.update(published=False)
    response = editor.post(f"/admin/archive/speech/{speech.pk}/change/", {**opened, "role": "市委书记"})
    assert response.context["adminform"].form.errors["published"] == ["库中现在是：未发布。"]
    assert not Speech.objects.get().published


def test_two_who_make_the_same_change_are_not_kept_from_it(editor: Client, speech: Speech) -> None:
    opened = {**form_of(speech), "title": "新标题"}
    for _who in range(2):
        assert editor.post(f"/admin/archive/speech/{speech.pk}/change/", opened).status_code == 302
    assert Revision.objects.count() == 1
    assert "seen" not in Speech.objects.get().edited


@pytest.mark.parametrize("seen", ["", "x", "0" * 17])
def test_a_form_that_does_not_say_what_was_seen_is_refused(editor: Client, speech: Speech, seen: str) -> None:
    response = change(editor, speech, title="新标题", seen=seen)
    assert "表单不完整，请重新打开这一页。" in response.content.decode()
    assert Speech.objects.get().title == speech.title


def test_who_may_only_look_is_shown_no_field_that_is_for_the_form(client: Client, speech: Speech) -> None:
    reader = get_user_model().objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_speech"))
    client.force_login(reader)
    page = client.get(f"/admin/archive/speech/{speech.pk}/change/").content.decode()
    assert speech.title in page
    assert "seen" not in page.lower().replace("overseen", "")
