"""What the archive exports comes in at the upload page as it was, and the editor sees it before it is saved."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from archive.importing import Metadata, apply_metadata, import_bytes, revise
from archive.models import Paragraph, Speech, StagedUpload
from archive.parsing import Decision
from tests.admin.uploading import URL, confirm, file, upload
from tests.formats.made import SHORT

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["xml", "md"])
def exported(request: pytest.FixtureRequest, client: Client) -> tuple[str, bytes, list[int]]:
    """An export, under which name, and the numbers of the paragraphs; the speech itself is gone."""
    speech = import_bytes(SHORT.encode(), "讲话.txt").speech
    assert speech is not None
    apply_metadata(speech, Metadata(title="另题", speaker="李四", date="2021-03", event=""))
    speech.save()
    inserted = SHORT.replace("今年以来", "新插入的一段话，说在前面。\n今年以来")
    revise(speech, text=inserted, decisions=[Decision("二、抓好落实", 0)])
    data = client.get(f"/speeches/{speech.pk}.{request.param}").content
    numbers = list(Paragraph.objects.filter(speech=speech).values_list("number", flat=True))
    speech.delete()
    return f"别的名字.{request.param}", data, numbers


def test_the_editor_sees_what_the_file_tells(editor: Client, exported: Any) -> None:
    name, data, _numbers = exported
    upload(editor, file(data, name))
    [row] = editor.get(URL).context["rows"]
    shown = {field: row.form[field].value() for field in ("title", "speaker", "date", "event", "role")}
    assert shown == {"title": "另题", "speaker": "李四", "date": "2021-03", "event": "", "role": "市委书记"}
    assert "抓好落实" not in [section.heading for section in row.prepared.outline.sections]


def test_what_was_seen_is_saved_with_its_anchors(editor: Client, exported: Any) -> None:
    name, data, numbers = exported
    upload(editor, file(data, name))
    confirm(editor)
    speech = Speech.objects.get()
    assert speech.speaker is not None
    assert (speech.title, speech.speaker.name, speech.date_iso, speech.event) == (
        "另题",
        "李四",
        "2021-03",
        None,
    )
    assert list(Paragraph.objects.filter(speech=speech).values_list("number", flat=True)) == numbers
    assert not StagedUpload.objects.exists()


def test_what_the_editor_says_instead_holds(editor: Client, exported: Any) -> None:
    name, data, _numbers = exported
    upload(editor, file(data, name))
    confirm(editor, title="在机关党建工作会议上的讲话", speaker="王五")
    speech = Speech.objects.get()
    assert speech.speaker is not None
    assert (speech.title, speech.speaker.name) == ("在机关党建工作会议上的讲话", "王五")
