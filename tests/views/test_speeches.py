"""Reading a speech, and taking it away."""

from __future__ import annotations

import html
import itertools
import re
from urllib.parse import unquote

import pytest
from django.test import Client

from archive import search
from archive.importing import import_bytes, revise
from archive.models import Paragraph, Speech
from tests.views.pages import PageRead

pytestmark = pytest.mark.django_db

TEXT = """在座谈会上的讲话
同志们：
开场白，说明来意。
一、提高认识
一是学在前。学深悟透。二是走在前。知行合一。
（一）把握方向
方向要正。（掌声）
二、狠抓落实
落实***任务，谢谢大家。
"""


def test_the_page_shows_the_whole_text_with_its_places(client: Client, make_speech):
    speech = make_speech(TEXT, speaker="张三", role="书记", date="2022-11-20", venue="北京")
    page = PageRead(client.get(f"/speeches/{speech.pk}/"))
    seen = page.words.replace("（原文隐去）", "")
    for line in TEXT.splitlines():
        assert line in seen
    for words in ("张三", "书记", "2022年11月20日", "北京", "本文有 1 处隐去"):
        assert words in page.words
    for paragraph in speech.paragraphs.all():
        spoken = TEXT[paragraph.start : paragraph.end]
        assert page.by_id[paragraph.anchor].replace("（原文隐去）", "") == f"{paragraph.number}{spoken}"
        assert f"#{paragraph.anchor}" in page.addresses
    assert page.by_id["s2"].startswith("（一）把握方向§")  # read aloud, the heading comes before its link
    assert len(page.ids) == len(set(page.ids))


def test_the_contents_nest_like_the_sections(client: Client, make_speech):
    speech = make_speech(TEXT)
    markup = client.get(f"/speeches/{speech.pk}/").content.decode()
    contents = re.sub(r"\s+", "", markup[markup.index('<nav class="contents"') : markup.index("<article>")])
    assert (
        '<ol><li><ahref="#s1">一、提高认识</a><ol><li><ahref="#s2">（一）把握方向</a></li></ol></li>'
        '<li><ahref="#s3">二、狠抓落实</a></li></ol>'
    ) in contents


def test_headings_step_down_with_their_depth(client: Client, make_speech):
    speech = make_speech(TEXT)
    page = PageRead(client.get(f"/speeches/{speech.pk}/"))
    levels = [
        tag for tag, told in page.tags if re.fullmatch("h[1-6]", tag) and told.get("id") != "keys-title"
    ]
    assert levels == ["h1", "h2", "h3", "h2"]


def test_run_in_items_have_bold_leads_with_addresses(client: Client, make_speech):
    speech = make_speech(TEXT)
    page = PageRead(client.get(f"/speeches/{speech.pk}/"))
    number = next(p.number for p in Paragraph.objects.all() if p.items)
    assert page.by_id[f"p{number}-1"] == "一是学在前。"
    assert page.by_id[f"p{number}-2"] == "二是走在前。"
    assert len(page.all("b", **{"class": "lead"})) == 2


def test_another_script_is_an_address_and_changes_nothing_but_letters(client: Client, make_speech):
    speech = make_speech(TEXT)
    plain = PageRead(client.get(f"/speeches/{speech.pk}/?q=落实"))
    assert plain.links["繁體"] == f"/speeches/{speech.pk}/?q=%E8%90%BD%E5%AE%9E&script=hant"
    response = client.get(plain.links["繁體"])
    page = PageRead(response)
    assert [page.by_id[f"hit-{n}"] for n in (1, 2)] == ["落實", "落實"]
    assert page.ids == plain.ids
    assert "<title>在座談會上的講話 — " in response.content.decode()
    assert page.all("div", lang="zh-Hant")
    assert page.all("h1", lang="zh-Hant")
    assert page.all("input", name="script", value="hant")
    assert page.links["简体"] == f"/speeches/{speech.pk}/?q=%E8%90%BD%E5%AE%9E"
    assert page.links["清除标记"] == f"/speeches/{speech.pk}/?script=hant"
    assert "字形由程序转换" in page.words
    assert "字形由程序转换" not in plain.words


def test_a_text_in_its_own_script_is_not_converted(client: Client, make_speech):
    speech = make_speech("在後面的講話\n學習黨的歷史，皇后之後。\n")
    own = client.get(f"/speeches/{speech.pk}/?script=hant").content.decode()
    assert "皇后之後" in own
    assert 'lang="zh-Hant"' in own
    page = PageRead(client.get(f"/speeches/{speech.pk}/"))
    assert page.links["简体"] == f"/speeches/{speech.pk}/?script=hans"
    assert "学习党的历史" in PageRead(client.get(page.links["简体"])).words


