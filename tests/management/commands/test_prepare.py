"""The first start and every later one."""

from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from archive import search
from archive.models import Speech

pytestmark = pytest.mark.django_db(transaction=True)


def prepare() -> str:
    out = StringIO()
    call_command("prepare", stdout=out, stderr=out)
    return out.getvalue()


def test_the_first_start_shows_the_seeds_and_the_second_changes_nothing(
    index_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ADMIN_PASSWORD", raising=False)
    assert "导入 5 篇" in prepare()
    assert search.find(search.Query("党建")).total == 5
    updated = list(Speech.objects.values_list("pk", "updated_at"))
    said = prepare()
    assert "未变 5 篇" in said
    assert "还没有管理员" in said
    assert list(Speech.objects.values_list("pk", "updated_at")) == updated


def test_a_start_with_a_password_makes_or_updates_the_administrator(
    index_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    users = get_user_model().objects
    for password in ("long-enough-for-all", "another-long-password"):
        monkeypatch.setenv("ADMIN_PASSWORD", password)
        prepare()
        assert users.get(username="admin", is_superuser=True).check_password(password)


def test_a_weak_password_is_warned_of_here_and_refused_on_a_public_site(
    index_path: Path, monkeypatch: pytest.MonkeyPatch, settings
) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", "admin")
    assert "口令太弱，只宜在本机试用" in prepare()
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="口令太弱"):
        call_command("set_admin")


def test_a_lost_index_is_built_again(index_path: Path) -> None:
    prepare()
    for file in index_path.rglob("*"):
        if file.is_file():
            file.unlink()
    prepare()
    assert not search.find(search.Query("党建")).degraded
    assert search.problems() == []
