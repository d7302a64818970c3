"""A speech whose file comes again, changed or not, before or after an editor has changed its text."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive import importing
from archive.importing import Refused, import_bytes, storing
from archive.models import Revision, SourceFile, Speech
from archive.parsing import Decision

from .revising import TEXT, fresh, import_text, paragraphs, sections

pytestmark = pytest.mark.django_db


def test_the_same_path_again_is_a_version_with_the_same_address() -> None:
    speech = import_text(path="/texts/a.txt")
    before = paragraphs(speech)
    again = import_bytes(TEXT.replace("抓好落实", "狠抓落实").encode(), "a.txt", path="/texts/a.txt")
    assert (again.status, again.speech) == ("updated", speech)
    revision = Revision.objects.get()
    assert (revision.reason, revision.user, revision.text) == ("import", None, speech.text)
    now = paragraphs(speech)
    assert {anchor: now.get(anchor) for anchor in before} | fresh(speech).moved == {
        **before,
        **fresh(speech).moved,
    }
    assert len(fresh(speech).moved) == 1


def test_decisions_about_headings_outlive_a_changed_file() -> None:
    speech = import_text(path="/texts/a.txt")
    importing.revise(speech, decisions=[Decision("二、压实工作责任", 0)])
    import_bytes(TEXT.replace("学深悟透", "入脑入心").encode(), "a.txt", path="/texts/a.txt")
    assert "入脑入心" in fresh(speech).text
    assert "二、压实工作责任" in paragraphs(speech).values()


def test_decisions_of_a_review_are_added_to_those_of_the_speech_it_replaces() -> None:
    speech = import_text()
    first, second = Decision("一、提高政治站位", 0), Decision("二、压实工作责任", 0)
    importing.revise(speech, decisions=[first, second])
    again = [Decision("一、提高政治站位", 1), Decision("下面我讲几点意见。", 1)]
    prepared = importing.prepare(TEXT.replace("学深", "学透").encode(), "新.txt", decisions=again)
    importing.store(prepared, replacing=speech)
    headings = [words for words in sections(speech).values() if words]
    assert headings == ["下面我讲几点意见。", "一、提高政治站位"]


def test_a_text_that_an_editor_has_changed_stays_when_its_old_file_comes_again() -> None:
    speech = import_text(path="/texts/a.txt")
    importing.revise(speech, text=speech.text.replace("抓好落实", "狠抓落实"))
    for path in ("/texts/a.txt", "/elsewhere/a.txt"):
        again = import_bytes(TEXT.encode(), "a.txt", path=path)
        assert (again.status, again.speech) == ("unchanged", speech)
        assert "text_kept" not in [note.kind for note in again.notes]
    assert "狠抓落实" in fresh(speech).text
    assert Speech.objects.count() == 1


def test_a_new_file_for_a_text_that_an_editor_has_changed_is_told_of_and_not_taken() -> None:
    speech = import_text(path="/texts/a.txt")
    importing.revise(speech, text=speech.text.replace("抓好落实", "狠抓落实"))
    again = import_bytes(TEXT.replace("学深", "学透").encode(), "a.txt", path="/texts/a.txt")
    assert again.status == "unchanged"
    assert "上传页" in next(note.message for note in again.notes if note.kind == "text_kept")
    assert "狠抓落实" in fresh(speech).text


def test_a_restored_version_stays_when_the_newer_file_comes_again() -> None:
    speech = import_text(path="/texts/a.txt")
    newer = TEXT.replace("抓好落实", "狠抓落实").encode()
    import_bytes(newer, "a.txt", path="/texts/a.txt")
    importing.restore(Revision.objects.get())
    assert import_bytes(newer, "a.txt", path="/texts/a.txt").status == "unchanged"
    assert fresh(speech).text == speech.text


def test_looking_for_a_changed_text_asks_no_speech_but_those_of_the_file() -> None:
    """However many speeches there are: by index, and without their texts."""
    import_text(path="/texts/a.txt")
    prepared = importing.prepare(TEXT.replace("学深", "学透").encode(), "a.txt")
    with CaptureQueriesContext(connection) as asked:
        storing._standing(prepared, "/texts/b.txt")
    for query in (each["sql"] for each in asked.captured_queries[1:]):
        assert " JOIN " not in query
        assert " OR " not in query
        assert '"archive_speech"."text"' not in query


def test_an_upload_may_replace_a_speech_and_keeps_its_address() -> None:
    user = get_user_model().objects.create_user("bianji")
    speech = import_text(path="/texts/a.txt")
    importing.revise(speech, text=speech.text.replace("抓好落实", "狠抓落实"))
    prepared = importing.prepare(TEXT.replace("学深", "学透").encode(), "新.txt")
    stored = importing.store(prepared, replacing=speech, user=user)
    assert (stored.status, stored.speech) == ("updated", speech)
    now = fresh(speech)
    assert ("学透" in now.text, now.imported_from, now.edited) == (True, "/texts/a.txt", [])
    assert Revision.objects.get(number=2).user == user
    assert SourceFile.objects.count() == 2


def test_a_speech_that_is_gone_cannot_be_replaced() -> None:
    speech = import_text()
    prepared = importing.prepare(TEXT.replace("学深", "学透").encode(), "新.txt")
    gone = fresh(speech)
    speech.delete()
    with pytest.raises(Refused, match="已被删除"):
        importing.store(prepared, replacing=gone)
    assert not Speech.objects.exists()
