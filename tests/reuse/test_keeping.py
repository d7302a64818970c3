"""Fingerprints come, change and go with their speeches."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from archive import importing, reuse
from archive.importing import outlining
from archive.models import Clause, Fingerprint, Printed, Speech
from archive.reuse import keeping
from tests.reuse.conftest import CREED, Speak

pytestmark = pytest.mark.django_db


def rows(speech: Speech) -> int:
    return Fingerprint.objects.filter(speech=speech).count()


def command(**options: object) -> str:
    out = StringIO()
    call_command("fingerprint_speeches", stdout=out, stderr=out, **options)
    return out.getvalue()


def test_a_speech_comes_with_its_fingerprints(speak: Speak) -> None:
    speech = speak(CREED)
    assert rows(speech) == speech.printed.count > 0
    assert Clause.objects.filter(speech=speech).count() == 1
    assert (reuse.problems(), reuse.complete()) == ([], True)


def test_drafts_have_fingerprints_too_for_the_day_they_are_published(speak: Speak) -> None:
    assert rows(speak(CREED, draft=True)) > 0


def test_a_changed_text_takes_the_old_fingerprints_along(speak: Speak) -> None:
    speech = speak(CREED, title="讲话甲", path="a.txt")
    before = set(Fingerprint.objects.values_list("hash", flat=True))
    again = speak(
        "我们要不忘初心、牢记使命，始终保持谦虚谨慎、不骄不躁的作风。", title="讲话甲", path="a.txt"
    )
    assert again.pk == speech.pk
    assert before.isdisjoint(Fingerprint.objects.values_list("hash", flat=True))
    assert reuse.problems() == []


def test_a_deleted_speech_takes_its_fingerprints_along(speak: Speak) -> None:
    one, other = speak(CREED), speak(f"他说，{CREED}。")
    one.delete()
    assert set(Fingerprint.objects.values_list("speech_id", flat=True)) == {other.pk}
    Speech.objects.all().delete()
    assert not any(model.objects.exists() for model in (Fingerprint, Clause, Printed))


def test_a_text_changed_by_another_way_leaves_nothing_behind_either(speak: Speak) -> None:
    speech = speak(CREED)
    Speech.objects.filter(pk=speech.pk).update(text="别的话", digest="0" * 64)
    assert [str(speech.pk) in problem for problem in reuse.problems()] == [True]
    Speech.objects.get(pk=speech.pk).delete()
    assert not Fingerprint.objects.exists()


def test_redactions_changed_by_another_way_leave_nothing_behind_either(speak: Speak) -> None:
    speech = speak(CREED)
    Speech.objects.filter(pk=speech.pk).update(redactions=[{"start": 0, "end": 30, "text": ""}])
    Speech.objects.get(pk=speech.pk).delete()
    assert not Fingerprint.objects.exists()


def test_a_failure_leaves_neither_speech_nor_fingerprints(
    speak: Speak, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = reuse.write

    def fail(*speeches: Speech) -> None:
        write(*speeches)
        raise OSError("disk full")

    monkeypatch.setattr(outlining.reuse, "write", fail)
    assert importing.import_bytes(f"讲话\n{CREED}\n".encode(), "a.txt").status == "failed"
    assert not any(model.objects.exists() for model in (Speech, Fingerprint, Clause, Printed))


def test_what_was_there_before_is_filled_in_once(speak: Speak) -> None:
    speak(CREED)
    speak(f"他说，{CREED}。")
    expected = set(Fingerprint.objects.values_list("hash", "speech_id", "position"))
    for model in (Fingerprint, Clause, Printed):
        model.objects.all().delete()
    assert reuse.complete() is False
    assert len(reuse.problems()) == 2
    assert "补建指纹 2 篇" in command()
    assert set(Fingerprint.objects.values_list("hash", "speech_id", "position")) == expected
    assert "补建指纹 0 篇" in command()
    assert reuse.problems() == []


def test_what_was_broken_off_is_completed_by_the_next_preparation(
    speak: Speak, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [speak(f"{CREED}，第{number}次。") for number in range(5)]
    expected = set(Fingerprint.objects.values_list("hash", "speech_id", "position"))
    keeping.clear()
    monkeypatch.setattr(keeping, "BATCH", 2)
    write = reuse.write

    def killed(*speeches: Speech) -> None:
        write(*speeches)
        if made[2] in speeches:
            raise KeyboardInterrupt

    monkeypatch.setattr(keeping, "write", killed)
    with pytest.raises(KeyboardInterrupt):
        command()
    assert set(Fingerprint.objects.values_list("speech_id", flat=True)) == {each.pk for each in made[:2]}
    assert len(reuse.problems()) == 3
    with pytest.raises(CommandError):
        command(check=True)
    monkeypatch.setattr(keeping, "write", write)
    assert "补建指纹 3 篇" in command()
    assert set(Fingerprint.objects.values_list("hash", "speech_id", "position")) == expected
    assert "指纹与讲话一致" in command(check=True)


def test_clauses_that_were_lost_come_back_with_the_repair(speak: Speak) -> None:
    speak(CREED)
    Fingerprint.objects.all().delete()
    Clause.objects.all().delete()
    assert len(reuse.problems()) == 1
    command(repair=True)
    assert Clause.objects.count() == 1
    assert reuse.problems() == []


def test_hashes_of_another_version_are_made_anew(speak: Speak) -> None:
    speak(CREED)
    Printed.objects.update(version=0)
    Fingerprint.objects.update(position=99)
    assert not reuse.complete()
    assert "补建指纹 1 篇" in command()
    assert not Fingerprint.objects.filter(position=99).exists()


def test_the_check_names_what_differs_and_the_repair_puts_it_right(speak: Speak) -> None:
    speech = speak(CREED)
    first = Fingerprint.objects.first()
    assert first is not None
    Fingerprint.objects.filter(pk=first.pk).delete()
    Fingerprint.objects.create(hash=7, speech_id=9_999, position=0)
    assert reuse.problems() == [
        f"讲话 {speech.pk} 的指纹不全。",
        "有 1 个指纹属于已经不在的讲话 9999。",
    ]
    with pytest.raises(CommandError, match="不一致：2 处。请运行 manage"):
        command(check=True)
    assert "指纹与讲话一致" in command(repair=True)
    assert "指纹与讲话一致" in command(check=True)


def test_a_text_that_repeats_itself_without_end_keeps_few_places_of_each_hash(speak: Speak) -> None:
    speech = speak("要把好方向管好全局再抓落实" * 400)
    assert rows(speech) <= 50 * 13
    assert Clause.objects.filter(speech=speech).count() <= 1
    assert reuse.problems() == []
