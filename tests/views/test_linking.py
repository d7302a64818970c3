"""Links to words: marked where they stand, and told what became of them after an edit."""

from __future__ import annotations

import hashlib
import html
import re
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import hypothesis
import pytest
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from archive import importing
from archive.citing import choose
from archive.importing import import_bytes
from archive.models import Speech
from archive.views import reading
from archive.views.linking import link_to, linked, places
from tests.revising import import_text
from tests.views.pages import PageRead

SEEDS = Path(__file__).parents[2] / "seeds"

TEXT = "在座谈会上的讲话\n同志们：\n我们要实干，一是学在前。\n一、提高认识\n实干兴邦，空谈误国。\n"


@pytest.fixture
def speech(make_speech):
    return make_speech(TEXT)


def link(client: Client, speech, start: str, end: str) -> str:
    return client.get(f"/speeches/{speech.pk}/words.json", {"start": start, "end": end}).json()["url"]


def marked(response) -> list[str]:
    """What is inside the marks of linked words."""
    page = response.content.decode()
    return [part.partition("</mark>")[0] for part in page.split('<mark class="chosen"')[1:]]


def edit(speech, old: str, new: str) -> None:
    """Change words of the text without a change of paragraphs."""
    at = speech.text.index(old)
    shift = len(new) - len(old)
    for row in (*speech.paragraphs.all(), *speech.sections.all()):
        for name in ("start", "end", "heading_start", "heading_end"):
            if getattr(row, name, -1) > at:
                setattr(row, name, getattr(row, name) + shift)
        for item in getattr(row, "items", ()):
            item.update((name, item[name] + shift) for name in ("start", "end") if item[name] > at)
        row.save()
    speech.text = speech.text.replace(old, new, 1)
    speech.digest = hashlib.sha256(speech.text.encode()).hexdigest()
    speech.save()


def test_a_link_to_words_marks_them_and_says_that_they_still_read_so(client: Client, speech):
    url = link(client, speech, "p2.3", "p2.5")
    assert url.startswith(f"http://testserver/speeches/{speech.pk}/?words=%E5%AE%9E%E5%B9%B2&at=p2.3-5&sum=")
    assert url.endswith("#words")
    response = client.get(url)
    assert marked(response) == [' id="words">实干']
    assert "链接所指的文字仍是原样。" in PageRead(response).words


def test_words_may_run_over_paragraphs_and_headings(client: Client, speech):
    response = client.get(link(client, speech, "p2.6", "p3.4"))
    pieces = " ".join(marked(response))
    assert "学在前" in pieces
    assert pieces.endswith(">实干兴邦")
    assert pieces.count('id="words"') == 1
    heading = client.get(link(client, speech, "s1.2", "s1.6"))
    assert marked(heading) == [' id="words">提高认识']


def test_after_an_edit_elsewhere_the_words_are_still_marked(client: Client, speech):
    url = link(client, speech, "p3.0", "p3.4")
    edit(speech, "学在前", "学在前头")
    response = client.get(url)
    assert marked(response) == [' id="words">实干兴邦']
    assert "仍是原样" in PageRead(response).words


def test_words_that_moved_to_another_paragraph_are_marked_there(client: Client, speech):
    url = link(client, speech, "p3.0", "p3.4")
    edit(speech, "实干兴邦，", "")
    edit(speech, "我们要实干", "我们要实干兴邦")
    response = client.get(url)
    assert marked(response) == [' id="words">实干兴邦']
    assert "链接所指的文字已移到别处，标出的是现在的位置。" in PageRead(response).words


def test_words_that_are_gone_are_told_with_the_way_to_what_is_there(client: Client, speech, admin_client):
    url = link(client, speech, "p3.5", "p3.9")
    edit(speech, "空谈误国", "空谈无益")
    page = PageRead(client.get(url))
    assert "原文已改，此处不再这样写： 空谈误国" in page.by_id["words"]
    assert page.links["看离原处最近的地方"] == "#p3"
    assert page.links["看现在哪里有相近的话"].startswith("/quote/?text=")
    assert "看历次修改" not in page.links
    editors = PageRead(admin_client.get(url)).links
    assert editors["看历次修改"] == f"/admin/archive/speech/{speech.pk}/versions/"


def test_a_made_up_link_cannot_claim_that_the_text_was_changed(client: Client, speech):
    query = parse_qs(urlsplit(link(client, speech, "p3.5", "p3.9")).query)
    forged = {"words": "空谈有理", "at": query["at"][0], "sum": query["sum"][0]}
    response = client.get(f"{speech.get_absolute_url()}?{urlencode(forged)}")
    words = PageRead(response).words
    assert "本篇没有这样的话，链接可能抄写有误：" in words
    assert "原文已改" not in words


def test_old_keys_still_vouch_for_links(client: Client, speech, settings):
    url = link(client, speech, "p3.5", "p3.9")
    edit(speech, "空谈误国", "空谈无益")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of this test"
    assert "原文已改" in PageRead(client.get(url)).words
    settings.SECRET_KEY_FALLBACKS = []
    assert "原文已改" not in PageRead(client.get(url)).words


