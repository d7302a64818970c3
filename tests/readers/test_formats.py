"""docs/formats.md is true: each sign in its table is a cell that is read here, and no sign is there without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.readers import Unreadable, apart, converting, packages, packs, read, settling, unpack
from archive.readers.pages import MAX_LETTERS, MAX_PAGES
from tests.readers.features import FEATURES, Cell, Row
from tests.readers.refusals import NAMES, REFUSALS

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"
COLUMNS = {
    "txt": "TXT", "md": "MD", "docx": "DOCX", "odt": "ODT", "rtf": "RTF", "doc": "DOC, WPS", "pdf": "PDF",
    "ofd": "OFD", "html": "HTML", "mht": "MHT", "xml": "AKN", "zip": "ZIP",
}  # fmt: skip
BEGIN, END = "<!-- table: made by tests/readers/test_formats.py -->", "<!-- end of the table -->"
READ, KEPT, AS_DOCX = "●", "○", "＝"
CELLS = [
    pytest.param(form, cell, id=f"{feature} {form}")
    for rows in (FEATURES, NAMES, REFUSALS)
    for feature, row in rows.items()
    for form, cell in row.items()
]


def told(form: str, cell: Cell) -> tuple[tuple[str, ...], set[str]]:
    """The lines that a file gives, or the paths in a pack; and the kinds of its notes."""
    pack = unpack(cell.data, "a.zip", most=1000) if form == "zip" else None
    if pack:
        return tuple(member.path for member in pack.members), set()
    document = read(cell.data, cell.name or f"a.{form}")
    return tuple(document.text.split("\n")), {note.kind for note in document.notes}


@pytest.mark.parametrize(("form", "cell"), CELLS)
def test_a_cell_of_the_table_is_true(form: str, cell: Cell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")  # no LibreOffice
    if cell.code:
        with pytest.raises(Unreadable) as caught:
            told(form, cell)
        assert caught.value.code == cell.code
        assert caught.value.message.endswith("。")
        return
    lines, kinds = told(form, cell)
    assert lines == cell.lines
    assert not cell.note or cell.note in kinds


def table() -> str:
    """The tables of the page, and what their circles mean."""
    kept = [
        f"- {KEPT} {COLUMNS[form]}, {feature}: {cell.kept}."
        for feature, row in FEATURES.items()
        for form, cell in row.items()
        if cell.kept
    ]
    parts = [
        _table("It reads", FEATURES | NAMES),
        "\n".join(kept),
        _table("It refuses, with a sentence", REFUSALS),
    ]
    return "\n\n".join(parts)


def _table(head: str, rows: dict[str, Row]) -> str:
    lines = [f"| {head} | {' | '.join(COLUMNS.values())} |", f"|---{'|:-:' * len(COLUMNS)}|"]
    for feature, row in rows.items():
        signs = [_sign(form, row, converted=rows is not REFUSALS) for form in COLUMNS]
        lines.append(f"| {feature} | {' | '.join(signs)} |")
    return "\n".join(lines)


def _sign(form: str, row: Row, *, converted: bool) -> str:
    if form == "doc" and converted and "docx" in row:
        return AS_DOCX
    if form not in row:
        return " "
    return KEPT if row[form].kept else READ


def test_the_table_in_the_documents_is_the_one_made_of_these_cells() -> None:
    _before, _begin, rest = PAGE.read_text("utf-8").partition(BEGIN)
    assert rest.partition(END)[0].strip() == table(), "python -m tests.readers.test_formats writes it anew"


LIMITS = [
    f"{packages.UNPACKED // 2**20} MB, and {packages.RATIO} times its packed size",
    f"{packages.MEMBERS:,}, together {packs.UNPACKED // 2**20} MB",
    f"{MAX_PAGES}, with {MAX_LETTERS:,} letters",
    f"{settling.PARAGRAPHS:,}",
    f"{apart.MEMORY // 2**30} GiB, {apart.SECONDS} s of the processor, {apart.PATIENCE:.0f} s in all",
    f"{converting.SECONDS} s, {converting.MEGABYTES} MB for a file it writes",
]


@pytest.mark.parametrize("limit", LIMITS)
def test_the_limits_in_the_documents_are_those_of_the_code(limit: str) -> None:
    assert f"| {limit}" in PAGE.read_text("utf-8")


if __name__ == "__main__":
    page = PAGE.read_text("utf-8")
    before, after = page.partition(BEGIN)[0], page.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n{table()}\n{END}{after}", "utf-8")
