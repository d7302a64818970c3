"""What is in the archive can be changed, and nothing of what it was is lost: versions, numbers, an editor's word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from archive import importing, reuse, search
from archive.importing import Refused, import_bytes, storing
from archive.models import IndexChange, Revision, SourceFile, Speech
from archive.parsing import Decision

pytestmark = pytest.mark.django_db

TEXT = """在机关党建工作会议上的讲话
（2022年11月20日）
同志们：
下面我讲几点意见。
一、提高政治站位
我们要加强学习，学深悟透。
二、压实工作责任
我们要抓好落实，一级带着一级干。
谢谢大家！
"""


def import_text(text: str = TEXT, name: str = "a.txt", **options: object) -> Speech:
    speech = import_bytes(text.encode(), name, **options).speech  # type: ignore[arg-type]
    assert speech is not None
    return Speech.objects.get(pk=speech.pk)


def fresh(speech: Speech) -> Speech:
    return Speech.objects.get(pk=speech.pk)


def paragraphs(speech: Speech) -> dict[str, str]:
    """anchor -> words"""
    speech = fresh(speech)
    return {p.anchor: speech.text[p.start : p.end] for p in speech.paragraphs.all()}


def sections(speech: Speech) -> dict[str, str]:
    return {s.anchor: f"{s.num}{s.heading}" for s in speech.sections.all()}


def anchor_of(speech: Speech, words: str) -> str:
    return next(a for a, w in {**paragraphs(speech), **sections(speech)}.items() if words in w)


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


def test_unchanged_paragraphs_and_headings_keep_their_numbers_and_new_ones_get_new_numbers() -> None:
    speech = import_text()
    before, headings = paragraphs(speech), sections(speech)
    importing.revise(speech, text=speech.text.replace("二、压实", "这一句是新的。\n二、压实"))
    now = paragraphs(speech)
    new = now.pop(anchor_of(speech, "这一句是新的"))
    assert new == "这一句是新的。"
    assert now == before
    assert sections(speech) == headings
    assert fresh(speech).moved == {}


def test_a_rewritten_paragraph_leads_from_its_old_number_to_its_new_one() -> None:
    speech = import_text()
    old = anchor_of(speech, "抓好落实")
    importing.revise(speech, text=speech.text.replace("抓好落实", "狠抓落实"))
    new = anchor_of(speech, "狠抓落实")
    assert new != old
    assert fresh(speech).moved == {old: new}


def test_a_chain_of_changes_leads_to_where_the_words_are_now() -> None:
    speech = import_text()
    old = anchor_of(speech, "抓好落实")
    for words in ("狠抓落实", "真抓落实", "紧抓落实"):
        text = fresh(speech).text
        importing.revise(speech, text=text.replace(text[text.index("抓") - 1 :][:4], words))
    last = anchor_of(speech, "紧抓落实")
    assert fresh(speech).moved[old] == last
    assert set(fresh(speech).moved.values()) == {last}


def test_words_that_come_back_get_their_number_back() -> None:
    speech = import_text()
    before, text = paragraphs(speech), speech.text
    importing.revise(speech, text=text.replace("我们要加强学习，学深悟透。\n", ""))
    assert set(fresh(speech).moved) == {a for a, words in before.items() if "学深悟透" in words}
    importing.revise(speech, text=text)
    assert paragraphs(speech) == before
    assert fresh(speech).moved == {}


def test_a_heading_that_only_gets_another_mark_keeps_its_number() -> None:
    speech = import_text()
    before = {words[2:]: anchor for anchor, words in sections(speech).items()}
    text = speech.text.replace("二、压实", "三、压实").replace("三、压实", "二、多听意见\n要多听。\n三、压实")
    importing.revise(speech, text=text)
    now = {words[2:]: anchor for anchor, words in sections(speech).items()}
    assert now.pop("多听意见") not in before.values()
    assert now == before
    importing.revise(speech, text=speech.text)
    assert {words[2:]: anchor for anchor, words in sections(speech).items()} == before


def test_a_number_is_never_given_to_other_words() -> None:
    speech = import_text()
    last = anchor_of(speech, "谢谢大家")
    importing.revise(speech, text=speech.text.replace("\n谢谢大家！", ""))
    importing.revise(speech, text=fresh(speech).text + "\n谢谢各位！")
    assert anchor_of(speech, "谢谢各位") != last
    assert last in fresh(speech).moved


def test_a_heading_that_becomes_a_paragraph_is_still_found_under_its_number() -> None:
    speech = import_text()
    section = anchor_of(speech, "二、压实工作责任")
    importing.revise(speech, decisions=[Decision("二、压实工作责任", 0)])
    moved = fresh(speech).moved
    assert paragraphs(speech)[moved[section]] == "二、压实工作责任"
    importing.revise(speech, decisions=[])
    assert anchor_of(speech, "二、压实工作责任") == section
    assert section not in fresh(speech).moved


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


def test_facts_that_are_about_to_be_saved_leave_a_version() -> None:
    speech = import_text()
    assert importing.keep(speech) is None
    speech.venue = "北京"
    revision = importing.keep(speech)
    assert revision is not None
    assert (revision.reason, revision.facts["venue"], revision.text) == ("metadata", "", speech.text)


def unmarked(words: str) -> str:
    """A heading without its mark, which may change."""
    return re.sub(r"^(?:[一二三]、|（一）)(?!.*。)", "", words)


LINES = st.lists(
    st.sampled_from(
        [
            "一、提高站位",
            "二、压实责任",
            "（一）抓学习",
            "同样的一段话。",
            "同志们，要抓落实。",
            "一段。",
            "另一段，长一些。",
        ]
    ),
    min_size=1,
    max_size=8,
)


class Numbers(TestCase):
    """Every number that was ever given leads somewhere, whatever is done to a speech."""

    @settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(LINES, st.booleans()), min_size=1, max_size=5))
    def test_every_anchor_ever_given_leads_to_its_words_or_to_what_is_there(
        self, steps: list[tuple[list[str], bool]]
    ) -> None:
        speech = import_text()
        ever = {**paragraphs(speech), **sections(speech)}
        for lines, back in steps:
            try:
                if back and (first := Revision.objects.filter(speech=speech).last()):
                    importing.restore(first)
                else:
                    importing.revise(
                        speech, text="\n".join(["在会上的讲话", "同志们：", *lines, "要抓好落实。"])
                    )
            except Refused:
                continue
            there = {**paragraphs(speech), **sections(speech)}
            for anchor, words in there.items():
                first = ever.setdefault(anchor, words)
                assert unmarked(first) == unmarked(words)  # never other words
            moved = fresh(speech).moved
            assert not moved.keys() & there.keys()
            assert ever.keys() == moved.keys() | there.keys()
            assert set(moved.values()) <= there.keys()
