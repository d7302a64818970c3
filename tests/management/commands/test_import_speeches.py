"""The command: exit status, output, and every file handled alone."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive import importing
from archive.management.commands.import_speeches import walk
from archive.models import SourceFile, Speech
from tests.readers.wordfile import docx, p, zipped

TEXT = (
    "在会议上的讲话\n同志们：\n一、提高站位\n我们要加强学习。\n二、压实责任\n我们要抓好落实。\n谢谢大家！\n"
)

pytestmark = pytest.mark.django_db


def run(*args: object, **options: object) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_speeches", *map(str, args), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def failing(*args: object) -> tuple[str, str]:
    """The same for a run in which a file fails."""
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match="没有导入"):
        call_command("import_speeches", *map(str, args), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def lines(out: str) -> list[dict]:
    return [json.loads(line) for line in out.splitlines()]


def test_the_seeds_come_in_whole_and_again_unchanged() -> None:
    first = lines(run("seeds", "--format", "json")[0])
    again = lines(run("seeds", "--format", "json")[0])
    assert [row["status"] for row in first[:-1]] == ["imported"] * 5
    assert [row["status"] for row in again[:-1]] == ["unchanged"] * 5
    assert again[-1]["summary"] == {"imported": 0, "updated": 0, "unchanged": 5, "duplicate": 0, "failed": 0}
    assert Speech.objects.published().count() == 5
    kept = {bytes(content) for content in SourceFile.objects.values_list("content", flat=True)}
    assert kept == {path.read_bytes() for path in Path("seeds").glob("*.txt")}


def test_each_json_line_tells_what_became_of_one_file(tmp_path: Path) -> None:
    (tmp_path / "讲话.txt").write_text(TEXT, encoding="gb18030")
    row = lines(run(tmp_path, "--format", "json")[0])[0]
    speech = Speech.objects.get()
    assert row["path"].endswith("讲话.txt")
    assert (row["status"], row["id"], row["title"]) == ("imported", speech.pk, speech.title)
    assert (row["encoding"], row["characters"]) == ("gb18030", speech.characters)
    assert row["sections"] == speech.sections.count()
    assert row["error"] is None
    assert set(row["notes"][0] if row["notes"] else {"line", "kind", "message"}) == {
        "line",
        "kind",
        "message",
    }


def test_a_bad_file_fails_alone_with_a_sentence_and_status_1(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(TEXT)
    (tmp_path / "c.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    out = StringIO()
    with pytest.raises(CommandError) as raised:
        call_command("import_speeches", str(tmp_path), format="json", stdout=out)
    assert raised.value.returncode == 1
    rows = lines(out.getvalue())
    assert [row.get("status") for row in rows[:-1]] == ["failed", "imported", "failed"]
    assert "空" in rows[0]["error"]
    assert rows[-1]["summary"]["failed"] == 2
    assert Speech.objects.count() == 1


def test_a_missing_path_is_named_and_the_others_come_in(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(TEXT)
    err = StringIO()
    with pytest.raises(CommandError) as raised:
        call_command(
            "import_speeches", str(tmp_path / "没有.txt"), str(tmp_path), stdout=StringIO(), stderr=err
        )
    assert raised.value.returncode == 1
    assert "没有.txt：文件不存在，请检查路径。" in err.getvalue()
    assert Speech.objects.count() == 1


def test_an_unknown_encoding_is_a_usage_error() -> None:
    with pytest.raises(CommandError) as raised:
        run("seeds", "--encoding", "gb-99")
    assert raised.value.returncode == 2
    assert "gb18030" in str(raised.value)


def test_an_empty_folder_is_no_failure(tmp_path: Path) -> None:
    assert "导入 0 篇" in run(tmp_path)[0]


def test_a_dry_run_writes_nothing() -> None:
    assert "导入 5 篇" in run("seeds", "--dry-run")[0]
    assert not Speech.objects.exists()


def test_drafts_are_not_published() -> None:
    run("seeds", "--draft")
    assert Speech.objects.count() == 5
    assert not Speech.objects.published().exists()


def test_a_deleted_speech_stays_deleted_when_known_files_are_skipped() -> None:
    run("seeds")
    Speech.objects.first().delete()
    run("seeds", "--skip-known")
    assert Speech.objects.count() == 4
    run("seeds")
    assert Speech.objects.count() == 5


@pytest.mark.parametrize(("verbosity", "said"), [(0, ""), (1, "导入 5 篇"), (2, "导入 在全市"), (3, "第 ")])
def test_verbosity_decides_how_much_is_said(verbosity: int, said: str) -> None:
    out, _err = run("seeds", verbosity=verbosity)
    assert said in out
    assert bool(out) == bool(verbosity)


def test_a_walk_passes_over_hidden_files_lock_files_and_links(tmp_path: Path) -> None:
    (tmp_path / "子").mkdir()
    for name in ("b.txt", "子/a.txt", ".DS_Store", "~$a.docx", "Thumbs.db"):
        (tmp_path / name).write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path)
    passed: list[str] = []
    found = walk([tmp_path], passed)
    assert [str(path.relative_to(tmp_path)) for path in found] == ["b.txt", "子/a.txt"]
    assert passed == [f"跳过链接：{tmp_path / 'loop'}"]


def test_a_link_that_is_passed_over_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path)
    assert "跳过链接：" in run(tmp_path)[1]


def test_a_name_that_is_no_utf8_is_printed_and_stored(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xbd\xb2\xbb\xb0.txt"
    with open(path, "wb") as file:
        file.write(TEXT.encode())
    row = lines(run(tmp_path, "--format", "json")[0])[0]
    assert row["status"] == "imported"
    assert "name_cleaned" in {note["kind"] for note in row["notes"]}


def test_a_folder_or_pipe_in_place_of_a_file_fails_with_a_sentence(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    err = StringIO()
    with pytest.raises(CommandError):
        call_command("import_speeches", str(tmp_path), stdout=StringIO(), stderr=err)
    assert "不是普通文件" in err.getvalue()


@pytest.mark.parametrize(("args", "status"), [([], 2), (["seeds", "--format", "xml"], 2)])
def test_wrong_arguments_leave_the_process_with_status_2(
    args: list[str], status: int, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "import_speeches", *args],
        capture_output=True,
        env={**os.environ, "ARCHIVE_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "archive.settings"},
        check=False,
    )
    assert done.returncode == status
    assert b"Traceback" not in done.stderr


def test_a_dry_run_sees_a_text_that_comes_twice(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT)
    assert "导入 1 篇，更新 0 篇，未变 0 篇，重复 1 篇" in run(tmp_path, "--dry-run")[0]


def test_a_known_file_is_told_with_its_speech(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    run(tmp_path)
    (row, _summary) = lines(run(tmp_path, "--skip-known", "--format", "json")[0])
    speech = Speech.objects.get()
    assert (row["id"], row["title"], row["characters"]) == (speech.pk, speech.title, speech.characters)
    assert row["sections"] == speech.sections.count()


def test_each_file_in_a_zip_has_an_outcome_of_its_own(tmp_path: Path) -> None:
    inner = zipped([("x.txt", TEXT)])
    files: list[tuple[str, str | bytes]] = [
        ("一/甲.txt", TEXT),
        ("一/乙.docx", docx("".join(map(p, TEXT.replace("会议", "推进会").splitlines())))),
        ("空.txt", ""),
        ("里.zip", inner),
        *(("__MACOSX/一/._甲.txt", "x"), ("一/.DS_Store", "x"), ("~$乙.docx", "x")),
    ]
    (tmp_path / "包.zip").write_bytes(zipped(files))
    out, err = failing(tmp_path, "--format", "json")
    told = {Path(row["path"]).name: (row["status"], row["encoding"], row["error"]) for row in lines(out)[:-1]}
    assert told == {
        "甲.txt": ("imported", "utf-8", None),
        "乙.docx": ("imported", "docx", None),
        "空.txt": ("failed", "", "文件是空的。"),
        "里.zip": ("failed", "", "压缩包里的压缩包不再展开，请解压后再上传。"),
    }
    assert "跳过系统文件 3 个" in err
    assert {s.imported_from for s in Speech.objects.all()} == {
        str(tmp_path / "包.zip/一" / name) for name in ("甲.txt", "乙.docx")
    }


def test_a_zip_that_comes_again_changes_nothing_and_one_that_is_damaged_fails_as_one(tmp_path: Path) -> None:
    data = zipped([("甲.txt", TEXT)])
    (tmp_path / "包.zip").write_bytes(data)
    run(tmp_path)
    (row, summary) = lines(run(tmp_path, "--format", "json")[0])
    assert row["status"] == "unchanged"
    (tmp_path / "包.zip").write_bytes(data[:-30])
    (row, summary) = lines(failing(tmp_path, "--format", "json")[0])
    assert (row["status"], row["error"][:7]) == ("failed", "压缩包已损坏。")
    assert summary["summary"]["failed"] == 1


def test_a_new_file_for_a_text_that_an_editor_has_changed_is_told_of(tmp_path: Path) -> None:
    file = tmp_path / "讲话.txt"
    file.write_text(TEXT)
    run(file)
    speech = Speech.objects.get()
    importing.revise(speech, text=speech.text.replace("抓好落实", "狠抓落实"))
    assert run(file)[1] == ""  # the old file again is nothing new
    file.write_text(TEXT.replace("加强学习", "加强理论学习"))
    out, err = run(file)
    assert "未变 1 篇" in out
    assert f"{file}：这篇讲话的正文已由编辑改过，新文件没有采用" in err
    assert "狠抓落实" in Speech.objects.get().text
