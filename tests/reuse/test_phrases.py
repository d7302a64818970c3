"""What recurs inside clauses."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings

from archive import reuse
from archive.importing import import_bytes
from archive.models import Formula, Speech
from archive.reuse import phrases as reading
from archive.reuse.phrases import phrases
from tests.reuse.conftest import Speak

pytestmark = pytest.mark.django_db

THOUGHT = "新时代中国特色社会主义思想"

# What five transcripts have in common inside three of them and more, found by brute force: the phrases of twelve
# letters and more that are no part of a longer one in the same speeches.
RECURRING = {
    "习近平新时代中国特色社会主义思想": 4,
    "政治判断力政治领悟力政治执行力": 3,
    "学习宣传贯彻党的二十大精神": 3,
}


def found(least: int = 3) -> dict[str, int]:
    return {each.letters: len(each.members) for each in phrases(least)}


def test_the_phrases_of_the_seeds_are_those_that_brute_force_finds(db: None, index_path: Any) -> None:
    for path in sorted((settings.BASE_DIR / "seeds").glob("*.txt")):
        import_bytes(path.read_bytes(), path.name)
    assert found() == RECURRING
    reuse.count_formulas()
    entries = {entry.text: entry.speeches for entry in reuse.find_formulas().entries}
    assert entries["政治判断力、政治领悟力、政治执行力"] == 3
    assert entries["习近平新时代中国特色社会主义思想"] == 4


def test_a_phrase_is_read_on_as_long_as_no_speech_is_lost(speak: Speak) -> None:
    for words in ("学习研究", "贯彻精神", "领会要义"):
        speak(f"{words[:2]}习近平{THOUGHT}{words[2:]}。")
    assert found() == {f"习近平{THOUGHT}": 3}


def test_a_text_that_is_shortened_meanwhile_is_passed_over(speak: Speak, monkeypatch: Any) -> None:
    for words in ("学习研究", "贯彻精神", "领会要义"):
        speak(f"{words[:2]}习近平{THOUGHT}{words[2:]}。")
    written = reading._written

    def late(known: Any) -> Any:
        Speech.objects.update(text="短了")
        return written(known)

    monkeypatch.setattr(reading, "_written", late)
    assert found() == {}


def test_a_longer_one_that_fewer_have_is_another_phrase(speak: Speak) -> None:
    for number in range(3):
        speak(f"{number}，习近平{THOUGHT}。")
    for verb in ("学习", "贯彻"):
        speak(f"{verb}{THOUGHT}好。")
    assert found() == {f"习近平{THOUGHT}": 3, THOUGHT: 5}


def test_no_phrase_runs_over_the_end_of_a_clause_or_cuts_a_word(speak: Speak) -> None:
    for name in "甲乙丙":
        speak(f"{name}部门要落实全面从严治党，主体责任各级都要扛起来抓好{name}。")
    for letters in found():
        assert "治党主体" not in letters
    for name in "甲乙丙":
        speak(f"{name}院第三十一次全体干部职工代表大会主席{name}。")
    assert all(not letters.endswith("主") for letters in found())


def test_drafts_words_of_other_languages_and_short_phrases_do_not_count(speak: Speak) -> None:
    for number in range(3):
        speak(f"{'读写听'[number]} Transparency {'与和及'[number]}{THOUGHT[:11]}{'上下左'[number]}。")
    for number in range(2):
        speak(f"{'读写'[number]}习近平{THOUGHT}。")
    speak(f"听习近平{THOUGHT}吧。", draft=True)
    assert found() == {}
    Speech.objects.update(published=True)
    assert found() == {f"习近平{THOUGHT}": 3}


def test_nothing_is_read_when_there_is_too_much_to_read(
    speak: Speak, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        speak(f"{number}，习近平{THOUGHT}好。")
    assert found()
    monkeypatch.setattr(reading, "MOST_PLACES", 2)
    assert found() == {}


def test_a_clause_that_recurs_is_counted_once(speak: Speak) -> None:
    for number in range(3):
        speak(f"{number}次；习近平{THOUGHT}。")
    assert reuse.count_formulas() == 1
    assert Formula.objects.get().speeches == 3


def test_a_clause_is_counted_where_it_stands_inside_a_longer_one_too(speak: Speak) -> None:
    """The link of the count leads to a search, which finds all of them."""
    clause = "坚持党要管党全面从严治党"
    made = [speak(f"{clause}，第{n}次说。") for n in range(3)]
    made += [speak(f"我们要{clause}{n}年，还要说。") for n in ("一", "二")]
    reuse.count_formulas()
    formula = Formula.objects.get(letters=clause)
    assert (formula.speeches, formula.members) == (5, [speech.pk for speech in made])
