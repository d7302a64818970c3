"""What Word, WPS and LibreOffice write into a web page that is no part of the text.

Word marks it by styles and classes of its own (Microsoft Office HTML and XML Reference, 2000), LibreOffice by
names (its filter writes ``div title="header"`` and ``sdfootnote1``). Deleted words of both stand in ``<del>``.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

SILENT = "silent"
"""What is not counted: it repeats, or stands somewhere else too."""

_ELEMENT = re.compile(r"mso-element\s*:\s*(?:header|footer|(?:footnote|endnote|comment)(?:-list)?)\b", re.I)
_NOTE_MARK = re.compile(r"mso-(?:footnote|endnote)-id\s*:", re.I)
_NOTE = re.compile(r"sd(?:foot|end)note\d+")
_LIST_NUMBER = re.compile(r"mso-list\s*:\s*Ignore", re.I)


def is_list_number(element: HtmlElement) -> bool:
    """Whether the element holds the automatic number of its paragraph, with blanks up to the text."""
    return element.tag == "span" and bool(_LIST_NUMBER.search(element.get("style") or ""))


def left_out(element: HtmlElement) -> str:
    """Why the element is no part of the text: a kind of omission, or SILENT; "" when it is one."""
    match element.tag:
        case "del":
            return "revisions_accepted"
        case "div":
            named = (element.get("title") or "").lower() in ("header", "footer")
            noted = _NOTE.fullmatch(element.get("id") or "") or _ELEMENT.search(element.get("style") or "")
            return SILENT if named or noted else ""
        case "a":
            return _mark(element.get("class") or "", element.get("style") or "")
    return ""


def _mark(name: str, style: str) -> str:
    """What a link to a note or a comment is."""
    if name in ("sdfootnoteanc", "sdendnoteanc") or _NOTE_MARK.search(style):
        return "footnotes_removed"
    return "comments_removed" if name == "msocomanchor" else ""
