"""What is in the archive can be changed, and nothing of what it was is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

from archive import importing, reuse, search
from archive.importing import Refused
from archive.models import IndexChange, Revision, Speech
from archive.parsing import Decision

from .revising import TEXT, fresh, import_text, paragraphs, sections

pytestmark = pytest.mark.django_db


def test_what_a_speech_was_is_kept_with_who_changed_it_and_why() -> None:
    user = get_user_model().objects.create_user("bianji")
    speech = import_text()
    importing.revise(speech, text=speech.text.replace("抓好落实", "狠抓落实"), user=user)
    importing.revise(speech, decisions=[Decision("下面我讲几点意见。", 1)], user=user)
    first, second = Revision.objects.order_by("number")
    assert (first.number, first.reason, first.user, first.text) == (1, "text", user, speech.text)
    assert (second.number, second.reason) == (2, "structure")
    assert "狠抓落实" in second.text
    assert first.facts["title"] == "在机关党建工作会议上的讲话"
    assert first.source == speech.source
    assert importing.version_of(speech) == 3


def test_a_change_that_changes_nothing_leaves_no_version() -> None:
    speech = import_text()
    assert importing.revise(speech, text=f"\ufeff{speech.text}\r\n\r\n", decisions=[]) is None
    assert not Revision.objects.exists()


def test_restoring_brings_back_text_structure_facts_and_numbers_and_keeps_the_present() -> None:
    speech = import_text()
    before = (speech.text, paragraphs(speech), sections(speech), importing.facts_of(speech))
    importing.revise(
        speech,
        text=speech.text.replace("我们要抓好落实，一级带着一级干。", "别的话。").replace(
            "11月20日", "12月1日"
        ),
        decisions=[Decision("下面我讲几点意见。", 1)],
    )
    later = fresh(speech)
    assert later.date_iso == "2022-12-01"
    importing.restore(Revision.objects.get(number=1))
    now = fresh(speech)
    facts = {**importing.facts_of(now), "edited": []}
    assert (now.text, paragraphs(now), sections(now), facts) == before
    kept = Revision.objects.get(number=2)
    assert (kept.reason, kept.text, kept.decisions) == ("restore", later.text, later.decisions)
    assert importing.restore(Revision.objects.get(number=1)) is None  # it is the present one already


def test_restoring_neither_publishes_nor_withdraws() -> None:
    speech = import_text()
    importing.revise(speech, text=speech.text.replace("抓好", "狠抓"))
    Speech.objects.update(published=False)
    importing.restore(Revision.objects.get())
    assert not fresh(speech).published


def test_metadata_of_an_editor_outlives_a_changed_text_and_the_rest_follows_it() -> None:
    speech = import_text()
    importing.apply_metadata(speech, importing.Metadata(title="改过的标题"))
    speech.save()
    importing.revise(speech, text=speech.text.replace("机关党建工作会议", "年度会议").replace("11月", "10月"))
    now = fresh(speech)
    assert (now.title, now.title_source, now.date_iso) == ("改过的标题", "edited", "2022-10-20")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty_file"),
        (" \u3000\n", "empty_file"),
        ("***\nXXX", "no_text"),
        ("在会议上的讲话", "no_body"),
        ("一" * (4 * 2**20), "too_large"),
        ("".join(f"一、标题{i}\n" for i in range(3000)), "too_many_sections"),
    ],
)
def test_what_is_no_speech_is_refused_and_changes_nothing(text: str, code: str) -> None:
    speech = import_text()
    with pytest.raises(Refused) as refused:
        importing.revise(speech, text=text)
    assert refused.value.code == code
    assert refused.value.message.endswith(("。", "）"))
    assert fresh(speech).text == speech.text
    assert not Revision.objects.exists()


def test_the_text_of_another_speech_is_refused_with_that_speech() -> None:
    other = import_text()
    speech = import_text(TEXT.replace("落实", "贯彻"), "b.txt")
    with pytest.raises(importing.Duplicate) as refused:
        importing.revise(speech, text=other.text)
    assert refused.value.twin == other


def test_a_speech_that_has_been_changed_meanwhile_is_not_written_over() -> None:
    speech = import_text()
    seen = importing.state_of(speech)
    importing.revise(speech, text=speech.text.replace("抓好", "狠抓"), seen=seen)
    with pytest.raises(Refused) as refused:
        importing.revise(speech, text=speech.text.replace("抓好", "紧抓"), seen=seen)
    assert refused.value.code == "changed_meanwhile"
    assert "狠抓" in fresh(speech).text


def test_fingerprints_and_index_follow_the_text(index_path: Path, django_capture_on_commit_callbacks) -> None:
    speech = import_text()
    with django_capture_on_commit_callbacks(execute=True):
        importing.revise(speech, text=speech.text.replace("一级带着一级干", "层层传导压力"))
    search.drain()
    assert reuse.problems() == []
    assert search.problems() == []
    assert [hit.id for hit in search.find(search.Query("层层传导压力")).hits] == [speech.pk]
    assert not IndexChange.objects.exists()


def test_a_changed_structure_makes_new_answers(index_path: Path, django_capture_on_commit_callbacks) -> None:
    """What has been answered so far names sections that may be gone."""
    with django_capture_on_commit_callbacks(execute=True):
        speech = import_text()
    before = search.state()
    with django_capture_on_commit_callbacks(execute=True):
        importing.revise(speech, decisions=[Decision("二、压实工作责任", 0)])
    assert before
    assert search.state() != before
    (hit,) = search.find(search.Query("抓好落实")).hits
    assert {place.anchor for place in hit.places} <= {*sections(speech), *paragraphs(speech)}


def test_facts_that_are_about_to_be_saved_leave_a_version() -> None:
    speech = import_text()
    assert importing.keep(speech) is None
    speech.venue = "北京"
    revision = importing.keep(speech)
    assert revision is not None
    assert (revision.reason, revision.facts["venue"], revision.text) == ("metadata", "", speech.text)
