"""Speeches as a table to edit: .xlsx, in which every cell is text, or .csv."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from archive.admin.sheets.columns import ID, LABELS, VERSION, facts_of, version_of
from archive.models import Speech
from archive.views.tables import csv_answer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = {ID: 8, "title": 50, "subtitle": 24, "speaker": 14, "role": 24, "date": 13, "event": 30, VERSION: 18}
TEXT = "@"  # the number format of text, without which a spreadsheet makes 2022-11 a day
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]"
)  # XML 1.0 has no place for them


def answer(speeches: Iterable[Speech], kind: str) -> HttpResponseBase:
    """The file to be saved; ``kind`` is "csv" or "xlsx"."""
    name = f"{_('讲话信息')}-{timezone.localdate():%Y%m%d}.{kind}"
    header = [str(label) for label in LABELS.values()]
    if kind == "csv":
        return csv_answer(name, header, map(_row, speeches))
    response = HttpResponse(_book(header, map(_row, speeches)), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _row(speech: Speech) -> list[str | int]:
    facts = facts_of(speech)
    return [speech.pk, *facts.values(), version_of(facts)]


def _book(header: list[str], rows: Iterator[list[str | int]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("讲话信息"))
    sheet.freeze_panes = "C2"
    for number, name in enumerate(LABELS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(name, 12)
    sheet.append([_cell(sheet, word, bold=True) for word in header])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: str | int, bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if isinstance(value, int):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, _CONTROLS.sub("", value))
    cell.data_type = "s"  # never a formula, whatever it begins with
    cell.number_format = TEXT
    if bold:
        cell.font = Font(bold=True)
    return cell
