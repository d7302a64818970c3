"""Automatic numbers of Word: first the paragraphs that have none."""

from __future__ import annotations

import pytest

from archive.readers.docx import read_docx
from tests.readers.wordfile import CHINESE, abstract, chinese, docx, level, num, p

DECIMALS = "".join(level(i, "decimal", "".join(f"%{j + 1}." for j in range(i + 1))) for i in range(3))
LIST_STYLE = '<w:style w:type="paragraph" w:styleId="{}"><w:pPr><w:numPr>{}</w:numPr></w:pPr></w:style>'
CHILD = '<w:style w:type="paragraph" w:styleId="{}"><w:basedOn w:val="{}"/>{}</w:style>'


def lines(body: str, numbering: str, styles: str = "") -> list[str]:
    return read_docx(docx(body, numbering=numbering, styles=styles), None).text.split("\n")


def texts(*levels: int | None, number: int = 1) -> str:
    return "".join(p("文", level=each, num=number) for each in levels)


@pytest.mark.parametrize(
    ("body", "numbering", "styles"),
    [
        (p("文"), chinese(), ""),
        (texts(0, number=0), chinese(), ""),
        (texts(0, number=7), chinese(), ""),
        (texts(9), chinese(), ""),
        (texts(5), chinese(), ""),
        (texts(-1), chinese(), ""),
        (
            '<w:p><w:pPr><w:numPr><w:numId w:val="1"/><w:ilvl w:val="x"/></w:numPr></w:pPr></w:p>' + p("文"),
            "",
            "",
        ),
        (texts(0), num(1, of=5), ""),
        (texts(0), abstract(level(0, "none", "")) + num(1), ""),
        (texts(0), abstract(level(0, "bullet", "\uf06c")) + num(1), ""),
        (texts(0), abstract(level(0, "bullet", "•")) + num(1), ""),
        # A style that has a number, switched off in the paragraph, or in the style based on it.
        (
            '<w:p><w:pPr><w:pStyle w:val="H"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'
            "<w:r><w:t>文</w:t></w:r></w:p>",
            chinese(),
            LIST_STYLE.format("H", '<w:numId w:val="1"/>'),
        ),
        (
            p("文", style="I"),
            chinese(),
            LIST_STYLE.format("H", '<w:numId w:val="1"/>')
            + CHILD.format("I", "H", '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'),
        ),
        # What the paragraph was before a change that is only tracked.
        (
            '<w:p><w:pPr><w:pPrChange><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>'
            "</w:pPr><w:r><w:t>文</w:t></w:r></w:p>",
            chinese(),
            "",
        ),
    ],
)
def test_no_number(body: str, numbering: str, styles: str) -> None:
    assert lines(body, numbering, styles) == ["文"]


def test_levels_count_and_start_anew_below_a_higher_one() -> None:
    assert lines(texts(0, 1, 1, 2, 2, 1, 2, 0, 1, None, 1), chinese()) == [
        *("一、文", "（一）文", "（二）文", "1.文", "2.文", "（三）文", "1.文", "二、文", "（一）文", "文"),
        "（二）文",
    ]


def test_a_number_may_show_the_levels_above() -> None:
    assert lines(texts(0, 1, 1, 2), abstract(DECIMALS) + num(1)) == ["1.文", "1.1.文", "1.2.文", "1.2.1.文"]


def test_a_level_above_that_has_not_come_shows_where_it_would_start() -> None:
    assert lines(texts(1, 0), abstract(DECIMALS) + num(1)) == ["1.1.文", "1.文"]


def test_numbers_above_can_be_shown_as_digits() -> None:
    levels = level(0, "chineseCountingThousand", "第%1章") + level(1, "decimal", "%1.%2", more="<w:isLgl/>")
    assert lines(texts(0, 0, 1), abstract(levels) + num(1)) == ["第一章 文", "第二章 文", "2.1 文"]


@pytest.mark.parametrize(
    ("restart", "numbers"),
    [
        ("", ["1", "1", "1", "1", "1", "1"]),
        ('<w:lvlRestart w:val="0"/>', ["1", "1", "1", "2", "1", "3"]),
        ('<w:lvlRestart w:val="1"/>', ["1", "1", "1", "2", "1", "1"]),
    ],
)
def test_which_level_starts_one_anew(restart: str, numbers: list[str]) -> None:
    levels = "".join(level(i, "decimal", f"%{i + 1}", more=more) for i, more in enumerate(("", "", restart)))
    numbering = abstract(levels) + num(1)
    read = [line.split()[0] for line in lines(texts(0, 1, 2, 1, 2, 0, 1, 2), numbering)]
    assert [read[i] for i in (0, 1, 2, 4, 6, 7)] == numbers


def test_a_list_starts_where_it_says() -> None:
    assert lines(texts(0, 0), abstract(level(0, "chineseCountingThousand", "%1、", start=3)) + num(1)) == [
        "三、文",
        "四、文",
    ]


