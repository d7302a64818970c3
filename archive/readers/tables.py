"""The rows of a spreadsheet: .csv in any encoding and with any of the usual delimiters, and .xlsx.

CSV: RFC 4180; Excel and WPS also write tabs ("Unicode text", in UTF-16) and, where the comma is the decimal
mark, semicolons. XLSX: ECMA-376 part 1 section 18, read by openpyxl row by row. What is too much is refused:
a sheet may say that it has a million rows of sixteen thousand cells, and be a few hundred bytes.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from archive.readers.document import Unreadable
from archive.readers.packages import Package
from archive.text import DecodingError, decode

ROWS = 10_000
COLUMNS = 50
CELL = 2000  # characters; the longest field has 300
UNPACKED = 30 * 2**20
"""Bytes. Ten thousand speeches have a third of it."""
LINES = 2**20
"""The most rows that Excel knows; a larger number is a trap."""
DELIMITERS = ",\t;"
XLS, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"

Line = tuple[int, list[str]]
"""The line in the file, from 1, and its cells."""


def read_table(data: bytes, encoding: str | None = None) -> list[Line]:
    """The rows that are not empty, the header first. Raises Unreadable."""
    if data.startswith(XLS):
        said = "旧版 .xls 或有密码的表格不能读取。请去掉密码，另存为 .xlsx 或 CSV 后再上传。"
        raise Unreadable("unsupported_type", said)
    lines = _xlsx(data) if data.startswith(ZIP) else _csv(data, encoding)
    found: list[Line] = []
    for number, cells in lines:
        if not any(cells):
            continue
        if len(found) > ROWS:
            raise Unreadable("too_large", f"表格多于 {ROWS} 行，请分成几份上传。")
        if any(cells[COLUMNS:]):
            raise Unreadable("too_large", f"表格多于 {COLUMNS} 列，请删去用不到的列。")
        found.append((number, cells[:COLUMNS]))
    if not found:
        raise Unreadable("empty", "表格里没有内容，请检查后再上传。")
    return found


def _csv(data: bytes, encoding: str | None) -> Iterator[Line]:
    try:
        text = decode(data, encoding).text
    except DecodingError as error:
        raise Unreadable(error.code, error.message) from None
    first = text[: text.find("\n") + 1 or len(text)]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            yield reader.line_num, [cell.strip()[:CELL] for cell in islice(cells, COLUMNS + 1)]
    except csv.Error:
        said = f"第 {reader.line_num} 行附近的引号不成对，读不下去。请用 Excel 或 WPS 打开，另存为 CSV 后再上传。"
        raise Unreadable("corrupt_document", said) from None


def _xlsx(data: bytes) -> Iterator[Line]:
    package = Package(data, "表格", unpacked=UNPACKED)
    if "xl/workbook.xml" not in package:
        raise Unreadable("unsupported_type", "这不是 .xlsx 表格。请另存为 .xlsx 或 CSV 后再上传。")
    import openpyxl  # takes a third of a second, and few requests read a sheet

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
        sheet.reset_dimensions()  # what the file says of its size is not always so
        rows: Iterable[Any] = sheet.iter_rows(max_col=COLUMNS + 1, max_row=LINES)
        for number, cells in enumerate(rows, 1):
            yield number, [_text(cell) for cell in cells]
    except Exception as error:  # openpyxl lets out whatever goes wrong inside, from KeyError to ParseError
        said = "表格已损坏，读不出来。请用 Excel 或 WPS 打开，另存一份后再上传。"
        raise Unreadable("corrupt_document", said) from error


def _text(cell: Any) -> str:
    """What a cell shows, or near it: dates as exactly as it shows them, whole numbers without a fraction."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.date):  # and datetime
        return value.isoformat()[: _precision(cell.number_format)]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()[:CELL]


def _precision(number_format: str) -> int:
    """Characters of an ISO date that a cell of this format shows: Excel makes the first of the month of 2022-11."""
    letters = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format).lower()
    if "d" in letters or ("m" not in letters and "y" not in letters):
        return len("2022-11-20")
    return len("2022-11") if "m" in letters else len("2022")