def test_a_text_in_another_language_has_no_script_to_choose(client: Client, make_speech):
    speech = make_speech("Remarks\nThank you all for coming here, and for staying.\n")
    page = PageRead(client.get(f"/speeches/{speech.pk}/?script=hant"))
    assert "繁體" not in page.links
    assert page.all("div", lang="en")


def test_a_script_that_does_not_exist_is_named_and_the_speech_still_shown(client: Client, make_speech):
    response = client.get(f"/speeches/{make_speech(TEXT).pk}/?script=klingon&q=落实")
    assert response.status_code == 400
    assert "script 只能是下列之一：hans、hant" in response.content.decode()
    assert "2 处命中" in response.content.decode() or "落实" in PageRead(response).by_id["hit-1"]


def test_key_phrases_lead_to_where_else_they_stand(client: Client, make_speech):
    speech = make_speech(TEXT + "要推动机关党建，机关党建靠大家。" * 6 + "\n")
    page = PageRead(client.get(f"/speeches/{speech.pk}/"))
    assert page.links["机关党建"] == "/search/?q=%22%E6%9C%BA%E5%85%B3%E5%85%9A%E5%BB%BA%22"


def test_redactions_and_remarks_are_told_from_what_was_said(client: Client, make_speech):
    speech = make_speech(TEXT)
    markup = client.get(f"/speeches/{speech.pk}/").content.decode()
    aside = '<span class="visually-hidden">（原文隐去）</span>'
    assert f'<span class="redaction" title="原文隐去">***{aside}</span>' in markup
    assert '<span class="remark">（掌声）</span>' in markup
    assert 'class="salutation"' in markup


def test_hits_are_marked_numbered_and_each_leads_to_the_next(client: Client, make_speech):
    speech = make_speech(TEXT)
    page = PageRead(client.get(f"/speeches/{speech.pk}/?q=落实"))
    assert [page.by_id[f"hit-{n}"] for n in (1, 2)] == ["落实", "落实"]
    assert len(page.all("mark")) == 2
    assert "2 处命中" in page.words
    assert [href for href in page.addresses if href.startswith("#hit-")] == ["#hit-2", "#hit-1", "#hit-1"]
    assert page.all("input", name="q", value="落实")
    assert page.all("link", rel="canonical", href=speech.get_absolute_url())


@pytest.mark.parametrize(
    ("query", "shown"), [("龘龘", True), ("标题:座谈会", False), ("标题:座谈会 龘龘", True), ("-龘龘", False)]
)
def test_no_hits_are_told_only_of_what_was_sought_in_the_text(
    client: Client, make_speech, query: str, shown: bool
):
    speech = make_speech(TEXT)
    page = PageRead(client.get(f"/speeches/{speech.pk}/", {"q": query}))
    assert ("0 处命中" in page.words) is shown
    assert ("清除标记" in page.links) is shown


def test_hits_in_the_title_are_marked_too(client: Client, make_speech):
    speech = make_speech(TEXT)
    markup = client.get(f"/speeches/{speech.pk}/?q=座谈会").content.decode()
    assert "<mark" in markup[markup.index("<h1 ") : markup.index("</h1>")]


def test_a_query_too_long_is_named_and_the_speech_still_shown(client: Client, make_speech):
    speech = make_speech(TEXT)
    response = client.get(f"/speeches/{speech.pk}/", {"q": "长" * 201})
    assert response.status_code == 400
    assert "最多 200 个字" in response.content.decode()
    assert "开场白" in response.content.decode()


@pytest.mark.parametrize("raw", ["*", "***", "党 " * 33])
def test_a_query_that_cannot_be_searched_is_named_and_the_speech_still_shown(
    client: Client, make_speech, raw: str
):
    speech = make_speech(TEXT)
    response = client.get(f"/speeches/{speech.pk}/", {"q": raw})
    with pytest.raises(search.QueryError) as refused:
        search.find(search.Query(raw))
    assert response.status_code == 400
    assert refused.value.message in PageRead(response).words
    assert "开场白" in PageRead(response).words


def test_a_query_without_a_word_marks_nothing(client: Client, make_speech):
    response = client.get(f"/speeches/{make_speech(TEXT).pk}/?q=，。")
    assert response.status_code == 200
    assert "<mark" not in response.content.decode()


