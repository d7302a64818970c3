"""OpenDocument texts feature by feature; first what must not come into the text."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.readers import Unreadable, read
from archive.readers.odt import read_odt
from tests.readers.damage import damaged, is_read_or_refused
from tests.readers.odtfile import CHINESE, ONE, SPACES, item, level, list_style, listed, odt, p
from tests.readers.wordfile import zipped

HIDING = "".join(
    f'<style:style style:name="X" style:family="{family}"><style:text-properties text:display="none"/></style:style>'
    for family in ("text", "paragraph")
)
DELETED = (
    '<text:tracked-changes><text:changed-region text:id="c"><text:deletion>'
    f"{p('删')}</text:deletion></text:changed-region></text:tracked-changes>"
)


def box(inside: str) -> str:
    return f"<draw:frame><draw:text-box>{inside}</draw:text-box><svg:title>图</svg:title></draw:frame>"


def text_of(body: str, automatic: str = CHINESE, styles: str = "") -> str:
    return read_odt(odt(body, automatic=automatic, styles=styles), None).text


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (DELETED + p('甲<text:change text:change-id="c"/>乙'), "revisions_accepted"),
        (p('甲<text:span text:style-name="X">藏</text:span>乙'), "hidden_removed"),
        (p("藏", style="X") + p("甲乙"), "hidden_removed"),
        (p("甲<text:hidden-text>藏</text:hidden-text>乙"), "hidden_removed"),
        (f'<text:section text:display="none">{p("藏")}</text:section>' + p("甲乙"), "hidden_removed"),
        (p(f"甲<text:note><text:note-citation>1</text:note-citation>{p('注')}</text:note>乙"), "footnotes_removed"),
        (p("甲<text:placeholder>填写</text:placeholder>乙"), "placeholders_removed"),
        (p(f"甲<office:annotation>{p('批')}</office:annotation>乙"), "comments_removed"),
        (p("<text:ruby><text:ruby-base>甲</text:ruby-base><text:ruby-text>jiǎ</text:ruby-text></text:ruby>乙"),
         "ruby_removed"),
        (f"<text:table-of-content><text:index-body>{p('目录')}</text:index-body></text:table-of-content>{p('甲乙')}",
         "contents_removed"),
        (f"<text:alphabetical-index>{p('目录')}</text:alphabetical-index>{p('甲乙')}", "contents_removed"),
    ],
)  # fmt: skip
def test_left_out_with_a_note(body: str, kind: str) -> None:
    document = read_odt(odt(body, automatic=HIDING), None)
    assert document.text == "甲乙"
    assert kind in [note.kind for note in document.notes]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p("甲\n \t乙"), "甲 乙"),
        (p('甲<text:s text:c="2"/>乙<text:s/>丙'), "甲  乙 丙"),
        (p("甲<text:tab/>乙<text:line-break/>丙"), "甲 乙\n丙"),
        (p('<text:a>甲</text:a><text:span text:style-name="Y">乙</text:span><text:bookmark/>'), "甲乙"),
        (p("甲<text:soft-page-break/>乙<text:page-number>3</text:page-number>"), "甲乙3"),
        ("<text:h>甲</text:h>" + p() + p("乙"), "甲\n\n乙"),
        (f"<text:section>{p('甲')}</text:section>", "甲"),
        (
            "<table:table><table:table-row>"
            + "".join(f"<table:table-cell>{p(cell)}</table:table-cell>" for cell in "甲乙")
            + f"</table:table-row></table:table>{p('丙')}",
            "甲\n乙\n丙",
        ),
        (p("甲" + box(p("框") + p("二")) + "乙") + p("丙"), "甲乙\n框\n二\n丙"),
        (box(p("框" + box(p("内")))) + p("甲"), "框\n内\n甲"),
        (p(f"<draw:custom-shape>{p('形')}</draw:custom-shape>甲"), "甲\n形"),
        (p("　甲\u200b"), "甲"),
    ],
)
def test_lines(body: str, text: str) -> None:
    assert text_of(body) == text


NUMBER = p("文")


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (listed(f"<text:list-header>{NUMBER}</text:list-header>"), ["文"]),
        (listed(item(NUMBER), style="unknown"), ["文"]),
        (listed(item(NUMBER, NUMBER), item(NUMBER)), ["一、文", "文", "二、文"]),
        (listed(item(NUMBER, listed(item(NUMBER), item(NUMBER), style="")), item(NUMBER)),
         ["一、文", "（一）文", "（二）文", "二、文"]),
        (listed(item(NUMBER, listed(item(NUMBER), style="")), item(NUMBER, listed(item(NUMBER), style=""))),
         ["一、文", "（一）文", "二、文", "（一）文"]),
        (listed(item(NUMBER)) + p("中") + listed(item(NUMBER)), ["一、文", "中", "一、文"]),
        (listed(item(NUMBER)) + p("中") + listed(item(NUMBER), more='text:continue-numbering="true"'),
         ["一、文", "中", "二、文"]),
        (listed(item(NUMBER), more='xml:id="a"') + listed(item(NUMBER), style="L")
         + listed(item(NUMBER), more='text:continue-list="a"'), ["一、文", "一、文", "二、文"]),
        (listed(item(NUMBER), more='xml:id="a"') + listed(item(listed(item(NUMBER), style="")),
         more='text:continue-list="a"') + listed(item(NUMBER), more='text:continue-list="a"'),
         ["一、文", "（一）文", "二、文"]),
        (listed(item(NUMBER, more='text:start-value="5"'), item(NUMBER)), ["五、文", "六、文"]),
        (listed(item(NUMBER, more='text:style-override="M"'), item(NUMBER)), ["A)文", "二、文"]),
        (listed(item(p("<text:number>壹</text:number>文"))), ["一、文"]),
        (listed(item(p()), item(NUMBER)), ["", "二、文"]),
        (p(box(listed(item(p("框"))))) + listed(item(NUMBER)), ["", "一、框", "一、文"]),
    ],
)  # fmt: skip
def test_automatic_numbers(body: str, lines: list[str]) -> None:
    other = list_style(level(1, "A", "", ")"), "M")
    assert (
        read_odt(odt("<text:h>首</text:h>" + body, automatic=CHINESE + other), None).text.split("\n")[1:]
        == lines
    )


@pytest.mark.parametrize(
    ("levels", "line"),
    [
        (level(1, ""), "文"),
        (level(1, "", "附：", ""), "附：文"),
        (level(1, "①, ②, ③, ..."), "①文"),
        (level(1, "甲, 乙, 丙, ...", "", "、"), "甲、文"),
        (level(1, "1, 2, 3, ...", "", "．"), "１．文"),
        (level(1, "壹, 贰, 叁, ...", "（", "）", more='text:start-value="3"'), "（叁）文"),
        (level(1, ONE, "第", "章", gap="space"), "第一章 文"),
        (level(1, ONE, "第", "章", gap="nothing"), "第一章文"),
        (level(1, ONE, "旧", "旧", more='loext:num-list-format="关键词之%1%："'), "关键词之一：文"),
        ('<text:list-level-style-bullet text:level="1" text:bullet-char="•"/>', "文"),
        ('<text:list-level-style-bullet text:level="1" text:bullet-char="——"/>', "——文"),
        ('<text:list-level-style-image text:level="1"/>', "文"),
        (level(11, "1"), "文"),
    ],
)
def test_patterns_of_numbers(levels: str, line: str) -> None:
    assert text_of(listed(item(NUMBER)), list_style(levels)) == line


def test_a_number_may_show_the_levels_above() -> None:
    levels = level(1, "1", "", ".") + level(2, "1", "", ".", more='text:display-levels="2"')
    body = listed(item(NUMBER, listed(item(NUMBER), item(NUMBER), style="")))
    assert text_of(body, list_style(levels)) == "1.文\n1.1.文\n1.2.文"


OUTLINE = (
    "<text:outline-style>"
    + "".join(
        f'<text:outline-level-style text:level="{depth}" style:num-format="{ONE}" '
        f'style:num-prefix="{before}" style:num-suffix="{after}"/>'
        for depth, before, after in ((1, "", "、"), (2, "（", "）"))
    )
    + "</text:outline-style>"
    '<style:style style:name="Plain" style:family="paragraph" style:list-style-name=""/>'
    '<style:style style:name="Child" style:family="paragraph" style:parent-style-name="Plain"/>'
)


def h(depth: int, more: str = "") -> str:
    return f'<text:h text:outline-level="{depth}" {more}>文</text:h>'


def test_headings_outside_lists_have_the_numbers_of_the_outline() -> None:
    again = 'text:restart-numbering="true" text:start-value="5"'
    body = h(1) + h(2) + h(2) + h(1) + h(2) + h(3) + h(1, again) + h(1, 'text:is-list-header="true"')
    body += h(1, 'text:style-name="Child"') + p("文")
    numbers = ["一、", "（一）", "（二）", "二、", "（一）", "", "五、", "", "", ""]
    assert text_of(body, styles=OUTLINE).split("\n") == [f"{number}文" for number in numbers]


def test_styles_based_on_one_another_in_a_circle_end() -> None:
    circle = "".join(
        f'<style:style style:name="{a}" style:family="paragraph" style:parent-style-name="{b}"/>'
        for a, b in ("AB", "BA")
    )
    assert text_of(h(1, 'text:style-name="A"'), circle, OUTLINE) == "一、文"


LOCKED = (
    f"<manifest:manifest {SPACES}><manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    "</manifest:manifest>"
)


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (odt("", drop=["META-INF/manifest.xml"], extra=[("META-INF/manifest.xml", LOCKED)]),
         "encrypted_document", "文档有密码，"),
        (odt("", extra=[("Basic/Standard/Module1.xml", "")]), "unsafe_archive", "文档含有宏。"),
        (odt("", drop=["content.xml"]), "corrupt_document", "文档已损坏。"),
        (odt("<text:p>"), "corrupt_document", "不是有效的 ODT 文档。"),
        (odt(p("甲" * 20_000_000)), "unsafe_archive", "压缩包展开后过大（压缩比 "),
        (odt("", drop=["content.xml"], extra=[("content.xml", "<!DOCTYPE a><a/>")]), "unsafe_xml",
         "文档含有 DTD/外部实体。"),
        (odt(p(), extra=[("Pictures/1.jpg", b"x")]), "scanned_document", "文档里只有图片，没有文字，"),
        (odt(p() * 100_002), "too_many_paragraphs", "文档多于 10 万段"),
        (odt(""), "empty_file", "文件里没有文字。"),
        (zipped([("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "")]),
         "unsupported_type", "不支持电子表格，"),
    ],
)  # fmt: skip
def test_refusal(data: bytes, code: str, message: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data, "讲话.odt")
    assert (caught.value.code, caught.value.message.startswith(message)) == (code, True), caught.value.message


def test_a_manifest_that_cannot_be_read_or_is_not_there_locks_nothing() -> None:
    name = "META-INF/manifest.xml"
    assert read_odt(odt(p("甲"), drop=[name, "styles.xml"]), None).text == "甲"
    assert read_odt(odt(p("甲"), drop=[name], extra=[(name, "<")]), None).text == "甲"


def test_what_stands_in_front_of_every_paragraph_is_not_a_book() -> None:
    assert len(text_of(listed(item(NUMBER)), list_style(level(1, "1", "甲" * 5000)))) < 1000


def test_blanks_are_not_multiplied_without_bound() -> None:
    assert len(text_of(p('甲<text:s text:c="99999999"/>乙'))) <= 1002


GOOD = odt(
    "<text:h>首</text:h>" + DELETED + listed(item(NUMBER, listed(item(p(f"甲{box(p('框'))}")), style=""))),
    styles=OUTLINE,
    automatic=CHINESE + HIDING,
)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 3))
def test_a_package_with_damaged_markup_is_read_or_refused(seed: int, damages: int) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as packed:
        files = [(name, damaged(packed.read(name), seed, damages)) for name in packed.namelist()]
    assert is_read_or_refused(zipped(files), "a.odt")
    assert is_read_or_refused(damaged(GOOD, seed, damages), "a.odt")
