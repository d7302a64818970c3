"""A zip of several files: names in their own encoding, members one by one, and what is not safe refused."""

from __future__ import annotations

import io
import zipfile

import pytest

from archive.readers import Pack, Unreadable, unpack
from archive.readers.packs import is_left_lying
from tests.readers.odtfile import odt
from tests.readers.wordfile import docx, p, zipped

MOST = 1000


def pack(data: bytes, name: str = "包.zip") -> Pack:
    found = unpack(data, name, most=MOST)
    assert found is not None
    return found


def named(name: bytes) -> bytes:
    """A zip whose member has these bytes for its name, and no word about their encoding."""
    return zipped([("x" * len(name), "文")]).replace(b"x" * len(name), name)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.zip"),
        ("同志们".encode(), "a.zip"),
        (docx(p("甲")), "a.zip"),
        (odt(""), "a.zip"),
        (zipped([("a.txt", "甲")]), "a.docx"),
        (zipped([("a.txt", "甲")]), "a.txt"),
        (zipped([("xl/workbook.xml", "")]), "a.zip"),
    ],
)
def test_no_pack(data: bytes, name: str) -> None:
    assert unpack(data, name, most=MOST) is None


@pytest.mark.parametrize("name", ["包.zip", "包.ZIP", "包", "夹/包.zip"])
def test_members_come_one_by_one_with_their_paths(name: str) -> None:
    found = pack(zipped([("一/甲.txt", "子"), ("夹/", ""), ("乙.docx", "丑")]), name)
    assert (found.count, found.passed_over) == (2, 0)
    assert [(m.path, m.name, m.data.decode(), m.refusal) for m in found.members] == [
        ("一/甲.txt", "甲.txt", "子", None),
        ("乙.docx", "乙.docx", "丑", None),
    ]


@pytest.mark.parametrize("folder", ["word", "xl", "ppt", "content.xml"])
def test_a_folder_may_be_called_as_one_of_an_office_document(folder: str) -> None:
    found = pack(zipped([(f"{folder}/讲话.txt", "文")]))
    assert [member.path for member in found.members] == [f"{folder}/讲话.txt"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("讲话.txt".encode("gbk"), "讲话.txt"),
        ("讲话.txt".encode(), "讲话.txt"),
        ("在座談會上的講話.txt".encode("big5"), "在座談會上的講話.txt"),
        ("陆.txt".encode("gbk"), "陆.txt"),
        (b"plain.txt", "plain.txt"),
        (b"\xff\xfd.txt", "\ufffd\ufffd.txt"),
        ("一\\讲话.txt".encode("gbk"), "一/讲话.txt"),
    ],
)
def test_names_are_read_in_the_encoding_they_were_written_in(written: bytes, read: str) -> None:
    assert [member.path for member in pack(named(written)).members] == [read]


def test_what_lies_about_in_folders_is_passed_over_and_counted() -> None:
    litter = [
        "__MACOSX/一/._甲.txt",
        ".DS_Store",
        "一/~$甲.docx",
        "一/Thumbs.db",
        "desktop.ini",
        ".git/config",
    ]
    found = pack(zipped([("一/甲.txt", "子"), *((name, "x") for name in litter)]))
    assert (found.count, found.passed_over) == (1, len(litter))
    assert [member.path for member in found.members] == ["一/甲.txt"]
    assert not is_left_lying("讲话.txt")


def test_of_a_member_no_more_is_read_than_shows_that_it_is_too_much() -> None:
    (member,) = pack(zipped([("甲.txt", "x" * 500_000)])).members
    assert len(member.data) == MOST + 1


def test_a_damaged_member_is_refused_alone() -> None:
    data = zipped([("a.txt", "子" * 50), ("b.txt", "丑" * 50)], zipfile.ZIP_STORED)
    data = data.replace("子".encode() * 50, "卯".encode() * 50)
    first, second = pack(data).members
    assert (first.data, first.refusal and first.refusal.code) == (b"", "corrupt_document")
    assert second.data.decode() == "丑" * 50


def linked() -> bytes:
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = 0o120777 << 16
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    return whole.getvalue()


def locked() -> bytes:
    data = bytearray(zipped([("a.txt", "子")]))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def twice() -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("a.txt", "子")
        archive.writestr("A.txt", "丑")
    return whole.getvalue()


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (zipped([]), "empty_file", "压缩包里没有文件。"),
        (zipped([("__MACOSX/a", "")]), "empty_file", "压缩包里没有文件。"),
        (zipped([("a.txt", "子")])[:-10], "corrupt_document", "压缩包已损坏。"),
        (locked(), "encrypted_document", "压缩包有密码，"),
        (zipped([("a.txt", "x" * 6_000_000)]), "unsafe_archive", "压缩包展开后过大（压缩比 "),
        (zipped([(f"{n}.txt", "") for n in range(1001)]), "unsafe_archive", "压缩包里的文件多于 1000 个"),
        (zipped([("../a.txt", "子")]), "unsafe_archive", "压缩包里有指向外面的路径或链接。"),
        (zipped([("..\\a.txt", "子")]), "unsafe_archive", "压缩包里有指向外面的路径或链接。"),
        (linked(), "unsafe_archive", "压缩包里有指向外面的路径或链接。"),
        (twice(), "unsafe_archive", "压缩包里有重名文件。请重新压缩后再上传。"),
    ],
)
def test_a_pack_that_is_not_safe_is_refused_before_anything_is_inflated(
    data: bytes, code: str, message: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        unpack(data, "包.zip", most=MOST)
    assert (caught.value.code, caught.value.message.startswith(message)) == (code, True), caught.value.message
