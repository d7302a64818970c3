"""Pages that a word processor wrote: the final text, without its headers, notes, comments and deletions."""

from __future__ import annotations

import pytest

from archive.readers import read

NOTE = "脚注文字，不是正文。"
WORD = (
    "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><title>x</title></head><body lang=ZH-CN>"
    "<div class=WordSection1><p class=MsoTitle>在会议上的讲话</p>"
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>"
    "一、<span style='font:7.0pt'>&nbsp;</span></span><![endif]>提高站位</p>"
    "<p class=MsoNormal>要抓好<ins cite='mailto:a' datetime='2022'>各项</ins><del>全部</del>工作"
    "<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'><sup>[1]</sup></a>，"
    "<a style='mso-comment-reference:A_1;mso-comment-date:2022'>落到实处</a>"
    "<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_1'>[A1]</a></span>。</p></div>"
    "<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText>"
    f"<a style='mso-footnote-id:ftn1' href='#_ftnref1'>[1]</a>{NOTE}</p></div></div>"
    "<div style='mso-element:comment-list'><div style='mso-element:comment'><p>批注，请核实。</p></div></div>"
    "</body></html>"
)
WRITER = (
    '<html><head><title></title></head><body lang="zh-CN"><div title="header"><p>内部资料，注意保存。</p></div>'
    "<p>在会议上的讲话</p><p>一、提高站位</p>"
    '<p>要抓好各项<del>全部</del>工作<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym">'
    "<sup>1</sup></a>，<!-- 批注 -->落到实处。</p>"
    f'<div id="sdfootnote1"><p><a class="sdfootnotesym" href="#sdfootnote1anc">1</a>{NOTE}</p></div>'
    '<div title="footer"><p>第<sdfield type=PAGE>1</sdfield>页，共九页。</p></div></body></html>'
)
TEXT = "在会议上的讲话\n一、提高站位\n要抓好各项工作，落到实处。"


@pytest.mark.parametrize(
    ("page", "kinds"),
    [
        (WORD, ["revisions_accepted", "footnotes_removed", "comments_removed"]),
        (WRITER, ["revisions_accepted", "footnotes_removed"]),
    ],
    ids=["Word", "LibreOffice"],
)
def test_the_page_of_a_word_processor_is_its_final_text(page: str, kinds: list[str]) -> None:
    document = read(page.encode(), "讲话.html")
    assert document.text == TEXT
    assert [note.kind for note in document.notes] == kinds


@pytest.mark.parametrize(
    ("number", "line"), [("（一）", "（一）要抓好。"), ("·", "要抓好。"), ("1.", "1.要抓好。")]
)
def test_an_automatic_number_of_word_is_set_as_it_would_be_typed(number: str, line: str) -> None:
    span = f"<span style='mso-list:Ignore'>{number}<span>&nbsp;&nbsp; </span></span>"
    assert read(f"<html><body><p>{span}要抓好。</p></body></html>".encode(), "a.html").text == line


@pytest.mark.parametrize(
    "box",
    ['<div title="会议">{}</div>', '<div id="note1">{}</div>', "<div style='mso-element:frame'>{}</div>"],
)
def test_what_only_looks_like_it_is_text(box: str) -> None:
    line = "要抓好各项工作，落到实处。"
    assert read(f"<html><body>{box.format(f'<p>{line}</p>')}</body></html>".encode(), "a.html").text == line