NOUGHTS = "0" * 18


@pytest.mark.parametrize(
    "query",
    [
        "words=实干",
        "at=p2.3-5",
        "words=&at=&sum=",
        "words=实干&at=p2.3-5&sum=x",
        f"words=实干&at=p2.5-3&sum={NOUGHTS}",
        f"words={'长' * 2001}&at=p2.0-2000&sum={NOUGHTS}",
        f"words=a%00&at=p2.3-5&sum={NOUGHTS}",
    ],
)
def test_a_broken_link_is_named_and_the_speech_still_shown(client: Client, speech, query):
    response = client.get(f"{speech.get_absolute_url()}?{query}")
    page = PageRead(response)
    assert response.status_code == 400
    assert "指向文字的链接不完整。请向给您链接的人再要一次；全文见下。" in page.words
    assert "空谈误国" in page.words


def test_hits_and_linked_words_are_marked_together(client: Client, speech):
    url = link(client, speech, "p3.0", "p3.9").replace("?", "?q=兴邦&")
    page = client.get(url).content.decode()
    assert 'id="words">实干<mark id="hit-1">' in page


def test_the_script_of_the_page_is_told_what_it_did_wrong(client: Client, speech):
    for params in ({}, {"start": "p2.1"}, {"start": "p2.1", "end": "q"}, {"start": "p9.1", "end": "p9.2"}):
        response = client.get(f"/speeches/{speech.pk}/words.json", params)
        assert response.status_code == 400
        assert response.json()["error"]["message"]
    told = client.get(f"/speeches/{speech.pk}/words.json?start=p2.0&end=p2.3").json()
    assert (told["words"], told["anchor"]) == ("我们要", "p2")


def test_readers_get_no_cookie_whatever_became_of_the_words(client: Client, speech):
    url = link(client, speech, "p3.5", "p3.9")
    edit(speech, "空谈误国", "空谈无益")
    response = client.get(url)
    assert not response.cookies
    assert response["Vary"] == client.get(speech.get_absolute_url())["Vary"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        ("二、压实工作责任", "新来的一段。\n二、压实工作责任", "same"),
        ("我们要抓好落实，", "同志们，我们要抓好落实，", "same"),
        ("我们要抓好落实，一级带着一级干。\n", "", "changed"),
        ("一级带着一级干", "一级抓一级", "changed"),
        ("谢谢大家！", "谢谢大家！\n", "same"),
    ],
)
def test_editors_changes_lead_to_the_right_verdict(client: Client, old, new, verdict):
    speech = Speech.objects.with_outline().get(pk=import_text().pk)
    start = speech.text.index("一级带着一级干")
    chosen = choose(speech.text, places(speech), start, start + 7)
    assert chosen
    url = link_to(speech, chosen)
    importing.revise(speech, text=speech.text.replace(old, new))
    page = PageRead(client.get(url))
    told = {"same": "链接所指的文字仍是原样。", "changed": "原文已改，此处不再这样写："}
    assert [name for name, sentence in told.items() if sentence in page.words] == [verdict]
    assert "words" in page.ids
    if verdict == "changed":
        assert page.links["看离原处最近的地方"].removeprefix("#") in page.ids


@pytest.mark.django_db
@pytest.mark.parametrize("seed", sorted(SEEDS.iterdir()), ids=lambda path: path.name[:3])
def test_any_words_of_a_seed_are_marked_on_its_page_and_nothing_else(seed: Path):
    imported = import_bytes(seed.read_bytes(), seed.name).speech
    speech = Speech.objects.with_outline().get(pk=imported.pk)
    anchors = places(speech)
    said = re.compile(r"<span class=\"visually-hidden\">.*?</span>|<a class=\"no\".*?</a>")

    @hypothesis.settings(max_examples=25)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        start = data.draw(st.integers(anchors[0][1], len(speech.text) - 1))
        end = data.draw(st.integers(start + 1, min(len(speech.text), start + 400)))
        chosen = choose(speech.text, anchors, start, end)
        hypothesis.assume(chosen)
        assert chosen
        request = RequestFactory().get(link_to(speech, chosen).partition("#")[0])
        found = linked(request, speech)
        assert found.verdict == "same"
        assert found.span
        shown = reading.lay_out(speech, (), chosen=found.span)
        blocks = [shown.title, *(block.html for block in shown.bylines)]
        for part in shown.parts:
            blocks += [part.heading, *(block.html for block in part.blocks)]
        page = said.sub("", "\n".join(blocks))
        pieces = [piece.partition("</mark>")[0] for piece in page.split('<mark class="chosen"')[1:]]
        marked_words = html.unescape(
            re.sub(r"<[^>]*>", "", "".join(piece.partition(">")[2] for piece in pieces))
        )
        assert "".join(marked_words.split()) == "".join(speech.text[start:end].split())

    check()
