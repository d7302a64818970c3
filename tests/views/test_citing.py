"""Citing a speech: the page, the files, and what the page of the speech tells programs."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.test import Client
from django.utils import timezone

from archive.views.citing import MOST
from tests.views.pages import PageRead

TEXT = "在座谈会上的讲话\n同志们：\n我们要实干。\n一、提高认识\n实干兴邦，空谈误国。\n"


def ask(client: Client, address: str, **params: Any) -> Any:
    return client.get(address, params)


@pytest.fixture
def speech(make_speech):
    return make_speech(TEXT, speaker="张三", date="2022-11-20", event="座谈会", venue="北京")


def cited(response: Any) -> str:
    """The reference that the page shows."""
    return PageRead(response).by_id["reference"]


def test_the_page_gives_the_standard_in_force_unless_asked_for_another(client: Client, speech):
    address = f"/speeches/{speech.pk}/cite/"
    today = timezone.localdate()
    url = f"http://testserver/speeches/{speech.pk}/"
    expected = {
        "": f"张三. 在座谈会上的讲话[EB/OL]. （2022-11-20）[{today}]. {url}.",
        "gbt2025": f"张三. 在座谈会上的讲话[EB/OL]. （2022-11-20）[{today}]. {url}.",
        "gbt2015": f"张三. 在座谈会上的讲话[EB/OL]. (2022-11-20)[{today}]. {url}.",
        "apa": f"张三. (2022, November 20). 在座谈会上的讲话. 座谈会, 北京. 讲话库. {url}",
        "mla": f"张三. “在座谈会上的讲话.” 讲话库, 20 Nov. 2022, 座谈会, 北京, {url}.",
    }
    for style, reference in expected.items():
        assert cited(ask(client, address, style=style)) == reference
    assert "@online{zhangsan2022-" in cited(ask(client, address, style="bibtex"))
    assert "TY - ELEC" in cited(ask(client, address, style="ris"))
    assert json.loads(cited(ask(client, address, style="csl")))[0]["type"] == "webpage"


def test_every_style_is_one_link_away_and_keeps_what_is_cited(client: Client, speech):
    page = PageRead(ask(client, f"/speeches/{speech.pk}/cite/", p=2))
    assert page.links["APA"] == "?style=apa&p=2"
    assert page.links["RIS"] == "?style=ris&p=2"
    again = client.get(f"/speeches/{speech.pk}/cite/{page.links['APA']}")
    assert cited(again).endswith(f"/speeches/{speech.pk}/#p2")


def test_a_paragraph_is_quoted_and_cited_with_its_address(client: Client, speech):
    page = PageRead(ask(client, f"/speeches/{speech.pk}/cite/", p=3))
    assert page.by_id["quote"] == "实干兴邦，空谈误国。"
    assert page.by_id["reference"].endswith(f"/speeches/{speech.pk}/#p3.")
    assert page.links["回到全文"] == f"/speeches/{speech.pk}/#p3"
    files = [address for address in page.addresses if "?p=3" in address and ".ris" in address]
    assert files == [f"/speeches/{speech.pk}.ris?p=3"]
    assert "N1  - 第 3 段：实干兴邦，空谈误国。" in client.get(files[0]).content.decode()


def test_pasted_words_are_found_in_any_script_and_linked(client: Client, speech):
    page = PageRead(ask(client, f"/speeches/{speech.pk}/cite/", text="實幹興邦"))
    assert page.by_id["quote"] == "实干兴邦"
    (link,) = page.all("input", id="link")
    opened = client.get(link["value"])
    assert '<mark class="chosen" id="words">实干兴邦</mark>' in opened.content.decode()


def test_words_that_are_not_in_the_speech_are_told_with_a_way_on(client: Client, speech):
    response = ask(client, f"/speeches/{speech.pk}/cite/", text="没有这样的话")
    page = PageRead(response)
    assert response.status_code == 200
    assert "本篇里没有找到这句话" in page.words
    assert page.links["到全库核对这句引文"].startswith("/quote/?text=%E6%B2%A1")
    assert page.by_id["reference"].endswith(f"/speeches/{speech.pk}/.")


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"style": "chicago"}, "没有这种格式，可用的有：gbt2025、gbt2015、apa、mla、bibtex、ris、csl。"),
        ({"p": "x"}, "段落编号应为数字。"),
        ({"p": "99"}, "本篇没有第 99 段，请在讲话页上重新点选。"),
        ({"p": "9" * 101}, "段落编号应为数字。"),
        ({"start": "p2", "end": "p2.3"}, "位置应写成 p7.12 这样"),
        ({"start": "p77.1", "end": "p77.3"}, "本篇没有这个位置"),
        ({"start": "p2.1"}, "本篇没有这个位置"),
        ({"start": "p2.3", "end": "p2.3"}, "请选一句到一段话"),
        ({"start": "p2.3", "end": "p2.1"}, "请选一句到一段话"),
        ({"text": "长" * 2001}, "要链接的话最多 2,000 个字，现在有 2001 个，请删短一些。"),
        ({"text": "a\0b"}, "文字里混有不可见的控制字符，请重新复制。"),
    ],
)
def test_what_cannot_be_cited_is_named_and_the_speech_still_cited(client: Client, speech, params, sentence):
    response = ask(client, f"/speeches/{speech.pk}/cite/", **params)
    assert response.status_code == 400
    assert sentence in PageRead(response).words
    assert cited(response)


def test_the_files_have_their_types_and_names(client: Client, speech):
    types = {
        "bib": "application/x-bibtex; charset=utf-8",
        "ris": "application/x-research-info-systems; charset=utf-8",
        "csl.json": "application/vnd.citationstyles.csl+json",
    }
    for suffix, kind in types.items():
        response = client.get(f"/speeches/{speech.pk}.{suffix}")
        assert response["Content-Type"] == kind
        assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E5%9C%A8")
        assert "在座谈会上的讲话" in response.content.decode()
        again = client.get(f"/speeches/{speech.pk}.{suffix}", headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 304


def test_a_bad_paragraph_of_a_file_is_named(client: Client, speech):
    for p in ("99", "x"):
        response = client.get(f"/speeches/{speech.pk}.csl.json?p={p}")
        assert response.status_code == 400
        assert response.json()["error"]["field"] == "p"


def test_a_list_comes_as_one_file_in_its_order(client: Client, make_speech):
    for year in ("2019", "2022", "2021"):
        make_speech(date=year, speaker="张三" if year != "2021" else "李四")
    years = re.findall(r"year = \{(\d+)\}", client.get("/speeches.bib?sort=oldest").content.decode())
    assert years == ["2019", "2021", "2022"]
    chosen = client.get("/speeches.csl.json?speaker=张三").json()
    assert [one["issued"]["date-parts"][0][0] for one in chosen] == [2022, 2019]
    keys = [one["id"] for one in client.get("/speeches.csl.json").json()]
    assert len(set(keys)) == 3
    assert client.get("/speeches.ris?speaker=王五").content == b""


def test_a_list_asks_few_queries_and_no_text(client: Client, make_speech, django_assert_max_num_queries):
    for _ in range(30):
        make_speech(speaker="张三", text="我们要实干。" * 500 + str(_))
    with django_assert_max_num_queries(3) as asked:
        client.get("/speeches.bib")
    asked_for = " ".join(each["sql"] for each in asked.captured_queries)
    assert (
        asked_for.count('"archive_speech"."text"') == asked_for.count('SUBSTR("archive_speech"."text"') == 1
    )


def test_too_long_a_list_and_bad_values_are_named(client: Client, make_speech, monkeypatch):
    monkeypatch.setattr("archive.views.citing.MOST", 1)
    assert MOST == 2_000
    make_speech()
    make_speech()
    response = client.get("/speeches.csl.json")
    assert response.status_code == 400
    assert response.json()["error"]["message"] == "一个文件最多 2,000 篇，请先按年份、讲话人等缩小范围。"
    bad = client.get("/speeches.csl.json?year=abc")
    assert (bad.status_code, bad.json()["error"]["field"]) == (400, "year")


def test_a_draft_is_not_cited(client: Client, make_speech):
    draft = make_speech(published=False)
    for end in ("/cite/", ".bib", ".ris", ".csl.json", "/words.json?start=p1.0&end=p1.2"):
        assert client.get(f"/speeches/{draft.pk}{end}").status_code == 404
    assert client.get("/speeches.csl.json").json() == []


def test_a_text_in_traditional_characters_says_so_in_lists_too(client: Client, make_speech):
    speech = make_speech("在會議上的講話\n同志們：\n我們要學習黨的歷史，堅持實幹興邦。\n")
    for address in (f"/speeches/{speech.pk}.csl.json", "/speeches.csl.json"):
        assert client.get(address).json()[0]["language"] == "zh-Hant"


# What the page of a speech tells programs


def test_the_head_tells_programs_what_is_known(client: Client, speech):
    page = PageRead(client.get(speech.get_absolute_url()))
    named = {a["name"]: a["content"] for a in page.all("meta") if "name" in a}
    url = f"http://testserver/speeches/{speech.pk}/"
    assert named["citation_title"] == named["DC.title"] == "在座谈会上的讲话"
    assert named["citation_author"] == named["DC.creator"] == "张三"
    assert named["citation_publication_date"] == "2022/11/20"
    assert named["DC.date"] == "2022-11-20"
    assert named["citation_public_url"] == named["DC.identifier"] == url
    assert named["citation_language"] == "zh-Hans"
    graph = {a["property"]: a["content"] for a in page.all("meta") if "property" in a}
    assert graph["og:title"] == "在座谈会上的讲话"
    assert graph["og:type"] == "article"
    assert graph["og:url"] == url
    assert graph["og:locale"] == "zh_CN"
    assert "我们要实干" in graph["og:description"]
    image = client.get(graph["og:image"].removeprefix("http://testserver"))
    body = b"".join(image.streaming_content) if image.streaming else image.content
    assert body[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(body[16:20]), int.from_bytes(body[20:24])) == (1200, 630)


def test_the_json_ld_and_the_coins_say_the_same(client: Client, speech):
    response = client.get(speech.get_absolute_url())
    (written,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode())
    work = json.loads(written)
    assert (work["@type"], work["name"], work["author"]["name"]) == (
        "CreativeWork",
        "在座谈会上的讲话",
        "张三",
    )
    (coins,) = [a["title"] for _tag, a in PageRead(response).tags if a.get("class") == "Z3988"]
    assert parse_qs(coins)["rft.title"] == ["在座谈会上的讲话"]


def test_what_is_not_known_is_not_told(client: Client, make_speech):
    page = client.get(make_speech().get_absolute_url()).content.decode()
    assert not any(
        word in page for word in ("citation_author", "citation_publication_date", "dateCreated", "DC.creator")
    )


def test_no_title_breaks_out_of_the_head(client: Client, make_speech):
    speech = make_speech('</script><script>alert("1")</script>"><b>&\n正文。\n')
    response = client.get(speech.get_absolute_url())
    assert "<script>alert" not in response.content.decode()
    named = {a["name"]: a["content"] for a in PageRead(response).all("meta") if "name" in a}
    assert named["citation_title"] == '</script><script>alert("1")</script>"><b>&'


def test_whoever_looks_for_a_sentence_keeps_the_chosen_style(client: Client, speech):
    chosen = PageRead(ask(client, f"/speeches/{speech.pk}/cite/", style="ris"))
    assert [field["value"] for field in chosen.all("input", type="hidden", name="style")] == ["ris", "ris"]
    usual = PageRead(ask(client, f"/speeches/{speech.pk}/cite/"))
    assert usual.all("input", type="hidden", name="style") == []
