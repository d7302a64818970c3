"""Akoma Ntoso: valid under the schema of OASIS, and the same speech when it comes back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from archive.formats import Record, akoma_ntoso
from archive.formats.akoma import NAMESPACE
from archive.parsing import Decision, Outline
from archive.readers import read
from tests.formats.made import SEEDS, SHORT, outline_of, outlines, record_of, seed
from tests.formats.schemas import faults_of_akoma

A = f"{{{NAMESPACE}}}"


def back(data: bytes) -> Record:
    """The speech that an export is read as."""
    document = read(data, "另一个名字.xml")
    assert document.told is not None
    decisions = tuple(Decision(*each) for each in document.told.decisions)
    outline = outline_of(document.text, decisions)
    return record_of(outline, decisions=decisions, **dict(document.told.facts))


def test_the_schema_refuses_what_is_wrong() -> None:
    good = akoma_ntoso(record_of(outline_of(SHORT)))
    assert faults_of_akoma(good) == []
    assert faults_of_akoma(good.replace(b"<debateBody>", b"<debateBody><p>x</p>", 1))
    assert faults_of_akoma(good.replace(b'eId="p2"', b'eId="p1"', 1))
    assert faults_of_akoma(good.replace(b' by="#speaker"', b"", 1))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:12])
def test_a_seed_is_valid_and_comes_back_the_same(path: Path) -> None:
    record = record_of(seed(path))
    data = akoma_ntoso(record)
    assert faults_of_akoma(data) == []
    assert back(data) == record
    assert akoma_ntoso(back(data)) == data


@settings(max_examples=150, deadline=None)
@given(made=outlines())
def test_any_speech_is_valid_and_comes_back_the_same(made: tuple[Outline, tuple[Decision, ...]]) -> None:
    outline, decisions = made
    record = record_of(outline, decisions=decisions, speaker='王 "某" <某>', title="别的\u2028题目&", date="")
    data = akoma_ntoso(record)
    assert faults_of_akoma(data) == []
    document = read(data, "a.xml")
    assert document.text == record.text
    assert akoma_ntoso(back(data)) == data.replace("别的\u2028题目".encode(), "别的 题目".encode())


def test_what_the_elements_say() -> None:
    root = etree.fromstring(akoma_ntoso(record_of(outline_of(SHORT))))
    find = root.iterfind
    assert [each.text for each in find(f".//{A}docTitle")] == ["在机关党建工作会议上的讲话"]
    assert ["".join(each.itertext()) for each in find(f".//{A}from")] == ["市委书记 王某某"]
    assert [each.text for each in find(f".//{A}num")] == ["一、", "（一）", "1.", "2.", "二、"]
    assert root.findtext(f".//{A}heading") == "提高政治站位"
    assert [each.text for each in find(f".//{A}omissis")] == ["某某", "*", "**"]
    assert [each.text for each in find(f".//{A}remark")] == ["（掌声）", "（热烈鼓掌）"]
    assert [each.get("eId") for each in find(f".//{A}inline")] == ["p3-1", "p3-2"]
    assert [each.get("eId") for each in find(f".//{A}tblock")] == ["s1", "s2", "s3", "s4", "s5", "s6"]
    assert root.find(f".//{A}tblock[@eId='s4']/../..").get("eId") == "s1"
    assert root.find(f".//{A}TLCPerson").get("showAs") == "王某某"
    assert root.find(f".//{A}TLCEvent").get("showAs") == "机关党建工作会议"
    assert {each.get("date") for each in find(f".//{A}FRBRdate")} == {"2022-11-20"}


@pytest.mark.parametrize(
    ("date", "written", "name"),
    [
        ("2022-11", "2022-11-01", "delivered in this month"),
        ("2022", "2022-01-01", "delivered in this year"),
        ("", "0001-01-01", "unknown"),
    ],
)
def test_a_date_says_how_much_of_it_is_known(date: str, written: str, name: str) -> None:
    data = akoma_ntoso(record_of(outline_of(SHORT), date=date))
    found = etree.fromstring(data).find(f".//{A}FRBRdate")
    assert (found.get("date"), found.get("name")) == (written, name)
    assert faults_of_akoma(data) == []
    assert back(data).date == date


def test_an_unknown_speaker_is_said_to_be_unknown() -> None:
    data = akoma_ntoso(record_of(outline_of("一句话。\n又一句话，说完了。")))
    person = etree.fromstring(data).find(f".//{A}TLCPerson")
    assert person.get("href").endswith("/unknown")
    assert back(data).speaker == ""


def test_an_editor_of_windows_does_not_spoil_a_file() -> None:
    record = record_of(outline_of(SHORT))
    assert back(b"\xef\xbb\xbf" + akoma_ntoso(record).replace(b"\n", b"\r\n")) == record


def test_a_file_that_was_changed_is_read_like_any_other() -> None:
    data = akoma_ntoso(record_of(outline_of(SHORT))).replace("学深悟透".encode(), "学懂弄通".encode())
    document = read(data, "a.xml")
    assert document.told is None
    assert "一是学懂弄通。要把**精神" in document.text


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (' date="2022-11-20" event', ' date="2022-13-45" event'),
        ('between="&#10;"', 'between="&#10;" sections="1 1 1" paragraphs="-1 x"'),
        ("<own:about ", '<own:decision line="x" level="12" nth="0"/><own:about '),
        ('speaker="王某某"', f'speaker="{"王" * 5000}"'),
        ('speaker="王某某"', 'speaker="王&#10;某某&#9;"'),
    ],
)
def test_what_a_file_tells_is_believed_within_limits(was: str, now: str) -> None:
    data = akoma_ntoso(record_of(outline_of(SHORT))).decode()
    assert was in data
    told = read(data.replace(was, now, 1).encode(), "a.xml").told
    assert told is not None
    assert dict(told.facts).get("date", "2022-11-20") == "2022-11-20"
    assert len(dict(told.facts)["speaker"]) <= 100
    assert "\n" not in dict(told.facts)["speaker"]
    assert told.decisions == told.sections == told.paragraphs == ()
