"""Files that are no good, or look as if, through both doors: what the command and the upload page say and leave."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client
from django.test.client import encode_multipart

from archive.importing import import_bytes
from archive.models import Event, IndexChange, Paragraph, Section, SourceFile, Speaker, Speech, StagedUpload
from tests.admin.uploading import URL
from tests.badfiles import REFUSED, TAKEN, Bad, Odd, S, U

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("editor"))
    return client


def uploaded(editor: Client, name: str, data: bytes) -> tuple[int, str]:
    """The status, and the words on the page that follows; the name is sent as a hostile client would."""
    body = encode_multipart("XbX", {"action": "upload"}).removesuffix(b"--XbX--\r\n")
    head = f'--XbX\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: image/png\r\n\r\n'
    whole = body + head.encode() + data + b"\r\n--XbX--\r\n"
    answer = editor.post(URL, whole, content_type="multipart/form-data; boundary=XbX")
    page = editor.get(URL) if answer.status_code == 302 else answer
    return answer.status_code, unescape(re.sub("<[^>]+>", "", page.content.decode()))


def imported(path: Path) -> dict[str, Any]:
    """What the command says of one file."""
    out = StringIO()
    with suppress(CommandError):  # that something failed
        call_command("import_speeches", str(path), format="json", stdout=out)
    row: dict[str, Any] = json.loads(out.getvalue().splitlines()[0])
    return row


def assert_nothing_is_left() -> None:
    for model in (Speech, SourceFile, Section, Paragraph, Speaker, Event, IndexChange, StagedUpload):
        assert not model.objects.exists(), model


@pytest.mark.parametrize("bad", REFUSED.values(), ids=list(REFUSED))
def test_a_bad_file_is_refused_at_the_upload_page_and_leaves_nothing(editor: Client, bad: Bad) -> None:
    status, page = uploaded(editor, bad.name, bad.data)
    assert status == 400
    assert bad.sentence in page
    assert_nothing_is_left()


@pytest.mark.parametrize("bad", REFUSED.values(), ids=list(REFUSED))
def test_a_bad_file_is_refused_by_the_command_and_leaves_nothing(tmp_path: Path, bad: Bad) -> None:
    path = tmp_path / bad.name
    path.write_bytes(bad.data)
    row = imported(path)
    assert (row["status"], bad.sentence in row["error"]) == ("failed", True)
    assert import_bytes(bad.data, bad.name).code == bad.code
    assert_nothing_is_left()


@pytest.mark.parametrize("odd", TAKEN.values(), ids=list(TAKEN))
def test_an_odd_file_waits_at_the_upload_page_with_what_is_odd(editor: Client, odd: Odd) -> None:
    status, page = uploaded(editor, odd.name, odd.data)
    assert status == 302
    assert odd.sentence in page
    assert StagedUpload.objects.count() == 1
    (row,) = editor.get(URL).context["rows"]
    assert not odd.kind or odd.kind in {note.kind for note in row.notes}


@pytest.mark.parametrize("odd", [odd for odd in TAKEN.values() if odd.name == "a.txt"])
def test_an_odd_file_is_imported_by_the_command_with_what_is_odd(tmp_path: Path, odd: Odd) -> None:
    path = tmp_path / odd.name
    path.write_bytes(odd.data)
    row = imported(path)
    assert row["status"] == "imported"
    assert not odd.kind or odd.kind in {note["kind"] for note in row["notes"]}
    assert Speech.objects.count() == 1


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf" + U.replace(b"\n", b"\r\n"), S.encode("utf-16")])
def test_the_same_text_in_other_bytes_is_a_duplicate(editor: Client, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(U)
    assert imported(tmp_path / "a.txt")["status"] == "imported"
    status, page = uploaded(editor, "b.txt", data)
    assert (status, "已经入库" in page) == (409, True)
    (tmp_path / "b.txt").write_bytes(data)
    assert imported(tmp_path / "b.txt")["status"] == "duplicate"
    assert Speech.objects.count() == SourceFile.objects.count() == 1


def part(name: bytes) -> bytes:
    return b'--X\r\nContent-Disposition: form-data; name="file"; ' + name + b"\r\n\r\nx\r\n"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"abcd"),
        ("multipart/form-data; boundary=X", part(b"filename*=utf-7''%2B.txt") + b"--X--"),
        ("multipart/form-data; boundary=X", part(b'filename="1.txt"') * 1000 + b"--X--"),
        ("application/x-www-form-urlencoded", b""),
        ("application/x-www-form-urlencoded", b"pasted=" + b"a" * 3_000_000),
    ],
    ids=["no boundary", "odd charset", "1,000 files", "nothing", "3 MB pasted"],
)
def test_a_request_that_is_no_upload_is_refused(editor: Client, kind: str, body: bytes) -> None:
    assert editor.post(URL, body, content_type=kind).status_code == 400
    assert_nothing_is_left()
