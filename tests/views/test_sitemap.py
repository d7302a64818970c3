"""The sitemap: whole, valid, and without what readers cannot have."""

from __future__ import annotations

import datetime
import re
import time
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date

from archive.models import Speech
from archive.views import sitemap
from tests.views.test_machines import may_read

pytestmark = pytest.mark.django_db
SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "http://testserver"
# xsd:dateTime or xsd:date, as sitemap.xsd and siteindex.xsd want lastmod
W3C_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?")


def asked(client: Client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/xml"
    return ElementTree.fromstring(response.content)  # noqa: S314  # what this archive wrote itself


def faults(root: ElementTree.Element, host: str = SITE) -> list[str]:
    """What sitemap.xsd and siteindex.xsd, and the protocol beside them, forbid."""
    names = {f"{SITEMAPS}urlset": f"{SITEMAPS}url", f"{SITEMAPS}sitemapindex": f"{SITEMAPS}sitemap"}
    if root.tag not in names:
        return [f"root {root.tag}"]
    found = ["empty"] if len(root) == 0 else []
    allowed = ["loc", "lastmod", "changefreq", "priority"]
    for each in root:
        children = [child.tag.removeprefix(SITEMAPS) for child in each]
        found += [each.tag] if each.tag != names[root.tag] else []
        found += [str(children)] if children != [name for name in allowed if name in children] else []
        loc, lastmod = each.findtext(f"{SITEMAPS}loc") or "", each.findtext(f"{SITEMAPS}lastmod")
        found += [f"loc {loc}"] if not loc.startswith(f"{host}/") or len(loc) >= 2_048 else []
        found += [f"lastmod {lastmod}"] if lastmod is not None and not W3C_DATE.fullmatch(lastmod) else []
    return found + (["more than 50,000"] if len(root) > 50_000 else [])


def addresses(root: ElementTree.Element) -> list[str]:
    return [each.text or "" for each in root.iter(f"{SITEMAPS}loc")]


def parts(client: Client) -> list[str]:
    return [address.removeprefix(SITE) for address in addresses(asked(client, "/sitemap.xml"))]


def test_the_rules_find_what_is_wrong() -> None:
    broken = f'<urlset xmlns="{SITEMAPS[1:-1]}"><url><lastmod>gestern</lastmod><loc>/x</loc></url></urlset>'
    assert len(faults(ElementTree.fromstring(broken))) == 3  # noqa: S314


def test_the_index_and_every_part_are_valid_and_every_address_answers(
    client: Client, make_speech: Callable[..., Speech]
) -> None:
    make_speech(speaker="张三", event="座谈会", date="0987-05")
    make_speech(speaker="李四", published=False)
    assert faults(asked(client, "/sitemap.xml")) == []
    for part in parts(client):
        root = asked(client, part)
        assert faults(root) == [], part
        for address in addresses(root):
            assert client.get(address.removeprefix(SITE)).status_code == 200, address


def test_every_published_speech_is_there_with_the_day_of_its_change(
    client: Client, make_speech: Callable[..., Speech]
) -> None:
    shown, draft = make_speech(), make_speech(published=False)
    root = asked(client, "/sitemap-speeches.xml")
    assert addresses(root) == [f"{SITE}/speeches/{shown.pk}/"]
    assert root.findtext(f"*/{SITEMAPS}lastmod") == timezone.localdate(shown.updated_at).isoformat()
    assert f"/speeches/{draft.pk}/" not in client.get("/sitemap-speeches.xml").content.decode()


def test_a_large_archive_has_several_files_and_each_costs_few_queries(
    client: Client,
    make_speech: Callable[..., Speech],
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    monkeypatch.setattr(sitemap.Speeches, "limit", 3)
    speeches = [make_speech() for _ in range(7)]
    files = [part for part in parts(client) if "speeches" in part]
    assert files == ["/sitemap-speeches.xml", "/sitemap-speeches.xml?p=2", "/sitemap-speeches.xml?p=3"]
    found = [address for part in files for address in addresses(asked(client, part))]
    assert found == [f"{SITE}/speeches/{speech.pk}/" for speech in speeches]
    for address in ("/sitemap.xml", *files):
        with django_assert_max_num_queries(12):
            client.get(address)


def test_what_was_withdrawn_is_news_by_any_question(
    client: Client, make_speech: Callable[..., Speech]
) -> None:
    first, second = make_speech(), make_speech()
    Speech.objects.filter(pk=first.pk).update(updated_at=timezone.now() - datetime.timedelta(days=2))
    before = client.get("/sitemap-speeches.xml")
    Speech.objects.filter(pk=second.pk).update(published=False)
    asked_so = {"if-modified-since": before.get("Last-Modified", http_date(time.time()))}
    after = client.get("/sitemap-speeches.xml", headers=asked_so)
    assert after.status_code == 200
    assert f"/speeches/{second.pk}/" not in after.content.decode()


def test_robots_may_read_all_that_the_sitemap_names(
    client: Client, make_speech: Callable[..., Speech], monkeypatch: pytest.MonkeyPatch
) -> None:
    for limited in (sitemap.Speeches, sitemap.Lists):
        monkeypatch.setattr(limited, "limit", 1)
    for n in range(2):
        make_speech(speaker=f"人{n}", event="座谈会", date="2022")
    robots = client.get("/robots.txt").content.decode()
    found = [address for part in parts(client) for address in [part, *addresses(asked(client, part))]]
    assert "/sitemap-speeches.xml?p=2" in found
    assert [each for each in found if not may_read(robots, each.removeprefix(SITE))] == []


def test_a_sitemap_is_made_once_until_something_changes(
    client: Client,
    make_speech: Callable[..., Speech],
    build_index: Callable[[], object],
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    make_speech()
    build_index()
    client.get("/sitemap-speeches.xml")
    with django_assert_max_num_queries(3) as context:  # for the state of the archive
        again = client.get("/sitemap-speeches.xml")
    assert not [each["sql"] for each in context if "updated_at" in each["sql"]]
    assert "noindex" in again["X-Robots-Tag"]


@pytest.mark.parametrize(
    "question",
    [
        Speech.objects.published().order_by("-updated_at").values_list("updated_at")[:1],
        Speech.objects.published().order_by("-published_at", "-pk").values_list("pk")[:50],
    ],
)
def test_dates_are_read_without_a_look_at_the_texts(question: Any) -> None:
    assert "COVERING INDEX" in question.explain() or connection.vendor != "sqlite"


@pytest.mark.parametrize("address", ["/sitemap.xml", "/sitemap-pages.xml", "/sitemap-speeches.xml"])
def test_a_sitemap_that_says_the_same_need_not_be_sent_again(
    client: Client, make_speech: Callable[..., Speech], address: str
) -> None:
    make_speech()
    first = client.get(address)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    "address", ["/sitemap-drafts.xml", "/sitemap-speeches.xml?p=2", "/sitemap-speeches.xml?p=x"]
)
def test_what_is_not_there_is_404(client: Client, make_speech: Callable[..., Speech], address: str) -> None:
    make_speech()
    assert client.get(address).status_code == 404


def test_lists_are_those_with_a_published_speech(client: Client, make_speech: Callable[..., Speech]) -> None:
    shown = make_speech(speaker="张三", event="座谈会", date="2022-05")
    make_speech(speaker="李四", event="动员会", date="2021", published=False)
    make_speech(speaker="张三", date="2022")
    assert addresses(asked(client, "/sitemap-lists.xml")) == [
        f"{SITE}/speakers/{shown.speaker_id}/",
        f"{SITE}/events/{shown.event_id}/",
        f"{SITE}/years/2022/",
    ]


def test_an_empty_archive_has_a_sitemap_too(client: Client) -> None:
    assert faults(asked(client, "/sitemap-pages.xml")) == []
    assert faults(asked(client, "/sitemap.xml")) == []
