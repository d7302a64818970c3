"""Files that say they are exports of ours: what somebody may have put into them."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from archive.parsing import Decision
from archive.readers import Document, read
from archive.readers.ours import HIGHEST, rejoined
from tests.formats.made import outline_of


def forged(text: str, body: str = "", **front: Any) -> Document:
    """A Markdown file with the true digest of ``text``; ``body`` is what it shows."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    head = {"lang": "zh-Hans", "sha256": sha256, "between": "\n", **front}
    lines = "".join(f"{name}: {json.dumps(value)}\n" for name, value in head.items())
    shown = body or text.replace("\n", "\n\n")
    return read(f"---\n{lines}---\n\n{shown}\n".encode(), "a.md", None)


TEXT = "讲话\n同志们：\n一、题目\n话在这里。\n二、题目\n又一句。\n又一句。"


def test_what_is_told_is_believed() -> None:
    document = forged(TEXT, speaker="张三", decisions=[["又一句。", 1, 2]], paragraphs=[4, 2, 9])
    assert document.text == TEXT
    assert document.told is not None
    assert document.told.facts == (("speaker", "张三"),)
    assert document.told.decisions == (("又一句。", 1, 2),)
    assert document.told.paragraphs == (4, 2, 9)


@pytest.mark.parametrize("where", ["gaps", "between"])
def test_no_words_are_hidden_between_the_pieces(where: str) -> None:
    secret = "\n藏起来的一句话。\n"
    text = TEXT.replace("\n", secret, 1) if where == "gaps" else TEXT.replace("\n", secret)
    front = {"gaps": {"1": secret}} if where == "gaps" else {"between": secret}
    document = forged(text, TEXT.replace("\n", "\n\n"), **front)
    assert document.told is None
    assert "藏起来" not in document.text


@pytest.mark.parametrize(("wide", "believed"), [(10_000, True), (10_001, False)])
def test_few_bytes_do_not_become_many(wide: int, believed: bool) -> None:
    between = "\n" * wide
    text = between.join(["a"] * 1000)
    found = rejoined(["a"] * 1000, between, {}, hashlib.sha256(text.encode()).hexdigest())
    assert found == (text if believed else None)


@pytest.mark.parametrize(
    "decision",
    [
        ["这一行不在文中", 0, 1],
        ["又一句。", 1, 3],
        ["又一句。", 1, 0],
        ["又一句。", 10, 1],
        ["又一句。", True, 1],
        ["又一句。", 1.0, 1],
        ["\ud800", 0, 1],
        ["又一句。", 1],
        "又一句。",
        None,
    ],
)
def test_a_decision_is_about_a_line_that_is_there(decision: Any) -> None:
    document = forged(TEXT, decisions=[decision, ["二、题目", 0, 1]])
    assert document.told is not None
    assert document.told.decisions == (("二、题目", 0, 1),)
    assert outline_of(TEXT, (Decision("二、题目", 0),)) == outline_of(
        TEXT, tuple(Decision(*each) for each in document.told.decisions)
    )


@pytest.mark.parametrize("numbers", [[1, 1], [-1], [True], [1.0], ["1"], [HIGHEST + 1], "12", {"1": 2}, None])
def test_numbers_can_stand_in_links(numbers: Any) -> None:
    document = forged(TEXT, paragraphs=numbers, sections=[HIGHEST])
    assert document.told is not None
    assert document.told.paragraphs == ()
    assert document.told.sections == (HIGHEST,)


@pytest.mark.parametrize(
    ("name", "said", "kept"),
    [
        ("title", "", None),
        ("title", "\u202e\u200b\n", None),
        ("title", "甲\u202e乙\n丙\0", "甲乙 丙"),
        ("title", "题" * 400, "题" * 300),
        ("speaker", "", ""),
        ("speaker", "\ud800张三", "张三"),
        ("speaker", ["张三"], None),
        ("date", "2022-02-30", None),
        ("date", "二〇二二", None),
        ("date", "٢٠٢٢", None),
        ("date", "2022", "2022"),
        ("date", "", ""),
    ],
)
def test_a_fact_is_one_line_that_can_be_seen(name: str, said: Any, kept: str | None) -> None:
    document = forged(TEXT, **{name: said})
    assert document.told is not None
    assert dict(document.told.facts).get(name) == kept


def test_what_is_odd_about_a_text_is_told_whoever_vouches_for_it() -> None:
    document = forged(TEXT.replace("话在这里", "话\ufffd在<script>这里"))
    assert document.told is not None
    assert [(note.kind, note.line) for note in document.notes] == [("markup_kept", 4), ("characters_lost", 4)]
