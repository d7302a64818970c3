"""Web pages, as a browser saves them: the text without the site around it.

The charset is the one that fits: strict UTF-8 first, for browsers save pages anew and leave the label,
then the label (WHATWG Encoding: gb2312 means GB18030, big5 its extensions), then what the bytes look like. The
parser is libxml2's, which loads nothing from the network; entities of one's own do not exist in HTML.
"""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from archive.readers.document import Document, Unreadable
from archive.readers.omissions import told
from archive.readers.settling import settle
from archive.readers.web import Article, article_of
from archive.text import Decoded, DecodingError, Note, decode

MAX_TAGS = 400_000
HEAD = 4096
"""Bytes in which a page names its charset; browsers look at 1024."""
WIDEST = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
}
"""What browsers read a label as; Latin labels are left out, for they stand on pages of every kind."""
LOST = 0.001
"""Share of a page's characters that may be broken; pages are glued together from many sources."""

COPY = "请在浏览器里打开，把正文复制到 .txt 里再上传。"
TOO_DEEP = "depth"
"""In what libxml2 says when it stops reading (2048 elements in one another)."""

_CHARSET = re.compile(
    rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})"""
    rb"""|<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.-]{2,40})"""
)
_TAG = re.compile(r"<(?:!doctype|html|head|body|div|p|br|table|meta|title|span|font|h[1-6])\b", re.I)
_EARLY_END = re.compile(r"</(?:html|body)\s*>", re.I)
_NOT_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")


def read_html(data: bytes, encoding: str | None) -> Document:
    """Raises Unreadable for what is no page, or a page without a text."""
    return read_page(data, encoding, label_of(data))


def read_page(data: bytes, encoding: str | None, label: str) -> Document:
    """The same with the charset that the page is labelled with, or "" for none."""
    decoded = _decoded(data, encoding, label)
    if not _TAG.search(decoded.text):
        raise Unreadable(
            "type_mismatch", "扩展名是网页，内容却不是。如果是纯文本，请把扩展名改成 .txt 后再上传。"
        )
    root = _tree(decoded.text)
    frames = [*root.iter("frame", "iframe")]
    article = article_of(root)
    if article is None:
        raise _without_text(bool(frames))
    return settle("\n".join(article.lines), decoded.encoding, _notes(article))


def _decoded(data: bytes, encoding: str | None, label: str) -> Decoded:
    """The text of the page. A named ``encoding`` is obeyed."""
    labels = (label, WIDEST[label]) if label in WIDEST else ()
    for name in () if encoding else ("utf-8", *labels):
        try:
            return decode(data, name)
        except DecodingError:
            continue  # with the next one
    try:
        return decode(data, encoding)
    except DecodingError as error:
        if not encoding and (decoded := _nearly(data, label)):
            return decoded
        raise Unreadable(error.code, error.message) from error


def label_of(data: bytes) -> str:
    """The charset that the page names; "" when it names none."""
    found = _CHARSET.search(data[:HEAD])
    return (found[1] or found[2]).decode("ascii").lower() if found else ""


def _nearly(data: bytes, label: str) -> Decoded | None:
    """The page by its own label, if all but a few of its characters are right."""
    codec = WIDEST.get(label)
    if codec is None:
        return None
    text = data.decode(codec, errors="replace")
    return Decoded(text, codec) if text.count("\ufffd") <= LOST * len(text) else None


def _tree(text: str) -> HtmlElement:
    """The tree of the page. Some pages end several times; the parser would stop at the first end."""
    if text.count("<") > MAX_TAGS:
        raise Unreadable("too_large", f"网页的结构过于复杂。{COPY}")
    plain = _NOT_XML.sub(" ", _EARLY_END.sub("", _DECLARATION.sub("", text)))
    parser = HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = document_fromstring(plain.encode(), parser=parser)
    except etree.LxmlError:
        raise Unreadable("corrupt_document", f"网页读不出来。{COPY}") from None
    if any(TOO_DEEP in entry.message for entry in parser.error_log):
        raise Unreadable("too_large", f"网页的结构过于复杂。{COPY}")
    return root


def _without_text(framed: bool) -> Unreadable:
    if framed:
        said = "网页是由框架拼成的，正文在别的文件里。请打开正文所在的那一页，另存后再上传。"
    else:
        said = f"网页里没有找到正文，可能要由脚本显示。{COPY}"
    return Unreadable("no_text", said)


def _notes(article: Article) -> list[Note]:
    notes = []
    if article.day:
        line = article.lines.index(article.day) + 1
        said = f"日期“{article.day}”取自网页的发布时间，未必是讲话的日期，请核对。"
        notes.append(Note(line, "date_from_page", said))
    if article.left_out:
        notes.append(
            Note(0, "furniture_removed", f"去掉了正文里 {article.left_out} 行链接和网站用语，请核对。")
        )
    if article.continued:
        notes.append(Note(0, "one_page_of_several", "网页上有“下一页”，文章可能不止这一页，请核对后补全。"))
    return [*notes, *told(article.omitted)]
