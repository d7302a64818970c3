"""A safe zip: what is inflated is counted, whatever the directory says."""

from __future__ import annotations

import pytest

from archive.readers import Unreadable
from archive.readers.packages import Package
from archive.readers.symbols import character
from tests.readers.wordfile import zipped

DATA = zipped([("a", "x" * 60), ("b", "y" * 30), ("folder/", "")])


def test_members_are_read_by_name_or_by_their_entry() -> None:
    package = Package(DATA)
    assert [info.filename for info in package.members] == ["a", "b"]
    assert package.read("b") == package.read(package.members[1]) == b"y" * 30
    assert "a" in package
    assert "c" not in package


def test_what_is_read_is_counted_over_all_members() -> None:
    package = Package(DATA, unpacked=100)
    package.read("a")
    package.read("b")
    with pytest.raises(Unreadable) as caught:
        package.read("a")
    assert (caught.value.code, caught.value.message) == (
        "unsafe_archive",
        "压缩包展开后过大。请拆分后再上传。",
    )


def test_more_than_the_limit_is_refused_by_the_directory() -> None:
    with pytest.raises(Unreadable, match="压缩包展开后过大"):
        Package(DATA, unpacked=89)


def test_a_member_that_is_not_there_is_a_damage() -> None:
    with pytest.raises(Unreadable, match="文档已损坏。"):
        Package(DATA).read("c")


@pytest.mark.parametrize(
    ("code", "font", "drawn"),
    [
        (0xF0FE, "Wingdings", "☑"),
        (0xFE, "wingdings", "☑"),
        (0xF0B7, "Symbol", "·"),
        (0xF001, "Wingdings", ""),
        (0xF041, "Unknown", ""),
        (0x41, "Arial", "A"),
        (0x07, "Arial", ""),
    ],
)
def test_signs_of_symbol_fonts(code: int, font: str, drawn: str) -> None:
    assert character(code, font) == drawn
