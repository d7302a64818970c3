"""Who works in the admin."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from archive.importing import import_bytes
from archive.models import Speech
from tests.admin.people import person
from tests.admin.sending import SPEECH


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("editor"))
    return client


@pytest.fixture
def manager(db: None) -> Client:
    return person("管理")


@pytest.fixture
def two(db: None) -> list[Speech]:
    """Two speeches of which little is known."""
    for number in (1, 2):
        import_bytes(SPEECH.format(number).encode(), f"{number}.txt")
    Speech.objects.update(title="标题", date=None, kind="讲话", event=None)
    return list(Speech.objects.order_by("pk"))
