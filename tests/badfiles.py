"""Files that are no good, or look as if: what is refused with which sentence, and what is taken with which note."""

from __future__ import annotations

import unicodedata
import zipfile
from dataclasses import dataclass

import pytest

from tests.readers.wordfile import docx, p

S = (
    "在全市机关党建工作会议上的讲话\n同志们：\n一、提高政治站位\n一是加强学习。二是抓好落实。\n"
    "二、压实责任\n要坚持问题导向。\n谢谢大家！\n"
)
U = S.encode()
WORD = docx("".join(p(line) for line in S.splitlines()))
XML = '<?xml version="1.0"?><!DOCTYPE a [{}]>'
LAUGHS = '<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 11))
LOCKED = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512) + "EncryptedPackage".encode("utf-16le") + bytes(4096)


@dataclass(frozen=True)
class Bad:
    """A file that is refused with this code and sentence."""

    name: str
    data: bytes
    code: str
    sentence: str


@dataclass(frozen=True)
class Odd:
    """A file that is taken; ``kind`` is the note it gets and ``sentence`` what the page says, if any."""

    data: bytes
    kind: str = ""
    sentence: str = ""
    name: str = "a.txt"


def document(body: str, before: str = "") -> bytes:
    """A .docx whose main part is written here."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    main = f'{before}<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>' if body else ""
    return docx("", drop=["word/document.xml"], extra=[("word/document.xml", main)])


def turned(data: bytes, word: bytes) -> bytes:
    """``data`` with one bit of ``word`` turned."""
    at = data.index(word)
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def twice() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        return docx(p("甲"), extra=[("word/document.xml", "<a/>")])


REFUSED = {
    "nothing": Bad("a.txt", b"", "empty_file", "文件是空的。"),
    "blanks": Bad("a.txt", "\u3000 \t\r\n\u00a0\n".encode() * 50, "empty_file", "文件里没有文字。"),
    "redactions": Bad("a.txt", b"***\nXXX\n**", "no_text", "除了隐去的内容，没有可以入库的文字。"),
    "title": Bad("a.txt", "在会议上的讲话\n".encode(), "no_body", "只有标题，没有正文。"),
    "png": Bad(
        "a.txt",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 16,
        "not_text",
        "这不是文本文件（看起来是 PNG 图片）。",
    ),
    "word as text": Bad("a.txt", WORD, "type_mismatch", "扩展名是 .txt，内容却是 Word/ZIP。"),
    "text as word": Bad("a.docx", U, "type_mismatch", "扩展名是 .docx，内容却不是 Word 文档。"),
    "password": Bad("a.docx", LOCKED, "encrypted_document", "文档有密码，请去掉密码后再上传。"),
    "page as text": Bad(
        "a.txt",
        b"<!doctype html><html><body>1</body></html>",
        "type_mismatch",
        "内容是 HTML 网页，请上传纯文本。",
    ),
    "program": Bad("a.txt.exe", U, "unsupported_type", "不支持 .exe 文件。"),
    "utf-32": Bad("a.txt", S.encode("utf-32"), "bad_encoding", "不支持 UTF-32，请另存为 UTF-8。"),
    "odd byte in gbk": Bad(
        "a.txt",
        S.encode("gbk")[:40] + b"\xff" + S.encode("gbk")[40:],
        "bad_encoding",
        "行附近的字节既不是 UTF-8 也不是 GB18030。",
    ),
    "odd byte in utf-8": Bad("a.txt", U[:30] + b"\x80" + U[30:], "bad_encoding", "第 1 行有非法字节。"),
    "overlong": Bad("a.txt", U + b"\xc0\xaf", "bad_encoding", "第 8 行有非法字节。"),
    "two encodings": Bad("a.txt", U + S.encode("gbk"), "bad_encoding", "前半是 UTF-8，第 8 行起不是。"),
    "mojibake": Bad(
        "a.txt",
        U.decode("latin-1").encode(),
        "mojibake_suspected",
        "汉字比例过低，像是乱码，请检查来源文件。",
    ),
    "lost characters": Bad(
        "a.txt", ("\ufffd" * 500 + S).encode(), "mojibake_suspected", "乱码太多（500 个 �），请检查来源文件。"
    ),
    "nul": Bad("a.txt", U.replace(b"\n", b"\0\n"), "not_text", "文件含有 NUL 字节"),
    "size": Bad("a.txt", b"a" * (10 * 2**20 + 1), "too_large", "文件超过 10 MB 的上限"),
    "headings": Bad(
        "a.txt",
        "".join(f"一、标题{i}\n" for i in range(20_000)).encode(),
        "too_many_sections",
        "标题多于 2000 个，不像讲话稿。",
    ),
    "bomb": Bad("a.docx", document(p("a" * 20_000_000)), "unsafe_archive", "压缩包展开后过大（压缩比 "),
    "entity": Bad(
        "a.docx",
        document(p("&x;"), XML.format('<!ENTITY x SYSTEM "file:///etc/passwd">')),
        "unsafe_xml",
        "文档含有 DTD/外部实体。",
    ),
    "laughs": Bad(
        "a.docx", document(p("&a10;"), XML.format(LAUGHS)), "unsafe_xml", "文档含有 DTD/外部实体。"
    ),
    "name twice": Bad("a.docx", twice(), "unsafe_archive", "压缩包里有重名文件。"),
    "no types": Bad(
        "a.docx", docx(p("甲"), drop=["[Content_Types].xml"]), "corrupt_document", "不是有效的 Word 文档。"
    ),
    "no document": Bad("a.docx", document(""), "corrupt_document", "不是有效的 Word 文档。"),
    "macros": Bad(
        "a.docx", docx(p("甲"), extra=[("word/vbaProject.bin", "1")]), "unsafe_archive", "文档含有宏。"
    ),
    "checksum": Bad(
        "a.docx",
        turned(docx(p("坏掉了"), packed=zipfile.ZIP_STORED), "坏掉了".encode()),
        "corrupt_document",
        "文档已损坏。",
    ),
    "script in pdf": Bad(
        "a.pdf",
        b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF",
        "unsupported_type",
        "PDF，请上传 .txt 或 .docx。",
    ),
}

TAKEN = {
    "no title": Odd(
        ("同志们：" + "我们要坚持" * 400).encode(), "no_title", "没有找到标题行，已用文件名代替，请核对。"
    ),
    "blank line first": Odd(("\n" + S.replace("讲话\n", "讲话 \n", 1)).encode()),
    "tag": Odd(
        ("<script>alert(1)</script>\n" + S).encode(), "markup_kept", "文中有网页标记，将按文字原样显示。"
    ),
    "end of script": Odd(("</script><script>alert(1)</script>\n" + S).encode(), "markup_kept"),
    "attribute": Odd('讲话\n同志们：\n一、" onmouseover=alert(1) x="\n正文'.encode(), "markup_kept"),
    "link": Odd(("[点我](javascript:alert(1))\n" + S).encode()),
    "formula": Odd(("@SUM(1+1)*cmd|' /C calc'!A0\n" + S).encode()),
    "MZ": Odd(("MZ 同志们：\n" + S).encode()),
    "mark": Odd(b"\xef\xbb\xbf" + U),
    "big5": Odd("同志們：我們要堅持學習".encode("big5") * 20),
    "controls": Odd(("\x1b[31m\x07\x08" + S).encode(), "control_removed", "删去了不可见控制字符。"),
    "direction": Odd(("\u202e" + S).encode(), "bidi_removed", "删去了文字方向控制符。"),
    "marks": Odd(
        ("讲" + "\u0301" * 5000 + "话\n" + S).encode(), "marks_cut", "一个字符上最多保留 8 个附加符。"
    ),
    "emoji": Odd(("👨\u200d👩\u200d👧\ufe0f" + S).encode()),
    "rare": Odd(("𠮷𡨸𰻝" + S).encode()),
    "decomposed": Odd(unicodedata.normalize("NFD", "é résumé\n" + S).encode()),
    "1,999 headings": Odd(("讲话\n" + "".join(f"一、标题{i}\n正文。\n" for i in range(1999))).encode()),
    "5,000 levels": Odd(("讲话\n同志们：\n" + "一、（一）1．（1）①" * 5000).encode()),
    "commas": Odd(("讲话\n" + "，" * 50_000 + "\n正文").encode()),
    "blanks": Odd(("讲话\n" + (" " * 50_000 + "x\n") * 5).encode()),
    "date 0": Odd(("讲话\n（0000年00月00日）\n" + S).encode(), "bad_date", "日期无效，已留空。"),
    "year 99999": Odd(("讲话\n99999年1月1日\n" + S).encode(), "bad_date", "日期无效，已留空。"),
    "year 2999": Odd(("讲话\n2999年1月1日\n" + S).encode(), "future_date", "日期在将来，请核对。"),
    "shell": Odd(U, "name_cleaned", "文件名已改写。", "a;b&&c|d`e`$(f).txt"),
    "dash": Odd(U, name="-rf.txt"),
    "percent": Odd(U, name="%2e%2e%2fx.txt"),
    "path": Odd(U, name="..\\..\\windows\\x.txt"),
    "place": Odd(U, name="/etc/passwd.txt"),
}
