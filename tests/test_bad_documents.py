"""Documents that must not come in, through both doors: the code, the sentence, and nothing left behind."""

from __future__ import annotations

import json
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from archive.models import SourceFile, Speech, StagedUpload
from tests.readers.wordfile import docx, p, zipped

LINES = ("在全市机关党建工作会议上的讲话", "同志们：", "一、提高政治站位", "一是加强学习。", "谢谢大家！")
BODY = "".join(map(p, LINES))
DTD = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512)
TYPES = ("[Content_Types].xml", "")


def damaged() -> bytes:
    data = docx(BODY, packed=zipfile.ZIP_STORED)
    return data.replace("同志们".encode(), "同意们".encode())


BAD = [
    ("a.txt", docx(BODY), "扩展名是 .txt，内容却是 Word/ZIP。"),
    ("a.docx", "\n".join(LINES).encode(), "扩展名是 .docx，内容却不是 Word 文档。"),
    ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "文档有密码，请去掉密码后再上传。"),
    ("a.docx", docx(p("a" * 50_000_000)), "压缩包展开后过大（压缩比 "),
    ("a.docx", zipped([TYPES, ("word/document.xml", f"{DTD}<a>&x;</a>")]), "文档含有 DTD/外部实体。"),
    ("a.docx", docx(BODY, extra=[("word/Document.xml", "")]), "压缩包里有重名文件。"),
    ("a.docx", docx(BODY, drop=["[Content_Types].xml"]), "不是有效的 Word 文档。"),
    ("a.docx", zipped([TYPES, ("word/document.xml", "")]), "不是有效的 Word 文档。"),
    ("a.docx", docx(BODY, extra=[("word/vbaProject.bin", bytes(100))]), "文档含有宏。"),
    ("a.docx", damaged(), "文档已损坏。"),
    ("a.docx", docx(p(LINES[0])), "只有标题，没有正文。"),
    ("a.rtf", rb"{\rtf1 abc", "文档已损坏。"),
    ("a.odt", zipped([("mimetype", "application/vnd.oasis.opendocument.text")]), "文档已损坏。"),
    ("a.zip", zipped([("a.txt", "x" * 6_000_000)]), "压缩包展开后过大（压缩比 "),
    ("a.xlsx", zipped([("xl/workbook.xml", "")]), "不支持电子表格，"),
]

pytestmark = pytest.mark.django_db
each = pytest.mark.parametrize(("name", "data", "sentence"), BAD, ids=[f"{n} {s}" for n, _d, s in BAD])


def left_behind() -> list[object]:
    return [*Speech.objects.all(), *SourceFile.objects.all(), *StagedUpload.objects.all()]


@each
def test_the_command_refuses_it(name: str, data: bytes, sentence: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("import_speeches", str(tmp_path / name), "--format", "json", stdout=out)
    row = json.loads(out.getvalue().splitlines()[0])
    assert caught.value.returncode == 1
    assert row["status"] == "failed"
    assert row["error"].startswith(sentence)
    assert left_behind() == []


@each
def test_the_upload_page_refuses_it(name: str, data: bytes, sentence: str, client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("editor"))
    page = client.post(
        "/admin/archive/speech/upload/", {"file": SimpleUploadedFile(name, data), "action": "upload"}
    )
    assert page.status_code == 400
    assert sentence in page.content.decode()
    assert left_behind() == []
