"""OpenDocument texts for the tests, made from a few lines of markup."""

from __future__ import annotations

from collections.abc import Iterable

from tests.readers.wordfile import zipped

URN = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = " ".join(
    f'xmlns:{prefix}="{URN}:{name}:1.0"'
    for prefix, name in (
        *(
            ("office", "office"),
            ("text", "text"),
            ("style", "style"),
            ("table", "table"),
            ("draw", "drawing"),
        ),
        *(("svg", "svg-compatible"), ("manifest", "manifest")),
    )
)
LOEXT = 'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
TYPE = "application/vnd.oasis.opendocument.text"
ONE = "一, 二, 三, ..."
"""The number format of LibreOffice for 一."""


def p(text: str = "", style: str = "") -> str:
    """A paragraph; ``text`` may have markup in it."""
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:p{named}>{text}</text:p>"


def item(*blocks: str, more: str = "") -> str:
    return f"<text:list-item {more}>{''.join(blocks)}</text:list-item>"


def listed(*items: str, style: str = "L", more: str = "") -> str:
    """A list; give no style to one inside another."""
    named = f'text:style-name="{style}"' if style else ""
    return f"<text:list {named} {more}>{''.join(items)}</text:list>"


def level(depth: int, form: str, before: str = "", after: str = "", *, more: str = "", gap: str = "") -> str:
    """One level of a list style."""
    label = f'<style:list-level-label-alignment text:label-followed-by="{gap}"/>' if gap else ""
    return (
        f'<text:list-level-style-number text:level="{depth}" style:num-format="{form}" '
        f'style:num-prefix="{before}" style:num-suffix="{after}" {more}>'
        f"<style:list-level-properties>{label}</style:list-level-properties></text:list-level-style-number>"
    )


def list_style(levels: str, name: str = "L") -> str:
    return f'<text:list-style style:name="{name}">{levels}</text:list-style>'


CHINESE = list_style(level(1, ONE, "", "、") + level(2, ONE, "（", "）") + level(3, "1", "", "."))
"""The levels that official documents have: 一、（一）1."""


def odt(
    body: str,
    *,
    automatic: str = CHINESE,
    styles: str = "",
    drop: Iterable[str] = (),
    extra: Iterable[tuple[str, str | bytes]] = (),
) -> bytes:
    """The bytes of an .odt with this markup in its text and its styles."""
    content = (
        f"<office:document-content {SPACES} {LOEXT}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    files: list[tuple[str, str | bytes]] = [
        ("mimetype", TYPE),
        ("content.xml", content),
        (
            "styles.xml",
            f"<office:document-styles {SPACES} {LOEXT}><office:styles>{styles}</office:styles>"
            f"<office:master-styles>{p('页眉')}</office:master-styles></office:document-styles>",
        ),
        ("META-INF/manifest.xml", f"<manifest:manifest {SPACES}/>"),
    ]
    return zipped([*(file for file in files if file[0] not in set(drop)), *extra])
