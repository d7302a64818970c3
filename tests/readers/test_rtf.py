"""Rich Text Format feature by feature; first what must not come into the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.readers import Unreadable, read
from archive.readers.rtf import read_rtf
from tests.readers.damage import damaged, is_read_or_refused

FONTS = (
    r"{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fnil\fcharset134{\*\falt SimSun}\'cb\'ce\'cc\'e5;}"
    r"{\f2\fcharset136 MingLiU;}{\f3\fcharset2 Symbol;}{\f4\fcharset2 Wingdings;}{\f5\cpg65001 X;}}"
)


def rtf(body: str, page: str = r"\ansicpg936") -> bytes:
    return (r"{\rtf1\ansi" + page + r"\deff1" + FONTS + r"{\stylesheet{\s1 heading;}}" + body + "}").encode(
        "ascii"
    )


def u(text: str) -> str:
    """Characters as RTF writes them for new readers, with a question mark for old ones."""
    return "".join(rf"\u{ord(c) - 65536 if ord(c) > 32767 else ord(c)}?" for c in text)


def hexed(text: str, codec: str = "gbk") -> str:
    return "".join(rf"\'{byte:02x}" for byte in text.encode(codec))


JIA, YI = hexed("甲"), hexed("乙")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (JIA + r"{\deleted " + hexed("删") + r"}" + YI, "revisions_accepted"),
        (JIA + r"\deleted " + hexed("删") + r"\deleted0 " + YI, "revisions_accepted"),
        (JIA + r"{\v " + hexed("藏") + r"}" + YI, "hidden_removed"),
        (JIA + r"\v x\plain " + YI, "hidden_removed"),
        (JIA + r"{\footnote\pard x}" + YI, "footnotes_removed"),
        (JIA + r"{\*\annotation x}" + YI, "comments_removed"),
        (r"{\field{\*\fldinst{ TOC \\o }}{\fldrslt{" + hexed("目录") + r"}}}" + JIA + YI, "contents_removed"),
    ],
)
def test_left_out_with_a_note(body: str, kind: str) -> None:
    document = read_rtf(rtf(body), None)
    assert document.text == "甲乙"
    assert [note.kind for note in document.notes] == [kind]


@pytest.mark.parametrize(
    "body",
    [
        JIA + YI,
        JIA + "\r\n" + YI,
        JIA + r"\pard\plain\f1\fs32\unknownword99 " + YI,
        JIA + r"{\*\unknown x{\b y}}" + YI,
        JIA + r"{\header x}{\footerf y}{\info{\title z}}" + YI,
        JIA + r"{\pict\pngblip 89504e47}{\*\shppict{\pict 00}}{\nonshppict{\pict 11}}" + YI,
        JIA + "{\\pict\\bin5 }{\\}}}" + YI,
        JIA + r"{\xe hidden}{\*\bkmkstart a}{\*\bkmkend a}" + YI,
        JIA + r"\-" + YI,
        u("甲乙"),
        r"\uc2" + rf"\u{ord('甲')}" + JIA + rf"\u{ord('乙')}" + YI,
        r"\uc0" + rf"\u{ord('甲')} " + rf"\u{ord('乙')} ",
        r"{\upr{xx}{\*\ud{" + u("甲乙") + r"}}}",
        r"{\f2 " + hexed("甲乙", "big5") + "}",
        r"{\f5 " + hexed("甲乙", "utf-8") + "}",
        r"{\loch\f0\hich\f0\dbch\f1 " + hexed("甲乙") + "}",
        r"{\revised " + JIA + "}" + YI,
        r"{\field{\*\fldinst{HYPERLINK x}}{\fldrslt{" + JIA + "}}}" + YI,
        r"{\field{\*\fldinst{HYPERLINK x}}{\fldrslt{" + JIA + r"{\field{\*\fldinst PAGE}{\fldrslt " + YI + "}}}}}",
    ],
)  # fmt: skip
def test_text_that_is_kept_whole(body: str) -> None:
    assert read_rtf(rtf(body), None).text == "甲乙"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (JIA + r"\par " + YI, "甲\n乙"),
        (JIA + "\\\n" + YI, "甲\n乙"),
        (JIA + r"\line " + YI, "甲\n乙"),
        (JIA + r"\tab " + YI, "甲 乙"),
        (JIA + r"{\deleted\par}" + YI, "甲乙"),
        (r"\trowd " + JIA + r"\cell " + YI + r"\cell\row " + hexed("丙"), "甲\n乙\n\n丙"),
        (r"{\listtext\pard\plain\f1 " + hexed("一、") + r"\tab}" + JIA + r"\par " + YI, "一、甲\n乙"),
        (r"{\pntext " + hexed("第一章") + r"\tab}" + JIA, "第一章 甲"),
        (r"{\listtext\f3 \'b7\tab}" + JIA, "甲"),
        (r"{\listtext\f0 1.\tab}\par " + JIA, "甲"),
        (r"{\f4 \'fe}" + JIA, "☑甲"),
        (u("\uf0fe").join((r"{\f4 ", "}")) + JIA, "☑甲"),
        (r"\ldblquote " + JIA + r"\rdblquote\emdash " + YI, "“甲”—乙"),
        (r"\{" + JIA + r"\}\\" + YI, "{甲}\\乙"),
        (rf"\u{ord('甲')}\par " + YI, "甲\n乙"),
        (r"\u-10179?\u-8704?" + JIA, "😀甲"),
        (
            JIA + r"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt " + hexed("框")
            + r"\par}}{\shprslt{\*\do{\dptxbxtext " + hexed("框") + r"}}}}" + YI + r"\par " + hexed("丙"),
            "甲乙\n\n框\n\n丙",
        ),
        (JIA + r"{\*\do\dobxcolumn{\dptxbxtext " + hexed("框") + "}}", "甲\n框"),
    ],
)  # fmt: skip
def test_lines(body: str, text: str) -> None:
    assert read_rtf(rtf(body), None).text == text


@pytest.mark.parametrize(
    ("page", "font", "data", "text"),
    [
        (r"\ansicpg936", r"\f0 ", hexed("讲话"), "讲话"),
        (r"\ansicpg950", r"\f0 ", hexed("講話", "big5"), "講話"),
        ("", r"\f0 ", hexed("讲话"), "讲话"),
        ("", r"\f0 ", r"caf\'e9 du soir", "café du soir"),
        (r"\ansicpg1252", r"\f1 ", hexed("讲话"), "讲话"),
        (r"\ansicpg99999", r"\f0 ", hexed("讲话"), "讲话"),
        (r"\ansicpg1252", r"\f1 ", r"\'81@", "丂"),
        (r"\mac", r"\f0 ", r"caf\'8e", "café"),
    ],
)
def test_bytes_are_read_in_the_code_page_of_their_font(page: str, font: str, data: str, text: str) -> None:
    assert read_rtf(rtf(font + data, page), None).text == text


def test_what_comes_after_the_end_is_no_part_of_it() -> None:
    assert read_rtf(rtf(JIA) + b"\0\0}}{x", None).text == "甲"


def test_bytes_that_are_no_character_are_told_of() -> None:
    (note,) = read_rtf(rtf(JIA + r"\'ff\'ff" + YI * 20), None).notes
    assert note.kind == "characters_lost"


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (rtf(JIA)[:-1], "corrupt_document", "文档已损坏。"),
        (rtf(JIA + "{"), "corrupt_document", "文档已损坏。"),
        (b"{\\rtf1" + b"{" * 2000, "unsafe_archive", "文档的结构过于复杂"),
        (rtf(JIA + r"\par" * 100_001 + " " + YI), "too_many_paragraphs", "文档多于 10 万段"),
        (rtf(""), "empty_file", "文件里没有文字。"),
    ],
)
def test_refusal(data: bytes, code: str, message: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data, "讲话.rtf")
    assert (caught.value.code, caught.value.message.startswith(message)) == (code, True)


GOOD = rtf(JIA + r"{\listtext 1.\tab}" + u("乙") + r"{\v x}\par{\shp{\*\shpinst{\shptxt y}}}{\deleted z}")


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 8))
def test_a_damaged_file_is_read_or_refused(seed: int, damages: int) -> None:
    assert is_read_or_refused(damaged(GOOD, seed, damages), "a.rtf")


WORDS = (
    *(
        "{",
        "}",
        "{",
        "}",
        r"\*",
        r"\u20013",
        "?",
        r"\'d6",
        r"\uc0",
        r"\par",
        r"\v",
        r"\deleted",
        r"\field",
        "x",
    ),
    *(r"\fldrslt", r"\listtext", r"\ud", r"\shpinst", r"\shptxt", r"\fonttbl", r"\f1", r"\bin9", "\\"),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_order_of_words_is_read_or_refused(words: list[str]) -> None:
    assert is_read_or_refused(rtf(" ".join(words)), "a.rtf")
