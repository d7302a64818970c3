"""PDFs that cannot be read, or only in part: always a sentence, never another error."""

from __future__ import annotations

import io
import pickle

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.readers import Unreadable, read
from archive.readers.pages import MAX_PAGES
from tests.readers.printed import LINES, Put, Sheet, pdf, set_lines, wrapped


def outcome(data: bytes, name: str) -> str:
    """A sentence, whatever becomes of the file."""
    try:
        return f"{len(read(data, name).text)} 字。"
    except Unreadable as refusal:
        return refusal.message


ENCRYPTED = f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'ab' * 32}>/U<{'cd' * 32}>>>/ID[<00><00>]"
GOOD = pdf([Sheet(set_lines(wrapped(LINES)))])


@pytest.mark.parametrize(
    ("data", "code", "cure"),
    [
        (pdf([Sheet(picture=True)] * 2), "scanned_document", "请先用文字识别"),
        (pdf([Sheet([Put(80, 40, "1")], picture=True)] * 3), "scanned_document", "请先用文字识别"),
        (pdf([Sheet()]), "scanned_document", "请先用文字识别"),
        (pdf([Sheet(set_lines(LINES))], trailer=ENCRYPTED), "encrypted_document", "请去掉密码后再上传"),
        (pdf([Sheet(set_lines(LINES))] * (MAX_PAGES + 1)), "too_large", "请拆分后再上传"),
        (
            pdf([Sheet(set_lines(LINES))], more="/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
            "unsupported_type",
            "请上传 .txt 或 .docx",
        ),
        (
            b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF",
            "unsupported_type",
            "请上传 .txt",
        ),
        (pdf([]), "corrupt_document", "请重新导出"),
        (GOOD[:200], "corrupt_document", "请重新导出"),
        (b"%PDF-1.7\n" + bytes(500), "corrupt_document", "请重新导出"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_refusal(data: bytes, code: str, cure: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data, "a.pdf")
    assert caught.value.code == code
    assert cure in caught.value.message
    assert caught.value.message.endswith("。")


def test_a_broken_file_behind_one_with_a_password_has_none() -> None:
    for data, code in (
        (pdf([Sheet(set_lines(LINES))], trailer=ENCRYPTED), "encrypted_document"),
        (pdf([]), "corrupt_document"),
    ):
        with pytest.raises(Unreadable) as caught:
            read(data, "a.pdf")
        assert caught.value.code == code


def test_too_many_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.readers.pdf.MAX_LETTERS", 100)
    with pytest.raises(Unreadable, match="请拆分后再上传") as caught:
        read(GOOD, "a.pdf")
    assert caught.value.code == "too_large"


def test_too_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.readers.pdf.SECONDS", -1)
    with pytest.raises(Unreadable, match="请拆分后再上传"):
        read(GOOD, "a.pdf")


def test_a_document_saved_again_reads_the_same() -> None:
    document = pypdfium2.PdfDocument(GOOD)
    saved = io.BytesIO()
    document.save(saved)
    document.close()
    assert read(saved.getvalue(), "a.pdf") == read(GOOD, "a.pdf")


def test_a_document_can_be_sent_to_another_process() -> None:
    document = read(GOOD, "a.pdf")
    assert pickle.loads(pickle.dumps(document)) == document  # noqa: S301


@settings(max_examples=150, deadline=None)
@given(cuts=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), max_size=6))
def test_a_damaged_file_is_read_or_refused(cuts: list[tuple[float, bytes]]) -> None:
    data = bytearray(GOOD)
    for where, put in cuts:
        place = 8 + int(where * (len(data) - 8))
        data[place : place + len(put)] = put
    assert outcome(bytes(data), "a.pdf").endswith("。")
