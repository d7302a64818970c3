"""What a reader sees when a page cannot be shown."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory

from archive.views import errors

READER_PAGES = (
    "/",
    "/speeches/",
    "/speeches.json",
    "/search/",
    "/search.json",
    "/speeches/1/",
    "/speeches/1.txt",
)


def test_an_unknown_address_offers_ways_on(client: Client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "没有这一页" in response.content.decode()
    assert 'href="/speeches/"' in response.content.decode()
    assert 'href="/search/"' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("key", [1, 2**63 - 1, 2**63, 10**40])
@pytest.mark.parametrize(
    "form", ["/speeches/{}/", "/speeches/{}.json", "/speeches/{}.txt", "/speeches/{}/original"]
)
def test_a_speech_that_is_not_there_is_404_however_large_its_number(client: Client, key, form):
    assert client.get(form.format(key)).status_code == 404


@pytest.mark.parametrize("address", READER_PAGES)
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_other_methods_are_told_what_is_allowed(address, method):
    response = getattr(Client(enforce_csrf_checks=True), method)(address)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


def test_a_twin_says_its_error_in_json(client: Client):
    response = client.post("/speeches.json")
    assert response.status_code == 405
    assert response.json() == {"error": {"field": None, "message": "这个地址只能读取，不接受这种请求。"}}


@pytest.mark.parametrize(
    ("handler", "exception", "status"),
    [
        (errors.bad_request, SuspiciousOperation(), 400),
        (errors.forbidden, PermissionDenied(), 403),
        (errors.not_found, Exception(), 404),
    ],
)
def test_each_error_has_its_page_and_its_json(rf: RequestFactory, handler, exception, status):
    page = handler(rf.get("/x/"), exception)
    assert page.status_code == status
    assert f">{status}<" in page.content.decode()
    twin = handler(rf.get("/x.json"), exception)
    assert twin.status_code == status
    assert twin["Content-Type"] == "application/json"


def test_the_page_of_a_crash_needs_neither_database_nor_the_hashed_static_files(rf: RequestFactory, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    response = errors.server_error(rf.get("/"))  # no django_db mark: a query would raise
    assert response.status_code == 500
    assert "请稍后再试" in response.content.decode()
    assert "/static/css/base.css" in response.content.decode()
    assert errors.server_error(rf.get("/speeches.json")).status_code == 500


def test_a_form_without_its_token_is_refused_in_the_readers_language(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert "这个表单已经过期" in response.content.decode()
    assert 'lang="zh-Hans"' in response.content.decode()


@pytest.mark.django_db
def test_whoever_keeps_an_answer_asks_again_before_showing_it(client: Client, make_speech):
    speech = make_speech()
    own = [f"/speeches/{speech.pk}{ending}" for ending in ("/", ".json", ".txt")]
    for address in ("/", "/speeches/", "/speeches.json", "/compare/", *own):
        response = client.get(address)
        assert (response.status_code, response["Cache-Control"]) == (200, "no-cache"), address
    again = client.get(own[-1], headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again["Cache-Control"]) == (304, "no-cache")


def test_a_missing_speech_is_called_one(client: Client, db: None) -> None:
    for address in ("/speeches/7/", "/speeches/99999999999999999999999/", "/compare/?a=7"):
        response = client.get(address)
        assert response.status_code == 404
        assert "没有这篇讲话。" in response.content.decode()
    assert "没有这一页。" in client.get("/nowhere/").content.decode()
