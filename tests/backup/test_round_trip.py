"""Out and in again: the same rows, the same file, byte for byte."""

from __future__ import annotations

import datetime
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from hypothesis import given
from hypothesis import strategies as st

from archive import backup, importing, reuse, search
from archive.backup.members import encoded
from archive.backup.tables import DEEDS, LEFT_OUT, READ, REMADE, SPEECHES, TABLES, as_record, as_row
from archive.models import Event, IndexChange, Revision, SourceFile, Speaker, Speech
from archive.parsing import Decision

from .conftest import SEEDS, TEXT, emptied, everything, members


def again(path: Path, **options: Any) -> Path:
    """Restore a file, and export what came of it."""
    backup.restore(path, **options)
    second = path.with_name("again.zip")
    backup.export(second)
    return second


def test_the_seeds_come_back_and_go_out_as_the_same_bytes(seeds: None, tmp_path: Path) -> None:
    backup.export(tmp_path / "kept.zip")
    before = everything()
    emptied()
    assert again(tmp_path / "kept.zip").read_bytes() == (tmp_path / "kept.zip").read_bytes()
    assert everything() == before


def test_a_restored_archive_is_exported_as_the_same_bytes(exported: Path) -> None:
    before = everything()
    emptied()
    second = again(exported)
    assert members(second)["manifest.json"] == members(exported)["manifest.json"]
    assert second.read_bytes() == exported.read_bytes()
    assert everything() == before


def test_what_is_replaced_leaves_nothing_behind(exported: Path) -> None:
    before = everything()
    backup.complete()
    importing.import_bytes(TEXT.format(n=9).encode(), "新.txt")
    Speech.objects.order_by("pk").first().delete()
    Speaker.objects.create(name="后来的人")
    assert again(exported, replace=True).read_bytes() == exported.read_bytes()
    assert everything() == before
    backup.complete()
    assert (search.problems(), reuse.problems()) == ([], [])
    assert not IndexChange.objects.exists()


def test_the_same_words_are_found_at_the_same_places(seeds: None, tmp_path: Path) -> None:
    def found() -> Any:
        hits = [search.find(search.Query(raw)).hits for raw in ("党建", "“模范机关”", "从严治党")]
        return [[(hit.id, hit.title, hit.hits) for hit in each] for each in hits]

    def links() -> Any:
        speeches = Speech.objects.order_by("pk").with_outline()
        return [
            (
                speech.get_absolute_url(),
                [(s.anchor, s.pk, s.heading) for s in speech.sections.all()],
                [(p.anchor, speech.text[p.start : p.end]) for p in speech.paragraphs.all()],
            )
            for speech in speeches
        ]

    backup.complete()
    before = found(), links()
    assert any(before[0])
    path = tmp_path / "kept.zip"
    backup.export(path)
    emptied()
    backup.restore(path)
    backup.complete()
    assert (found(), links()) == before
    assert (search.problems(), reuse.problems(), reuse.formulas_are_current()) == ([], [], True)


def test_originals_and_texts_lie_in_the_file_as_they_are(seeds: None, tmp_path: Path) -> None:
    backup.export(tmp_path / "kept.zip")
    held = members(tmp_path / "kept.zip")
    for path in SEEDS.glob("*.txt"):
        data = path.read_bytes()
        assert held[f"originals/{hashlib.sha256(data).hexdigest()}"] == data
    for speech in Speech.objects.all():
        assert held[f"speeches/{speech.pk}.txt"].decode() == speech.text
        record = json.loads(held[f"speeches/{speech.pk}.json"])
        assert (record["title"], record["published"]) == (speech.title, True)


def test_the_manifest_vouches_for_every_other_member(exported: Path) -> None:
    held = members(exported)
    said = json.loads(held.pop("manifest.json"))
    assert said["members"] == {
        name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in held.items()
    }
    assert said["counts"] == {
        "events": 4, "originals": 4, "speakers": 2, "aliases": 1, "deeds": 0, "speeches": 3,
    }  # fmt: skip


def test_versions_come_back_and_the_numbers_of_words_that_are_gone_with_them(
    short: None, tmp_path: Path
) -> None:
    def anchors(speech: Speech) -> dict[str, str]:
        return {p.anchor: speech.text[p.start : p.end] for p in speech.paragraphs.all()}

    speech = Speech.objects.order_by("pk").first()
    user = get_user_model().objects.create_user("bianji")
    written, text = anchors(speech), speech.text
    importing.revise(
        speech, text=text.replace("要学习第1号文件。", "要学。").replace("谢谢", "多谢"), user=user
    )
    importing.revise(speech, decisions=[Decision("二、压实责任", 0)], user=user)
    backup.export(tmp_path / "kept.zip")
    before = everything()
    emptied()
    assert again(tmp_path / "kept.zip").read_bytes() == (tmp_path / "kept.zip").read_bytes()
    assert everything() == before
    importing.restore(Revision.objects.get(speech_id=speech.pk, number=1))
    now = Speech.objects.get(pk=speech.pk)
    assert (now.text, anchors(now)) == (text, written)


