"""TEI: valid under the DTD of Parla-CLARIN; every word is in it, in order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from archive.formats import tei
from archive.formats.tei import NAMESPACE
from archive.parsing import Decision, Outline
from tests.formats.made import SEEDS, SHORT, outline_of, outlines, record_of, seed
from tests.formats.schemas import faults_of_tei

T = f"{{{NAMESPACE}}}"
ID = "{http://www.w3.org/XML/1998/namespace}id"


def words_in(data: bytes) -> str:
    text = etree.fromstring(data).find(f"{T}text")
    return "".join("".join(text.itertext()).split())


def test_the_schema_refuses_what_is_wrong() -> None:
    good = tei(record_of(outline_of(SHORT), venue="礼堂"))
    assert faults_of_tei(good) == []
    assert faults_of_tei(good.replace(b"<body>", b"<body><seg>x</seg>", 1))
    with pytest.raises(etree.XMLSyntaxError, match="p1 already defined"):
        faults_of_tei(good.replace(b'xml:id="p2"', b'xml:id="p1"', 1))
    assert faults_of_tei(good.replace(b"<titleStmt>", b"<titleStmt><u/>", 1))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:12])
def test_a_seed_is_valid_and_whole(path: Path) -> None:
    record = record_of(seed(path), url="https://example.org/speeches/1/")
    assert faults_of_tei(tei(record)) == []
    assert words_in(tei(record)) == "".join(record.text.split())


@settings(max_examples=150, deadline=None)
@given(made=outlines())
def test_any_speech_is_valid_and_whole(made: tuple[Outline, tuple[Decision, ...]]) -> None:
    outline, decisions = made
    record = record_of(outline, decisions=decisions, speaker="", date="")
    assert faults_of_tei(tei(record)) == []
    without_hashes = words_in(tei(record)).replace("#", "")
    assert without_hashes == "".join(record.text.split()).replace("#", "")


def test_utterances_are_linked_and_segments_named() -> None:
    root = etree.fromstring(tei(record_of(outline_of(SHORT))))
    said = list(root.iter(f"{T}u"))
    assert [each.get(ID) for each in said] == ["s0.u", "s1.u", "s2.u", "s3.u", "s4.u", "s5.u", "s6.u"]
    assert [each.get("prev") for each in said[1:]] == [f"#{each.get(ID)}" for each in said[:-1]]
    assert [each.get("next") for each in said[:-1]] == [f"#{each.get(ID)}" for each in said[1:]]
    assert [each.get(ID) for each in root.iter(f"{T}seg")] == [f"p{n}" for n in range(1, 9)]
    assert {each.get("who") for each in said} == {"#speaker"}


def test_redactions_and_remarks_keep_their_signs() -> None:
    text = "同志们：\n全市*项工作（掌声）都好，（大笑）（高呼口号）（全场起立）。谢谢各位的到来。"
    root = etree.fromstring(tei(record_of(outline_of(text))))
    assert [each.findtext(f"{T}desc") for each in root.iter(f"{T}gap")] == ["*"]
    assert [each.get("type") for each in root.iter(f"{T}kinesic")] == ["applause"]
    assert [each.get("type") for each in root.iter(f"{T}vocal")] == ["laughter", "shouting"]
    assert [each.findtext(f"{T}desc") for each in root.iter(f"{T}incident")] == ["（全场起立）"]


def test_a_text_without_an_outline_is_whole() -> None:
    record = replace(record_of(outline_of(SHORT)), lines=(), sections=())
    assert words_in(tei(record)) == words_in(tei(record_of(outline_of(SHORT))))
