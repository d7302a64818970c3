"""Three and more speeches at once: one of them, as warm as the others share it."""

from __future__ import annotations

import re
from typing import Any
from unittest import mock

import pytest
from django.conf import settings
from django.test import Client

from archive.compare import witnesses
from archive.importing import import_bytes
from archive.models import Speech
from archive.text import fold
from archive.views import collating, comparing, witnessed
from tests.views.heated import CORE, LONG, NEAR, OWN, PAIRED, A, MakeSpeech, data, made, marks, opened, query

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    comparing.answers.clear()


@pytest.fixture
def three(make_speech: MakeSpeech) -> list[Speech]:
    return made(make_speech)


# The text


def test_the_whole_base_is_shown_and_each_stretch_says_how_many_share_it(
    client: Client, three: list[Speech]
) -> None:
    assert marks(client, three) == [("s2", CORE), ("s1", LONG.removeprefix(f"{CORE}，")), ("s1", PAIRED)]
    page = opened(client, three)
    for words in (OWN, "同志们：", "一、从严", "***"):
        assert words in page.words
    titles = [tag["title"] for tag in page.all("mark") if "title" in tag]
    assert titles == ["2 篇也有：乙、丙", "1 篇也有：乙", "1 篇也有：丙"]


def test_the_tint_is_never_alone(client: Client, three: list[Speech], make_speech: MakeSpeech) -> None:
    """Where one step follows another their numbers stand; one alone that one other shares has its line."""
    numbers = [tag.get("data-n") for tag in opened(client, three).all("mark") if "title" in tag]
    assert numbers == ["2", None, None]
    joined = [
        f"{n}讲话\n{words}" for n, words in zip("甲乙丙", [CORE + PAIRED, CORE + PAIRED, CORE], strict=True)
    ]
    numbers = [
        tag.get("data-n") for tag in opened(client, map(make_speech, joined)).all("mark") if "title" in tag
    ]
    assert numbers == ["2", "1"]


def test_another_base_turns_the_page_round(client: Client, three: list[Speech]) -> None:
    a, _b, c = three
    page = opened(client, three, base=c.pk)
    assert OWN not in page.words
    assert marks(client, three, base=c.pk) == [("s2", CORE), ("s1", PAIRED)]
    keys = "&".join(f"s={speech.pk}" for speech in three)
    assert f"/compare/?{keys}&base={a.pk}" in page.addresses
    assert f"/compare/?{keys}&base={c.pk}" not in page.addresses


def test_every_stretch_leads_to_a_passage_that_names_all_who_share_it(
    client: Client, three: list[Speech]
) -> None:
    page = opened(client, three)
    assert len(page.ids) == len(set(page.ids))
    inside = [address[1:] for address in page.addresses if re.match("#[wt]", address)]
    assert inside
    assert set(inside) <= set(page.ids)
    assert page.by_id["w1"].startswith(f"{CORE} 2 篇 10 字 甲 1")
    assert page.by_id["w2"].startswith(f"{LONG} 1 篇 {len(LONG) - 1} 字 甲 1")
    assert "其中一部分还见于 丙" in page.by_id["w2"]
    assert page.by_id["w3"].startswith(f"{PAIRED} 1 篇 12 字 甲 1")
    assert "丙 二、作为" in page.by_id["w3"]
    links = re.findall(
        r'<mark [^>]*id="t\d"><a href="#(w\d)">', client.get("/compare/", query(three)).content.decode()
    )
    assert links == ["w1", "w2", "w3"]


def test_a_longer_passage_stands_with_the_one_that_it_is_mostly(
    client: Client, make_speech: MakeSpeech, three: list[Speech]
) -> None:
    page = opened(client, [three[0], three[1], make_speech(f"丁讲话\n一、建\n说{LONG[:-4]}。")])
    (item,) = (words for key, words in page.by_id.items() if re.fullmatch(r"w\d+", key))
    assert item.startswith(f"{LONG[:-4]} 2 篇 {len(LONG) - 5} 字 甲 1")
    assert f"{LONG} {len(LONG) - 1} 字 乙 一、党建" in item


