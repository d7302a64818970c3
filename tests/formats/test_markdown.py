"""Markdown: what means something there is escaped, and the speech comes back letter by letter."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from markdown_it import MarkdownIt

from archive.formats import markdown
from archive.formats.blocks import blocks
from archive.formats.markdown import escaped
from archive.parsing import Decision, Outline
from archive.readers import read
from archive.readers.ours import unescaped
from tests.formats.made import SEEDS, SHORT, outline_of, outlines, record_of, seed


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:12])
def test_a_seed_comes_back_the_same(path: Path) -> None:
    record = record_of(seed(path))
    document = read(markdown(record), "a.md")
    assert document.text == record.text
    assert document.told is not None
    assert dict(document.told.facts) == record.about
    assert outline_of(document.text).sections == seed(path).sections


@settings(max_examples=150, deadline=None)
@given(made=outlines())
def test_any_speech_comes_back_the_same(made: tuple[Outline, tuple[Decision, ...]]) -> None:
    outline, decisions = made
    record = record_of(outline, decisions=decisions, title='"题": #\u0085\U0001f600\ufeff')
    document = read(markdown(record), "a.md")
    assert document.text == record.text
    assert document.told is not None
    assert outline_of(document.text, tuple(Decision(*d) for d in document.told.decisions)) == outline


def test_headings_by_depth_and_lines_as_blocks() -> None:
    body = markdown(record_of(outline_of(SHORT))).decode().partition("---\n\n")[2]
    assert re.findall(r"^(#+) (\S+)", body, re.M) == [
        ("#", "在机关党建工作会议上的讲话"),
        ("##", "一、提高政治站位"),
        ("###", "（一）加强领导。"),
        ("####", "1\\."),
        ("####", "2\\."),
        ("##", "二、抓好落实"),
    ]
    assert "要把\\*\\*精神" in body
    assert "\n\n各级要负起责任。\n\n" in body


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("党的建设，2022年。", "党的建设，2022年。"),
        ("增长3.5%", "增长3.5%"),
        ("要**精神", "要\\*\\*精神"),
        ("1. 甲", "1\\. 甲"),
        ("12) 甲", "12\\) 甲"),
        ("1．甲", "1．甲"),
        ("- 甲", "\\- 甲"),
        ("---", "\\---"),
        ("===", "\\==="),
        ("# 甲", "\\# 甲"),
        ("甲 & <乙>", "甲 \\& \\<乙\\>"),
        ("[甲](乙)", "\\[甲\\](乙)"),
        ("a\\b", "a\\\\b"),
        ("|甲|", "\\|甲\\|"),
        ("~~~", "\\~\\~\\~"),
    ],
)
def test_a_sign_is_escaped_where_it_means_something(line: str, written: str) -> None:
    assert escaped(line) == written
    assert unescaped(written) == line


def shown(body: str) -> list[tuple[str, str]]:
    """What a reader of Markdown sees, with the tables and strokes of GitHub: (tag, words) a block."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body)
    found = []
    for before, token in itertools.pairwise(tokens):
        if token.type == "inline":
            plain = {"text", "text_special"}
            words = "".join(
                each.content if each.type in plain else f"?{each.type}?" for each in token.children or ()
            )
            found.append((before.tag, words))
        elif token.nesting == 1 and token.type not in ("paragraph_open", "heading_open"):
            found.append((token.type, ""))
    return found


@settings(max_examples=300, deadline=None)
@given(made=outlines())
def test_a_renderer_shows_just_the_text(made: tuple[Outline, tuple[Decision, ...]]) -> None:
    record = record_of(made[0], decisions=made[1])
    body = markdown(record).decode().partition("\n---\n\n")[2]
    tags = {"title": "h1"}
    expected = [
        (
            f"h{min(record.sections[block.section].depth + 1, 6)}"
            if block.role == "heading"
            else tags.get(block.role, "p"),
            record.text[block.start : block.end],
        )
        for block in blocks(record)
    ]
    assert shown(body) == expected


def test_front_matter_is_yaml_that_is_json() -> None:
    title = '在"会"上: 的\u0085讲话 #1 \U0001f600'
    data = markdown(record_of(outline_of(SHORT), title=title, url="https://example.org/speeches/1/")).decode()
    lines = data.split("---\n")[1].splitlines()
    front = {name: json.loads(value) for name, value in (line.split(": ", 1) for line in lines)}
    assert front["title"] == title
    assert yaml.safe_load(data.split("---\n")[1]) == front
    assert front["date"] == "2022-11-20"
    assert front["url"] == "https://example.org/speeches/1/"
    assert "\u0085" not in data
    assert "\U0001f600" in data  # YAML has no pairs of surrogates


def test_an_editor_of_windows_does_not_spoil_a_file() -> None:
    record = record_of(outline_of(SHORT))
    document = read(b"\xef\xbb\xbf" + markdown(record).replace(b"\n", b"\r\n"), "a.md")
    assert document.text == record.text
    assert document.told is not None


def test_a_file_that_was_changed_keeps_the_change() -> None:
    data = markdown(record_of(outline_of(SHORT))).decode().replace("学深悟透", "学懂弄通")
    document = read(data.encode(), "a.md")
    assert document.told is None
    assert "一是学懂弄通。要把**精神" in document.text
    assert "sha256" not in document.text
    assert outline_of(document.text).sections[1].heading == "提高政治站位"


@pytest.mark.parametrize(
    "front", ["---\ntitle: 甲\n---\n\n正文。", "---\n---\n", "---\nsha256: 3\na: 1\nb: 2\n---\n正文。"]
)
def test_front_matter_of_others_stays_as_it_is(front: str) -> None:
    assert read(front.encode(), "a.md").text == front.strip()
