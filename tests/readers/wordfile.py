"""Word documents for the tests, made from a few lines of markup."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{MAIN}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{MAIN}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{MAIN}.numbering+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
RELATION = '<Relationship Id="r{}" Type="{}/{}" Target="{}"/>'
CHINESE = (("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."))
"""The levels that official documents have: 一、（一）1."""


def p(text: str = "", *, level: int | None = None, num: int = 1, style: str = "", mark: str = "") -> str:
    """A paragraph; ``text`` is plain text, or markup when it starts with "<"."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if level is not None:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    if mark:
        properties += f"<w:rPr>{mark}</w:rPr>"
    inside = text if text.startswith("<") or not text else r(text)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def level(position: int, kind: str, text: str, *, start: int = 1, more: str = "") -> str:
    """One level of a list."""
    return (
        f'<w:lvl w:ilvl="{position}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(levels: str, name: int = 0) -> str:
    return f'<w:abstractNum w:abstractNumId="{name}">{levels}</w:abstractNum>'


def num(name: int, of: int = 0, more: str = "") -> str:
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def chinese() -> str:
    """The usual list, as number 1."""
    return abstract("".join(level(i, kind, text) for i, (kind, text) in enumerate(CHINESE))) + num(1)


def docx(
    body: str,
    *,
    numbering: str = "",
    styles: str = "",
    drop: Iterable[str] = (),
    extra: Iterable[tuple[str, str | bytes]] = (),
    packed: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """The bytes of a .docx with this markup in its body, its lists and its styles."""
    related = [("officeDocument", "word/document.xml")]
    files: list[tuple[str, str | bytes]] = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", _relations(related)),
        ("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"),
        (
            "word/_rels/document.xml.rels",
            _relations([("styles", "styles.xml"), ("numbering", "numbering.xml")]),
        ),
        ("word/styles.xml", f"<w:styles {SPACES}>{styles}</w:styles>"),
        ("word/numbering.xml", f"<w:numbering {SPACES}>{numbering}</w:numbering>"),
    ]
    return zipped([*(file for file in files if file[0] not in set(drop)), *extra], packed)


def zipped(files: Iterable[tuple[str, str | bytes]], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files, names and contents."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", packed) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return whole.getvalue()


def _relations(pairs: list[tuple[str, str]]) -> str:
    return RELATIONS.format("".join(RELATION.format(i, OFFICE, *pair) for i, pair in enumerate(pairs)))
