"""Feeds: valid Atom, each speech under one name for ever, and nothing sent twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client

from archive import search
from archive.models import Speech
from archive.views import feeds

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ["/feed/", "/speeches/feed/", "/speeches/feed/?year=2022&sort=title&page=7", "/search/feed/?q=党建"]
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


@pytest.fixture
def archive(make_speech: Callable[..., Speech], build_index: Callable[[], Any]) -> None:
    make_speech(
        "=党建讲话\n同志们：\n要抓好“党建”<工作>，AT&T。\n一、党建先行\n党建党建党建一步。\n",
        date="2022-11-20",
        speaker="张三",
        event="座谈会",
        kind="讲话",
    )
    make_speech("经费讲话\n谈谈党建经费。\n", date="2021")
    make_speech("秘密讲话\n党建草稿。\n", published=False)
    build_index()


def faults(root: ElementTree.Element) -> list[str]:
    """What RFC 4287 (4.1.1, 4.1.2, 4.2) forbids of what a feed of ours can hold."""
    found = [] if root.tag == f"{ATOM}feed" else ["no feed"]
    authored = root.find(f"{ATOM}author/{ATOM}name") is not None
    entries = root.findall(f"{ATOM}entry")
    for each in [root, *entries]:
        children = [child.tag.removeprefix(ATOM) for child in each]
        found += [f"not one {name}" for name in ("id", "title", "updated") if children.count(name) != 1]
        once = ("subtitle", "summary", "published", "rights", "generator", "logo", "icon")
        found += [f"several {name}" for name in once if children.count(name) > 1]
        found += [f"foreign {name}" for name in children if name.startswith("{")]
        authors = [author.findtext(f"{ATOM}name") for author in each.findall(f"{ATOM}author")]
        found += ["no author"] if not (authored or authors) or not all(authors) else []
        for name in ("updated", "published"):
            dates = [date.text or "" for date in each.findall(f"{ATOM}{name}")]
            found += [f"no date: {date}" for date in dates if not RFC_3339.fullmatch(date)]
        links = [
            (link.get("rel"), link.get("type"), link.get("hreflang")) for link in each.iter(f"{ATOM}link")
        ]
        found += ["two alternates"] if each is not root and len(set(links)) < len(links) else []
        addresses = [link.get("href", "") for link in each.iter(f"{ATOM}link")]
        addresses.append(each.findtext(f"{ATOM}id") or "")
        found += [f"no absolute IRI: {each}" for each in addresses if not urlsplit(each).scheme]
        found += ["no alternate"] if "alternate" not in {rel for rel, *_ in links} else []
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    return found + (["an id twice"] if len(set(ids)) < len(ids) else [])


def feed(client: Client, **query: Any) -> ElementTree.Element:
    response = client.get("/search/feed/", query)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)  # noqa: S314  # what this archive wrote itself


def entries(client: Client, **query: Any) -> list[str]:
    return [each.findtext(f"{ATOM}title") or "" for each in feed(client, **query).iter(f"{ATOM}entry")]


def test_the_feed_is_well_formed_atom_with_the_latest_to_come_in_first(client: Client, archive: None) -> None:
    root = feed(client, q="党建", sort="oldest")
    assert root.findtext(f"{ATOM}title") == "搜索：党建 — 讲话库"
    assert entries(client, q="党建", sort="oldest") == ["经费讲话", "=党建讲话"]
    asked = urlencode({"q": "党建"})
    links = {each.get("rel"): each.get("href") for each in root.findall(f"{ATOM}link")}
    assert links == {
        "self": f"http://testserver/search/feed/?{asked}",
        "alternate": f"http://testserver/search/?{asked}&sort=newest",
    }


def test_an_entry_is_named_by_its_speech_and_tells_when_it_changed(client: Client, archive: None) -> None:
    speech = Speech.objects.get(title="=党建讲话")
    for query in ("党建 -经费", "“党建” 工作"):
        entry = feed(client, q=query).find(f"{ATOM}entry")
        assert entry is not None
        assert entry.findtext(f"{ATOM}id") == f"tag:testserver,2026:speeches/{speech.pk}"
        assert entry.findtext(f"{ATOM}updated", "")[:19] == speech.updated_at.isoformat()[:19]
        assert entry.findtext(f"{ATOM}author/{ATOM}name") == "张三"
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert link.get("href") == f"http://testserver/speeches/{speech.pk}/?{urlencode({'q': query})}"


def test_a_summary_is_escaped_once_for_html_and_holds_no_marks(client: Client, archive: None) -> None:
    summary = feed(client, q="工作").find(f"{ATOM}entry/{ATOM}summary")
    assert summary is not None
    assert summary.get("type") == "html"
    assert summary.text == "张三 · 2022年11月20日 · 座谈会。要抓好“党建”&lt;工作&gt;，AT&amp;T。"


def test_characters_that_xml_cannot_hold_are_left_out(client: Client, make_speech, build_index) -> None:
    make_speech("甲\x0b乙讲话\n党\x01建\ufffe工作\x1b[31m。\n", speaker="张\x02三")
    build_index()
    assert entries(client, q="甲") == ["甲乙讲话"]
    assert entries(client, q="党建\x1b工作") == ["甲乙讲话"]


def test_the_feed_holds_twenty_and_never_a_draft(client: Client, make_speech, build_index) -> None:
    for number in range(22):
        make_speech(f"第{number}次讲话\n党建。\n", published=number != 7, date=f"20{number:02}")
    build_index()
    found = entries(client, q="党建")
    assert len(found) == 20
    assert found[0] == "第21次讲话"
    assert "第7次讲话" not in found


def test_a_speech_withdrawn_while_the_feed_is_made_is_left_out(
    client: Client, archive: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = search.find(search.Query("党建"))
    Speech.objects.filter(title="经费讲话").update(published=False)
    monkeypatch.setattr(search, "find", lambda query: found)
    assert entries(client, q="党建") == ["=党建讲话"]


def test_a_feed_that_says_the_same_need_not_be_sent_again(client: Client, archive: None) -> None:
    for query in ("党建", "龘龘"):
        first = client.get("/search/feed/", {"q": query})
        assert first["Cache-Control"] == "no-cache"
        again = client.get("/search/feed/", {"q": query}, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304


def at(client: Client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)  # noqa: S314  # what this archive wrote itself


def titles(client: Client, address: str) -> list[str]:
    return [each.findtext(f"{ATOM}title") or "" for each in at(client, address).iter(f"{ATOM}entry")]


def test_the_rules_find_what_is_wrong() -> None:
    broken = ElementTree.fromstring(  # noqa: S314
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><title>x</title><entry><updated>2022</updated></entry></feed>'
    )
    assert {"not one updated", "not one id", "no author", "no date: 2022", "no absolute IRI: x"} <= set(
        faults(broken)
    )


@pytest.mark.parametrize("address", FEEDS)
def test_every_feed_is_valid_atom_that_knows_its_address(client: Client, archive: None, address: str) -> None:
    root = at(client, address)
    assert faults(root) == []
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert root.findtext(f"{ATOM}id") == links["self"]
    assert (
        client.get(str(links["self"])).status_code == client.get(str(links["alternate"])).status_code == 200
    )
    assert at(client, str(links["self"])).findtext(f"{ATOM}id") == links["self"]
    assert len(root.findall(f"{ATOM}entry")) > 0


def test_a_feed_begins_with_what_came_in_last_however_old(client: Client, archive: None) -> None:
    assert titles(client, "/feed/") == ["经费讲话", "=党建讲话"]


def test_a_draft_is_news_when_it_is_published_and_not_again(
    client: Client, archive: None, build_index: Callable[[], Any], admin_client: Client
) -> None:
    draft, older = Speech.objects.get(title="秘密讲话"), Speech.objects.get(title="=党建讲话")
    Speech.objects.filter(pk=draft.pk).update(created_at="2020-01-01T00:00:00Z")

    def act(action: str, speech: Speech) -> None:
        chosen = {"action": action, "_selected_action": [speech.pk]}
        assert admin_client.post("/admin/archive/speech/", chosen).status_code == 302

    act("publish", draft)
    build_index()
    assert titles(client, "/feed/")[0] == titles(client, "/search/feed/?q=党建")[0] == "秘密讲话"
    act("withdraw", older)
    act("publish", older)
    build_index()
    assert titles(client, "/feed/") == ["秘密讲话", "经费讲话", "=党建讲话"]
    assert titles(client, "/search/feed/?q=党建") == ["秘密讲话", "经费讲话", "=党建讲话"]


def test_the_feed_of_a_list_has_the_conditions_of_the_list(client: Client, archive: None) -> None:
    assert titles(client, "/speeches/feed/?speaker=张三&sort=oldest") == ["=党建讲话"]
    root = at(client, "/speeches/feed/?year=2021&sort=oldest&page=3")
    assert root.findtext(f"{ATOM}title") == "新收录的讲话：2021年 — 讲话库"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "self": "http://testserver/speeches/feed/?year=2021",
        "alternate": "http://testserver/speeches/?year=2021",
    }
    assert titles(client, "/speeches/feed/?year=1949") == []


def test_the_feed_of_a_speaker_is_there_while_they_have_a_speech(client: Client, archive: None) -> None:
    speech = Speech.objects.get(title="=党建讲话")
    assert speech.speaker is not None
    address = f"/speakers/{speech.speaker.pk}/feed/"
    assert titles(client, address) == ["=党建讲话"]
    assert faults(at(client, address)) == []
    speech.published = False
    speech.save()
    assert client.get(address).status_code == 404
    assert client.get("/speakers/99999999999999999999/feed/").status_code == 404


def test_one_speech_has_one_name_in_all_feeds_and_keeps_it(client: Client, archive: None) -> None:
    speech = Speech.objects.get(title="=党建讲话")
    before = {entry.findtext(f"{ATOM}id") for entry in at(client, "/feed/").iter(f"{ATOM}entry")}
    speech.title = "改过的题目"
    speech.save()
    for address in ("/feed/", "/speeches/feed/?year=2022", "/search/feed/?q=党建"):
        named = {entry.findtext(f"{ATOM}id") for entry in at(client, address).iter(f"{ATOM}entry")}
        assert named <= before, address
    secure = ElementTree.fromstring(client.get("/feed/", secure=True).content)  # noqa: S314
    assert {entry.findtext(f"{ATOM}id") for entry in secure.iter(f"{ATOM}entry")} == before


def test_the_feed_is_as_new_as_its_latest_change(client: Client, archive: None) -> None:
    speech = Speech.objects.get(title="=党建讲话")
    speech.save()
    assert at(client, "/feed/").findtext(f"{ATOM}updated", "")[:19] == speech.updated_at.isoformat()[:19]


def test_a_summary_of_the_archive_s_feed_is_escaped_once(client: Client, archive: None) -> None:
    summary = at(client, "/speeches/feed/?year=2022").findtext(f"{ATOM}entry/{ATOM}summary")
    assert summary == "张三 · 2022年11月20日 · 座谈会。要抓好“党建”&lt;工作&gt;，AT&amp;T。"


def test_a_feed_of_lists_holds_fifty_at_the_cost_of_few_queries(
    client: Client, make_speech: Callable[..., Speech], django_assert_max_num_queries: Any
) -> None:
    for number in range(52):
        make_speech(f"第{number}次讲话\n党建。\n", published=number != 7)
    for address in ("/feed/", "/speeches/feed/"):
        with django_assert_max_num_queries(4):
            found = titles(client, address)
        assert len(found) == feeds.MOST == 50
        assert found[0] == "第51次讲话"
        assert "第7次讲话" not in found


@pytest.mark.parametrize("address", FEEDS)
def test_every_feed_answers_304_until_something_changes(client: Client, archive: None, address: str) -> None:
    first = client.get(address)
    assert first["Cache-Control"] == "no-cache"
    same = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    Speech.objects.get(title="=党建讲话").delete()
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_a_bad_condition_of_a_list_is_named(client: Client, archive: None) -> None:
    response = client.get("/speeches/feed/?year=x")
    assert response.status_code == 400
    assert response.json()["error"]["field"] == "year"
    page = client.get("/speeches/feed/?year=x", headers={"accept": "text/html,*/*;q=0.8"})
    assert (page.status_code, page["Content-Type"]) == (400, "text/html; charset=utf-8")
