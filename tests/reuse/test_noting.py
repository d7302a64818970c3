"""What is noted beside the paragraphs of a speech."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings

from archive import reuse
from archive.importing import import_bytes
from archive.models import Speech
from archive.reuse import noting
from tests.reuse.conftest import CREED, Speak

pytestmark = pytest.mark.django_db

OTHER = "我们一定要深入推进反腐败斗争，一刻不停歇，绝不松懈"
OWN = "这里说的都是别处没有说过的新话，一句也不曾听人讲过"


def margin(speech: Speech) -> reuse.Margin:
    speech = Speech.objects.with_outline().get(pk=speech.pk)
    return reuse.margin(speech, list(speech.paragraphs.all()))


def notes(speech: Speech) -> dict[int, tuple[int, Speech, bool | None]]:
    return {
        number: (note.speeches, note.first, note.earlier) for number, note in margin(speech).notes.items()
    }


def archive_of(speak: Speak, count: int) -> None:
    """So many speeches that something which four have is no formula yet."""
    for number in range(count):
        speak(f"第{number}篇只有自己的话，{'甲乙丙丁戊己庚辛壬癸'[number % 10] * 9}。")


def test_a_paragraph_is_noted_with_the_number_of_speeches_and_the_earliest(speak: Speak) -> None:
    own = speak(f"{OWN}。\n今天我要讲，{CREED}。\n{OTHER}。", date="2019-03-01")
    late, early = speak(f"他说，{CREED}。", date="2021"), speak(f"又说，{CREED}！", date="2017")
    after = speak(f"他说，{OTHER}。", date="2020")
    speak(f"{CREED}。{OTHER}。", date="1999", draft=True)
    archive_of(speak, 400)
    assert notes(own) == {3: (2, early, True), 4: (1, after, False)}
    assert notes(late) == {2: (2, early, True)}
    assert margin(own).complete


def test_nothing_is_said_of_before_and_after_without_dates(speak: Speak) -> None:
    own, other = speak(f"{CREED}。"), speak(f"他说，{CREED}。", date="2021")
    assert notes(own) == {2: (1, other, None)}
    assert notes(other) == {2: (1, own, None)}


def test_what_many_have_is_not_noted(speak: Speak) -> None:
    own = speak(f"{CREED}。\n{OTHER}。")
    for number in range(2):
        speak(f"第{number}，{CREED}。")
    speak(f"他说，{OTHER}。")
    assert set(notes(own)) == {3}


def test_short_passages_are_not_noted(speak: Speak) -> None:
    own = speak(f"{OTHER[:16]}。")
    speak(f"他说，{OTHER[:16]}！")
    assert notes(own) == {}


def test_two_paragraphs_do_not_join_into_one_passage(speak: Speak) -> None:
    own = speak(f"{CREED[:13]}\n{CREED[13:]}。")
    speak(f"他说，{CREED}。")
    assert notes(own) == {}


def test_pieces_that_stand_apart_there_are_no_passage(speak: Speak) -> None:
    own = speak(f"{CREED}{OTHER}。")
    apart = "，接着他又讲了很多别的话，一直讲到天黑，".join((CREED[:12], CREED[12:]))
    speak(f"{apart}。")
    assert notes(own) == {}


def test_what_is_withdrawn_deleted_or_rewritten_is_no_longer_noted(speak: Speak) -> None:
    own, other = speak(f"{CREED}。"), speak(f"他说，{CREED}。", title="讲话甲", path="a.txt")
    assert set(notes(own)) == {2}
    Speech.objects.filter(pk=other.pk).update(published=False)
    assert notes(own) == {}
    Speech.objects.filter(pk=other.pk).update(published=True)
    speak(f"他改口了，{OWN}。", title="讲话甲", path="a.txt")
    assert notes(own) == {}
    third = speak(f"又说，{CREED}。")
    assert set(notes(own)) == {2}
    third.delete()
    assert notes(own) == {}


def test_a_speech_that_has_most_paragraphs_is_named_once(speak: Speak) -> None:
    words = [f"{name}：{CREED[n:]}，{OTHER[n:]}" for n, name in enumerate("甲乙丙丁戊")]
    own = speak("。\n".join(words))
    again = speak("！\n".join(words))
    found = margin(own)
    assert (found.whole, found.notes) == ((again,), {})


def test_the_work_is_bounded(speak: Speak, monkeypatch: pytest.MonkeyPatch) -> None:
    own = speak(f"{CREED}。\n{OTHER}。")
    speak(f"他说，{CREED}。{OTHER}。")
    monkeypatch.setattr(noting, "MOST_ROWS", 3)
    assert not margin(own).complete
    monkeypatch.setattr(noting, "LONGEST", 10)
    assert margin(own) == reuse.Margin({}, (), False)


def test_an_archive_that_repeats_itself_costs_no_more_rows(
    speak: Speak, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = speak(f"{CREED}。\n{OTHER}。")
    for number in range(noting.ROWS + 2):
        speak(f"第{number}，{CREED}。{OTHER}。")
    read: list[Any] = []
    rows_of = noting.rows_of
    monkeypatch.setattr(noting, "rows_of", lambda *args: (read.append(row) or row for row in rows_of(*args)))
    assert notes(own) == {}
    assert read == []


def test_it_asks_the_database_little(speak: Speak, django_assert_max_num_queries: Any) -> None:
    own = speak(f"{CREED}。\n{OTHER}。")
    for number in range(3):
        speak(f"第{number}，{CREED}。{OTHER}。")
    speech = Speech.objects.with_outline().get(pk=own.pk)
    paragraphs = list(speech.paragraphs.all())
    with django_assert_max_num_queries(6):
        reuse.margin(speech, paragraphs)


def test_every_note_on_the_seeds_leads_to_a_passage_and_every_long_rare_passage_has_one(
    db: None, index_path: Any
) -> None:
    for path in sorted((settings.BASE_DIR / "seeds").glob("*.txt")):
        import_bytes(path.read_bytes(), path.name)
    for speech in Speech.objects.all():
        noted = margin(speech).notes
        passages = reuse.shared(speech).passages
        for number, note in noted.items():
            uses = {
                use.speech
                for p in passages
                for spot in p.spots
                if spot.anchor == f"p{number}"
                for use in p.uses
            }
            assert note.first in uses, (speech, number)
            assert note.speeches <= len(uses)
        long = {
            spot.anchor
            for passage in passages
            for spot in passage.spots
            if passage.letters >= 20
            and not passage.formula
            and len({use.speech for use in passage.uses}) == 1
        }
        assert long <= {f"p{number}" for number in noted}, speech