def test_markup_in_a_text_is_shown_and_never_obeyed(client: Client, make_speech):
    text = "甲<b>题\n同志们：\n说<script>alert(1)</script>&amp;完。\n一、节<i>\n末。\n"
    speech = make_speech(text, speaker="<u>张</u>")
    response = client.get(f"/speeches/{speech.pk}/?q=%3Cscript%3E")
    markup = response.content.decode()
    assert "<script>alert" not in markup
    assert "<b>题" not in markup
    assert "<u>" not in markup
    assert "说<script>alert(1)</script>&amp;完。" in PageRead(response).words


def test_words_that_the_outline_missed_are_still_shown(client: Client, make_speech):
    speech = make_speech(TEXT)
    Paragraph.objects.filter(speech=speech).last().delete()
    markup = client.get(f"/speeches/{speech.pk}/").content.decode()
    assert '<p class="loose">落实' in markup


def test_an_edited_title_stands_above_the_original_one(client: Client, make_speech):
    speech = make_speech(TEXT, title="新题", title_source="edited")
    page = PageRead(client.get(f"/speeches/{speech.pk}/"))
    assert "新题" in page.words
    assert "原题 在座谈会上的讲话" in page.words


def test_a_made_up_title_is_owned_up_to(client: Client, make_speech):
    speech = make_speech("同志们：\n文。\n", title="未命名讲话", title_source="derived", lines=[])
    assert "题名据正文拟定" in client.get(f"/speeches/{speech.pk}/").content.decode()


def test_walking_from_neighbour_to_neighbour_passes_every_speech_in_the_order_of_time(
    client: Client, make_speech
):
    first = make_speech(date="2021")
    middle = make_speech(date="2022-03-01")
    make_speech(date="2022-03-01", published=False)
    last = make_speech(date="2022-03-01")
    undated = make_speech()
    later_undated = make_speech()
    walk = [speech.get_absolute_url() for speech in (first, middle, last, undated, later_undated)]
    for before, after in itertools.pairwise(walk):
        assert PageRead(client.get(before)).all("a", rel="next")[0]["href"] == after
        assert PageRead(client.get(after)).all("a", rel="prev")[0]["href"] == before
    assert not PageRead(client.get(f"/speeches/{first.pk}/")).all("a", rel="prev")
    assert not PageRead(client.get(f"/speeches/{later_undated.pk}/")).all("a", rel="next")


def test_an_unchanged_page_is_not_sent_twice(client: Client, make_speech):
    speech = make_speech(TEXT)
    for address in (f"/speeches/{speech.pk}/", f"/speeches/{speech.pk}.json", f"/speeches/{speech.pk}.txt"):
        tag = client.get(address)["ETag"]
        assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    Speech.objects.filter(pk=speech.pk).update(venue="上海")
    assert client.get(f"/speeches/{speech.pk}/", headers={"if-none-match": tag}).status_code == 200


def test_reading_asks_few_queries_however_long_the_speech(
    client: Client, make_speech, django_assert_max_num_queries
):
    text = "题\n" + "".join(f"（{n}）\n一、节{n}\n段{n}。\n" for n in range(60))
    speech = make_speech(text, speaker="张三", event="会", date="2022")
    with django_assert_max_num_queries(8):
        response = client.get(f"/speeches/{speech.pk}/?q=段")
    assert not response.cookies


def test_a_page_of_seven_thousand_characters_stays_small(client: Client, make_speech):
    paragraph = "我们要把全面从严治党的各项要求落到实处，" * 10 + "\n"
    text = "题\n同志们：\n" + "".join(f"一、第{n}节\n{paragraph * 5}" for n in range(7))
    assert len(text) > 7000
    speech = make_speech(text)
    assert len(client.get(f"/speeches/{speech.pk}/").content) <= 60_000


# --- to take away ------------------------------------------------------------------------------------