def test_lists_of_one_abstract_list_count_together_unless_one_starts_anew() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'
    numbering = chinese() + num(2) + num(3, more=again.format(1)) + num(4, more=again.format(5))
    body = "".join(p("文", level=0, num=n) for n in (1, 2, 3, 3, 4, 4, 1))
    assert [line[0] for line in lines(body, numbering)] == [*"一二一二五六七"]


def test_a_list_may_overrule_a_whole_level() -> None:
    other = f'<w:lvlOverride w:ilvl="1">{level(1, "decimalEnclosedCircle", "%2")}</w:lvlOverride>'
    numbering = chinese() + num(2, more=other)
    assert lines(texts(0, 1) + texts(0, 1, 1, number=2), numbering) == [
        *("一、文", "（一）文", "二、文", "①文", "②文")
    ]


def test_a_style_gives_its_number_to_paragraphs_and_to_styles_based_on_it() -> None:
    styles = (
        LIST_STYLE.format("H1", '<w:numId w:val="1"/>')
        + LIST_STYLE.format("H2", '<w:ilvl w:val="1"/><w:numId w:val="1"/>')
        + CHILD.format("H3", "H2", "")
    )
    body = p("甲", style="H1") + p("乙", style="H2") + p("丙", style="H3") + p("丁", style="none")
    assert lines(body, chinese(), styles) == ["一、甲", "（一）乙", "（二）丙", "丁"]


def test_a_list_knows_the_level_of_a_style_better_than_the_style() -> None:
    linked = "".join(
        level(i, kind, text, more=f'<w:pStyle w:val="H{i + 1}"/>') for i, (kind, text) in enumerate(CHINESE)
    )
    styles = "".join(LIST_STYLE.format(f"H{i}", '<w:numId w:val="1"/>') for i in (1, 2, 3))
    body = "".join(p("文", style=f"H{i}") for i in (1, 2, 3, 2))
    assert lines(body, abstract(linked) + num(1), styles) == ["一、文", "（一）文", "1.文", "（二）文"]


def test_a_paragraph_without_a_style_has_the_default_one() -> None:
    style = LIST_STYLE.format("N", '<w:numId w:val="1"/>').replace(
        'w:type="paragraph"', 'w:type="paragraph" w:default="1"'
    )
    assert lines(p("文"), chinese(), style) == ["一、文"]


def test_a_paragraph_may_move_its_style_to_another_level() -> None:
    body = (
        p("甲", style="H") + '<w:p><w:pPr><w:pStyle w:val="H"/><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>'
    )
    body += "<w:r><w:t>乙</w:t></w:r></w:p>"
    assert lines(body, chinese(), LIST_STYLE.format("H", '<w:numId w:val="1"/>')) == ["一、甲", "（一）乙"]


def test_levels_may_be_kept_with_a_list_style() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
        + chinese()
        + num(2, of=1)
    )
    style = '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    assert lines(texts(0, 1, number=2), numbering, style) == ["一、文", "（一）文"]


def test_styles_based_on_one_another_in_a_circle_end() -> None:
    assert lines(p("文", style="A"), chinese(), CHILD.format("A", "B", "") + CHILD.format("B", "A", "")) == [
        "文"
    ]


@pytest.mark.parametrize(
    ("kind", "text", "line"),
    [
        ("chineseCountingThousand", "关键词之%1：", "关键词之一：文"),
        ("chineseCountingThousand", "第%1，", "第一，文"),
        ("chineseCounting", "%1是", "一是文"),
        ("decimalFullWidth", "%1．", "１．文"),
        ("bullet", "——", "——文"),
        ("none", "附：", "附：文"),
    ],
)
def test_patterns_of_numbers(kind: str, text: str, line: str) -> None:
    assert lines(texts(0), abstract(level(0, kind, text)) + num(1)) == [line]


def test_number_formats_of_newer_words_stand_in_an_alternative() -> None:
    alternative = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="01, 02, 03, ..."/></mc:Choice><mc:Fallback>'
        '<w:numFmt w:val="{}"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1、"/></w:lvl>'
    )
    assert lines(texts(0), abstract(alternative.format("decimal")) + num(1)) == ["01、文"]
    other = alternative.replace("01, 02, 03, ...", "?").format("upperLetter")
    assert lines(texts(0), abstract(other) + num(1)) == ["A、文"]


def test_an_empty_paragraph_counts_but_shows_no_number() -> None:
    assert lines(texts(0) + p("", level=0) + texts(0), chinese()) == ["一、文", "", "三、文"]


def test_what_stands_in_front_of_every_paragraph_is_not_a_book() -> None:
    assert len(lines(texts(0), abstract(level(0, "decimal", "%1" * 5000)) + num(1))[0]) < 1000
