"""Suggestions: what is offered for what was typed, and that nothing is offered that readers may not see."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import DatabaseError

from archive import search
from archive.models import Speech
from archive.search import lexicon, suggesting
from archive.search.engine import vocabulary
from archive.search.engine.vocabulary import Item, Vocabulary
from archive.search.indexing import store
from archive.search.suggesting import suggest


@pytest.fixture(autouse=True)
def _nothing_stays_frozen() -> Iterator[None]:
    """What one test has loaded before its first request is garbage in the next."""
    yield
    gc.unfreeze()


def offered(text: str) -> list[tuple[str, str]]:
    return [(each.text, each.kind) for each in suggest(text)]


def texts(text: str) -> list[str]:
    return [each.text for each in suggest(text)]


@pytest.mark.parametrize("typed", ["", " ", "！？", "龘", "xqzw", "党" * 41, "\ud800", "a" * 200, "'", "-"])
def test_nothing_is_offered_for_what_nothing_begins_with(seeds: list[Speech], typed: str) -> None:
    assert suggest(typed) == []


@pytest.mark.parametrize(
    ("typed", "text", "kind"),
    [
        ("从严", "从严治党", "term"),
        ("从嚴", "从严治党", "term"),
        ("congyanzhi", "从严治党", "term"),
        ("CongYanZhiDang", "从严治党", "term"),
        ("cong'yan'zhi", "从严治党", "term"),
        ("cyzd", "从严治党", "term"),
        ("从严zd", "从严治党", "term"),
        ("congyzhid", "从严治党", "term"),
        ("三会", "三会一课", "formula"),
        ("shyk", "三会一课", "formula"),
        ("xijinp", "习近平", "term"),
        ("在全市党办", "在全市党办系统党的建设工作推进会上的讲话", "title"),
        ("党办系统", "在全市党办系统党的建设工作推进会上的讲话", "title"),
        ("党建 全面从", "党建 全面从严治党", "formula"),
        ("党建 qmcyzd", "党建 全面从严治党", "formula"),
    ],
)
def test_letters_pinyin_and_initials_lead_to_the_first_suggestion(
    seeds: list[Speech], typed: str, text: str, kind: str
) -> None:
    assert offered(typed)[0] == (text, kind)


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("“从严", "“从严治党”"),
        ("党建 “congyanzhi", "党建 “从严治党”"),
        ("党建 「从严", "党建 「从严治党」"),
        ('"从严', '"从严治党"'),
        ("党建 (学习 OR congyanzhi", "党建 (学习 OR 从严治党)"),
        ("党建|congyanzhi", "党建|从严治党"),
        ("标题:dangde", "标题:党的建设"),
        ("学习 标题： dangde", "学习 标题： 党的建设"),
        ("title:“dangde", "title:“党的建设”"),
    ],
)
def test_what_stands_around_the_last_word_stays(seeds: list[Speech], typed: str, whole: str) -> None:
    found = suggest(typed)
    assert whole in [each.text for each in found]
    for each in found:
        assert search.find(search.Query(each.text)).exact == each.count > 0
        assert each.url == f"/search/?{urlencode({'q': each.text})}"


@pytest.mark.parametrize(
    "typed",
    [
        "党建 -congyanzhi", "-从严", "党建 －从严", "党建 -“从严", "党建 -(从严", "党建 NOT 从严", "党建 -标题:从严",
        "年:20", "类型:从严", "标题:", "“", "党建 “",
    ],
)  # fmt: skip
def test_nothing_is_offered_where_it_could_not_be_right(seeds: list[Speech], typed: str) -> None:
    assert suggest(typed) == []


def test_a_field_is_offered_what_it_holds(make) -> None:
    make("甲\n治理有方。", speaker="治平", event="治水 会议")
    make("乙\n其他。", speaker="治平")
    search.rebuild()
    assert [(each.text, each.kind, each.count) for each in suggest("讲话人:zhi")] == [
        ("讲话人:治平", "speaker", 2)
    ]
    assert [(each.text, each.count) for each in suggest("治理 speaker:治")] == [("治理 speaker:治平", 1)]
    assert [(each.text, each.count) for each in suggest("场合:治")] == [("场合:“治水 会议”", 1)]
    assert texts("场合:“治") == ["场合:“治水 会议”"]
    assert texts("标题:治") == []


def test_a_heading_is_offered_without_the_full_stop_behind_it(make) -> None:
    make("甲\n治理要略办法。\n内容。", headings={"治理要略办法。": "一、"})
    search.rebuild()
    assert ("治理要略办法", "heading") in offered("治理要")


def test_names_come_first_and_lead_to_what_they_name(make) -> None:
    speech = make("治理讲话\n治理有方。", speaker="治平", event="治水会议", headings={})
    make("其他\n治理有方。\n治理要略\n治理。", headings={"治理要略": "一、"})
    search.rebuild()
    found = {each.kind: each for each in suggest("治")}
    assert [each.kind for each in suggest("治")] == ["speaker", "title", "event", "term", "heading"]
    assert found["title"].url == f"/speeches/{speech.pk}/"
    assert found["speaker"].url == "/search/?speaker=%E6%B2%BB%E5%B9%B3"
    assert found["event"].url.startswith("/search/?event=")
    assert (found["term"].text, found["term"].count) == ("治理", 2)
    assert found["term"].url == "/search/?q=%E6%B2%BB%E7%90%86"
    assert search.find(search.Query("“治理要略”")).total == found["heading"].count == 1


def test_the_count_is_that_of_the_search(seeds: list[Speech]) -> None:
    for each in suggest("dang"):
        assert search.find(search.Query(f"“{each.text}”")).total == each.count


def test_one_kind_does_not_fill_the_list(make) -> None:
    for number in range(12):
        make(f"治理之{number}\n治理有方，治标治本。")
    search.rebuild()
    kinds = [each.kind for each in suggest("治")]
    assert kinds[:3] == ["title"] * 3
    assert kinds[3] == "term"
    assert len(kinds) == 10


@pytest.fixture
def withheld(make) -> Speech:
    make("公开\n公开的事。")
    speech = make(
        "机密讲话\n霹雳行动。\n机密要点\n内容。",
        speaker="机密人",
        event="机密会",
        headings={"机密要点": "一、"},
    )
    search.rebuild()
    return speech


SECRETS = ["霹雳", "机密", "jimi", "jm", "机m", "三会一课"]


def test_what_is_withdrawn_is_offered_no_more_whether_or_not_the_index_knows(withheld: Speech) -> None:
    assert {each.kind for each in suggest("机密")} >= {"title", "speaker", "event", "heading"}
    assert texts("霹雳") == ["霹雳"]
    Speech.objects.filter(pk=withheld.pk).update(published=False)
    assert [texts(secret) for secret in SECRETS] == [[]] * len(SECRETS)
    search.rebuild()
    assert [texts(secret) for secret in SECRETS] == [[]] * len(SECRETS)


def test_what_is_deleted_is_offered_no_more(withheld: Speech) -> None:
    assert texts("霹雳") == ["霹雳"]
    withheld.delete()
    assert [texts(secret) for secret in SECRETS] == [[]] * len(SECRETS)


def test_a_title_that_was_changed_is_not_offered(withheld: Speech) -> None:
    Speech.objects.filter(pk=withheld.pk).update(title="另一个题目")
    assert "机密讲话" not in texts("机密讲")


@pytest.mark.django_db(transaction=True)
def test_a_new_speech_is_offered_at_once_and_only_its_words_are_made(
    make, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        make(f"讲话{number}\n治理有方。")
    search.rebuild()
    assert suggest("霹雳") == []
    made: list[int] = []
    names = lexicon._names
    monkeypatch.setattr(lexicon, "_names", lambda entries: [made.append(len(entries)), *names(entries)][1:])
    make("新篇\n霹雳行动。")
    assert texts("霹雳") == ["霹雳"]
    assert texts("治理") == ["治理"]
    assert made == [1]


def test_without_an_index_nothing_is_offered_and_no_text_is_read(
    indexed: Speech, index_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "党建" in texts("党")
    store().close()
    shutil.rmtree(index_path)
    monkeypatch.setattr("archive.search.asking.Scan", None)
    assert suggest("党") == []


def test_without_an_index_nothing_is_guessed(indexed: Speech, index_path: Path) -> None:
    assert search.find(search.Query("党健工作")).suggestion == "党建工作"
    store().close()
    shutil.rmtree(index_path)
    assert search.find(search.Query("党健工作")).suggestion is None


def test_an_empty_archive_offers_nothing(make) -> None:
    assert suggest("党") == []
    suggesting.prepare()


@pytest.mark.django_db
def test_a_server_may_start_before_there_is_a_table(
    index_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def no_table() -> None:
        raise DatabaseError("no such table: archive_speech")

    monkeypatch.setattr(Speech.objects, "published", no_table)
    suggesting.prepare()
    assert "no such table" in caplog.text


def test_what_is_loaded_before_the_first_request_is_not_looked_through_for_garbage_again(make) -> None:
    make("党建讲话\n党建工作。")
    suggesting.prepare()
    assert gc.get_freeze_count() > 10_000


def test_the_commonest_words_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "MOST_WORDS", 2)
    words = Vocabulary([Item.named("title", "治水。")], [("治理", 5), ("治安", 1), ("治国", 3)])
    assert [item.text for _, item in words.matches("治", "")] == ["治理", "治国", "治水。"]


def test_both_readings_of_a_letter_are_understood() -> None:
    words = Vocabulary([], [("率团", 1)])
    assert [bool(list(words.matches(sound, sound))) for sound in ("shuaitu", "lutuan", "st", "liutuan")] == [
        True, True, True, False,
    ]  # fmt: skip
