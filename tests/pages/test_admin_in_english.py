"""The admin follows the language too, its own pages and ours. What a parser noted stays Chinese: it is kept as said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from archive.models import Speech
from tests.pages.test_english import TEXT, in_chinese, said

pytestmark = pytest.mark.django_db

PAGES = (
    "/admin/",
    "/admin/archive/",
    "/admin/archive/speech/",
    "/admin/archive/speech/upload/",
    "/admin/archive/speech/sheet/",
    "/admin/archive/speech/take/",
    "/admin/archive/speech/{pk}/change/",
    "/admin/archive/speech/{pk}/text/",
    "/admin/archive/speech/{pk}/structure/",
    "/admin/archive/speech/{pk}/versions/",
    "/admin/archive/speech/{pk}/history/",
    "/admin/archive/speaker/",
    "/admin/archive/speaker/{speaker}/change/",
    "/admin/archive/event/",
    "/admin/auth/user/",
    "/admin/auth/user/add/",
    "/admin/archive/deed/",
)
# What must be typed, columns of a sheet, and the roles, which are rows of the database.
TYPED = ("编号", "版本", "是", "否", "录入", "审核", "管理")


def test_the_admin_speaks_english(
    client: Client, make_speech: Callable[..., Speech], build_index: Callable[[], Any]
) -> None:
    client.force_login(User.objects.create_superuser("editor"))
    speech = make_speech(TEXT, speaker="林朋", date="2022-11-20", event="双羽", kind="比圭", role="昌吕")
    build_index()
    assert speech.speaker is not None
    client.get("/?lang=en")
    left = {}
    for address in PAGES:
        response = client.get(address.format(pk=speech.pk, speaker=speech.speaker.pk), follow=True)
        assert response.status_code == 200, address
        found = [words for words in said(response) if in_chinese(without_typed(words))]
        if found:
            left[address] = found
    assert left == {}


def without_typed(words: str) -> str:
    for each in TYPED:
        words = words.replace(each, "")
    return words


def test_the_admin_offers_the_other_language(client: Client) -> None:
    assert b'href="?next=/admin/&amp;lang=en"' in client.get("/admin/login/?next=/admin/").content
    client.force_login(User.objects.create_superuser("editor"))
    assert b'href="?q=1&amp;lang=zh-hans"' in client.get("/admin/archive/speech/?q=1&lang=en").content
