"""The log of who did what leaves with the archive, comes back once, and never takes another log's place."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import models

from archive import backup
from archive.models import Deed, Speaker, Speech

from .conftest import ODD, emptied, everything, members, packed, refused
from .test_round_trip import again

SECRET = "correct-horse-battery"


def entry(user: Any, row: models.Model, flag: int = CHANGE, **more: Any) -> LogEntry:
    kind = ContentType.objects.get_for_model(row, for_concrete_model=False)
    told = {"object_id": str(row.pk), "object_repr": str(row)[:200], "action_flag": flag, **more}
    return LogEntry.objects.create(user=user, content_type=kind, **told)


@pytest.fixture
def logged(rich: None) -> None:
    """Deeds of two years, of two people, of what is kept and of what is not."""
    users = get_user_model().objects
    editor, admin = users.get(username="bianji"), users.create_user("guanli", "g@example.org", SECRET)
    speech, speaker = Speech.objects.order_by("pk").first(), Speaker.objects.first()
    long_ago = datetime.datetime(2024, 12, 31, 23, 59, 59, 999999, tzinfo=datetime.UTC)
    entry(
        editor, speech, ADDITION, change_message=f"上传“1.txt”{ODD}".replace("\0", ""), action_time=long_ago
    )
    entry(editor, speech, change_message='[{"changed": {"fields": ["Title"]}}]')
    entry(admin, speaker, DELETION)
    entry(admin, editor, change_message='[{"changed": {"fields": ["password"]}}]')
    entry(admin, Group.objects.first())
    LogEntry.objects.create(user=admin, object_repr="全部文稿", action_flag=4)


@pytest.fixture
def file(logged: None, tmp_path: Path) -> Path:
    path = tmp_path / "kept.zip"
    backup.export(path)
    return path


def log() -> list[tuple[Any, ...]]:
    """All that an entry says, but for its own number."""
    rows = Deed.objects.order_by("action_time", "object_repr", "action_flag")
    named = rows.values_list("action_time", "user__username", "content_type__model", "object_repr",
                             "action_flag", "change_message")  # fmt: skip
    return list(named)


def records(path: Path) -> list[dict[str, Any]]:
    held = members(path)
    lines = [line for name in sorted(held) if name.startswith("deeds/") for line in held[name].splitlines()]
    return [json.loads(line) for line in lines]


def test_the_log_comes_back_and_goes_out_as_the_same_bytes(file: Path) -> None:
    before = log()
    emptied()
    assert not Deed.objects.exists()
    assert again(file).read_bytes() == file.read_bytes()
    assert log() == before


def test_the_order_does_not_depend_on_numbers(file: Path, tmp_path: Path) -> None:
    for deed in Deed.objects.order_by("-action_time"):
        number, deed.pk = deed.pk, None
        deed.save()
        Deed.objects.filter(pk=number).delete()
    backup.export(tmp_path / "other.zip")
    assert (tmp_path / "other.zip").read_bytes() == file.read_bytes()


def test_each_year_has_a_member_and_the_manifest_counts_them(file: Path) -> None:
    this_year = datetime.datetime.now(datetime.UTC).year
    names = sorted(name for name in members(file) if name.startswith("deeds/"))
    assert names == ["deeds/2024.jsonl", f"deeds/{this_year}.jsonl"]
    assert json.loads(members(file)["manifest.json"])["counts"]["deeds"] == 6
    backup.restore(file, replace=True)


def test_of_accounts_nothing_leaves_but_names(file: Path) -> None:
    user = get_user_model().objects.get(username="guanli")
    told = b"".join(members(file).values())
    assert b"guanli" in told
    for secret in (user.password, user.email, SECRET):
        assert secret.encode() not in told
    numbered = {each["content_type"] for each in records(file) if each["object_id"]}
    assert numbered == {"archive.speech", "archive.speaker"}


def test_an_entry_leads_to_what_it_tells_of_and_never_to_another_account(file: Path) -> None:
    emptied()
    backup.restore(file)
    speech = Speech.objects.order_by("pk").first()
    links = {deed.object_repr: deed.get_admin_url() for deed in Deed.objects.all() if deed.action_flag != 3}
    assert links[str(speech)] == f"/admin/archive/speech/{speech.pk}/change/"
    assert links["bianji"] is None
    names = {
        user.username: (user.is_active, user.has_usable_password()) for user in get_user_model().objects.all()
    }
    assert names == {"bianji": (False, False), "guanli": (False, False)}


def test_an_archive_keeps_its_own_log_and_gets_the_other_one_beside_it(file: Path) -> None:
    theirs = log()
    emptied()
    own = get_user_model().objects.create_superuser("zhuren")
    entry(own, Speaker.objects.create(name="李四"), ADDITION)
    mine = log()
    backup.restore(file, replace=True)
    assert sorted(log(), key=repr) == sorted(mine + theirs, key=repr)


def test_a_log_alone_does_not_make_an_archive_full(file: Path) -> None:
    emptied()
    entry(get_user_model().objects.create_superuser("zhuren"), Group.objects.first())
    backup.restore(file)
    assert Deed.objects.count() == 7


@pytest.mark.parametrize("times", [1, 2])
def test_what_is_in_the_log_already_is_not_written_twice(file: Path, times: int) -> None:
    before = list(Deed.objects.order_by("pk").values())
    for _time in range(times):
        backup.restore(file, replace=True)
    assert list(Deed.objects.order_by("pk").values()) == before


def test_the_same_deed_done_twice_at_once_stays_two(logged: None, tmp_path: Path) -> None:
    deed = Deed.objects.first()
    deed.pk = None
    deed.save()
    before = log()
    backup.export(tmp_path / "twice.zip")
    Deed.objects.filter(pk=deed.pk).delete()
    backup.restore(tmp_path / "twice.zip", replace=True)
    assert log() == before


def first_format(path: Path) -> Path:
    """As the version before wrote it."""
    contents = {name: data for name, data in members(path).items() if not name.startswith("deeds/")}

    def older(said: dict[str, Any]) -> None:
        said["format"] = 1
        del said["counts"]["deeds"]

    return packed(path.with_name("older.zip"), contents, older)


def test_a_file_without_a_log_is_restored_and_the_log_stays(file: Path) -> None:
    before, deeds = everything(), log()
    older = first_format(file)
    with backup.opened(older) as found:
        backup.verify(found)
    assert "deeds" not in backup.restore(older, replace=True)
    assert (everything(), log()) == (before, deeds)


def test_a_restore_that_fails_leaves_the_log_as_it_was(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry(get_user_model().objects.create_user("xin"), Speaker.objects.first())
    Deed.objects.filter(user__username="bianji").delete()
    before = log()

    def fail(last: int) -> None:
        raise OverflowError("disk full")

    monkeypatch.setattr("archive.backup.restoring.go_on_after", fail)
    with pytest.raises(backup.Damaged):
        backup.restore(file, replace=True)
    assert log() == before


def test_a_kind_of_object_that_only_another_version_has_comes_back(file: Path, tmp_path: Path) -> None:
    Deed.objects.filter(content_type__model="speaker").update(
        content_type=ContentType.objects.create(app_label="archive", model="recording")
    )
    backup.export(file)
    emptied()
    ContentType.objects.filter(model="recording").delete()
    assert again(file).read_bytes() == file.read_bytes()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"user": None}, "user 的值不对"),
        ({"user": 7}, "user 的值不对"),
        ({"content_type": "x"}, "content_type 的值不对"),
        ({"content_type": ["archive.speech"]}, "content_type 的值不对"),
        ({"content_type": "archive.spe ech"}, "content_type 的值不对"),
        ({"action_flag": -1}, "action_flag 的值不对"),
        ({"action_time": "2024-01-01"}, "action_time 的值不对"),
        ({"id": 1}, "不认识的字段 id"),
    ],
)
def test_an_entry_that_no_export_writes_is_refused(file: Path, changes: dict[str, Any], said: str) -> None:
    contents = members(file)
    record = json.loads(contents["deeds/2024.jsonl"])
    contents["deeds/2024.jsonl"] = json.dumps({**record, **changes}).encode() + b"\n"
    refused(packed(file.with_name("other.zip"), contents), f"deeds/2024.jsonl:1：.*{said}")


def test_a_year_that_is_missing_is_missed(file: Path) -> None:
    contents = members(file)
    del contents["deeds/2024.jsonl"]
    refused(packed(file.with_name("less.zip"), contents), "不完整")