def test_a_passage_links_into_the_other_speeches(client: Client, three: list[Speech]) -> None:
    _a, b, c = three
    links = [url for url in opened(client, three).addresses if url.startswith("/speeches/") and "q=" in url]
    assert {url.partition("?")[0] for url in links} == {f"/speeches/{b.pk}/", f"/speeches/{c.pk}/"}
    for url in links:
        assert (
            '<mark id="hit-1"' in client.get(url.partition("#")[0]).content.decode()
            or "<mark" in client.get(url.partition("#")[0]).content.decode()
        )


def test_the_speeches_are_listed_with_their_share_and_ways_on(client: Client, three: list[Speech]) -> None:
    a, b, c = three
    page = opened(client, three, min=9)
    covered = round(100 * data(client, three, min=9)["speeches"][1]["covers"]["exact"], 1)
    words = " ".join(page.words.split())
    assert re.search(rf"乙 乙讲话 日期不详 ?\d+ 字 基准的 {covered} %", words)
    assert "张三" in words
    assert f"/compare/?a={a.pk}&b={b.pk}&min=9" in page.addresses
    assert f"/compare/?s={a.pk}&s={b.pk}&min=9" in page.addresses  # without c
    assert f"/compare/?s={b.pk}&s={c.pk}&min=9" in page.addresses  # without the base
    assert f"/compare/more/?s={a.pk}&s={b.pk}&s={c.pk}&min=9" in page.addresses


def test_letters_of_the_base_alone_and_of_all_are_counted(client: Client, three: list[Speech]) -> None:
    page, found = opened(client, three), data(client, three)
    assert found["letters"] == sum(char.isalnum() for char in A)
    assert found["counts"] == [
        found["letters"] - len(LONG) + 1 - len(PAIRED),
        len(LONG) - 11 + len(PAIRED),
        10,
    ]
    assert "各篇都有的：10 字" in page.words
    assert f"仅见于基准 {found['counts'][0]} 字" in page.words


def test_what_is_nearly_the_same_is_shown_on_demand(
    client: Client, three: list[Speech], make_speech: MakeSpeech
) -> None:
    speeches = [three[0], three[2], make_speech(NEAR)]
    assert "地全面" not in opened(client, speeches).words
    page = opened(client, speeches, near="on")
    assert "坚定不移地全面从严治党" in page.words
    assert any("近似：丙" in tag.get("title", "") for tag in page.all("mark"))
    assert ("s1 nearly", "深入推进新时代党的建设") not in marks(client, speeches, near="on")
    assert any(segment["nearly"] for segment in data(client, speeches, near="on")["segments"])
    with mock.patch.object(collating, "NEAR_LIMIT", 10):
        assert "没有逐对去找近似的段落" in opened(client, speeches, near="on").words
        assert data(client, speeches, near="on")["near_complete"] is False


def test_nothing_shared_offers_a_way_on(client: Client, make_speech: MakeSpeech) -> None:
    speeches = [make_speech("甲\n春天来了。"), make_speech("乙\n。，！"), make_speech("丙\n***")]
    page = opened(client, speeches, min=12)
    assert "其他各篇都没有与甲连续 12 字以上相同的地方。" in page.words
    assert "把最短字数降到 8 字再看" in page.links
    for base in speeches:
        assert opened(client, speeches, base=base.pk).all("mark", title="") == []


