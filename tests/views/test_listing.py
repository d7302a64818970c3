"""Which passages a page of two speeches lists, once each, under which numbers and in which order."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import reuse
from archive.compare import Span, Text, compare
from archive.reuse import Witnessed
from archive.views import listing
from archive.views.comparing import Pair, Settings
from archive.views.listing import Entry, Listing

RARE, COMMON = "春蚕到死丝方尽蜡炬成灰", "坚持党要管党全面从严治党永远在路上"


def pair(a: str, b: str, known: Any = frozenset(), **chosen: Any) -> Pair:
    found = compare(Text(a), Text(b), 4, known)
    speeches = (SimpleNamespace(text=text, pk=n) for n, text in enumerate((a, b), start=1))
    return Pair(*speeches, found, Settings(4, **chosen))  # type: ignore[arg-type]


def listed(one: Pair, weights: dict[str, float] | None = None) -> Listing:
    def witnessed(words: Any, besides: Any) -> list[Witnessed]:
        assert besides == (1, 2)
        return [Witnessed(0, True, (weights or {}).get(each, 1.0)) for each in words]

    with mock.patch.object(reuse, "witnessed", witnessed):
        return listing.listing(one)


def words(found: Listing) -> list[str]:
    return [entry.family.letters for entry in found.entries]


def test_the_rarest_comes_first_not_the_longest() -> None:
    one = pair(f"{COMMON}。{RARE}", f"{RARE}。{COMMON}", near=False)
    assert words(listed(one)) == [COMMON, RARE]
    assert words(listed(one, {RARE: 5.0, COMMON: 0.5})) == [RARE, COMMON]


def test_of_what_everybody_says_the_longer_comes_first() -> None:
    one = pair(f"{RARE}。{COMMON}", f"{RARE}。天。{COMMON}", near=False)
    assert words(listed(one, {RARE: 0.0, COMMON: 0.0})) == [COMMON, RARE]


def test_formulas_come_last_are_hidden_or_count_like_any_other() -> None:
    texts = f"{RARE}。{COMMON}", f"{COMMON}。天。{RARE}"
    for chosen, expected in (("dim", [RARE, COMMON]), ("hide", [RARE]), ("show", [COMMON, RARE])):
        found = listed(pair(*texts, {COMMON}, near=False, formulas=chosen))
        assert words(found) == expected
        assert (found.formulas, found.hidden) == (1, int(chosen == "hide"))


def test_numbers_follow_the_text_and_do_not_change_with_the_settings() -> None:
    texts = f"天下{RARE}。{COMMON}", f"{COMMON}。地上{RARE}"
    for chosen in ("dim", "hide", "show"):
        for near in (True, False):
            found = listed(pair(*texts, {COMMON}, near=near, formulas=chosen), {RARE: 9.0})
            numbers = {entry.family.letters: entry.number for entry in found.entries}
            assert numbers[RARE] == 1
            assert numbers.get(COMMON, 2) == 2


def test_what_stands_only_within_a_near_passage_is_told_with_that() -> None:
    a, b = "切实承担起全面从严治党主体责任", "切实担负起全面从严治党主体责任"
    (entry,) = listed(pair(a, b)).entries
    assert entry.family.kind == "near"
    assert [family.letters for family in entry.within] == ["起全面从严治党主体责任"]
    found = listed(pair(a, b, near=False))
    assert words(found) == ["起全面从严治党主体责任"]
    assert (found.exact, found.nearly, found.folded) == (1, 0, 0)


def test_what_stands_elsewhere_too_keeps_a_line_of_its_own() -> None:
    a = "切实承担起全面从严治党主体责任"
    b = "切实担负起全面从严治党主体责任。\n又说，起全面从严治党主体责任"
    found = listed(pair(a, b))
    assert sorted(entry.family.kind for entry in found.entries) == ["exact", "near"]


@pytest.mark.parametrize(
    ("place", "agrees"),
    [
        ((0, 10), True),
        ((14, 22), True),
        ((22, 30), True),
        ((20, 25), False),  # runs over what the other has more
        ((9, 13), False),
        ((10, 12), False),
        ((28, 31), False),
    ],
)
def test_a_place_is_within_a_near_passage_when_both_sides_agree_there(
    place: tuple[int, int], agrees: bool
) -> None:
    """Or else the near passage runs over it, but says something else there."""
    differing = ((Span(10, 14), Span(10, 10)), (Span(22, 22), Span(18, 19)))
    assert listing._agrees(Span(0, 30), differing, 0, Span(*place)) is agrees


def test_only_so_many_are_looked_up_and_the_others_follow() -> None:
    texts = "。".join(f"第{n}句各说各的话不同{n}" for n in range(9))
    one = pair(texts, texts[::-1] + "。" + "\n".join(texts.split("。")), near=False)
    with mock.patch.object(listing, "LISTED", 2):
        found = listed(one)
    assert len(found.entries) > 2
    assert [entry.witnessed is not None for entry in found.entries[:3]] == [True, True, False]


def test_a_near_passage_is_looked_for_by_its_longest_stretch() -> None:
    a, b = "切实承担起全面从严治党主体责任", "切实担负起全面从严治党主体责任"
    (family,) = compare(Text(a), Text(b)).near_families
    assert listing.asked(family, a) == "起全面从严治党主体责任"


@settings(deadline=None)
@given(*[st.text(alphabet="甲乙丙丁。\n", max_size=40)] * 2)
def test_every_family_is_told_exactly_once(a: str, b: str) -> None:
    one = pair(a, b)
    found = listed(one)
    told = [family for entry in found.entries for family in (entry.family, *entry.within)]
    assert len(told) == len(one.found.families) + len(one.found.near_families)
    assert len({entry.number for entry in found.entries}) == len(found.entries)


@pytest.mark.parametrize("weight", [0.0, 2.0])
def test_a_longer_passage_of_the_same_rarity_weighs_more(weight: float) -> None:
    short, long = compare(Text(f"{RARE}。{COMMON}"), Text(f"{RARE}。天。{COMMON}"), 4).families[::-1]
    weights = [listing._rarity(Entry(1, family, (), Witnessed(0, True, weight))) for family in (short, long)]
    assert weights[0] <= weights[1]
