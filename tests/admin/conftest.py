"""Who works in the admin."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("editor"))
    return client
