"""The same speech twice is told of, and not refused."""

from __future__ import annotations

from typing import Any

import pytest

from archive import reuse
from archive.compare import Text
from archive.importing import import_bytes
from archive.models import Speech
from archive.reuse import briefs, likeness
from archive.reuse.entries import prints_of
from tests.reuse.conftest import CREED, Speak

pytestmark = pytest.mark.django_db

WORDS = (
    "坚持党要管党、全面从严治党，永远在路上。我们一定要深入推进反腐败斗争，一刻不停歇。"
    "机关党的建设是党的建设新的伟大工程的重要组成部分，抓好机关党建是本职，抓不好是失职。"
    "要把握好政治属性、时代要求、目标任务、职责使命，推动各项工作落到实处、取得实效。"
)


def test_the_same_letters_with_other_marks_are_equal(speak: Speak) -> None:
    speech = speak(WORDS)
    (like,) = reuse.alike(Text(speech.text.replace("，", "、").replace("。", " ")))
    assert (like.speech, like.equal, like.percent) == (speech, True, 100)


def test_one_word_changed_is_nearly_the_same(speak: Speak) -> None:
    speech = speak(WORDS)
    (like,) = reuse.alike(Text(speech.text.replace("本职", "天职")))
    assert (like.speech, like.equal) == (speech, False)
    assert 80 < like.percent < 100


def test_the_whole_of_a_speech_inside_a_longer_one_is_nearly_the_same(speak: Speak) -> None:
    speech = speak(WORDS)
    longer = "今天我讲三点意见，供同志们学习讨论时参考，有不对的地方请批评指正。\n" * 5 + WORDS
    assert [like.speech for like in reuse.alike(Text(longer))] == [speech]


BRIEF = (
    "在全市机关党建工作会议上的讲话\n同志们：\n一、提高政治站位\n一是加强学习。二是抓好落实。\n二、压实责任\n"
    "要坚持问题导向。\n谢谢大家！\n"
)


def test_a_brief_text_with_a_word_changed_is_nearly_the_same() -> None:
    speech = import_bytes(BRIEF.encode(), "a.txt").speech
    again = import_bytes(BRIEF.replace("谢谢大家！", "谢谢。").encode(), "b.txt")
    (like,) = reuse.alike(Text(BRIEF.replace("谢谢大家！", "谢谢。")), besides=again.speech.pk)  # type: ignore[union-attr]
    assert (like.speech, like.equal, like.percent) == (speech, False, 98)
    assert [(note.kind, "98%" in note.message) for note in again.notes] == [("near_duplicate", True)]


@pytest.mark.parametrize(
    "other",
    [
        "在全市机关党建工作会议上的讲话\n同志们：\n一、强化组织功能\n要建好支部。\n二、从严管理党员\n谢谢大家！\n",
        "在全市机关党建工作会议上的讲话\n"
        + "同志们，今天的会议只讲一件事，就是把干部作风抓实抓细抓到底。" * 3,
    ],
)
def test_brief_texts_for_one_occasion_are_not_the_same(other: str) -> None:
    import_bytes(BRIEF.encode(), "a.txt")
    assert reuse.alike(Text(other)) == []


def test_no_more_brief_texts_are_read_than_is_right(
    monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        import_bytes(BRIEF.replace("大家", f"大家{number}").encode(), f"{number}.txt")
    monkeypatch.setattr(briefs, "MOST_READ", 2)
    read: list[Text] = []
    monkeypatch.setattr(briefs, "prints_of", lambda text: read.append(text) or prints_of(text))
    with django_assert_max_num_queries(12):
        assert reuse.alike(Text(BRIEF))
    assert len(read) == 2


def test_a_quotation_and_another_speech_are_not(speak: Speak) -> None:
    speak(WORDS)
    assert reuse.alike(Text("他说“坚持党要管党、全面从严治党，永远在路上”。")) == []
    assert (
        reuse.alike(Text(f"{CREED}。" + "这一篇讲的是完全不同的事情，与那一篇没有什么关系，只引了一句。" * 3))
        == []
    )
    for text in ("", "，。！", "短"):
        assert reuse.alike(Text(text)) == []


def test_a_speech_is_not_like_itself_and_a_draft_may_be(speak: Speak) -> None:
    draft = speak(WORDS, draft=True)
    assert reuse.alike(Text(draft.text), besides=draft.pk) == []
    assert [like.speech for like in reuse.alike(Text(draft.text))] == [draft]


def test_of_a_text_that_many_repeat_only_so_much_is_looked_up(
    speak: Speak, monkeypatch: pytest.MonkeyPatch
) -> None:
    speeches = [speak(f"{WORDS}\n第{number}次。") for number in range(9)]
    monkeypatch.setattr(likeness, "FIRST", 4)
    monkeypatch.setattr(likeness, "MOST_ROWS", 60)
    ordered = sorted({each.hash for each in prints_of(Text(WORDS)).fingerprints})
    looked_at, telling, held = likeness._sampled(ordered, most=100)
    assert 4 < looked_at == telling < len(ordered)
    assert set(held.values()) == {looked_at}
    assert held.total() <= 60
    assert {like.speech for like in reuse.alike(Text(WORDS), most=9)} == set(speeches)


def test_who_has_too_little_of_a_sample_is_not_looked_at(
    speak: Speak, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        speak(f"{WORDS[:30]}。{'这一篇讲的是完全不同的事情，与那一篇没有什么关系，' * 4}")
    asked: list[object] = []
    rows_of: Any = likeness.rows_of
    monkeypatch.setattr(likeness, "rows_of", lambda *args: (asked.append(args), rows_of(*args))[1])
    assert reuse.alike(Text(WORDS * 3)) == []
    assert all(len(args) == 2 for args in asked)  # nobody was looked at one by one


def test_an_import_notes_it_and_takes_the_file(speak: Speak) -> None:
    speech = speak(WORDS, title="甲次讲话")
    changed = speech.text.replace("本职", "天职").encode()
    for dry_run in (True, False):
        result = import_bytes(changed, "a.txt", dry_run=dry_run)
        assert result.status == "imported"
        (note,) = (note for note in result.notes if note.kind == "near_duplicate")
        assert note.line == 0
        assert note.message.startswith("与《甲次讲话》有 ")
        assert note.message.endswith(f" 相同，可能是同一篇，请核对是否重复：/speeches/{speech.pk}/")
    assert result.speech is not None
    assert "near_duplicate" not in str(result.speech.notes)  # those are shown to readers


def test_a_speech_imported_anew_is_no_duplicate_of_itself(speak: Speak) -> None:
    speech = speak(WORDS, path="a.txt")
    again = import_bytes(speech.text.replace("本职", "天职").encode(), "a.txt", path="a.txt")
    assert again.status == "updated"
    assert not [note for note in again.notes if note.kind == "near_duplicate"]


def test_a_failure_while_comparing_leaves_nothing_saved(
    speak: Speak, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(reuse, "alike", fail)
    assert import_bytes(f"讲话\n{WORDS}\n".encode(), "a.txt").status == "failed"
    assert not Speech.objects.exists()
