"""The document that shows every format shows what is written today."""

from archive.formats import akoma_ntoso, tei
from tests.formats.document import ADDRESS, PATH, TEXT, written
from tests.formats.made import outline_of, record_of
from tests.formats.schemas import faults_of_akoma, faults_of_tei


def test_the_document_is_what_would_be_written_today() -> None:
    assert PATH.read_text("utf-8") == written(), "run: python -m tests.formats.document"


def test_what_it_shows_is_valid() -> None:
    record = record_of(outline_of(TEXT), url=ADDRESS)
    assert faults_of_akoma(akoma_ntoso(record)) == []
    assert faults_of_tei(tei(record)) == []
