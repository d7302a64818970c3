"""Emphasis of Markdown; first the stars that stand for what was struck out."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.parsing import parse
from archive.readers import read
from archive.readers.emphasis import without_emphasis

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.mark.parametrize(
    "line",
    [
        "涌现出***等先进典型，***同志说",
        "开展第*轮巡察",
        "第*轮和第*轮",
        "现有**多万年轻干部",
        "***",
        "* 列表项",
        "____年__月__日",
        "a__b__c",
        "2 * 3 * 4",
        "** 空白 **",
        r"\**不是\**",
        "****",
        "**上一行\n下一行**",
    ],
)
def test_what_is_no_emphasis_stays_even_in_markdown(line: str) -> None:
    assert without_emphasis(line, markdown=True) == (line, ())


@pytest.mark.parametrize(
    "line",
    [
        "市**事业发展中心现有**多万年轻干部",
        "要坚持**党的领导**不动摇",
        "**省**市**",
        "**县**",
        "***同志***",
        "**总体要求**。",
        "*总体要求*",
        "# 标题\n**总体要求**：现有**多万人",
    ],
)
def test_a_plain_text_keeps_every_star_that_may_hide_a_word(line: str) -> None:
    assert without_emphasis(line, markdown=False) == (line, ())


@pytest.mark.parametrize(
    ("line", "read_as"),
    [
        ("要坚持**党的领导**不动摇", "要坚持党的领导不动摇"),
        ("**一、总体要求**", "一、总体要求"),
        ("**第*轮**巡察和**督查**", "第*轮巡察和督查"),
        ("他说：*要快*。", "他说：要快。"),
        ("__重点__，**好**", "重点，好"),
    ],
)
def test_emphasis_goes_from_markdown(line: str, read_as: str) -> None:
    assert without_emphasis(line, markdown=True)[0] == read_as


def test_a_whole_line_goes_from_plain_text_and_so_does_all_of_what_is_clearly_markdown() -> None:
    assert without_emphasis("题\n**一、总体要求**\n文", markdown=False)[0] == "题\n一、总体要求\n文"
    assert without_emphasis("# 题\n* 坚持**党的领导**。", markdown=False)[0] == "# 题\n* 坚持党的领导。"


def test_a_note_says_where_how_often_and_what_to_do() -> None:
    (note,) = without_emphasis("题\n__甲__\n**乙**", markdown=True)[1]
    assert (note.line, note.kind) == (2, "emphasis_removed")
    assert "2 对" in note.message
    assert "请改存为 .txt 再导入" in note.message


@pytest.mark.parametrize("name", ["a.md", "a.markdown", "a.MD"])
def test_a_markdown_speech_has_headings_and_no_redactions(name: str) -> None:
    speech = (
        "在会上的讲话\n\n**一、总体要求**\n\n要坚持**党的领导**不动摇。\n\n**二、工作安排**\n\n抓好落实。\n"
    )
    document = read(speech.encode(), name)
    outline = parse(document.text)
    assert outline.redactions == ()
    assert [s.heading for s in outline.sections if s.num] == ["总体要求", "工作安排"]
    assert "坚持党的领导不动摇" in document.text
    assert [note.kind for note in document.notes] == ["emphasis_removed"]


@pytest.mark.parametrize("path", sorted(SEEDS.iterdir()), ids=lambda path: path.name[:12])
def test_the_transcripts_keep_all_their_stars(path: Path) -> None:
    data = path.read_bytes()
    assert read(data, path.name).text.count("*") == data.decode("utf-8-sig").count("*")