def test_the_sections_of_the_record_joined_are_the_text(client: Client, make_speech):
    speech = make_speech(TEXT, speaker="张三", role="书记", date="2022-11")
    data = client.get(f"/speeches/{speech.pk}.json").json()
    assert "".join(data["text"][s["start"] : s["end"]] for s in data["sections"]) == data["text"] == TEXT
    assert data["speaker"] == {"id": speech.speaker_id, "name": "张三", "role": "书记"}
    assert data["role"] == "书记"
    assert (data["date"], data["event"], data["characters"]) == ("2022-11", None, len(TEXT))
    assert [s["kind"] for s in data["sections"]] == ["front", "body", "body", "body"]
    assert [(s["anchor"], s["parent"], s["depth"]) for s in data["sections"][1:]] == [
        ("s1", None, 1),
        ("s2", 1, 2),
        ("s3", None, 1),
    ]
    paragraph = next(p for s in data["sections"] for p in s["paragraphs"] if p["items"])
    item = paragraph["items"][0]
    assert (item["num"], TEXT[item["start"] :][: len(item["lead"])]) == ("一是", item["lead"])
    assert data["redactions"][0]["text"] == "***"


def test_the_record_has_the_promised_fields(client: Client, make_speech):
    data = client.get(f"/speeches/{make_speech(TEXT).pk}.json").json()
    promised = (
        "id title title_source subtitle speaker role date event venue kind salutation closing characters text url "
        "digest sections redactions notes"
    )
    assert set(promised.split()) <= set(data)
    fields = "id position anchor kind parent depth num heading start end paragraphs"
    assert set(data["sections"][0]) == set(fields.split())


def test_the_text_comes_as_it_is_kept(client: Client, make_speech):
    speech = make_speech(TEXT, title='在"座谈会"上/的讲话', date="2022-11")
    response = client.get(f"/speeches/{speech.pk}.txt")
    assert response.content.decode() == TEXT
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "2022-11.txt" in response["Content-Disposition"]
    assert "%2F" not in response["Content-Disposition"]


def test_the_original_comes_byte_for_byte_as_a_download(client: Client, make_speech):
    from archive.models import SourceFile

    content = "原文".encode("gb18030") + b"<script>"
    source = SourceFile.objects.create(sha256="0" * 64, name="讲话.html", size=len(content), content=content)
    speech = make_speech(TEXT, source=source)
    response = client.get(f"/speeches/{speech.pk}/original")
    assert response.content == content
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "text/plain"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/speeches/{make_speech().pk}/original").status_code == 404


@pytest.mark.parametrize("letter", ["长", "😀"])
def test_no_title_makes_a_name_that_a_disk_or_a_proxy_refuses(client: Client, make_speech, letter):
    speech = make_speech("讲话\n话。\n", title=letter * 300, date="2022")
    for suffix in ("txt", "md", "xml", "tei.xml", "bib", "ris", "csl.json"):
        response = client.get(f"/speeches/{speech.pk}.{suffix}")
        name = unquote(response["Content-Disposition"].partition("''")[2])
        assert name == f"{letter * 60}_2022.{suffix}"
        assert len(name.encode()) <= 255
        assert sum(len(f"{key}: {value}\r\n") for key, value in response.items()) < 2_048


def test_an_original_goes_when_an_editor_takes_words_out(client: Client):
    speech = import_bytes("讲话\n王某人的话。\n".encode(), "讲话.txt").speech
    assert speech is not None
    address = f"/speeches/{speech.pk}/original"
    assert address in PageRead(client.get(f"/speeches/{speech.pk}/")).addresses
    assert "王某人" in client.get(address).content.decode()
    revise(speech, text="讲话\n***的话。")
    assert client.get(address).status_code == 404
    page = client.get(f"/speeches/{speech.pk}/")
    assert address not in PageRead(page).addresses
    assert "王某人" not in page.content.decode()


def test_an_editor_still_gets_the_original_of_an_edited_text(client: Client, admin_client: Client):
    speech = import_bytes("讲话\n王某人的话。\n".encode(), "讲话.txt").speech
    assert speech is not None
    revise(speech, text="讲话\n***的话。")
    address = f"/speeches/{speech.pk}/original"
    assert client.get(address).status_code == 404
    kept = admin_client.get(address)
    assert kept.content.decode() == "讲话\n王某人的话。\n"
    assert "Cookie" in kept["Vary"]


def test_a_draft_is_nowhere(client: Client, make_speech):
    draft = make_speech("秘密讲话\n正文。\n", published=False, speaker="无名氏", date="1991", event="内部会")
    make_speech(date="2022")
    for address in ("", ".json", ".txt"):
        slash = "" if address else "/"
        assert client.get(f"/speeches/{draft.pk}{address}{slash}").status_code == 404
    assert client.get(f"/speeches/{draft.pk}/original").status_code == 404
    for address in ("/", "/speeches/", "/speeches.json"):
        content = html.unescape(client.get(address).content.decode())
        for words in ("秘密", "无名氏", "1991", "内部会"):
            assert words not in content
