"""Printed pages for the tests: PDFs and OFDs made letter by letter, so that every place is known."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

A4 = (595, 842)
SIZE = 16
PITCH = 28
LEFT, TOP = 80, 760
COLUMNS = 27
"""Letters in a line of the text."""


BODY = "要坚持以习近平新时代中国特色社会主义思想为指导，深入学习贯彻党的二十大精神，扎实推进机关党建各项工作取得新成效"
LINES = [
    "在机关党建工作会议上的讲话",
    "同志们：",
    f"{BODY}。",
    "一、提高政治站位",
    f"{BODY}。{BODY}。",
    "谢谢大家！",
]
"""A transcript."""


@dataclass(frozen=True)
class Put:
    """A run of text with its baseline at ``x``, ``y``; ``y`` grows upwards from the foot of the page."""

    x: float
    y: float
    text: str
    size: float = SIZE
    turn: tuple[float, float] = (1, 0)
    """Cosine and sine."""
    invisible: bool = False


@dataclass(frozen=True)
class Sheet:
    """A page: its runs, whether a picture fills it, and the page's own rotation."""

    runs: Sequence[Put] = ()
    picture: bool = False
    rotate: int = 0


def set_lines(lines: Iterable[str], top: float = TOP, left: float = LEFT) -> list[Put]:
    """Lines of text one below the other; full-width blanks at the beginning become an indent."""
    runs = []
    for n, line in enumerate(lines):
        text = line.lstrip("　")
        runs.append(Put(left + SIZE * (len(line) - len(text)), top - n * PITCH, text))
    return runs


def wrapped(paragraphs: Iterable[str], width: int = COLUMNS) -> list[str]:
    """Paragraphs as lines of type, indented by two letters, and no stop at the beginning of a line."""
    lines = []
    for paragraph in paragraphs:
        rest = "　　" + paragraph
        while len(rest) > width:
            cut = width - 1 if rest[width] in "，。、；：！？”）》" else width
            lines.append(rest[:cut])
            rest = rest[cut:]
        lines.append(rest)
    return lines


def pdf(sheets: Iterable[Sheet], *, mapped: bool = True, more: str = "", trailer: str = "") -> bytes:
    """A PDF of these pages. ``mapped``: the font says which letters it draws. ``more`` goes into the catalog."""
    bodies = [f"<</Type/Catalog/Pages 2 0 R{more}>>".encode(), b"", *_font(mapped=mapped)]
    kids = []
    for sheet in sheets:
        content = _content(sheet).encode()
        bodies.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content))
        bodies.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Rotate %d/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R>>/XObject<</I 7 0 R>>>>>>" % (*A4, sheet.rotate, len(bodies))
        )
        kids.append(f"{len(bodies)} 0 R")
    bodies[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    return _file(bodies, trailer)


def _font(*, mapped: bool) -> list[bytes]:
    """Objects 3 to 7: a font whose codes are Unicode, and a picture."""
    cmap = (
        b"/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CMapName/U def/CMapType 2 def\n"
        b"1 begincodespacerange<0000><FFFF>endcodespacerange\n1 beginbfrange<0000><FFFF><0000>endbfrange\n"
        b"endcmap CMapName currentdict/CMap defineresource pop end end"
    )
    to_unicode = b"/ToUnicode 6 0 R" if mapped else b""
    return [
        b"<</Type/Font/Subtype/Type0/BaseFont/Made/Encoding/Identity-H/DescendantFonts[4 0 R]%s>>"
        % to_unicode,
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Made/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/FontDescriptor 5 0 R/DW 1000/W[32 126 500]>>",
        b"<</Type/FontDescriptor/FontName/Made/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880"
        b"/Descent -120/CapHeight 700/StemV 80>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(cmap), cmap),
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
        b"\nstream\n\x80\nendstream",
    ]


def _content(sheet: Sheet) -> str:
    parts = [f"q {A4[0]} 0 0 {A4[1]} 0 0 cm /I Do Q"] if sheet.picture else []
    for run in sheet.runs:
        cos, sin = run.turn
        codes = run.text.encode("utf-16-be").hex()
        place = f"{cos} {sin} {-sin} {cos} {run.x} {run.y} Tm"
        parts.append(f"BT /F {run.size} Tf {3 if run.invisible else 0} Tr {place} <{codes}> Tj ET")
    return "\n".join(parts)


def _file(bodies: list[bytes], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(bodies) + 1,
        trailer.encode(),
        table,
    )
    return bytes(out)


OFD_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text_object(run: Put, number: int = 0, *, more: str = "") -> str:
    """A run as OFD has it: millimetres, downwards, a step for each letter."""
    x, y, size = run.x / 2, 297 - run.y / 2.84, run.size / 2
    steps = " ".join(f"{size if ord(char) > 255 else size / 2:g}" for char in run.text[:-1])
    delta = f' DeltaX="{steps}"' if steps else ""
    return (
        f'<ofd:TextObject ID="{number}" Boundary="{x:g} {y - size:g} 200 {size:g}" Font="1" Size="{size:g}"{more}>'
        f'<ofd:TextCode X="0" Y="{size:g}"{delta}>{escape(run.text)}</ofd:TextCode></ofd:TextObject>'
    )


def ofd(
    pages: Sequence[str], *, extra: dict[str, str] | None = None, common: str = "", space: str = OFD_SPACE
) -> bytes:
    """An OFD whose pages have this content; ``extra`` members, and more of the document's common data."""
    listed = "".join(
        f'<ofd:Page ID="{n + 10}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    members = {
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        "</ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 298 297"
        f"</ofd:PhysicalBox></ofd:PageArea>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    for n, content in enumerate(pages):
        members[f"Doc_0/Pages/Page_{n}/Content.xml"] = f"<ofd:Page {space}>{content}</ofd:Page>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (members | (extra or {})).items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return packed.getvalue()


def layer(runs: Iterable[Put]) -> str:
    """The content of an OFD page with these runs."""
    objects = "".join(text_object(run, n) for n, run in enumerate(runs))
    return f"<ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content>"
