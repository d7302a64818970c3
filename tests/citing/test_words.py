"""Links to words: any words of any seed are marked again, and after an edit the verdict is right."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archive.citing import Chosen, address, choose, find, locate, read, signed
from archive.parsing import parse
from archive.text import decode

SEEDS = sorted((Path(__file__).parents[2] / "seeds").iterdir())
KEY = b"a key of this test"
TEXT = "题名\n我们要实干。\n实干兴邦，空谈误国。\n我们要实干，还要巧干。\n"
PLACES = [("s0", 0), ("p1", 3), ("p2", 10), ("p3", 21)]


@cache
def seed(index: int) -> tuple[str, tuple[tuple[str, int], ...]]:
    """A seed's text, with every line an anchor of its own."""
    text = parse(decode(SEEDS[index].read_bytes()).text).text
    starts = [0, *(at + 1 for at, char in enumerate(text[:-1]) if char == "\n")]
    return text, tuple((f"p{number}", start) for number, start in enumerate(starts, start=1))


def joined(text: str) -> str:
    return "".join(line.strip() for line in text.split("\n"))


def linked(chosen: Chosen | None) -> Chosen:
    """The words as they are after a way through an address."""
    assert chosen
    params = address(chosen, 12, KEY)
    again = read(params["words"], params["at"], params["sum"])
    assert again == chosen
    assert signed(again, params["sum"], 12, KEY)
    return again


def words(text: str, start: int, end: int) -> Chosen:
    return linked(choose(text, PLACES, start, end))


@given(st.integers(0, len(SEEDS) - 1), st.data())
def test_a_link_to_any_words_of_any_seed_marks_exactly_these(index: int, data: st.DataObject):
    text, places = seed(index)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 2_000)))
    assume(text[start:end].strip())
    found = locate(text, places, {}, linked(choose(text, places, start, end)))
    assert found.verdict == "same"
    assert text[found.start : found.end] == text[start:end].strip()
    assert start <= found.start <= found.end <= end


@given(st.integers(0, len(SEEDS) - 1), st.data())
def test_after_an_edit_the_verdict_tells_what_became_of_the_words(index: int, data: st.DataObject):
    text, places = seed(index)
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 1, min(len(text), start + 300)))
    chosen = choose(text, places, start, end)
    assume(chosen)
    quoted = text[start:end].strip()
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, min(len(text), first + 400)))
    put = data.draw(st.sampled_from(["", "龘", "已改。", text[start:end], "\n龘\n"]))
    edited = text[:first] + put + text[last:]
    shift = len(put) - (last - first)
    moved_places = [(name, at + shift if at >= last else min(at, first)) for name, at in places]
    found = locate(edited, moved_places, {}, linked(chosen))
    assert (found.verdict == "gone") is (joined(quoted) not in joined(edited))
    if found.verdict != "gone":
        assert joined(edited[found.start : found.end]) == joined(quoted)
        assert found.anchor in dict(places)


def test_words_that_shift_inside_their_paragraph_are_the_same():
    found = locate(TEXT.replace("我们要实干，", "同志们，我们要实干，"), PLACES, {}, words(TEXT, 21, 26))
    assert (found.verdict, found.anchor) == ("same", "p3")


def test_a_paragraph_split_or_joined_is_no_change_of_words():
    split = TEXT.replace("兴邦，空", "兴邦，\n\u3000\u3000空")
    places = [*PLACES[:3], ("p4", 18), ("p3", 24)]
    found = locate(split, places, {}, words(TEXT, 10, 19))
    assert (found.verdict, split[found.start : found.end]) == ("same", "实干兴邦，\n\u3000\u3000空谈误国")
    one = TEXT.replace("误国。\n", "误国。")
    found = locate(one, PLACES[:3], {"p3": "p2"}, words(TEXT, 15, 26))
    assert (found.verdict, one[found.start : found.end]) == ("same", "空谈误国。我们要实干")


def test_of_equal_words_those_at_the_place_are_marked():
    for start in (3, 21):
        found = locate(TEXT, PLACES, {}, words(TEXT, start, start + 5))
        assert (found.verdict, found.start) == ("same", start)


def test_words_that_stand_elsewhere_now_are_found_there():
    edited = "题名\n实干兴邦，空谈误国。\n我们要实干，还要巧干。\n"
    found = locate(edited, [("s0", 0), ("p2", 3), ("p3", 14)], {"p1": "p2"}, words(TEXT, 3, 8))
    assert (found.verdict, found.anchor, edited[found.start : found.end]) == ("moved", "p3", "我们要实干")


def test_words_that_are_gone_lead_to_the_anchor_that_took_their_place():
    edited = "题名\n实干兴邦，空谈误国。\n"
    places = [("s0", 0), ("p2", 3)]
    assert locate(edited, places, {"p1": "p2"}, words(TEXT, 3, 9)).anchor == "p2"
    assert locate(edited, places, {}, words(TEXT, 3, 9)) == locate(edited, places, {}, words(TEXT, 3, 9))
    assert locate(edited, places, {}, words(TEXT, 3, 9)).anchor == ""


def test_a_change_in_the_middle_of_long_words_is_seen():
    text = "甲" * 30 + "乙" + "丙" * 30
    chosen = linked(choose(text, [("s0", 0)], 0, 61))
    assert len(chosen.shown) == 33
    assert locate(text, [("s0", 0)], {}, chosen).verdict == "same"
    assert locate(text.replace("乙", "丁"), [("s0", 0)], {}, chosen).verdict == "gone"


def test_only_the_archive_can_seal_a_link():
    chosen = words(TEXT, 3, 8)
    params = address(chosen, 12, KEY)
    assert not signed(chosen, params["sum"], 13, KEY)
    assert not signed(chosen, params["sum"], 12, b"another key")
    other = read("我们要大干", params["at"], params["sum"])
    assert other
    assert not signed(other, params["sum"], 12, KEY)


@pytest.mark.parametrize(
    ("shown", "at", "total"),
    [
        ("", "p1.0-5", "0" * 18),
        ("我们要实干", "p1.0-4", "0" * 18),
        ("我们要实干", "p1.5-0", "0" * 18),
        ("我们要实干", "p1.0-0", "0" * 18),
        ("我们要实干", "x1.0-5", "0" * 18),
        ("我们要实干", "p1.0-5\n", "0" * 18),
        ("我们要实干", "p١.0-5", "0" * 18),
        ("我们要实干", "p1.0-5", "0" * 17),
        ("我们要实干", "p1.0-5", "G" * 18),
        ("我" * 61, "p1.0-61", "0" * 18),
        ("我" * 33, "p1.0-2001", "0" * 18),
        ("我" * 41, "p1.0-41", "0" * 18),
    ],
)
def test_what_cannot_have_been_made_here_is_not_read(shown: str, at: str, total: str):
    assert read(shown, at, total) is None


def test_nothing_and_too_much_make_no_link():
    assert choose(TEXT, PLACES, 2, 3) is None
    assert choose("我" * 2_001, PLACES, 0, 2_001) is None
    assert choose("我" * 2_000, PLACES, -5, 9_999) is not None


def test_pasted_words_are_found_in_any_script_and_with_other_marks():
    assert find(TEXT, "實幹興邦、空談誤國") == (10, 19)
    assert find(TEXT, "误国\n我们") == (17, 23)
    assert find(TEXT, "没有这句") is None
    assert find(TEXT, "，。") is None
