"""Old Word documents through LibreOffice, with a program in its place that the test can look at."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.readers import Unreadable, doc, read
from archive.readers.converting import PROFILE, converted
from tests.readers.wordfile import chinese, docx, p

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
STREAM = "WordDocument".encode("utf-16-le")
WORD = docx(p("讲话") + p("总则", level=0), numbering=chinese())


def old(sign: str) -> bytes:
    """Bytes that look like an old Word document; ``sign`` makes them like no others."""
    return OLE + bytes(504) + sign.encode() + STREAM + bytes(1024)


def installed(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a ``soffice`` on the path that does what ``script`` says; the last argument is the document."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\nhere='{folder}'\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")


def has_ended(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    return not status.exists() or status.read_text().split()[2] == "Z"


def soon(is_so: Callable[[], object]) -> bool:
    """Whether it becomes so within half a minute."""
    return any(is_so() or time.sleep(0.05) for _ in range(600))


COPY = 'mkdir out; cp "$here/word.docx" out/speech.docx; echo x >> "$here/runs"'


@pytest.mark.parametrize("name", ["讲话.doc", "讲话.wps", "讲话.docx", "讲话"])
def test_it_is_read_with_its_numbers_whatever_it_is_called(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "word.docx").write_bytes(WORD)
    installed(tmp_path, monkeypatch, COPY)
    document = read(old(name), name)
    assert (document.text, document.encoding) == ("讲话\n一、总则", "doc")
    kinds = [note.kind for note in document.notes]
    assert kinds == (["type_differs", "converted"] if name.endswith(".docx") else ["converted"])


def test_a_document_is_converted_once_though_it_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "word.docx").write_bytes(WORD)
    installed(tmp_path, monkeypatch, COPY)
    data = old("once")
    assert read(data, "a.doc") == read(data, "a.doc")
    assert (tmp_path / "runs").read_text() == "x\n"


def test_no_more_documents_are_remembered_than_an_upload_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "word.docx").write_bytes(WORD)
    installed(tmp_path, monkeypatch, COPY)
    monkeypatch.setattr(doc, "KEPT", 1)
    for sign in ("first", "second", "first"):
        read(old(sign), "a.doc")
    assert (tmp_path / "runs").read_text() == "x\n" * 3


def test_the_program_gets_a_folder_and_a_profile_of_its_own_and_nothing_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = (
        'pwd > "$here/pwd"; env > "$here/env"; echo "$@" > "$here/arguments"; cp -r profile "$here/profile"'
    )
    installed(tmp_path, monkeypatch, seen)
    monkeypatch.setenv("SECRET_KEY", "not for others")
    assert converted(b"x", str(tmp_path / "soffice")) is None
    folder = (tmp_path / "pwd").read_text().strip()
    arguments = (tmp_path / "arguments").read_text()
    assert f"-env:UserInstallation=file://{folder}/profile" in arguments
    assert "--headless" in arguments
    assert (tmp_path / "profile/user/registrymodifications.xcu").read_text(encoding="utf-8") == PROFILE
    assert "not for others" not in (tmp_path / "env").read_text()
    assert not Path(folder).exists()


def test_macros_and_links_are_switched_off() -> None:
    for setting in ("DisableMacrosExecution", "BlockUntrustedRefererLinks"):
        assert f'oor:name="{setting}" oor:op="fuse"><value>true</value>' in PROFILE


def test_a_program_that_does_not_end_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(tmp_path, monkeypatch, 'sleep 600 & echo $! > "$here/child"; wait')
    assert converted(b"x", str(tmp_path / "soffice"), seconds=1) is None
    assert soon(lambda: has_ended(int((tmp_path / "child").read_text())))


def test_a_program_does_not_outlive_who_asked_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path, monkeypatch, 'pwd > "$here/folder"; sleep 600 & echo $! > "$here/child"; wait')
    ask = f"from archive.readers.converting import converted; converted(b'x', '{tmp_path}/soffice')"
    asking = subprocess.Popen([sys.executable, "-c", ask])
    assert soon(lambda: (tmp_path / "child").exists() and (tmp_path / "child").read_text())
    asking.kill()
    asking.wait()
    child, folder = (Path((tmp_path / name).read_text().strip()) for name in ("child", "folder"))
    assert soon(lambda: has_ended(int(child.name)))
    assert soon(lambda: not folder.exists())


@pytest.mark.parametrize("script", ["exit 1", "mkdir out; echo rubbish > out/speech.docx"])
def test_a_document_that_cannot_be_converted_is_refused_with_what_to_do(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(tmp_path, monkeypatch, script)
    with pytest.raises(Unreadable) as caught:
        read(old(script), "a.doc")
    assert caught.value.code == "corrupt_document"
    assert caught.value.message.endswith("后再上传。")


def test_without_the_program_the_refusal_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Unreadable) as caught:
        read(old("without"), "a.doc")
    assert caught.value.code == "unsupported_type"
    assert caught.value.message.endswith("请用 Word 或 WPS 打开，另存为 .docx 后再上传。")


def test_a_password_is_named_before_anything_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    locked = bytearray(old("locked"))
    locked[512:524] = b"\xec\xa5" + bytes(8) + (0x0100).to_bytes(2, "little")
    with pytest.raises(Unreadable, match="文档有密码，请去掉密码后再上传。"):
        read(bytes(locked), "a.doc")


@pytest.mark.parametrize(("stream", "kind"), [("Workbook", "电子表格"), ("PowerPoint Document", "演示文稿")])
def test_other_old_office_files_are_named(stream: str, kind: str) -> None:
    with pytest.raises(Unreadable, match=f"不支持{kind}，"):
        read(OLE + bytes(504) + stream.encode("utf-16-le") + bytes(1024), "a.doc")