def test_text_of_a_speech_is_never_markup(client: Client, make_speech: MakeSpeech) -> None:
    evil = "<script>alert(1)</script>安排部署<b onclick=x>重点工作任务"
    speeches = [
        make_speech(f"{n}“<i>{evil}\n{evil}{n}\n切实承<u>担起全面从严{n}治党主体责任") for n in "甲乙丙"
    ]
    for more in ({}, {"near": "on"}, {"base": speeches[2].pk}):
        markup = client.get("/compare/", query(speeches, **more)).content.decode()
        for tag in ("<script>alert", "<b onclick", "<i>", "<u>"):
            assert tag not in markup
        assert "script&gt;alert(1)&lt;/script&gt;" in markup
    markup = client.get("/compare/more/", query(speeches[:2])).content.decode()
    assert "<script>alert" not in markup


def test_what_a_page_cannot_hold_is_said(client: Client, make_speech: MakeSpeech) -> None:
    lines = "\n".join(f"{a}{b}坚持党的全面领导" for a, b in zip("甲乙丙丁戊", "子丑寅卯辰", strict=True))
    speeches = [make_speech(f"{n}篇\n{lines}") for n in "一二三"]
    with mock.patch.object(witnessed, "LISTED", 2), mock.patch("archive.views.heat.MARK_LIMIT", 3):
        page = opened(client, speeches)
    assert "另有 3 段没有列在这里" in page.words
    assert "处没有标出，以免满页皆是。" in page.words
    assert len([tag for tag in page.all("mark") if "id" in tag]) == 3


# The twin


def test_the_twin_tells_where_the_same_letters_stand(client: Client) -> None:
    seeds = sorted((settings.BASE_DIR / "seeds").glob("*.txt"))[:3]
    speeches = [import_bytes(path.read_bytes(), path.name).speech for path in seeds]
    found = data(client, speeches, base=speeches[2].pk)  # type: ignore[union-attr]
    texts = {speech.pk: speech.text for speech in speeches}  # type: ignore[union-attr]
    base = texts[found["base"]]

    def letters(text: str) -> str:
        return "".join(char for char in fold(text) if char.isalnum())

    every = [each for passage in found["passages"] for each in (passage, *passage["longer"])]
    assert len(every) > 40
    for passage in every:
        read = {letters(base[slice(*span)]) for span in passage["places"]}
        for key, spans in passage["found"].items():
            read |= {letters(texts[int(key)][slice(*span)]) for span in spans}
        assert len(read) == 1
        assert len(read.pop()) == passage["length"]
        assert [int(key) for key in passage["found"]] == passage["witnesses"]
    whole = "".join(letters(base[each["start"] : each["end"]]) for each in found["segments"])
    assert len(whole) == found["letters"] == sum(found["counts"])
    pair = client.get("/compare.json", {"a": speeches[2].pk, "b": speeches[0].pk}).json()  # type: ignore[union-attr]
    covers = {speech["id"]: speech["covers"] for speech in found["speeches"]}
    assert covers[speeches[0].pk]["exact"] == pair["coverage"]["a"]  # type: ignore[union-attr]
    assert covers[found["base"]] is None


# Work


def test_the_work_is_done_once_until_a_text_changes(client: Client, three: list[Speech]) -> None:
    with mock.patch.object(collating, "witnesses", wraps=witnesses) as engine:
        for _ in range(2):
            client.get("/compare/", query(three))
            client.get("/compare.json", query(three))
        assert engine.call_count == 1
        client.get("/compare.json", query(three, base=three[1].pk))
        assert engine.call_count == 2
        three[0].redactions = []
        three[0].save()
        client.get("/compare.json", query(three))
        assert engine.call_count == 3


def test_the_page_asks_the_database_little(
    client: Client, make_speech: MakeSpeech, django_assert_max_num_queries: Any
) -> None:
    speeches = [make_speech(f"第{n}篇\n一、党建\n{LONG}{n}。") for n in range(12)]
    with django_assert_max_num_queries(4):
        client.get("/compare/", query(speeches))
    with django_assert_max_num_queries(4 + 11):  # each pair asks for its formulas
        client.get("/compare/", query(speeches, near="on"))
