"""A file becomes a whole speech or leaves nothing behind; importing again changes nothing."""

import hashlib
from pathlib import Path

import pytest
from django.db import connection

from archive import importing
from archive.importing import Metadata, import_bytes, outlining
from archive.models import Event, Paragraph, Section, SourceFile, Speaker, Speech

pytestmark = pytest.mark.django_db

SEEDS = sorted(Path("seeds").glob("*.txt"))
TEXT = """在机关党建工作会议上的讲话

同志们：
下面我讲几点意见。
一、提高政治站位
我们要加强学习。
二、压实工作责任
我们要抓好落实。
谢谢大家！
"""


def import_text(text: str, name: str = "a.txt", **options: object) -> importing.Imported:
    return import_bytes(text.encode(), name, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_a_transcript_is_kept_byte_for_byte_and_its_sections_join_to_its_text(path: Path) -> None:
    data = path.read_bytes()
    speech = import_bytes(data, path.name).speech
    assert speech is not None
    speech.refresh_from_db()
    assert speech.source is not None
    assert bytes(speech.source.content) == data
    assert speech.source.sha256 == hashlib.sha256(data).hexdigest()
    assert "".join(speech.text[s.start : s.end] for s in speech.sections.all()) == speech.text
    assert speech.digest == hashlib.sha256(speech.text.encode()).hexdigest()
    assert [s.position for s in speech.sections.all()] == list(range(speech.sections.count()))


def test_the_same_file_again_is_unchanged() -> None:
    first = import_text(TEXT)
    again = import_text(TEXT)
    assert (first.status, again.status) == ("imported", "unchanged")
    assert again.speech == first.speech
    assert Speech.objects.count() == SourceFile.objects.count() == 1


def test_the_same_text_under_another_name_or_encoding_is_a_duplicate() -> None:
    first = import_text(TEXT)
    again = import_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode(), "b.txt")
    assert again.status == "duplicate"
    assert again.speech == first.speech
    assert Speech.objects.count() == 1


def test_a_changed_file_updates_its_speech_and_keeps_the_numbers_of_what_stayed() -> None:
    first = import_text(TEXT, path="/texts/a.txt").speech
    assert first is not None
    numbers = {first.text[p.start : p.end]: p.number for p in first.paragraphs.all()}
    sections = {s.heading: s.number for s in first.sections.all()}
    changed = import_text(TEXT.replace("一、提高", "我先说一句。\n一、提高"), path="/texts/a.txt")
    assert changed.status == "updated"
    speech = changed.speech
    assert speech is not None
    assert speech.pk == first.pk
    now = {speech.text[p.start : p.end]: p.number for p in speech.paragraphs.all()}
    new = now.pop("我先说一句。")
    assert now == numbers
    assert new == max(numbers.values()) + 1
    assert {s.heading: s.number for s in speech.sections.all()} == sections
    assert SourceFile.objects.count() == 2  # the old original stays


def test_an_update_from_elsewhere_never_touches_a_speech_of_the_same_name() -> None:
    import_text(TEXT, name="1.txt", path="/one/1.txt")
    other = import_text(TEXT.replace("学习", "研究"), name="1.txt", path="/two/1.txt")
    assert other.status == "imported"
    assert Speech.objects.count() == 2


def test_what_an_editor_said_outlives_a_changed_file() -> None:
    speech = import_text(TEXT, path="/texts/a.txt").speech
    assert speech is not None
    importing.apply_metadata(speech, Metadata(title="改过的标题", speaker="张三", date="2022-11"))
    speech.save()
    import_text(TEXT.replace("抓好落实", "狠抓落实"), path="/texts/a.txt")
    speech.refresh_from_db()
    assert "狠抓落实" in speech.text
    assert (speech.title, speech.title_source) == ("改过的标题", "edited")
    assert speech.speaker is not None
    assert speech.speaker.name == "张三"
    assert speech.date_iso == "2022-11"


def test_nothing_is_remembered_as_edited_when_the_editor_agrees() -> None:
    speech = import_text(TEXT).speech
    assert speech is not None
    importing.apply_metadata(speech, Metadata(title=speech.title, speaker="", date=""))
    assert speech.edited == []


def test_a_dry_run_says_what_would_happen_and_writes_nothing() -> None:
    result = import_text(TEXT, dry_run=True)
    assert result.status == "imported"
    assert result.speech is None
    assert Speech.objects.count() == SourceFile.objects.count() == Event.objects.count() == 0


def test_a_draft_is_hidden_from_readers() -> None:
    speech = import_text(TEXT, draft=True).speech
    assert not Speech.objects.published().filter(pk=speech and speech.pk).exists()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        ("\u3000 \t\r\n\u00a0\n".encode() * 50, "empty_file"),
        (b"***\nXXX\n**", "no_text"),
        ("在会议上的讲话\n".encode(), "no_body"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not_text"),
        ("".join(f"一、标题{i}\n" for i in range(100_000)).encode(), "too_many_sections"),
        (b"a" * (10 * 2**20 + 1), "too_large"),
    ],
    ids=["nothing", "blanks", "redactions", "title", "png", "headings", "size"],
)
def test_a_file_that_cannot_be_a_speech_is_refused_with_a_sentence_and_leaves_nothing(
    data: bytes, code: str
) -> None:
    result = import_bytes(data, "a.txt")
    assert (result.status, result.code) == ("failed", code)
    assert result.error.endswith(("。", "）"))
    for model in (Speech, SourceFile, Section, Paragraph, Speaker, Event):
        assert not model.objects.exists()


def test_a_megabyte_without_a_line_end_is_a_speech() -> None:
    result = import_bytes(("我们要坚持问题导向，" * 33_000 + "。").encode(), "长文.txt")
    assert result.status == "imported"


def test_a_failure_while_writing_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(outlining, "write_outline", fail)
    result = import_text(TEXT)
    assert (result.status, result.code) == ("failed", "internal_error")
    assert Speech.objects.count() == SourceFile.objects.count() == 0


def test_writing_one_speech_takes_a_bounded_number_of_queries(django_assert_max_num_queries) -> None:
    data = SEEDS[2].read_bytes()
    with django_assert_max_num_queries(30, connection=connection):
        import_bytes(data, SEEDS[2].name)


def test_a_text_stored_by_another_process_meanwhile_is_a_duplicate(monkeypatch: pytest.MonkeyPatch) -> None:
    """The unique digest decides, not our look before the write."""
    first = import_text(TEXT)
    prepared = importing.prepare(TEXT.encode(), "b.txt")
    answers = iter([None])
    look = importing.Prepared.twin
    monkeypatch.setattr(importing.Prepared, "twin", lambda self: next(answers, look(self)))
    again = importing.store(prepared)
    assert again.status == "duplicate"
    assert again.speech == first.speech
