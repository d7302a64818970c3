"""What the archive says of itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.views.pages import PageRead


@pytest.mark.parametrize(
    ("contact", "link", "shown"),
    [
        ("archive@example.org", "mailto:archive@example.org", "archive@example.org"),
        ("mailto:archive@example.org", "mailto:archive@example.org", "archive@example.org"),
        ("https://example.org/help", "https://example.org/help", "https://example.org/help"),
    ],
)
def test_whoever_wants_to_write_finds_where(
    client: Client, settings: Any, contact: str, link: str, shown: str
) -> None:
    settings.ARCHIVE_CONTACT = contact
    assert PageRead(client.get("/about/")).links[shown] == link


def test_without_a_contact_none_is_promised(client: Client, settings: Any) -> None:
    settings.ARCHIVE_CONTACT = ""
    page = client.get("/about/").content.decode()
    assert "联系" not in page
    assert "隐私" in page
