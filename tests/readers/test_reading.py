"""A file to a document: the content decides, and every refusal is a sentence with a code."""

from __future__ import annotations

import io
import zipfile

import pytest

from archive.readers import SUFFIXES, Unreadable, read

SPEECH = "在座谈会上的讲话\n同志们：\n一、提高政治站位\n一是加强学习。二是抓好落实。\n谢谢大家！\n"
UTF8 = SPEECH.encode()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512)


def word() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return packed.getvalue()


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


def test_the_suffixes_are_those_of_plain_text() -> None:
    assert set(SUFFIXES) == {".txt", ".text", ".md", ".markdown"}


@pytest.mark.parametrize(
    ("data", "name", "code", "message"),
    [
        (b"", "a.txt", "empty_file", "文件是空的。"),
        ("　 \t\r\n\u00a0\n".encode(), "a.txt", "empty_file", "文件里没有文字。"),
        (PNG, "a.txt", "not_text", "这不是文本文件（看起来是 PNG 图片）。"),
        (b"GIF89a" + bytes(30), "a.txt", "not_text", "这不是文本文件（看起来是 GIF 图片）。"),
        (UTF8.replace(b"\n", b"\0\n"), "a.txt", "not_text", "文件含有 NUL 字节。"),
        (word(), "a.txt", "type_mismatch", "扩展名是 .txt，内容却是 Word/ZIP。"),
        (word(), "讲话", "type_mismatch", "扩展名是 空的，内容却是 Word/ZIP。"),
        (b"%PDF-1.7\n", "a.txt", "type_mismatch", "扩展名是 .txt，内容却是 PDF。"),
        (OLE, "a.txt", "type_mismatch", "扩展名是 .txt，内容却是 旧版 Word（.doc）或 WPS。"),
        (b"<!DOCTYPE html><html>", "a.txt", "type_mismatch", "内容是 HTML 网页，请上传纯文本。"),
        (b"\xef\xbb\xbf \n<HTML lang=zh>", "a.txt", "type_mismatch", "内容是 HTML 网页，请上传纯文本。"),
        ("<html>".encode("utf-16"), "a.txt", "type_mismatch", "内容是 HTML 网页，请上传纯文本。"),
        (UTF8, "a.docx", "type_mismatch", "扩展名是 .docx，内容却不是 Word 文档。"),
        (word(), "a.docx", "unsupported_type", "不支持 Word 文档，请上传 .txt 或 .md。"),
        (OLE, "a.doc", "unsupported_type", "不支持 旧版 Word 文档，请上传 .txt 或 .md。"),
        (
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            "encrypted_document",
            "文档有密码，请去掉密码后再上传。",
        ),
        (b"%PDF-1.7\n", "a.pdf", "unsupported_type", "不支持 PDF，请上传 .txt 或 .md。"),
        (b"<html>", "a.html", "unsupported_type", "不支持 HTML 网页，请上传 .txt 或 .md。"),
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
    ],
)
def test_a_text_may_begin_with_any_letters(text: str) -> None:
    assert read(text.encode(), "a.txt").text == text
