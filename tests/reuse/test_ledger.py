"""The formulas: counted once, checked whenever they are shown."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, OperationalError

from archive import reuse
from archive.models import Formula, IndexChange, LedgerCount, Speech
from archive.reuse import ledger
from tests.reuse.conftest import CREED, Speak

pytestmark = pytest.mark.django_db

CLAUSE = "不忘初心、牢记使命主题教育"


def test_a_formula_is_told_with_its_years_and_its_first_and_last_use(speak: Speak) -> None:
    made = [
        speak(f"{CLAUSE}，第{n}次。", date=date) for n, date in enumerate(("2019-06", "2018", "2019", ""))
    ]
    assert reuse.count_formulas() == 1
    found = reuse.find_formulas()
    (entry,) = found.entries
    assert (entry.text, entry.letters, entry.speeches) == (CLAUSE, 12, 4)
    assert entry.years == ((2018, 1), (2019, 2), (None, 1))
    assert (entry.first, entry.last) == (made[1], made[0])
    assert (found.total, found.pages, found.least, found.speeches, found.uncounted) == (1, 1, 3, 4, 0)


def test_what_two_speeches_say_is_no_formula(speak: Speak) -> None:
    for number in range(2):
        speak(f"{CLAUSE}，第{number}次。{CLAUSE}。{CLAUSE}。")
    assert reuse.count_formulas() == 0
    assert reuse.find_formulas().entries == ()


def test_drafts_do_not_count(speak: Speak) -> None:
    speak(f"{CLAUSE}，一。")
    speak(f"{CLAUSE}，二。")
    draft = speak(f"{CLAUSE}，三。", draft=True)
    assert reuse.count_formulas() == 0
    Speech.objects.filter(pk=draft.pk).update(published=True)
    assert not reuse.formulas_are_current()
    assert reuse.count_formulas() == 1


def test_a_speech_withdrawn_since_is_left_out_at_once(speak: Speak) -> None:
    made = [speak(f"{CLAUSE}，第{n}次。", date=f"20{n + 10}") for n in range(4)]
    reuse.count_formulas()
    Speech.objects.filter(pk=made[0].pk).update(published=False)
    (entry,) = reuse.find_formulas().entries
    assert (entry.speeches, entry.first) == (3, made[1])
    made[1].delete()
    assert reuse.find_formulas().entries == ()


def test_a_speech_that_came_since_is_told_of(speak: Speak) -> None:
    for number in range(3):
        speak(f"{CLAUSE}，第{number}次。")
    assert reuse.find_formulas().uncounted == 3
    reuse.count_formulas()
    speak(f"{CLAUSE}，又一次。")
    assert reuse.find_formulas().uncounted == 1
    reuse.count_if_quick()
    assert (reuse.find_formulas().uncounted, reuse.find_formulas().entries[0].speeches) == (0, 4)


def test_a_large_archive_is_not_counted_while_a_reader_waits(
    speak: Speak, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        speak(f"{CLAUSE}，第{number}次。")
    monkeypatch.setattr(ledger, "FEW_SPEECHES", 2)
    reuse.count_if_quick()
    assert not Formula.objects.exists()


def test_a_server_at_leisure_counts_when_nobody_imports(speak: Speak) -> None:
    for number in range(3):
        speak(f"{CLAUSE}，第{number}次。")
    IndexChange.objects.create(speech_id=1)
    reuse.count_when_still()
    assert not Formula.objects.exists()
    IndexChange.objects.all().delete()
    reuse.count_when_still()
    assert Formula.objects.get().speeches == 3


def test_a_server_at_leisure_goes_on_when_the_database_is_busy(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def locked() -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(ledger, "count_if_quick", locked)
    reuse.count_when_still()
    assert "has to wait" in caplog.text


@pytest.mark.parametrize("always", [False, True])
def test_what_is_saved_while_it_is_counted_is_counted_too(
    speak: Speak, monkeypatch: pytest.MonkeyPatch, always: bool
) -> None:
    found, taken = ledger._found, []

    def interrupted() -> list[Formula]:
        formulas = found()
        taken.append(len(formulas))
        if always or len(taken) == 1:
            speak(f"{CLAUSE}，又{len(taken)}次。")
        return formulas

    for number in range(3):
        speak(f"{CLAUSE}，第{number}次。")
    monkeypatch.setattr(ledger, "_found", interrupted)
    reuse.count_formulas()
    assert len(taken) == (4 if always else 2)
    assert LedgerCount.objects.count() == 1
    assert Formula.objects.get().speeches == (6 if always else 4)


def test_who_counts_as_well_and_writes_first_breaks_nothing_off(
    speak: Speak, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        speak(f"{CLAUSE}，第{number}次。")
    store, tried = ledger._store, []

    def beaten(*formulas: object) -> int:
        tried.append(formulas)
        if len(tried) == 1:
            raise IntegrityError("duplicate key")
        return store(*formulas)  # type: ignore[arg-type]

    monkeypatch.setattr(ledger, "_store", beaten)
    assert reuse.count_formulas() == 1
    assert len(tried) == 2


def test_a_speech_deleted_while_it_is_counted_breaks_nothing_off(
    speak: Speak, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [speak(f"{CLAUSE}，第{number}次。") for number in range(4)]
    found = ledger._found

    def deleting() -> list[Formula]:
        if made[0].pk:
            made[0].delete()
            raise Speech.DoesNotExist
        return found()

    monkeypatch.setattr(ledger, "_found", deleting)
    assert reuse.count_formulas() == 1
    assert Formula.objects.get().speeches == 3


def test_formulas_are_found_by_what_they_hold_and_how_they_begin(speak: Speak) -> None:
    for number in range(3):
        speak(f"{CLAUSE}，第{number}次；要牢记使命担当作为一生。")
    reuse.count_formulas()

    def texts(words: str, first: bool = False) -> list[str]:
        return sorted(entry.text for entry in reuse.find_formulas(words, first=first).entries)

    assert texts("牢记使命") == [CLAUSE, "要牢记使命担当作为一生"]
    assert texts("初心牢記") == texts("不忘初心，", first=True) == [CLAUSE]
    assert texts("牢记", first=True) == texts("没有的话") == []
    assert len(texts("%")) == 2  # no letters: all


def test_a_wording_cut_short_by_a_redaction_is_read_elsewhere(speak: Speak) -> None:
    for words in ("XXX不忘初心牢记使命主题教育XXX", CLAUSE, CLAUSE, CLAUSE):
        speak(f"{words}，要抓实，{CREED}。")
    reuse.count_formulas()
    assert CLAUSE in {entry.text for entry in reuse.find_formulas().entries}
