"""Tables to take away: CSV that a spreadsheet opens without a question and without running anything.

RFC 4180 in UTF-8 with a byte order mark, without which Excel takes Chinese for the system's code page. A cell
that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV Injection").
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

Row = Sequence[str | int | float | None]

_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # the wide ones too: Excel in East Asian languages reads them alike
_BATCH = 200  # rows a chunk


def csv_answer(name: str, header: Row, rows: Iterable[Row]) -> StreamingHttpResponse:
    """A file ``name`` to be saved. ``rows`` are read while it is sent: what may be refused, refuse before."""
    response = StreamingHttpResponse(_chunks(chain([header], rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def csv_whole(name: str, header: Row, rows: Iterable[Row]) -> HttpResponse:
    """The same made at once, so that it gets an ETag of its bytes: for a table that is no larger than a page."""
    sent = csv_answer(name, header, rows)
    return HttpResponse(sent.getvalue(), headers=sent.headers)


def guarded(cell: str | int | float | None) -> str | int | float:
    """The cell as a spreadsheet may have it: no text that it would run, nothing for None."""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    return "" if cell is None else cell


def _chunks(rows: Iterable[Row]) -> Iterator[bytes]:
    left = iter(rows)
    mark = codecs.BOM_UTF8
    while batch := list(islice(left, _BATCH)):
        out = io.StringIO(newline="")
        csv.writer(out).writerows([guarded(cell) for cell in row] for row in batch)
        yield mark + out.getvalue().encode("utf-8", "replace")
        mark = b""
