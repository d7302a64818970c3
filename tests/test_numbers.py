"""The numbers in links to a speech: they stay with their words, and lead on when these are gone."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from archive import importing
from archive.importing import Refused
from archive.models import Revision
from archive.parsing import Decision

from .revising import anchor_of, fresh, import_text, paragraphs, sections

pytestmark = pytest.mark.django_db


def test_unchanged_paragraphs_and_headings_keep_their_numbers_and_new_ones_get_new_numbers() -> None:
    speech = import_text()
    before, headings = paragraphs(speech), sections(speech)
    importing.revise(speech, text=speech.text.replace("二、压实", "这一句是新的。\n二、压实"))
    now = paragraphs(speech)
    new = now.pop(anchor_of(speech, "这一句是新的"))
    assert new == "这一句是新的。"
    assert now == before
    assert sections(speech) == headings
    assert fresh(speech).moved == {}


def test_a_rewritten_paragraph_leads_from_its_old_number_to_its_new_one() -> None:
    speech = import_text()
    old = anchor_of(speech, "抓好落实")
    importing.revise(speech, text=speech.text.replace("抓好落实", "狠抓落实"))
    new = anchor_of(speech, "狠抓落实")
    assert new != old
    assert fresh(speech).moved == {old: new}


def test_a_chain_of_changes_leads_to_where_the_words_are_now() -> None:
    speech = import_text()
    old = anchor_of(speech, "抓好落实")
    for words in ("狠抓落实", "真抓落实", "紧抓落实"):
        text = fresh(speech).text
        importing.revise(speech, text=text.replace(text[text.index("抓") - 1 :][:4], words))
    last = anchor_of(speech, "紧抓落实")
    assert fresh(speech).moved[old] == last
    assert set(fresh(speech).moved.values()) == {last}


def test_words_that_come_back_get_their_number_back() -> None:
    speech = import_text()
    before, text = paragraphs(speech), speech.text
    importing.revise(speech, text=text.replace("我们要加强学习，学深悟透。\n", ""))
    assert set(fresh(speech).moved) == {a for a, words in before.items() if "学深悟透" in words}
    importing.revise(speech, text=text)
    assert paragraphs(speech) == before
    assert fresh(speech).moved == {}


def test_a_heading_that_only_gets_another_mark_keeps_its_number() -> None:
    speech = import_text()
    before = {words[2:]: anchor for anchor, words in sections(speech).items()}
    text = speech.text.replace("二、压实", "三、压实").replace("三、压实", "二、多听意见\n要多听。\n三、压实")
    importing.revise(speech, text=text)
    now = {words[2:]: anchor for anchor, words in sections(speech).items()}
    assert now.pop("多听意见") not in before.values()
    assert now == before
    importing.revise(speech, text=speech.text)
    assert {words[2:]: anchor for anchor, words in sections(speech).items()} == before


def test_a_number_is_never_given_to_other_words() -> None:
    speech = import_text()
    last = anchor_of(speech, "谢谢大家")
    importing.revise(speech, text=speech.text.replace("\n谢谢大家！", ""))
    importing.revise(speech, text=fresh(speech).text + "\n谢谢各位！")
    assert anchor_of(speech, "谢谢各位") != last
    assert last in fresh(speech).moved


def test_a_heading_that_becomes_a_paragraph_is_still_found_under_its_number() -> None:
    speech = import_text()
    section = anchor_of(speech, "二、压实工作责任")
    importing.revise(speech, decisions=[Decision("二、压实工作责任", 0)])
    moved = fresh(speech).moved
    assert paragraphs(speech)[moved[section]] == "二、压实工作责任"
    importing.revise(speech, decisions=[])
    assert anchor_of(speech, "二、压实工作责任") == section
    assert section not in fresh(speech).moved


def unmarked(words: str) -> str:
    """A heading without its mark, which may change."""
    return re.sub(r"^(?:[一二三]、|（一）)(?!.*。)", "", words)


LINES = st.lists(
    st.sampled_from(
        [
            "一、提高站位",
            "二、压实责任",
            "（一）抓学习",
            "同样的一段话。",
            "同志们，要抓落实。",
            "一段。",
            "另一段，长一些。",
        ]
    ),
    min_size=1,
    max_size=8,
)


class Numbers(TestCase):
    """Every number that was ever given leads somewhere, whatever is done to a speech."""

    @settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(LINES, st.booleans()), min_size=1, max_size=5))
    def test_every_anchor_ever_given_leads_to_its_words_or_to_what_is_there(
        self, steps: list[tuple[list[str], bool]]
    ) -> None:
        speech = import_text()
        ever = {**paragraphs(speech), **sections(speech)}
        for lines, back in steps:
            try:
                if back and (first := Revision.objects.filter(speech=speech).last()):
                    importing.restore(first)
                else:
                    importing.revise(
                        speech, text="\n".join(["在会上的讲话", "同志们：", *lines, "要抓好落实。"])
                    )
            except Refused:
                continue
            there = {**paragraphs(speech), **sections(speech)}
            for anchor, words in there.items():
                first = ever.setdefault(anchor, words)
                assert unmarked(first) == unmarked(words)  # never other words
            moved = fresh(speech).moved
            assert not moved.keys() & there.keys()
            assert ever.keys() == moved.keys() | there.keys()
            assert set(moved.values()) <= there.keys()
