"""Harvesting by OAI-PMH 2.0: six verbs, their mistakes, and a whole archive in parts."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from archive.models import Speech
from archive.views import oai

pytestmark = pytest.mark.django_db
OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture
def speech(make_speech: Callable[..., Speech]) -> Speech:
    make_speech("草稿讲话\n不公开。\n", published=False)
    return make_speech(
        "甲\x0b讲话\n谈谈<党建>。\n", speaker="张三", date="2022-11", event="座谈会", kind="讲话"
    )


def asked(client: Client, **query: Any) -> ElementTree.Element:
    """The answer, which has the order and the parts that the schema wants."""
    response = client.get("/oai/", query)
    assert (response.status_code, response["Content-Type"]) == (200, "text/xml; charset=utf-8")
    root = ElementTree.fromstring(response.content)  # noqa: S314  # what this archive wrote itself
    assert root.tag == f"{OAI}OAI-PMH"
    names = [child.tag.removeprefix(OAI) for child in root]
    assert names[:2] == ["responseDate", "request"]
    assert len(names) == 3
    assert names[2] in ("error", query.get("verb"))
    assert STAMP.fullmatch(root[0].text or "")
    assert root[1].text == "http://testserver/oai/"
    return root[2]


def code(client: Client, **query: Any) -> str | None:
    error = asked(client, **query)
    assert error.tag == f"{OAI}error"
    assert error.text
    return error.get("code")


def names(element: ElementTree.Element) -> list[str]:
    return [child.tag.removeprefix(OAI) for child in element]


def test_the_archive_says_who_it_is(client: Client, speech: Speech, settings: Any) -> None:
    settings.ARCHIVE_CONTACT = ""
    found = {child.tag.removeprefix(OAI): child.text for child in asked(client, verb="Identify")}
    assert list(found) == [
        *("repositoryName", "baseURL", "protocolVersion", "adminEmail", "earliestDatestamp", "deletedRecord"),
        "granularity",
    ]
    assert found["protocolVersion"] == "2.0"
    assert found["adminEmail"] == "webmaster@testserver"
    assert found["earliestDatestamp"] == speech.updated_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    settings.ARCHIVE_CONTACT = "who@example.org"
    assert asked(client, verb="Identify").findtext(f"{OAI}adminEmail") == "who@example.org"


def test_a_record_is_dublin_core_under_the_name_that_feeds_give(client: Client, speech: Speech) -> None:
    name = f"tag:testserver,2026:speeches/{speech.pk}"
    record = asked(client, verb="GetRecord", identifier=name, metadataPrefix="oai_dc")[0]
    assert names(record) == ["header", "metadata"]
    assert record.findtext(f"{OAI}header/{OAI}identifier") == name
    assert STAMP.fullmatch(record.findtext(f"{OAI}header/{OAI}datestamp") or "")
    (dublin,) = record[1]
    assert dublin.tag == "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"
    assert [(each.tag.removeprefix(DC), each.text) for each in dublin] == [
        ("title", "甲讲话"),
        ("creator", "张三"),
        ("date", "2022-11"),
        ("type", "Text"),
        ("type", "讲话"),
        ("format", "text/html"),
        ("identifier", f"http://testserver/speeches/{speech.pk}/"),
        ("source", "座谈会"),
        ("language", "zh-Hans"),
    ]


def test_formats_are_one(client: Client, speech: Speech) -> None:
    name = f"tag:testserver,2026:speeches/{speech.pk}"
    for query in ({}, {"identifier": name}):
        (one,) = asked(client, verb="ListMetadataFormats", **query)
        assert names(one) == ["metadataPrefix", "schema", "metadataNamespace"]


def test_a_list_in_parts_is_whole(
    client: Client, make_speech: Callable[..., Speech], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oai, "PAGE_SIZE", 3)
    speeches = [make_speech(published=number != 4) for number in range(8)]
    for verb in ("ListIdentifiers", "ListRecords"):
        query: dict[str, str] = {"metadataPrefix": "oai_dc", "from": "2020-01-01"}
        told, cursors = [], []
        for _ in range(3):
            body = asked(client, verb=verb, **query)
            told += [each.text for each in body.iter(f"{OAI}identifier")]
            token = body.find(f"{OAI}resumptionToken")
            assert token is not None
            cursors.append(token.get("cursor"))
            query = {"resumptionToken": token.text or ""}
        assert query == {"resumptionToken": ""}
        assert cursors == ["0", "3", "6"]
        wanted = [f"tag:testserver,2026:speeches/{each.pk}" for each in speeches if each.published]
        assert told == wanted


def test_a_list_that_fits_has_no_token(client: Client, speech: Speech) -> None:
    body = asked(client, verb="ListIdentifiers", metadataPrefix="oai_dc")
    assert names(body) == ["header"]


def test_bounds_are_inclusive_by_the_day_and_by_the_second(client: Client, speech: Speech) -> None:
    Speech.objects.filter(pk=speech.pk).update(
        updated_at=datetime.datetime(2024, 2, 29, 23, 59, 59, 500_000, tzinfo=datetime.UTC)
    )
    found = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}
    for bounds in (
        {"from": "2024-02-29", "until": "2024-02-29"},
        {"from": "2024-02-29T23:59:59Z", "until": "2024-02-29T23:59:59Z"},
        {"until": "2024-02-29"},
    ):
        assert names(asked(client, **found, **bounds)) == ["header"], bounds
    for until in ("9999-12-31", "9999-12-31T23:59:59Z"):  # the end of the calendar is no mistake
        assert asked(client, **LIST, until=until).tag == f"{OAI}ListRecords"
    for bounds in ({"from": "2024-03-01"}, {"until": "2024-02-29T23:59:58Z"}, {"until": "2024-02-28"}):
        assert code(client, **found, **bounds) == "noRecordsMatch", bounds


LIST = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({}, "badVerb"),
        ({"verb": "Nonsense"}, "badVerb"),
        ({"verb": ["Identify", "Identify"]}, "badVerb"),
        ({"verb": "Identify", "more": "1"}, "badArgument"),
        ({"verb": "GetRecord", "identifier": "x"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({**LIST, "resumptionToken": "1~1~~"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": ["oai_dc", "oai_dc"]}, "badArgument"),
        ({**LIST, "from": "gestern"}, "badArgument"),
        ({**LIST, "from": "2024-02-30"}, "badArgument"),
        ({**LIST, "from": "2024-02-01", "until": "2024-02-01T00:00:00Z"}, "badArgument"),
        ({**LIST, "from": "2024-02-02", "until": "2024-02-01"}, "badArgument"),
        ({**LIST, "from": "2999-01-01"}, "noRecordsMatch"),
        ({**LIST, "set": "all"}, "noSetHierarchy"),
        ({"verb": "ListSets"}, "noSetHierarchy"),
        ({"verb": "ListRecords", "metadataPrefix": "marc21"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "1~1~~'"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "1~1~2024-02-30~"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "1~1~2024-02-02~2024-02-01"}, "badResumptionToken"),
        ({"verb": "GetRecord", "identifier": "x\x01", "metadataPrefix": "oai_dc"}, "idDoesNotExist"),
        ({"verb": "ListMetadataFormats", "identifier": "tag:testserver,2026:speeches/0"}, "idDoesNotExist"),
    ],
)
def test_a_mistake_is_told_by_its_code(client: Client, speech: Speech, query: Any, said: str) -> None:
    assert code(client, **query) == said


def test_harvesters_hear_of_a_speaker_s_other_name(
    client: Client, speech: Speech, admin_client: Client
) -> None:
    long_ago = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    Speech.objects.update(updated_at=long_ago)
    assert speech.speaker is not None
    page = f"/admin/archive/speaker/{speech.speaker.pk}/change/"
    seen = admin_client.get(page).context["adminform"].form["seen"].value()
    sent = {"aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0, "seen": seen}
    since = {**LIST, "from": "2020-01-02"}
    assert admin_client.post(page, {"name": speech.speaker.name, **sent}).status_code == 302
    assert code(client, **since) == "noRecordsMatch"
    assert admin_client.post(page, {"name": "改正的姓名", **sent}).status_code == 302
    assert "改正的姓名" in client.get("/oai/", since).content.decode()


def test_a_draft_cannot_be_had(client: Client, speech: Speech) -> None:
    draft = Speech.objects.get(published=False)
    name = f"tag:testserver,2026:speeches/{draft.pk}"
    assert code(client, verb="GetRecord", identifier=name, metadataPrefix="oai_dc") == "idDoesNotExist"
    assert "草稿" not in client.get("/oai/", LIST).content.decode()


def test_the_request_is_repeated_unless_it_was_no_request(client: Client, speech: Speech) -> None:
    def attributes(**query: str) -> dict[str, str]:
        root = ElementTree.fromstring(client.get("/oai/", query).content)  # noqa: S314
        return dict(root[1].attrib)

    assert attributes(**LIST) == LIST
    assert attributes(verb="ListSets") == {"verb": "ListSets"}
    assert attributes(verb="Nonsense") == attributes(verb="GetRecord") == {}


def test_post_means_the_same_as_get_and_nothing_else_is_taken(client: Client, speech: Speech) -> None:
    strict = Client(enforce_csrf_checks=True)
    posted = strict.post("/oai/", {"verb": "ListSets"})
    assert posted.status_code == 200
    assert b"noSetHierarchy" in posted.content
    assert not posted.cookies
    assert client.put("/oai/").status_code == 405


def test_a_page_of_records_costs_few_queries(
    client: Client, make_speech: Callable[..., Speech], django_assert_max_num_queries: Any
) -> None:
    for _ in range(20):
        make_speech(speaker="张三", event="座谈会")
    with django_assert_max_num_queries(2):
        assert len(asked(client, **LIST)) == 20
