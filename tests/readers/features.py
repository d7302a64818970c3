"""What each format is promised to give, a cell for each promise: the table of docs/formats.md is made of these.

A cell is a file and what becomes of it. READ promises hold; KEPT ones tell of what a format does not let us know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.readers import odtfile, wordfile
from tests.readers.printed import Put, Sheet, layer, ofd, pdf, set_lines
from tests.readers.sites import DAY, SPEECH, TITLE, mhtml, party_site
from tests.readers.test_akoma import SPACE
from tests.readers.test_odt import OUTLINE
from tests.readers.test_rtf import hexed, rtf
from tests.readers.wordfile import docx, p, r

LINES = ("在会议上的讲话", "同志们：", "要抓好落实。")


@dataclass(frozen=True)
class Cell:
    """A file: the lines it gives, with a note of the kind ``note``; or the code of its refusal."""

    data: bytes
    lines: tuple[str, ...] = ()
    note: str = ""
    code: str = ""
    kept: str = ""
    """Why the lines have what other formats leave out."""
    name: str = ""
    """Of the file; else it is called as its format."""


Row = dict[str, Cell]


def says(data: bytes, *lines: str, note: str = "") -> Cell:
    return Cell(data, lines or LINES, note)


def word(*paragraphs: str, **parts: str) -> bytes:
    return docx("".join(paragraphs), **parts)  # type: ignore[arg-type]


def odt(*blocks: str, **parts: str) -> bytes:
    return odtfile.odt("".join(blocks), **parts)  # type: ignore[arg-type]


def rich(*lines: str) -> bytes:
    return rtf("\\par ".join(lines))


def html(*blocks: str) -> bytes:
    return f"<html><body>{''.join(blocks)}</body></html>".encode()


def akoma(body: str, before: str = "") -> bytes:
    return f"{before}<akomaNtoso {SPACE}><doc><mainBody>{body}</mainBody></doc></akomaNtoso>".encode()


def paged(*pages: Sequence[str]) -> list[list[Put]]:
    """Pages of lines between a running head and a number."""
    return [
        [Put(80, 815, "内部资料", 10), *set_lines(page), Put(290, 20, f"— {n} —", 10)]
        for n, page in enumerate(pages, 1)
    ]


hx = hexed
JIA, YI = hx("甲"), hx("乙")
OP = odtfile.p
PAGES = paged(("同志们：",), ("要抓好落实。",), ("谢谢大家！",))
OVERRIDE = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride>'
STYLED = '<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
CELL = "<w:tc>{}</w:tc>"
TABLE = "<w:tbl><w:tr>{}{}</w:tr></w:tbl>"
MERGED = (
    f"<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>{p('甲')}</w:tc><w:tc>{p('乙')}</w:tc></w:tr>"
    f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{p()}</w:tc><w:tc>{p('丙')}</w:tc></w:tr></w:tbl>"
)
MERGED_ODT = (
    f"<table:table><table:table-row><table:table-cell table:number-rows-spanned='2'>{OP('甲')}</table:table-cell>"
    f"<table:table-cell>{OP('乙')}</table:table-cell></table:table-row><table:table-row><table:covered-table-cell/>"
    f"<table:table-cell>{OP('丙')}</table:table-cell></table:table-row></table:table>"
)
BOX = "<w:r><w:drawing><w:txbxContent>{}</w:txbxContent></w:drawing></w:r>"
TRACKED = (
    "<text:tracked-changes><text:changed-region><text:deletion><text:p>删</text:p></text:deletion>"
    "</text:changed-region></text:tracked-changes>"
)
NUMBER = "<span style='mso-list:Ignore'>{}<span>&nbsp;</span></span>{}"
HEADER = '<div title="header"><p>页眉，页眉。</p></div>'
NOTED = '甲，<a class="sdfootnoteanc"><sup>1</sup></a>乙。'
DELETED = "<p>要抓<del>不</del>好。</p>"


def printed(lines: Sequence[str]) -> dict[str, bytes]:
    return {"pdf": pdf([Sheet(set_lines(lines))]), "ofd": ofd([layer(set_lines(lines))])}


CODECS = {
    "UTF-8, with a mark or without": "utf-8",
    "GB18030, GBK, GB2312": "gb18030",
    "Big5": "cp950",
    "UTF-16, with a mark or without": "utf-16-le",
}
HAN = "各位同仁：今日我們在此開會，各單位要加強學習，抓好落實。"


def encoded(codec: str) -> Row:
    """A text in ``codec``, which a format with labels names as pages do."""
    label = {"gb18030": "gb2312", "cp950": "big5"}.get(codec, codec)
    page = f'<html><head><meta charset="{label}"></head><body><p>{HAN}</p></body></html>'.encode(codec)
    row = {"txt": says(HAN.encode(codec), HAN), "md": says(_marked(codec), HAN)}
    if codec == "utf-16-le":
        return row
    pages = {"gb18030": 936, "cp950": 950, "utf-8": 65001}
    return row | {
        "rtf": says(rtf(hx(HAN, codec), rf"\ansicpg{pages[codec]}").replace(b"\\deff1", b""), HAN),
        "html": says(page, HAN),
        "mht": says(mhtml(html(f"<p>{HAN}</p>").decode().encode(codec), charset=label), HAN),
        "xml": says(akoma(f"<p>{HAN}</p>", DECLARED.format(label)).decode().encode(codec), HAN),
    }


DECLARED = '<?xml version="1.0" encoding="{}"?>'


def _marked(codec: str) -> bytes:
    """The text behind a byte order mark, where the codec has one."""
    return ("\ufeff" * codec.startswith("utf") + HAN).encode(codec)


FEATURES: dict[str, Row] = {
    "text, a line a paragraph": {
        "txt": says("\n".join(LINES).encode()),
        "md": says("\n".join(LINES).encode()),
        "docx": says(word(*map(p, LINES))),
        "odt": says(odt(*map(OP, LINES))),
        "rtf": says(rich(*map(hx, LINES))),
        "html": says(html(*(f"<p>{line}</p>" for line in LINES))),
        "mht": says(mhtml(html(*(f"<p>{line}</p>" for line in LINES)))),
        "xml": says(akoma("".join(f"<p>{line}</p>" for line in LINES))),
        **{form: says(data) for form, data in printed(LINES).items()},
    },
    "automatic numbers 一、（一）1.": {
        "docx": says(
            word(*(p("文", level=n) for n in range(3)), numbering=wordfile.chinese()),
            *("一、文", "（一）文", "1.文"),
        ),
        "odt": says(
            odt(odtfile.listed(odtfile.item(OP("文"), odtfile.listed(odtfile.item(OP("文")), style="")))),
            *("一、文", "（一）文"),
        ),
        "rtf": says(rich(rf"{{\listtext {hx('一、')}\tab}}{JIA}"), "一、甲"),
        "html": says(html(f"<p>{NUMBER.format('一、', '甲，好。')}</p>"), "一、甲，好。"),
        "xml": says(
            akoma("<section><num>一、</num><heading>甲</heading><p>乙</p></section>"), "一、甲", "乙"
        ),
    },
    "levels that a list overrides": {
        "docx": says(
            word(
                p("甲", level=0),
                p("乙", level=0, num=2),
                numbering=wordfile.chinese() + wordfile.num(2, more=OVERRIDE),
            ),
            *("一、甲", "三、乙"),
        ),
        "odt": says(odt(odtfile.listed(odtfile.item(OP("甲"), more='text:start-value="3"'))), "三、甲"),
        "html": says(html('<ol start="3"><li>甲，好。</li></ol>'), "3. 甲，好。"),
    },
    "numbers that come with a style": {
        "docx": says(word(p("甲", style="H"), numbering=wordfile.chinese(), styles=STYLED), "一、甲"),
        "odt": says(odt('<text:h text:outline-level="1">甲</text:h>', styles=OUTLINE), "一、甲"),
    },
    "tables, a line a cell": {
        "docx": says(word(TABLE.format(CELL.format(p("甲")), CELL.format(p("乙")))), "甲", "乙"),
        "odt": says(odt(MERGED_ODT.replace("丙", "")), "甲", "乙"),
        "rtf": says(rich(rf"\trowd\intbl {JIA}\cell {YI}\cell\row"), "甲", "乙"),
        "html": says(html("<table><tr><td>甲，</td><td>乙。</td></tr></table>"), "甲，", "乙。"),
        "xml": says(akoma("<table><tr><td><p>甲</p></td><td><p>乙</p></td></tr></table>"), "甲", "乙"),
    },
    "merged cells once": {
        "docx": says(word(MERGED), "甲", "乙", "", "丙"),
        "odt": says(odt(MERGED_ODT), "甲", "乙", "丙"),
        "html": says(
            html("<table><tr><td rowspan=2>甲，</td><td>乙。</td></tr><tr><td>丙。</td></tr></table>"),
            *("甲，", "乙。", "丙。"),
        ),
    },
    "text boxes after their paragraph": {
        "docx": says(word(p(r("甲") + BOX.format(p("框")) + r("乙"))), "甲乙", "框"),
        "odt": says(
            odt(OP(f"甲<draw:frame><draw:text-box>{OP('框')}</draw:text-box></draw:frame>乙")), "甲乙", "框"
        ),
        "rtf": says(rich(rf"{JIA}{{\shp{{\*\shpinst{{\shptxt {hx('框')}}}}}}}{YI}"), "甲乙", "框"),
    },
    "line breaks within a paragraph": {
        "docx": says(word(p(r("甲") + "<w:r><w:br/></w:r>" + r("乙"))), "甲", "乙"),
        "odt": says(odt(OP("甲<text:line-break/>乙")), "甲", "乙"),
        "rtf": says(rich(rf"{JIA}\line {YI}"), "甲", "乙"),
        "html": says(html("<p>甲，<br>乙。</p>"), "甲，", "乙。"),
        "xml": says(akoma("<p>甲<eol/>乙</p>"), "甲", "乙"),
    },
    "lines of type joined": {
        form: says(data, "要" * 26 + "抓好落实。", "好。")
        for form, data in printed(["　　" + "要" * 25, "要抓好落实。", "　　好。"]).items()
    },
    "insertions kept": {
        "docx": says(word(p(f"<w:ins>{r('甲')}</w:ins>{r('乙')}")), "甲乙", note="revisions_accepted"),
        "odt": says(odt(OP("<text:change-start/>甲<text:change-end/>乙")), "甲乙", note="revisions_accepted"),
        "rtf": says(rich(rf"{{\revised {JIA}}}{YI}"), "甲乙"),
        "html": says(html("<p>甲，<ins>乙。</ins></p>"), "甲，乙。"),
        "xml": says(akoma("<p>甲<ins>乙</ins></p>"), "甲乙"),
    },
    "deletions dropped": {
        "docx": says(
            word(p(f"<w:del><w:r><w:delText>删</w:delText></w:r></w:del>{r('乙')}")),
            "乙",
            note="revisions_accepted",
        ),
        "odt": says(odt(TRACKED, OP("甲<text:change/>乙")), "甲乙", note="revisions_accepted"),
        "rtf": says(rich(rf"{JIA}{{\deleted {hx('删')}}}"), "甲", note="revisions_accepted"),
        "html": says(html(DELETED), "要抓好。", note="revisions_accepted"),
        "mht": says(mhtml(html(DELETED)), "要抓好。", note="revisions_accepted"),
        "xml": says(akoma("<p>甲<del>删</del></p>"), "甲"),
    },
    "running heads and page numbers out": {
        "docx": says(word(p("甲"), extra=[("word/header1.xml", p("页眉"))]), "甲"),  # type: ignore[arg-type]
        "odt": says(odt(OP("甲")), "甲"),
        "rtf": says(rich(rf"{{\header {hx('页眉')}\par}}{{\footer {YI}}}{JIA}"), "甲"),
        "html": says(html(HEADER, "<p>甲，乙。</p>"), "甲，乙。"),
        "pdf": says(pdf([Sheet(page) for page in PAGES]), "同志们：", "要抓好落实。", "谢谢大家！"),
        "ofd": says(ofd([layer(page) for page in PAGES]), "同志们：", "要抓好落实。", "谢谢大家！"),
    },
    "notes at foot and end out": {
        "docx": says(
            word(p(r("甲") + '<w:r><w:footnoteReference w:id="2"/></w:r>')), "甲", note="footnotes_removed"
        ),
        "odt": says(
            odt(OP(f"甲<text:note><text:note-body>{OP('注')}</text:note-body></text:note>")),
            "甲",
            note="footnotes_removed",
        ),
        "rtf": says(rich(rf"{JIA}{{\footnote {YI}}}"), "甲", note="footnotes_removed"),
        "html": says(html(f"<p>{NOTED}</p>"), "甲，乙。", note="footnotes_removed"),
        "xml": says(akoma("<p>甲<authorialNote><p>注</p></authorialNote></p>"), "甲"),
        "pdf": Cell(
            pdf([Sheet([*set_lines(["要抓好落实。"]), Put(80, 300, "1 注解。", 10)])]),
            ("要抓好落实。", "1 注解。"),
            kept="a printed note is text like any other and stays in",
        ),
    },
    "comments out": {
        "docx": says(
            word(p(r("甲") + '<w:r><w:commentReference w:id="1"/></w:r>')), "甲", note="comments_removed"
        ),
        "odt": says(
            odt(OP(f"甲<office:annotation>{OP('批')}</office:annotation>")), "甲", note="comments_removed"
        ),
        "rtf": says(rich(rf"{JIA}{{\*\annotation {YI}}}"), "甲", note="comments_removed"),
        "html": says(
            html("<p>甲，<a class=msocomanchor>[A1]</a>乙。</p>"), "甲，乙。", note="comments_removed"
        ),
    },
    "hidden text out": {
        "docx": says(word(p(r("甲") + r("藏", "<w:vanish/>"))), "甲", note="hidden_removed"),
        "odt": says(odt(OP("甲<text:hidden-text>藏</text:hidden-text>")), "甲", note="hidden_removed"),
        "rtf": says(rich(rf"{JIA}{{\v {YI}}}"), "甲", note="hidden_removed"),
        "html": says(html("<p>甲，<span style='display:none'>藏</span>乙。</p>"), "甲，乙。"),
    },
    **{name: encoded(codec) for name, codec in CODECS.items()},
    "the page's title and day found": {
        "html": says(party_site(TITLE, SPEECH).encode(), TITLE, DAY, *SPEECH, note="date_from_page"),
        "mht": says(mhtml(party_site(TITLE, SPEECH).encode()), TITLE, DAY, *SPEECH, note="date_from_page"),
    },
    "radicals ⽂⺠ made letters": {
        form: says(data, "⼈⺠群众。".replace("⼈", "人").replace("⺠", "民"), note="radicals_folded")
        for form, data in printed(["⼈⺠群众。"]).items()
    },
}
