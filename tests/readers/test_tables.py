"""Sheets: .csv as Excel and WPS write it, .xlsx, and what is too much or broken."""

import datetime
import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from archive.readers import ROWS, Unreadable, read_table


def xlsx(*rows: list[Any], formats: dict[str, str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for place, number_format in (formats or {}).items():
        book.active[place].number_format = number_format
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def packed(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, text in members.items():
            pack.writestr(name, text)
    return out.getvalue()


def with_sheet(xml: str) -> bytes:
    """A workbook whose sheet is ``xml``."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(["a"]))) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return out.getvalue()


NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

TEXT = '编号,标题\r\n1,"在会上的讲话，""一""\n二"\r\n\r\n2, 二 \r\n'
READ = [(1, ["编号", "标题"]), (3, ["1", '在会上的讲话，"一"\n二']), (5, ["2", "二"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_the_encodings_of_spreadsheets(encoding: str) -> None:
    assert read_table((TEXT * 1).encode(encoding), "gb18030" if encoding == "gb18030" else None) == READ


def test_gbk_of_excel_is_detected() -> None:
    text = "编号,标题,讲话人\r\n" + "1,在全市机关党建工作会议上的讲话,王建国\r\n" * 3
    assert read_table(text.encode("gbk"))[1] == (2, ["1", "在全市机关党建工作会议上的讲话", "王建国"])


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_tabs_and_semicolons(delimiter: str) -> None:
    text = f"编号{delimiter}标题\n1{delimiter}一，二,三\n"
    assert read_table(text.encode())[1] == (2, ["1", "一，二,三"])


def test_cells_of_a_workbook_read_as_they_show() -> None:
    day = datetime.datetime(2022, 11, 1)
    row = [1, "=不是公式"[1:], True, 2022.0, day, day, day, None, 1.5]
    formats = {"E1": "yyyy-mm-dd", "F1": 'yyyy"年"m"月"', "G1": "[$-804]mmm-yy"}
    data = xlsx(row, formats=formats)
    assert read_table(data) == [
        (1, ["1", "不是公式", "是", "2022", "2022-11-01", "2022-11", "2022-11", "", "1.5"] + [""] * 41)
    ]


def test_empty_rows_are_passed_over_and_lines_keep_their_number() -> None:
    found = read_table(xlsx(["编号"], [None], [None], [7]))
    assert [(line, cells[0]) for line, cells in found] == [(1, "编号"), (4, "7")]


def rows(n: int) -> bytes:
    return b"id\n" + b"1\n" * n


def test_ten_thousand_rows_below_the_header_are_read() -> None:
    assert len(read_table(rows(ROWS))) == ROWS + 1


BOMB = f'<worksheet xmlns="{NAMESPACE}"><sheetData>{{}}</sheetData></worksheet>'
LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "'
    + "x" * 50_000
    + f'">]><worksheet xmlns="{NAMESPACE}"><sheetData><row r="1"><c t="inlineStr"><is><t>'
    + "&a;" * 10_000
    + "</t></is></c></row></sheetData></worksheet>"
)
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "too many rows": (lambda: rows(ROWS + 1), "表格多于 10000 行"),
    "too many columns": (lambda: b"a," * 51 + b"a", "表格多于 50 列"),
    "too many columns in a workbook": (lambda: xlsx(["a"] * 51), "表格多于 50 列"),
    "nothing": (lambda: b"", "表格里没有内容"),
    "only commas": (lambda: b",,,\n,,\n", "表格里没有内容"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99, "旧版 .xls"),
    "a Word file": (lambda: packed(**{"word/document.xml": "<w/>"}), "这不是 .xlsx 表格"),
    "half a zip": (lambda: xlsx(["a"])[:900], "表格已损坏"),
    "no zip": (lambda: b"PK\x03\x04" * 9, "表格已损坏"),
    "an empty workbook file": (lambda: packed(**{"xl/workbook.xml": ""}), "表格已损坏"),
    "a sheet that is no XML": (lambda: with_sheet("no"), "表格已损坏"),
    "a quotation mark too many": (lambda: b'id,a\n1,"' + b"x\n" * 99_000, "引号不成对"),
    "a zip bomb": (lambda: packed(**{"xl/workbook.xml": " " * 40_000_000}), "展开后过大"),
    "entities": (lambda: with_sheet(LAUGHS), "表格已损坏"),
    "a row beyond the last": (
        lambda: with_sheet(BOMB.format('<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>')),
        "表格里没有内容",
    ),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 99, ""),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_with_the_cure(what: str) -> None:
    make, sentence = REFUSED[what]
    with pytest.raises(Unreadable) as refusal:
        read_table(make())
    assert sentence in refusal.value.message


def test_a_cell_in_the_last_column_of_every_row_costs_no_memory() -> None:
    """Sixteen thousand cells a row would be made of a few bytes each."""
    sheet = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 2000))
    with pytest.raises(Unreadable, match="没有内容"):
        read_table(with_sheet(BOMB.format(sheet)))
