"""Speeches in the admin: metadata is edited and remembered as the editor's, the text is not touched."""

import pytest
from django.contrib.admin import AdminSite
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.test import Client

from archive.admin import SpeechAdmin
from archive.importing import import_bytes
from archive.models import SourceFile, Speech

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
    data = {"title": speech.title, "event": speech.event_id or "", "kind": speech.kind, "role": speech.role}
    management = {f"sections-{key}": "0" for key in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return editor.post(
        f"/admin/archive/speech/{speech.pk}/change/", {"published": "on", **data, **management, **fields}
    )


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
    assert '<div class="transcript">在机关党建工作会议上的讲话' in page
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
