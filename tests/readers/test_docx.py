"""Word documents feature by feature; first what must not come into the text."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.readers import Unreadable, read
from archive.readers.docx import read_docx
from tests.readers.damage import damaged, is_read_or_refused
from tests.readers.wordfile import STRICT, W, chinese, docx, p, r, zipped

DELETED = "<w:del><w:r><w:delText>删</w:delText><w:t>删</w:t></w:r></w:del>"
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BEGIN, SEPARATE, END = (FIELD.format(each) for each in ("begin", "separate", "end"))
PROMPT = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
HIDING = '<w:style w:type="character" w:styleId="X"><w:rPr><w:vanish/></w:rPr></w:style>'


def box(inside: str) -> str:
    """A text box as Word writes it: twice, for newer and for older readers."""
    shape = f"<w:drawing><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></w:drawing>"
    old = f"<w:pict><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></w:pict>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def field(instruction: str, result: str) -> str:
    return f"{BEGIN}<w:r><w:instrText>{instruction}</w:instrText></w:r>{SEPARATE}{result}{END}"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{properties}{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def body_text(body: str, styles: str = "") -> str:
    return read_docx(docx(body, styles=styles), None).text


@pytest.mark.parametrize(
    ("body", "text", "kind"),
    [
        (p(r("甲") + DELETED + r("乙")), "甲乙", "revisions_accepted"),
        (p("甲") + p(f"<w:moveFrom>{r('旧')}</w:moveFrom>"), "甲", "revisions_accepted"),
        (p(r("甲") + r("藏", "<w:vanish/>")), "甲", "hidden_removed"),
        (p(r("甲") + r("藏", '<w:rStyle w:val="X"/>')), "甲", "hidden_removed"),
        (p("甲") + p("藏", style="X"), "甲", "hidden_removed"),
        (p(r("甲") + '<w:r><w:footnoteReference w:id="2"/></w:r>'), "甲", "footnotes_removed"),
        (p(r("甲") + '<w:r><w:endnoteReference w:id="2"/></w:r>'), "甲", "footnotes_removed"),
        (p(r("甲") + '<w:r><w:commentReference w:id="2"/></w:r>'), "甲", "comments_removed"),
        (
            p(f"<w:r><w:ruby><w:rt>{r('yì')}</w:rt><w:rubyBase>{r('镒')}</w:rubyBase></w:ruby></w:r>"),
            "镒",
            "ruby_removed",
        ),
        (p(r("甲") + '<w:r><w:sym w:font="Wingdings" w:char="F001"/></w:r>'), "甲", "symbols_lost"),
        (p(r("甲") + '<w:r><w:sym w:font="Wingdings" w:char="?"/></w:r>'), "甲", "symbols_lost"),
        (p(field(' TOC \\o "1-3" ', r("目录"))) + p("甲"), "甲", "contents_removed"),
        (p(f"{BEGIN}<w:r><w:instrText>TOC </w:instrText></w:r>{SEPARATE}{r('目')}")
         + p(r("录") + field("PAGEREF _1", r("3"))) + p(END + r("甲")), "甲", "contents_removed"),
        (p(f'<w:fldSimple w:instr=" TOC ">{r("目录")}</w:fldSimple>') + p("甲"), "甲", "contents_removed"),
        (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
            f"<w:sdtContent>{p('目录')}{p('一、甲 1')}</w:sdtContent></w:sdt>{p('甲')}",
            "甲",
            "contents_removed",
        ),
        (p(PROMPT.format(r("点击输入")) + r("甲")), "甲", "placeholders_removed"),
        (PROMPT.format(p("点击输入")) + p("甲"), "甲", "placeholders_removed"),
        (
            f"<w:tbl>{row(p('甲'))}{row(p('删'), properties='<w:trPr><w:del/></w:trPr>')}</w:tbl>",
            "甲",
            "revisions_accepted",
        ),
    ],
)  # fmt: skip
def test_left_out_with_a_note(body: str, text: str, kind: str) -> None:
    document = read_docx(docx(body, styles=HIDING), None)
    assert document.text == text
    assert kind in [note.kind for note in document.notes]
    assert all(note.message.endswith("。") for note in document.notes)


@pytest.mark.parametrize(
    "body",
    [
        p(r("甲乙", '<w:vanish w:val="0"/>')),
        p(r("甲乙", '<w:rStyle w:val="X"/><w:vanish w:val="false"/>')),
        p(r("甲") + "<w:r><w:softHyphen/></w:r>" + r("乙")),
        p(r("甲") + "<w:proofErr/><w:bookmarkStart/>" + r("乙")),
        p(f"<w:hyperlink>{r('甲')}</w:hyperlink>" + r("乙")),
        p(f"<w:smartTag>{r('甲')}</w:smartTag><w:customXml><w:customXmlPr/>{r('乙')}</w:customXml>"),
        p(f"<w:ins>{r('甲')}</w:ins><w:moveTo>{r('乙')}</w:moveTo>"),
        p(f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{r('甲乙')}</w:sdtContent></w:sdt>"),
        f"<w:sdt><w:sdtContent>{p('甲乙')}</w:sdtContent></w:sdt>",
        f"<w:customXml>{p('甲乙')}</w:customXml>",
        p(field("HYPERLINK x", r("甲")) + f'<w:fldSimple w:instr="DATE">{r("乙")}</w:fldSimple>'),
        p(field("IF 1 = 1 " + "", BEGIN + "<w:r><w:instrText>QUOTE</w:instrText></w:r>" + SEPARATE + r("甲乙") + END)),
        p(r("甲") + "<w:r><m:oMath><m:r><m:t>乙</m:t></m:r></m:oMath></w:r>"),
        p("<w:r><w:t>甲</w:t><w:lastRenderedPageBreak/><w:t>乙</w:t></w:r>"),
    ],
)  # fmt: skip
def test_text_that_is_kept_whole(body: str) -> None:
    assert body_text(body, HIDING) == "甲乙"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>"), "甲\n乙"),
        (p('<w:r><w:t>甲</w:t><w:br w:type="page"/><w:t>乙</w:t></w:r>'), "甲\n乙"),
        (p("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>"), "甲 乙"),
        (p("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t></w:r>"), "A-B"),
        (p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>同意</w:t></w:r>'), "☑同意"),
        (p('<w:r><w:sym w:font="Times" w:char="2460"/><w:t>甲</w:t></w:r>'), "①甲"),
        (f"<w:tbl>{row(p('甲'), p('乙'))}{row(p('丙') + p('丁'), p('戊'))}</w:tbl>", "甲\n乙\n丙\n丁\n戊"),
        (f"<w:tbl>{row('<w:tbl>' + row(p('甲'), p('乙')) + '</w:tbl>' + p('丙'))}</w:tbl>", "甲\n乙\n丙"),
        (p(r("甲") + box(p("框") + p("二"))) + p("乙"), "甲\n框\n二\n乙"),
        (p(box(f"<w:tbl>{row(p('框'))}</w:tbl>" + p(r("外") + box(p("内")))) + r("甲")), "甲\n框\n外\n内"),
        (p("甲") + p() + p("乙"), "甲\n\n乙"),
        (
            p('<w:r><w:pict><v:shape><v:textpath string="某市文件"/></v:shape></w:pict></w:r>') + p("甲"),
            "某市文件\n甲",
        ),
    ],
)
def test_lines(body: str, text: str) -> None:
    assert body_text(body) == text


DELETED_MARK = "<w:del/>"


def test_a_deleted_end_of_a_paragraph_joins_it_with_the_next() -> None:
    assert body_text(p("甲", mark=DELETED_MARK) + p("乙", mark=DELETED_MARK) + p("丙")) == "甲乙丙"
    assert body_text(p("甲") + p(DELETED, mark=DELETED_MARK) + p("乙")) == "甲\n乙"
    assert body_text(p("甲", mark="<w:vanish/><w:specVanish/>") + p("乙")) == "甲乙"
    assert body_text(p("甲") + p("乙", mark=DELETED_MARK)) == "甲\n乙"


def test_a_dropped_initial_belongs_to_its_paragraph() -> None:
    frame = '<w:p><w:pPr><w:framePr w:dropCap="{}"/></w:pPr>' + r("甲") + "</w:p>"
    assert body_text(frame.format("drop") + p("乙")) == "甲乙"
    assert body_text(frame.format("none") + p("乙")) == "甲\n乙"


def test_a_deleted_paragraph_takes_no_number_and_leaves_the_others_theirs() -> None:
    body = p("甲", level=0) + p(DELETED, level=0, mark=DELETED_MARK) + p("乙", level=0)
    body += p("丙", level=0, mark=DELETED_MARK) + p("丁")
    assert read_docx(docx(body, numbering=chinese()), None).text == "一、甲\n二、乙\n三、丙丁"


def test_a_table_of_contents_that_never_ends_does_not_swallow_the_speech() -> None:
    opened = p(f"{BEGIN}<w:r><w:instrText>TOC</w:instrText></w:r>{SEPARATE}{r('目录')}")
    assert body_text(opened + p("甲")) == "目录\n甲"
    assert body_text(p(BEGIN + r("乱")) + p("甲")) == "甲"


def test_fields_that_are_never_ended_are_forgotten() -> None:
    assert body_text(p((BEGIN + SEPARATE) * 200 + r("甲"))) == "甲"
    assert (
        body_text(p(BEGIN + "<w:r><w:instrText>x</w:instrText></w:r>" * 300 + SEPARATE + r("甲") + END))
        == "甲"
    )


def test_a_table_of_contents_leaves_no_blank_lines() -> None:
    opened = p(f"{BEGIN}<w:r><w:instrText>TOC</w:instrText></w:r>{SEPARATE}{r('一')}")
    assert body_text(p("目录") + opened + p("二") + p("三") + p(END) + p("甲")) == "目录\n甲"


def test_the_strict_namespace_is_read_too() -> None:
    data = docx(p("甲", level=0), numbering=chinese())
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        files = [(name, packed.read(name).replace(W.encode(), STRICT.encode())) for name in packed.namelist()]
    assert read_docx(zipped(files), None).text == "一、甲"


def test_the_body_may_be_called_otherwise() -> None:
    data = docx(p("甲"))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        files = [
            (
                name.replace("document.xml", "document2.xml"),
                packed.read(name).replace(b"document.xml", b"document2.xml"),
            )
            for name in packed.namelist()
        ]
    assert read_docx(zipped(files), None).text == "甲"


@pytest.mark.parametrize(
    "missing", [["word/_rels/document.xml.rels"], ["word/styles.xml", "word/numbering.xml"], ["_rels/.rels"]]
)
def test_parts_that_are_not_there_are_not_missed(missing: list[str]) -> None:
    assert read_docx(docx(p("甲"), drop=missing), None).text == "甲"


def test_headers_footers_notes_and_comments_are_other_parts_and_stay_out() -> None:
    parts = [(f"word/{name}.xml", p("别处")) for name in ("header1", "footer1", "footnotes", "comments")]
    assert read_docx(docx(p("甲"), extra=parts), None).text == "甲"


def test_the_text_is_cleaned_as_plain_text_is() -> None:
    document = read_docx(docx(p("　甲\u200b乙　") + p("\u202e丙") + p("**丁戊**") + p("第*轮")), None)
    assert document.text == "甲乙\n丙\n丁戊\n第*轮"
    assert {note.kind for note in document.notes} == {"bidi_removed", "emphasis_removed"}


DTD = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
DEEP = "<w:tbl><w:tr><w:tc>" * 200 + p("甲") + "</w:tc></w:tr></w:tbl>" * 200


def flipped(data: bytes, where: bytes) -> bytes:
    place = data.index(where)
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def locked(data: bytes) -> bytes:
    """With the mark of encryption on every member, in both places where a zip has it."""
    data = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (docx(p("甲" * 20_000_000)), "unsafe_archive", "压缩包展开后过大（压缩比 "),
        (docx(p("a" * 5_000_000)), "unsafe_archive", "压缩包展开后过大（压缩比 "),
        (docx("", extra=[(f"m{i}", "") for i in range(1000)]), "unsafe_archive", "压缩包里的文件多于 1000 个"),
        (docx("", extra=[("WORD/Document.xml", "")]), "unsafe_archive", "压缩包里有重名文件。"),
        (docx("", extra=[("../x", "")]), "unsafe_archive", "压缩包里有指向外面的路径或链接。"),
        (docx("", extra=[("/etc/x", "")]), "unsafe_archive", "压缩包里有指向外面的路径或链接。"),
        (docx(p("甲"), extra=[("word/vbaProject.bin", b"x")]), "unsafe_archive", "文档含有宏。"),
        (locked(docx(p("甲"))), "encrypted_document", "文档有密码，"),
        (docx(p("甲"), drop=["[Content_Types].xml"]), "corrupt_document", "不是有效的 Word 文档。"),
        (docx(p("甲"), drop=["word/document.xml"]), "corrupt_document", "文档已损坏。"),
        (docx("<w:p>"), "corrupt_document", "不是有效的 Word 文档。"),
        (docx(p("甲"), numbering="<w:num>"), "corrupt_document", "不是有效的 Word 文档。"),
        (flipped(docx(p("标"), packed=zipfile.ZIP_STORED), b"</w:body>"), "corrupt_document", "文档已损坏。"),
        (docx(DEEP), "unsafe_xml", "文档的结构过于复杂"),
        (docx(p("甲"), styles="<w:style/>" * 500_001), "unsafe_archive", "压缩包展开后过大"),
        (docx(p("<w:r><w:drawing/></w:r>"), extra=[("word/media/image1.PNG", b"x")]), "scanned_document",
         "文档里只有图片，没有文字，"),
        (docx(p("甲") + "<w:altChunk/>"), "unsupported_type", "文档里嵌着另一份文件，"),
        (docx("<w:p/>" * 100_002), "too_many_paragraphs", "文档多于 10 万段，"),
        (docx(p()), "empty_file", "文件里没有文字。"),
        (docx(p("�" * 50)), "mojibake_suspected", "乱码太多（50 个 �）"),
        *(
            (zipped([("[Content_Types].xml", ""), ("word/document.xml", dtd + "<a>&x;</a>")]), "unsafe_xml",
             "文档含有 DTD/外部实体。")
            for dtd in (DTD, LAUGHS)
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_refusal(data: bytes, code: str, message: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data, "讲话.docx")
    assert (caught.value.code, caught.value.message.startswith(message)) == (code, True), caught.value.message
    assert caught.value.message.endswith("。")


def test_a_directory_that_lies_about_sizes_is_not_trusted() -> None:
    data = bytearray(docx(p("a" * 3_000_000)))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset : place + offset + 4] = (100).to_bytes(4, "little")
            place = data.find(mark, place + 4)
    with pytest.raises(Unreadable, match="已损坏"):
        read_docx(bytes(data), None)


GOOD = docx(
    p("讲话") + p("甲", level=0) + p(r("乙") + box(p("框")) + DELETED) + f"<w:tbl>{row(p('丙'))}</w:tbl>",
    numbering=chinese(),
    styles=HIDING,
    packed=zipfile.ZIP_STORED,
)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 8))
def test_a_damaged_package_is_read_or_refused(seed: int, damages: int) -> None:
    assert is_read_or_refused(damaged(GOOD, seed, damages), "a.docx")


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 3))
def test_a_package_with_damaged_markup_is_read_or_refused(seed: int, damages: int) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as packed:
        files = [(name, damaged(packed.read(name), seed, damages)) for name in packed.namelist()]
    assert is_read_or_refused(zipped(files), "a.docx")
