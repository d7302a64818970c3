"""Where the passages of a speech stand elsewhere, as a reader is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings

from archive import reuse
from archive.compare import Text
from archive.importing import import_bytes
from archive.models import Speech
from archive.reuse import finding
from archive.reuse.entries import prints_of
from archive.reuse.passages import Weights
from tests.reuse.conftest import CREED, Speak

pytestmark = pytest.mark.django_db

OTHER = "我们一定要深入推进反腐败斗争，一刻不停歇，绝不松懈"


def test_a_passage_is_told_with_its_places_in_the_order_of_dates(speak: Speak) -> None:
    late = speak(f"他说：{CREED}。", date="2021-05")
    undated = speak(f"又说：{CREED}！")
    own = speak(f"今天我要讲，{CREED}；{OTHER}。", date="2019-03-01")
    early = speak(f"{CREED}。", date="2017")
    found = reuse.shared(own)
    (passage,) = found.passages
    assert own.text[slice(*passage.span)] == CREED
    assert [use.speech for use in passage.uses] == [early, late, undated]
    assert [use.speech.text[slice(*use.span)] for use in passage.uses] == [CREED] * 3
    assert {use.text for use in passage.uses} == {CREED}
    assert (passage.first, passage.last) == (early, late)
    assert passage.speeches == 4
    assert found.covered == passage.letters == 22
    anchors = {paragraph.anchor for paragraph in own.paragraphs.all()}
    assert {passage.anchor, *(use.anchor for use in passage.uses)} <= anchors


def test_the_first_use_may_be_the_speech_itself(speak: Speak) -> None:
    own, other = speak(CREED, date="2012"), speak(f"他说，{CREED}。", date="2020")
    (passage,) = reuse.shared(own).passages
    assert (passage.first, passage.last) == (own, other)


def test_drafts_and_what_is_withdrawn_are_nowhere(speak: Speak) -> None:
    own, other = speak(CREED), speak(f"他说，{CREED}。")
    speak(f"又说，{CREED}。", draft=True)
    assert [use.speech for use in reuse.shared(own).passages[0].uses] == [other]
    Speech.objects.filter(pk=other.pk).update(published=False)
    found = reuse.shared(own)
    assert (found.passages, found.relatives, found.covered, found.left_out) == ((), (), 0, 0)


def test_no_number_tells_of_a_draft(speak: Speak) -> None:
    own, _other = speak(CREED), speak(f"他说，{CREED}。")
    for number in range(8):
        speak(f"第{number}篇说的是别的事情，各有各的说法。")
    before = reuse.shared(own)
    speak(f"又说，{CREED}。", draft=True)
    assert reuse.shared(own) == before
    assert before.passages[0].rarity > 0


def test_a_speech_is_not_compared_with_itself(speak: Speak) -> None:
    assert reuse.shared(speak(f"{CREED}。\n{CREED}。")).passages == ()


@pytest.mark.parametrize("words", ["，。！", "短句。", "***"])
def test_a_speech_with_nothing_to_compare_is_answered(speak: Speak, words: str) -> None:
    speak(CREED)
    assert reuse.shared(speak(words)).passages == ()


def test_a_variant_stands_under_its_passage_with_what_agrees(speak: Speak) -> None:
    own = speak("把抓好机关党的建设作为本职，抓不好机关党建是失职的表现。")
    other = speak("把抓好机关党的建设作为天职，抓不好机关党建是失职的表现。")
    (passage,) = reuse.shared(own).passages
    (use,) = passage.uses
    assert (use.speech, use.exact, use.part, use.same) == (other, False, False, 25)
    assert [other.text[slice(*piece)] for piece in use.pieces] == [
        "把抓好机关党的建设作为",
        "职，抓不好机关党建是失职的表现",
    ]


def test_what_many_have_is_a_formula_and_weighs_less(speak: Speak) -> None:
    own = speak(f"{CREED}。{OTHER}。")
    for number in range(4):
        speak(f"第{number}，{CREED}。")
    speak(f"他说，{OTHER}。")
    formula, rare = reuse.shared(own).passages
    assert (formula.formula, formula.speeches) == (True, 5)
    assert (rare.formula, rare.speeches) == (False, 2)
    assert formula.rarity < rare.rarity


def test_words_out_of_a_passage_make_no_formula_of_it(speak: Speak) -> None:
    whole = f"{CREED}；{OTHER.replace('，', '')}"
    own, other = speak(f"{whole}。", date="2019"), speak(f"他说，{whole}。", date="2020")
    for number in range(4):
        speak(f"第{number}，{CREED[:16]}。", date="2001")
    (passage,) = reuse.shared(own).passages
    assert (passage.formula, passage.speeches) == (False, 2)
    assert (passage.first, passage.last) == (own, other)
    assert [use.mostly for use in passage.uses] == [False] * 4 + [True]


def test_words_as_long_that_begin_and_end_elsewhere_are_only_a_part(speak: Speak) -> None:
    own = speak(f"首先，{CREED}。")
    speak(f"他说，{CREED[:19]}不变。")
    speak(f"又讲，{CREED[5:]}。")
    (passage,) = reuse.shared(own).passages
    words = [use.text for use in passage.uses if use.exact and not use.part]
    assert words == [own.text[slice(*passage.span)]]


def test_what_a_speech_says_twice_is_one_passage_with_two_places(speak: Speak) -> None:
    own = speak(f"{CREED}。\n{OTHER}。\n再说一次，{CREED}！")
    other = speak(f"他说，{CREED}。")
    (passage,) = reuse.shared(own).passages
    assert [own.text[slice(*spot.span)] for spot in passage.spots] == [CREED, CREED]
    assert [spot.anchor for spot in passage.spots] == ["p2", "p4"]
    assert [use.speech for use in passage.uses] == [other]
    assert reuse.shared(own).relatives[0].passages == 1


def test_a_place_is_told_with_what_stands_around_it_in_its_line(speak: Speak) -> None:
    own = speak(CREED)
    speak(f"上一段。\n他说，{CREED}；我们都要记住。\n下一段。")
    (use,) = reuse.shared(own).passages[0].uses
    assert (use.before, use.text, use.after) == ("他说，", CREED, "；我们都要记住。")


def test_relatives_come_with_what_they_share_the_nearest_first(speak: Speak) -> None:
    own = speak(f"{CREED}。{OTHER}。")
    one, both = speak(f"他说，{CREED}。"), speak(f"{OTHER}！{CREED}！")
    found = reuse.shared(own)
    assert [(each.speech, each.letters) for each in found.relatives] == [(both, 45), (one, 22)]
    assert found.relatives[0].share == 45 / found.letters


def test_work_is_bounded_and_the_answer_says_so(speak: Speak, monkeypatch: pytest.MonkeyPatch) -> None:
    own = speak(f"{CREED}。{OTHER}。")
    speak(f"他说，{CREED}。")
    nearest = speak(f"他说，{CREED}；{OTHER}。")
    monkeypatch.setattr(finding, "MOST_SPEECHES", 1)
    found = reuse.shared(own)
    assert [each.speech for each in found.relatives] == [nearest]
    assert found.left_out == 1
    monkeypatch.setattr(finding, "MOST_SPEECHES", 200)
    monkeypatch.setattr(finding, "MOST_SEEDS", 2)
    assert reuse.shared(own).left_out == 1
    assert not reuse.shared(own).limited
    monkeypatch.setattr(finding, "MOST_LOOKED_UP", 1)
    assert reuse.shared(own).limited


def test_the_many_that_share_least_are_read_before_the_few_that_share_much(
    speak: Speak, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = speak(f"{CREED}。{OTHER}。")
    small = speak(f"他说，{OTHER[:14]}。")
    large = [speak(f"第{number}，{CREED}；{OTHER}。") for number in range(3)]
    seeds = {
        pk: len(some)
        for pk, some in finding._seeds(finding.prints_of(finding.as_text(own)), frozenset(), own.pk)[
            0
        ].items()
    }
    monkeypatch.setattr(finding, "MOST_SEEDS", 2 * seeds[large[0].pk])
    found = reuse.shared(own)
    assert {each.speech for each in found.relatives} == {large[0], small}
    assert found.left_out == 2


def test_what_stands_everywhere_is_counted_and_not_looked_up(
    speak: Speak, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = speak(CREED)
    for number in range(3):
        speak(f"第{number}，{CREED}。")
    monkeypatch.setattr(finding, "too_common", lambda speeches: 3)
    found = reuse.shared(own)
    assert found.common > 0
    assert found.passages == ()


def test_an_answer_asks_the_database_little(speak: Speak, django_assert_max_num_queries: Any) -> None:
    own = speak(f"{CREED}。")
    for number in range(12):
        speak(f"第{number}，{CREED}。")
    with django_assert_max_num_queries(7):
        assert reuse.shared(own).passages


def test_what_the_seeds_share_is_what_comparing_them_finds(db: None, index_path: Any) -> None:
    from archive.compare import exact, normalise

    speeches = [
        import_bytes(path.read_bytes(), path.name).speech
        for path in sorted((settings.BASE_DIR / "seeds").glob("*.txt"))
    ]
    for own in speeches:
        assert own is not None
        found = reuse.shared(own)
        places = {
            (use.speech.pk, piece)
            for passage in found.passages
            for use in passage.uses
            for piece in use.pieces
        }
        for other in speeches:
            assert other is not None
            if other.pk == own.pk:
                continue
            letters = normalise.normalise(finding.as_text(other), "b")
            matches = exact.exact_matches(normalise.normalise(finding.as_text(own), "a"), letters, 12).matches
            assert {(other.pk, letters.span(match.b, match.length)) for match in matches} <= places
        assert found.relatives


def test_a_count_is_at_least_so_many_when_nothing_of_the_passage_was_looked_up() -> None:
    own = prints_of(Text(f"{CREED}。{OTHER}。"))
    start = own.letters.string.index("我们一定要")
    counts = {each.hash: 1 for each in own.fingerprints if each.at >= start}
    weights = Weights(own, counts, 100)
    assert not weights.name_all(1, start)
    assert weights.name_all(start, len(own.letters.string) - 1)
    assert weights.name_all(1, len(own.letters.string) - 1)


def test_what_was_looked_up_is_counted_whole(speak: Speak) -> None:
    own = speak(CREED)
    speak(f"他说，{CREED}。")
    assert [passage.more for passage in reuse.shared(own).passages] == [False]
