"""In how many other speeches some words stand."""

from __future__ import annotations

from typing import Any

import pytest

from archive import reuse
from archive.compare import Text
from archive.models import Speech
from archive.reuse import witnessing
from tests.reuse.conftest import CREED, Speak

pytestmark = pytest.mark.django_db

SHORT = "没有休止符永远前"  # eight letters


def test_every_other_speech_with_the_words_counts_once(speak: Speak) -> None:
    own, other = speak(f"{CREED}。"), speak(f"又说：{CREED}！")
    speak(f"他说，{CREED}。他又说，{CREED}。")
    speak("坚持党要管党，全面 从严治党——永远在路上：没有休止符")  # marks do not count
    (found,) = reuse.witnessed([CREED], (own.pk, other.pk))
    assert (found.others, found.more) == (2, False)


def test_what_stands_nowhere_else_is_certain(speak: Speak) -> None:
    own, other = speak(CREED), speak(f"他说：{CREED}")
    (found,) = reuse.witnessed([CREED], (own.pk, other.pk))
    assert (found.others, found.more) == (0, False)


def test_nothing_is_certain_while_some_speeches_cannot_be_found(speak: Speak) -> None:
    own, other = speak(CREED), speak(f"他说：{CREED}")
    Speech.objects.create(title="没有指纹", text=CREED, digest="x", characters=30)
    (found,) = reuse.witnessed([CREED], (own.pk, other.pk))
    assert (found.others, found.more) == (0, True)


@pytest.mark.parametrize(
    "words",
    [
        "坚持党要管党、全面从严治党，永远在路上，没有休止",  # a letter is missing
        "坚持党要管党、全面从严治党，永远\n在路上，没有休止符",  # runs over a paragraph's end
        "坚持党要管党、全面从严***治党，永远在路上，没有休止符",  # over what is withheld
        "未坚持党要管党、全面从严治党，永远在路，没有休止符",
    ],
)
def test_nearly_the_same_words_do_not_count(speak: Speak, words: str) -> None:
    own = speak(CREED)
    speak(words)
    assert reuse.witnessed([CREED], (own.pk,))[0].others == 0


def test_no_weight_tells_of_a_draft(speak: Speak) -> None:
    own, other = speak(CREED), speak(f"又说：{CREED}！")
    for number in range(8):
        speak(f"第{number}篇说的是别的事情，各有各的说法。")
    before = reuse.witnessed([CREED, SHORT], (own.pk, other.pk))
    speak(f"又说，{CREED}。", draft=True)
    assert reuse.witnessed([CREED, SHORT], (own.pk, other.pk)) == before
    assert before[0].weight > 0


def test_a_draft_makes_no_words_common(speak: Speak, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witnessing, "FEW", 2)
    own = speak(CREED)
    speak(f"又说：{CREED}！")
    before = reuse.witnessed([CREED], (own.pk,))
    speak(f"又说，{CREED}。", draft=True)
    assert reuse.witnessed([CREED], (own.pk,)) == before
    assert (before[0].others, before[0].more) == (1, False)


def test_drafts_do_not_count(speak: Speak) -> None:
    own = speak(CREED)
    speak(f"又说，{CREED}。", draft=True)
    withdrawn = speak(f"他说，{CREED}。")
    Speech.objects.filter(pk=withdrawn.pk).update(published=False)
    assert reuse.witnessed([CREED], (own.pk,))[0].others == 0


def test_of_short_words_it_is_said_that_there_may_be_more(speak: Speak) -> None:
    speak(f"前文{SHORT}后文，如此而已。")
    (found,) = reuse.witnessed([SHORT], ())
    assert found.more
    assert found.others <= 1


def test_what_is_too_common_is_said_to_be_more(speak: Speak, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witnessing, "FEW", 2)
    speeches = [speak(f"第{n}次说：{CREED}。") for n in range(3)]
    (found,) = reuse.witnessed([CREED], ())
    assert (found.others, found.more, found.weight) == (0, True, 0.0)
    speeches[0].delete()


def test_candidates_that_are_not_read_are_said_to_be_more(
    speak: Speak, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        speak(f"第{n}次说：{CREED}。")
    monkeypatch.setattr(witnessing, "MOST_READ", 3)
    assert (reuse.witnessed([CREED], ())[0].others, reuse.witnessed([CREED], ())[0].more) == (3, True)
    monkeypatch.setattr(witnessing, "MOST_AT_ALL", 4)
    first, second = reuse.witnessed([CREED, f"次说{CREED}"], ())
    assert (first.others, second.others, second.more) == (3, 1, True)


def test_what_is_too_short_or_too_long_to_look_up_is_not_looked_up(speak: Speak) -> None:
    speak(CREED)
    for words in ("", "从严治党", CREED * 30):
        assert reuse.witnessed([words], ()) == [reuse.Witnessed(0, True, 0.0)]


def test_no_more_is_read_than_a_page_has_time_for(speak: Speak, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(4):
        speak(f"第{n}次说：{CREED}。")
    monkeypatch.setattr(witnessing, "MOST_LETTERS", 2 * 6 * 22)
    assert (reuse.witnessed([CREED], ())[0].others, reuse.witnessed([CREED], ())[0].more) == (2, True)


def test_what_is_rarer_weighs_more(speak: Speak) -> None:
    rare = "春蚕到死丝方尽蜡炬成灰泪始干"
    for n in range(6):
        speak(f"第{n}次说：{CREED}。")
    for n in range(2):
        speak(f"第{n}回说：{rare}。")
    common, seldom, unknown = reuse.witnessed([CREED, rare, "谁也没有说过"], ())
    assert 0 < common.weight < seldom.weight
    assert common.weight < unknown.weight < seldom.weight  # the usual


def test_all_passages_of_a_page_are_two_queries(speak: Speak, django_assert_num_queries: Any) -> None:
    speak(f"{CREED}。春蚕到死丝方尽，蜡炬成灰泪始干。")
    with django_assert_num_queries(2):
        reuse.witnessed([CREED, "春蚕到死丝方尽蜡炬成灰", SHORT, CREED[:12]], ())
    with django_assert_num_queries(0):
        assert reuse.witnessed([], ()) == []


def test_the_formulas_of_a_text_are_those_that_were_counted(speak: Speak) -> None:
    clause = "永远在路上没有休止符"
    for n in range(3):
        speak(f"第{n}次说，{clause}。")
    text = Text(f"今天还说，{clause}，别的没有说过什么。")
    assert reuse.formulas_in(text) == frozenset()
    reuse.count_formulas()
    assert reuse.formulas_in(text) == {clause}
    assert reuse.formulas_in(Text("别的没有说过什么。"), text) == {clause}