def test_an_empty_archive_goes_out_and_in(db: None, index_path: Path, tmp_path: Path) -> None:
    backup.export(tmp_path / "kept.zip")
    assert again(tmp_path / "kept.zip").read_bytes() == (tmp_path / "kept.zip").read_bytes()
    backup.complete()
    assert search.problems() == []


def test_a_number_that_a_deleted_speech_had_is_never_given_again(short: None, tmp_path: Path) -> None:
    last = Speech.objects.order_by("-pk").first()
    gone = last.pk
    last.delete()
    backup.export(tmp_path / "kept.zip")
    emptied()
    backup.restore(tmp_path / "kept.zip")
    assert importing.import_bytes(TEXT.format(n=9).encode(), "新.txt").speech.pk > gone


def test_whoever_changed_a_text_is_still_named_and_cannot_log_in(exported: Path) -> None:
    emptied()
    backup.restore(exported)
    user = get_user_model().objects.get()
    assert (user.username, user.is_active, user.has_usable_password()) == ("bianji", False, False)


def test_accounts_that_are_here_stay_as_they_are(exported: Path) -> None:
    before = list(get_user_model().objects.values())
    backup.restore(exported, replace=True)
    assert list(get_user_model().objects.values()) == before


def test_a_file_that_is_imported_again_after_a_restore_is_known(exported: Path) -> None:
    emptied()
    backup.restore(exported)
    data = TEXT.format(n=3).encode("gb18030")
    assert importing.import_bytes(data, "3.txt", path="short/3.txt").status == "unchanged"
    assert importing.import_bytes(data, "3.txt", path="elsewhere/3.txt").status == "unchanged"


def test_a_backup_tells_of_rows_that_are_no_longer_what_came_in(short: None, tmp_path: Path) -> None:
    first, second = Speech.objects.order_by("pk")[:2]
    SourceFile.objects.filter(pk=first.source_id).update(content=b"rotten")
    Speech.objects.filter(pk=second.pk).update(text="烂了")
    done = backup.export(tmp_path / "kept.zip")
    assert len(done.problems) == 2
    assert first.source.name in done.problems[0]
    assert str(second.pk) in done.problems[1]
    emptied()
    assert again(tmp_path / "kept.zip").read_bytes() == (tmp_path / "kept.zip").read_bytes()


def test_every_table_is_kept_or_made_anew_or_left_out() -> None:
    """Whoever adds a model decides here what becomes of it."""
    decided = [*(table.model for table in (*TABLES, DEEDS)), *REMADE, *LEFT_OUT]
    assert set(decided) == set(apps.get_app_config("archive").get_models())
    assert len(decided) == len(set(decided))


def test_every_field_can_be_read_back() -> None:
    """Whoever adds a field of a new kind says how it is read; a field kept otherwise is named."""
    for table in (*TABLES, DEEDS):
        kinds = {field.get_internal_type() for field in table.fields if not field.is_relation}
        assert kinds <= READ.keys()
        assert table.beside <= {field.name for field in table.model._meta.concrete_fields}
        assert not table.model._meta.many_to_many


words = st.text(st.characters(exclude_categories=["Cs"]))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda v: st.lists(v) | st.dictionaries(words, v)
)
# What databases give; two zones that put their clocks back cannot be compared (PEP 495).
times = st.datetimes(timezones=st.just(datetime.UTC))


@given(st.data())
def test_any_row_comes_back_from_its_record(data: st.DataObject) -> None:
    speech = Speech(
        pk=data.draw(st.integers(1, 2**63 - 1)),
        title=data.draw(words),
        venue=data.draw(words),
        closing=data.draw(words),
        speaker_id=data.draw(st.sampled_from([None, 1])),
        event_id=data.draw(st.sampled_from([None, 2])),
        date=data.draw(st.none() | st.dates()),
        published=data.draw(st.booleans()),
        characters=data.draw(st.integers(0, 2**31 - 1)),
        digest=data.draw(words),
        edited=data.draw(st.lists(words)),
        notes=data.draw(json_values),
        created_at=data.draw(times),
        updated_at=datetime.datetime.now(datetime.UTC),
    )
    names = {Speaker: {1: "甲"}, Event: {2: "乙"}, SourceFile: {}}
    keys = {model: {name: key for key, name in of.items()} for model, of in names.items()}
    written = encoded(as_record(SPEECHES, speech, names))
    read = as_row(SPEECHES, json.loads(written), keys)
    for field in SPEECHES.fields:
        assert getattr(read, field.attname) == getattr(speech, field.attname)
    assert encoded(as_record(SPEECHES, read, names)) == written


@pytest.mark.parametrize("name", ["甲", "甲\n乙", "甲\u2028乙"])
def test_a_list_has_a_line_for_each_row_whatever_its_name(db: None, tmp_path: Path, name: str) -> None:
    Speaker.objects.create(name=name)
    backup.export(tmp_path / "kept.zip")
    assert members(tmp_path / "kept.zip")["speakers.jsonl"].count(b"\n") == 1
    assert again(tmp_path / "kept.zip", replace=True).read_bytes() == (tmp_path / "kept.zip").read_bytes()
    assert Speaker.objects.get().name == name
