"""A file to a document: the content decides, and every refusal is a sentence with a code."""

from __future__ import annotations

import pytest

from archive.readers import SUFFIXES, Unreadable, read
from tests.readers.odtfile import odt
from tests.readers.test_rtf import rtf, u
from tests.readers.wordfile import docx, p, zipped

SPEECH = "在座谈会上的讲话\n同志们：\n一、提高政治站位\n一是加强学习。二是抓好落实。\n谢谢大家！\n"
UTF8 = SPEECH.encode()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512)


def word() -> bytes:
    return docx("".join(map(p, SPEECH.splitlines())))


WEB = "内容是 HTML 网页，请上传纯文本。要按网页读取，请把扩展名改成 .html。"


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.md", "a", "folder/讲话.txt", "..\\x.txt"])
def test_plain_text_is_read_whatever_case_its_name_has(name: str) -> None:
    document = read(UTF8, name)
    assert (document.text, document.encoding, document.notes) == (SPEECH.rstrip(), "utf-8", ())


def test_encoding_is_found_or_obeyed() -> None:
    assert read(SPEECH.encode("gbk"), "a.txt").encoding == "gb18030"
    assert read(SPEECH.encode("gbk"), "a.txt", "gbk").text == SPEECH.rstrip()


def test_notes_of_cleaning_are_handed_on() -> None:
    assert [note.kind for note in read(b"\x1b" + UTF8, "a.txt").notes] == ["control_removed"]


def test_a_few_lost_characters_are_a_note() -> None:
    document = read("讲话\n我们\ufffd坚持学习，抓好落实。\n".encode() + UTF8 * 3, "a.txt")
    assert [(note.line, note.kind) for note in document.notes] == [(2, "characters_lost")]


def test_what_can_be_read_is_known_by_its_suffixes() -> None:
    assert {".txt", ".text", ".md", ".markdown", ".docx"} <= set(SUFFIXES)
    assert "" not in SUFFIXES


@pytest.mark.parametrize("name", ["讲话", "a.docx", "a.DOCX"])
def test_a_word_document_is_read(name: str) -> None:
    document = read(word(), name)
    assert (document.text, document.encoding, document.notes) == (SPEECH.rstrip(), "docx", ())


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.rtf", "a.pdf"])
def test_a_document_under_the_name_of_another_is_read_with_a_note(name: str) -> None:
    document = read(word(), name)
    assert document.text == SPEECH.rstrip()
    (note,) = document.notes
    assert note.kind == "type_differs"
    assert note.message == f"扩展名是 {name[1:]}，内容却是 .docx 格式，已按内容读取。"


PAGE = "<html><body>" + "".join(f"<p>{line}</p>" for line in SPEECH.splitlines()) + "</body></html>"
RICH = rtf("".join(u(line) + "\\par " for line in SPEECH.splitlines()))


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [
        (RICH, "a.doc", ".rtf"),
        (RICH, "a.docx", ".rtf"),
        (PAGE.encode(), "a.doc", ".html"),
        (
            b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + PAGE.encode(),
            "a.doc",
            ".mht",
        ),
        (odt("".join(f"<text:p>{line}</text:p>" for line in SPEECH.splitlines())), "a.docx", ".odt"),
    ],
)
def test_what_is_called_word_is_read_as_what_it_is(data: bytes, name: str, form: str) -> None:
    document = read(data, name)
    assert document.text == SPEECH.rstrip()
    assert f"内容却是 {form} 格式，已按内容读取。" in document.notes[0].message


@pytest.mark.parametrize(
    ("data", "name", "code", "message"),
    [
        (b"", "a.txt", "empty_file", "文件是空的。"),
        ("　 \t\r\n\u00a0\n".encode(), "a.txt", "empty_file", "文件里没有文字。"),
        (PNG, "a.txt", "not_text", "这不是文本文件（看起来是 PNG 图片）。"),
        (b"GIF89a" + bytes(30), "a.txt", "not_text", "这不是文本文件（看起来是 GIF 图片）。"),
        (UTF8.replace(b"\n", b"\0\n"), "a.txt", "not_text", "文件含有 NUL 字节。"),
        (word(), "a.txt", "type_mismatch", "扩展名是 .txt，内容却是 Word/ZIP。"),
        (b"%PDF-1.7\n", "a.txt", "type_mismatch", "扩展名是 .txt，内容却是 PDF。"),
        (OLE, "a.txt", "type_mismatch", "扩展名是 .txt，内容却是 旧版 Word（.doc）或 WPS。"),
        (b"<!DOCTYPE html><html>", "a.txt", "type_mismatch", WEB),
        (b"\xef\xbb\xbf \n<HTML lang=zh>", "a.txt", "type_mismatch", WEB),
        ("<html>".encode("utf-16"), "a.txt", "type_mismatch", WEB),
        (UTF8, "a.docx", "type_mismatch", "扩展名是 .docx，内容却不是 Word 文档。"),
        (
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            "encrypted_document",
            "文档有密码，请去掉密码后再上传。",
        ),
        (word(), "a.exe", "unsupported_type", "不支持 .exe 文件。"),
        (zipped([("a.txt", UTF8)]), "a.docx", "type_mismatch", "扩展名是 .docx，内容却不是 Word 文档。"),
        (zipped([("a.txt", UTF8)]), "a.txt", "not_text", "这不是文本文件（看起来是 ZIP 压缩包）。"),
        (zipped([("a.txt", UTF8)]), "a.zip", "nested_archive", "压缩包里的压缩包不再展开"),
        (zipped([("xl/workbook.xml", "")]), "a.docx", "unsupported_type", "不支持电子表格，"),
        (zipped([("ppt/presentation.xml", "")]), "a.pptx", "unsupported_type", "不支持演示文稿，"),
        (word()[:-200], "a.docx", "corrupt_document", "文档已损坏。"),
        (word()[:-200], "a.zip", "corrupt_document", "压缩包已损坏。"),
        (word()[:-200], "a.txt", "not_text", "这不是文本文件（看起来是 损坏的压缩包）。"),
        (PNG, "a.docx", "not_text", "这不是文本文件（看起来是 PNG 图片）。请上传 .txt 或 .docx。"),
        (UTF8, "a.txt.exe", "unsupported_type", "不支持 .exe 文件。"),
        (UTF8 + b"\xff", "a.txt", "bad_encoding", "第 6 行有非法字节。"),
        (UTF8, "a.txt", "unknown_encoding", "不认识编码“klingon”"),
        (
            UTF8.decode("latin-1").encode(),
            "a.txt",
            "mojibake_suspected",
            "汉字比例过低，像是乱码，请检查来源文件。",
        ),
        (
            ("\ufffd" * 500 + SPEECH).encode(),
            "a.txt",
            "mojibake_suspected",
            "乱码太多（500 个 �），请检查来源文件。",
        ),
    ],
)
def test_refusal(data: bytes, name: str, code: str, message: str) -> None:
    encoding = "klingon" if code == "unknown_encoding" else None
    with pytest.raises(Unreadable) as caught:
        read(data, name, encoding)
    assert caught.value.code == code
    assert caught.value.message.startswith(message)
    assert caught.value.message.endswith("。")


@pytest.mark.parametrize(
    "text",
    [
        "MZ 同志们：\n我们开会。",
        "BM 讲话\n我们开会。",
        "PK 赛讲话\n我们开会。",
        "<script>alert(1)</script>\n我们开会。",
        "From: 办公室\n我们开会。\nMIME-Version: 1.0",
    ],
)
def test_a_text_may_begin_with_any_letters(text: str) -> None:
    assert read(text.encode(), "a.txt").text == text
