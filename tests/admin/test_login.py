"""The door to the admin: guessing is slowed down, and no door leads elsewhere."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

URL = "/admin/login/"
RIGHT = {"username": "editor", "password": "long-enough-for-all"}
WRONG = {**RIGHT, "password": "guess"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def editor() -> None:
    get_user_model().objects.create_superuser(**RIGHT)


def test_after_too_many_wrong_passwords_even_the_right_one_waits(client: Client) -> None:
    statuses = [client.post(URL, WRONG).status_code for _try in range(6)]
    assert statuses == [200, 200, 200, 200, 429, 429]
    response = client.post(URL, RIGHT)
    assert response.status_code == 429
    assert response["Retry-After"] == "300"
    assert "请 5 分钟后再试" in response.content.decode()


def test_nobody_is_kept_waiting_for_anothers_mistakes(client: Client) -> None:
    for _try in range(6):
        client.post(URL, WRONG)
    assert client.post(URL, {**WRONG, "username": "other"}).status_code == 200
    elsewhere = client.post(URL, RIGHT, REMOTE_ADDR="10.1.1.1")
    assert elsewhere.status_code == 302


def test_a_few_mistakes_are_forgiven(client: Client) -> None:
    for _round in range(3):
        for _try in range(3):
            assert client.post(URL, WRONG).status_code == 200
        assert client.post(URL, RIGHT).status_code == 302


@pytest.mark.parametrize("place", ["//evil.example", "/\\evil.example", "http:evil.example", ""])
def test_a_login_never_leads_to_another_site(client: Client, place: str) -> None:
    assert client.post(f"{URL}?next={place}", RIGHT)["Location"] == "/admin/"


def test_editors_see_the_archives_own_tables_only(client: Client) -> None:
    client.post(URL, RIGHT)
    assert "AXES" not in client.get("/admin/").content.decode().upper()
