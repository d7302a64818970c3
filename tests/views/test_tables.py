"""Tables to take away, read back as a spreadsheet reads them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.views.tables import csv_answer, guarded

cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


@pytest.mark.parametrize("harmless", ["", "党建", "1=1", " =1", "'", "“=”", "。-"])
def test_what_no_spreadsheet_runs_is_left_alone(harmless: str):
    assert guarded(harmless) == harmless


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_a_spreadsheet_would_run_becomes_text(start: str):
    assert guarded(f"{start}1+1") == f"'{start}1+1"


def test_numbers_stay_numbers_and_nothing_stays_empty():
    assert [guarded(cell) for cell in (3, -2.5, None)] == [3, -2.5, ""]


def test_the_answer_is_a_file_to_save_with_a_mark_of_its_encoding():
    answer = csv_answer("索引.csv", ["标题"], [["党建"]])
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E7%B4%A2%E5%BC%95.csv"
    assert answer.getvalue() == "\ufeff标题\r\n党建\r\n".encode()


@given(st.lists(st.lists(cells, min_size=2, max_size=2), max_size=5))
def test_every_cell_comes_back_as_it_was_or_behind_an_apostrophe(rows: list[list[str]]):
    found = read(csv_answer("t.csv", ["a", "b"], rows).getvalue())
    assert found == [["a", "b"], *([str(guarded(cell)) for cell in row] for row in rows)]
    assert not any(cell[:1] in tuple("=+-@\t\r\n") for row in found for cell in row if cell)


def test_rows_are_read_while_the_file_is_sent():
    read_so_far = []
    rows = ([read_so_far.append(n) or n] for n in range(1000))
    chunks = iter(csv_answer("t.csv", ["n"], rows))
    next(chunks)
    assert 0 < len(read_so_far) < 1000
    assert b"".join(chunks).endswith(b"\r\n999\r\n")
