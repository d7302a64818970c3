"""robots.txt, opensearch.xml and security.txt: by the rules of their standards."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.test import Client

from archive.models import Speech
from archive.views import machines

pytestmark = pytest.mark.django_db
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def may_read(robots: str, address: str) -> bool:
    """RFC 9309, 2.2.2: of the rules that fit, the longest decides; of two equal ones, the one that allows."""
    fitting = []
    for kind, path in re.findall(r"(?m)^(Allow|Disallow): (\S+)$", robots):
        if re.match(re.escape(path).replace(r"\*", ".*").replace(r"\$", "$"), address):
            fitting.append((len(path), kind == "Allow"))
    return max(fitting, default=(0, True))[1]


def test_robots_may_read_speeches_and_lists_but_not_what_costs(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    robots = response.content.decode()
    assert robots.startswith("User-agent: *\n")
    assert robots.endswith("\nSitemap: http://testserver/sitemap.xml\n")
    for address in (
        *("/", "/speeches/", "/speeches/?page=3", "/speeches/12/", "/speeches/12.txt", "/ledger/", "/feed/"),
        *("/sitemap.xml", "/sitemap-speeches.xml", "/sitemap-speeches.xml?p=2", "/.well-known/security.txt"),
    ):
        assert may_read(robots, address), address
    for address in (
        *("/search/?q=党建", "/search.csv?q=党建", "/concordance/", "/trends.json?q=x", "/quote/?text=x"),
        *("/compare/?a=1&b=2", "/compare/more/?s=1", "/suggest.json?q=x", "/opensearch.json?q=x", "/admin/"),
        *("/speeches/12/shared/", "/speeches/12/shared.json", "/speeches/12/?q=x", "/speeches/?year=2022"),
        *("/ledger/?page=9", "/?lang=en"),
    ):
        assert not may_read(robots, address), address


def test_a_browser_can_add_the_archive_to_its_search_engines(client: Client) -> None:
    response = client.get("/opensearch.xml")
    assert response["Content-Type"] == "application/opensearchdescription+xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)  # noqa: S314  # what this archive wrote itself
    assert root.tag == f"{OPENSEARCH}OpenSearchDescription"
    assert 0 < len(root.findtext(f"{OPENSEARCH}ShortName") or "") <= 16
    assert 0 < len(root.findtext(f"{OPENSEARCH}Description") or "") <= 1024
    found = {each.get("type"): each.get("template", "") for each in root.iter(f"{OPENSEARCH}Url")}
    assert found["application/opensearchdescription+xml"] == "http://testserver/opensearch.xml"
    assert all(template.startswith("http://testserver/") for template in found.values())
    assert [kind for kind, template in found.items() if "{searchTerms}" in template] == [
        *("text/html", "application/atom+xml", "application/x-suggestions+json")
    ]


def test_every_address_in_the_description_answers_a_typed_word(
    client: Client, make_speech: Callable[..., Speech], build_index: Callable[[], Any]
) -> None:
    make_speech("党建讲话\n党建是关键。\n")
    build_index()
    root = ElementTree.fromstring(client.get("/opensearch.xml").content)  # noqa: S314
    for each in root.iter(f"{OPENSEARCH}Url"):
        address = each.get("template", "").replace("{searchTerms}", quote("党建"))
        response = client.get(address.removeprefix("http://testserver"))
        assert response.status_code == 200
        assert response["Content-Type"].partition(";")[0] == each.get("type")


def test_completions_are_what_was_typed_and_a_list_of_texts(
    client: Client, make_speech: Callable[..., Speech], build_index: Callable[[], Any]
) -> None:
    make_speech("党建讲话\n党建是关键。\n", speaker="张三")
    build_index()
    assert client.get("/opensearch.json", {"q": "张"}).json() == ["张", ["张三"]]
    typed, found = client.get("/opensearch.json", {"q": "dangjian"}).json()
    assert typed == "dangjian"
    assert "党建讲话" in found
    assert client.get("/opensearch.json").json() == ["", []]
    assert client.get("/opensearch.json", {"q": "长" * 201}).json()["error"]["field"] == "q"


def test_without_a_contact_there_is_no_security_txt(client: Client, settings: Any) -> None:
    settings.SECURITY_CONTACT = []
    assert client.get("/.well-known/security.txt").status_code == 404


def test_security_txt_names_the_contact_and_an_end_less_than_a_year_away(
    client: Client, settings: Any
) -> None:
    settings.SECURITY_CONTACT = ["safe@example.org", "https://example.org/report"]
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = [line.partition(": ")[::2] for line in response.content.decode().splitlines()]
    assert fields[:2] == [("Contact", "mailto:safe@example.org"), ("Contact", "https://example.org/report")]
    (expires,) = (value for name, value in fields if name == "Expires")
    left = datetime.datetime.fromisoformat(expires) - datetime.datetime.now(datetime.UTC)
    assert datetime.timedelta(days=100) < left < datetime.timedelta(days=365)
    assert ("Canonical", "http://testserver/.well-known/security.txt") in fields


@pytest.mark.parametrize(("month", "end"), [(1, "2026-07"), (6, "2026-12"), (7, "2027-01"), (12, "2027-06")])
def test_the_end_is_the_first_of_a_month(month: int, end: str) -> None:
    now = datetime.datetime(2026, month, 31 if month in (1, 7, 12) else 30, tzinfo=datetime.UTC)
    assert machines._expiry(now).isoformat() == f"{end}-01T00:00:00+00:00"


@pytest.mark.parametrize("address", ["/robots.txt", "/opensearch.xml", "/.well-known/security.txt"])
def test_what_depends_on_no_speech_may_be_kept_for_a_day(client: Client, settings: Any, address: str) -> None:
    settings.SECURITY_CONTACT = ["safe@example.org"]
    first = client.get(address)
    assert first["Cache-Control"] == "public, max-age=86400"
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again["Cache-Control"]) == (304, "public, max-age=86400")
