"""The page of the passages that a speech has in common with others, and its twin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.test import Client

from archive import reuse, search
from archive.models import Speech
from archive.views import apparatus, elsewhere, shared
from tests.views.pages import PageRead

pytestmark = pytest.mark.django_db

CREED = "坚持党要管党、全面从严治党，永远在路上，没有休止符"
OTHER = "我们一定要深入推进反腐败斗争，一刻不停歇，绝不松懈"
Make = Callable[..., Speech]


@pytest.fixture
def speech(make_speech: Make, build_index: Any) -> Speech:
    """A speech, an earlier and a later one that say the same, a variant, and a draft."""
    own = make_speech(f"本次讲话\n同志们：\n{CREED}。\n一、要点\n{OTHER}。\n", date="2019-03-01")
    make_speech(f"早先讲话\n他说，{CREED}。\n", date="2017", speaker="张三")
    make_speech(f"后来讲话\n又说，{CREED}；{OTHER}。\n", date="2021-05")
    make_speech(f"别样讲话\n{OTHER.replace('停歇', '放松')}。\n")
    make_speech(f"未发讲话\n{CREED}。{OTHER}。\n", published=False)
    for number in range(2):
        make_speech(date=f"20{number + 10}")
    reuse.fill()
    build_index()
    return own


def path(speech: Speech, suffix: str = "/") -> str:
    return f"/speeches/{speech.pk}/shared{suffix}"


def test_every_passage_is_shown_with_its_places_and_links(client: Client, speech: Speech) -> None:
    read = PageRead(client.get(path(speech)))
    early, late = (Speech.objects.get(title=title) for title in ("早先讲话", "后来讲话"))
    assert "共 2 段话见于别篇" in read.words
    assert "标点、空格不计；***、XXX 视为断点；最短 12 字。" in read.words
    assert read.links[CREED].startswith(f"/speeches/{speech.pk}/?q=%22")
    assert read.links[CREED].endswith("#p2")
    shown = {address for address in read.addresses if "?q=" in address}
    for other in (early, late):
        assert any(address.startswith(f"/speeches/{other.pk}/?q=%22") for address in shown)
        assert f"/compare/?a={speech.pk}&b={other.pk}" in read.addresses
    assert f"/compare/?a={speech.pk}&b={late.pk}#a-s1" in read.addresses
    assert "首见 早先讲话（2017年）" in read.words
    assert "末见 后来讲话（2021年5月）" in read.words
    assert "首见 本篇（2019年3月1日）" in read.words


def test_a_deep_link_leads_to_marked_words(client: Client, speech: Speech) -> None:
    read = PageRead(client.get(path(speech)))
    links = [address for address in read.addresses if "?q=" in address]
    assert links
    for link in links:
        page = client.get(link)
        assert page.status_code == 200
        assert b'id="hit-1"' in page.content
        assert f'id="{link.partition("#")[2]}"'.encode() in page.content


def test_what_differs_in_a_variant_is_set_apart(client: Client, speech: Speech) -> None:
    markup = client.get(path(speech)).content.decode()
    assert "<b>放松</b>" in markup
    assert "<b>停歇</b>" not in markup


def test_the_twin_has_what_the_page_says(client: Client, speech: Speech) -> None:
    found = client.get(path(speech, ".json"), {"sort": "reading"}).json()
    early, late, other = (Speech.objects.get(title=title) for title in ("早先讲话", "后来讲话", "别样讲话"))
    assert (found["id"], found["min"], found["total"], found["page"], found["pages"]) == (
        speech.pk,
        12,
        2,
        1,
        1,
    )
    first, second = found["passages"]
    assert speech.text[first["start"] : first["end"]] == first["text"] == CREED
    assert (first["speeches"], first["formula"], first["anchor"]) == (3, True, "p2")
    assert (first["first"], first["last"]) == (early.pk, late.pk)
    assert [use["id"] for use in first["uses"]] == [early.pk, late.pk]
    for passage in found["passages"]:
        for use in passage["uses"]:
            text = Speech.objects.get(pk=use["id"]).text
            assert text[use["start"] : use["end"]] == use["text"]
    assert [(use["id"], use["exact"]) for use in second["uses"]] == [(late.pk, True), (other.pk, False)]
    assert {each["id"] for each in found["relatives"]} == {early.pk, late.pk, other.pk}


def test_the_rare_come_first_or_the_text_decides_and_formulas_stand_behind(
    client: Client, make_speech: Make, build_index: Any
) -> None:
    longer = f"{OTHER}，直到取得全面胜利的那一天到来"
    rare = "机关党的建设是党的建设新的伟大工程的重要组成部分"
    speech = make_speech(f"甲\n{CREED}。\n{rare}。\n{longer}。\n")
    for number in range(3):
        make_speech(f"{number}\n他说，{CREED}！\n")
    make_speech(f"乙\n{rare}！\n{longer}！\n")
    reuse.fill()
    build_index()
    for sort, order in (("rarity", [longer, rare, CREED]), ("reading", [rare, longer, CREED])):
        passages = client.get(path(speech, ".json"), {"sort": sort}).json()["passages"]
        assert [each["text"] for each in passages] == order
        assert [each["formula"] for each in passages] == [False, False, True]
    assert client.get(path(speech)).content.decode().count('class="formula"') == 1


def test_no_passage_in_common_is_said_with_a_way_on(
    client: Client, make_speech: Make, build_index: Any
) -> None:
    speech = make_speech("讲话\n只有这一篇这样说，别处都没有这样的话。\n")
    reuse.fill()
    build_index()
    read = PageRead(client.get(path(speech)))
    assert "没有一段 12 字以上的话见于库里别的讲话" in read.words
    assert f"/compare/?a={speech.pk}" in read.addresses


@pytest.mark.parametrize("suffix", ["/", ".json"])
def test_drafts_are_nowhere(client: Client, speech: Speech, suffix: str) -> None:
    draft = Speech.objects.get(title="未发讲话")
    assert client.get(path(draft, suffix)).status_code == 404
    body = client.get(path(speech, suffix)).content.decode()
    assert "未发讲话" not in body
    Speech.objects.filter(title="后来讲话").update(published=False)
    assert "后来讲话" not in client.get(path(speech, suffix)).content.decode()


@pytest.mark.parametrize("suffix", ["/", ".json"])
@pytest.mark.parametrize("pk", [0, 999_999, 10**30])
def test_a_speech_that_is_not_there_is_404(client: Client, speech: Speech, suffix: str, pk: int) -> None:
    assert client.get(f"/speeches/{pk}/shared{suffix}").status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        ("sort=best", 400, "没有这种排序，可用的有：rarity、reading。"),
        ("p=x", 400, "段落：段落编号应为数字。"),
        ("p=-1", 400, "段落：本篇没有第 -1 段，请在讲话页上重新点选。"),
        ("p=99999999999999999999", 400, "段落：本篇没有第 99999999999999999999 段"),
        ("page=2", 404, "没有这一页"),
        ("page=x", 404, "没有这一页"),
        ("page=-1", 404, "没有这一页"),
        ("page=" + "9" * 200, 404, "没有这一页"),
    ],
)
def test_what_is_wrong_is_named(client: Client, speech: Speech, asked: str, status: int, words: str) -> None:
    page = client.get(f"{path(speech)}?{asked}")
    assert (page.status_code, words in page.content.decode()) == (status, True)
    twin = client.get(f"{path(speech, '.json')}?{asked}")
    assert twin.status_code == status
    assert twin.json()["error"]["message"]


def test_markup_in_a_speech_is_text(client: Client, make_speech: Make, build_index: Any) -> None:
    evil = "<script>alert(1)</script>坚持党要管党<b>全面从严治党</b>永远在路上"
    speech = make_speech(f"<script>甲</script>\n{evil}。\n", date="2019")
    make_speech(f"<script>乙</script>\n他说，{evil}！\n")
    make_speech(f"<script>丙</script>\n{evil.replace('永远在路上', '久久都在路上')}\n")
    reuse.fill()
    build_index()
    markup = client.get(path(speech)).content.decode()
    assert "&lt;script&gt;乙&lt;/script&gt;" in markup
    assert "alert" in markup
    for tag in ("<script>甲", "<script>乙", "<script>丙", "<script>alert", "<b>全面"):
        assert tag not in markup


def test_the_same_speech_twice_is_said(client: Client, make_speech: Make, build_index: Any) -> None:
    words = f"{CREED}。\n{OTHER}。\n"
    speech = make_speech(f"甲次讲话\n{words}")
    make_speech(f"乙次讲话\n{words.replace('。', '！')}")
    reuse.fill()
    build_index()
    assert "本篇与《乙次讲话》有 91.8 % 相同，可能是同一篇" in PageRead(client.get(path(speech))).words


def test_speeches_without_fingerprints_are_told_of_and_the_page_is_not_kept(
    client: Client, speech: Speech, make_speech: Make
) -> None:
    late = make_speech(f"更晚讲话\n{CREED}。\n")
    page = client.get(path(speech))
    assert "有 1 篇讲话还没有建立指纹" in page.content.decode()
    assert "更晚讲话" not in page.content.decode()
    assert client.get(path(speech, ".json")).json()["missing"] == 1
    reuse.write(late)
    assert "更晚讲话" in client.get(path(speech)).content.decode()


def test_pages_and_orders_of_one_speech_are_found_once(client: Client, speech: Speech) -> None:
    with mock.patch.object(reuse, "shared", wraps=reuse.shared) as finding:
        for sort in ("", "rarity", "reading"):
            client.get(path(speech), {"sort": sort})
            client.get(path(speech, ".json"), {"sort": sort})
        assert finding.call_count == 1
        speech.title = "改过的题目"
        speech.save()
        client.get(path(speech))
        assert finding.call_count == 2


def test_many_passages_come_in_pages_and_many_places_fold_away(
    client: Client, make_speech: Make, build_index: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "PAGE_SIZE", 1)
    monkeypatch.setattr(apparatus, "SHOWN", 1)
    speech = make_speech(f"甲\n{CREED}。\n{OTHER}。\n")
    for number in range(3):
        make_speech(f"{number}\n{CREED}！\n{OTHER}！\n")
    reuse.fill()
    build_index()
    first = client.get(path(speech)).content.decode()
    assert "其余 2 篇" in first
    assert f'href="{path(speech)}?page=2"' in first
    second = client.get(path(speech), {"page": 2}).content.decode()
    assert f'id="at{speech.text.index(OTHER)}"' in second
    assert client.get(path(speech, ".json"), {"page": 2}).json()["pages"] == 2


def test_a_page_asks_the_database_little(
    client: Client, speech: Speech, make_speech: Make, build_index: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(10):
        make_speech(f"{number}\n{CREED}！\n{OTHER}！\n")
    reuse.fill()
    build_index()
    with django_assert_max_num_queries(24):
        client.get(path(speech))
    with django_assert_max_num_queries(6):
        client.get(path(speech))


def test_the_page_of_a_speech_leads_here(client: Client, speech: Speech) -> None:
    read = PageRead(client.get(speech.get_absolute_url()))
    assert read.links["相同段落"] == path(speech)


def test_what_stands_there_letter_for_letter_is_not_said_again_only_what_is_around_it(
    client: Client, speech: Speech
) -> None:
    markup = client.get(path(speech)).content.decode()
    assert '又说，<span class="wording"><abbr title="同上">～</abbr></span>；我们一定' in markup


def test_one_paragraph_can_be_asked_for(client: Client, speech: Speech) -> None:
    page = client.get(path(speech), {"p": 2})
    read = PageRead(page)
    assert "只看第 2 段" in read.words
    assert (CREED in read.links, OTHER in read.links) == (True, False)
    assert path(speech) in read.addresses
    assert f"{path(speech)}?sort=rarity&amp;p=2" in page.content.decode()
    (passage,) = client.get(path(speech, ".json"), {"p": 2}).json()["passages"]
    assert (passage["text"], passage["places"]) == (CREED, [[passage["start"], passage["end"], "p2"]])
    assert "第 1 段没有 12 字以上的话见于别篇" in PageRead(client.get(path(speech), {"p": 1})).words


def test_who_comes_while_many_are_looked_for_is_told_to_come_back(
    client: Client, speech: Speech, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elsewhere, "turns", search.Slots(waiting=0, patience=0.01))
    with elsewhere.turns.turn():
        for suffix in ("/", ".json"):
            refused = client.get(path(speech, suffix))
            assert (refused.status_code, refused["Retry-After"]) == (503, "3")
            assert "请过几秒钟再试" in refused.content.decode()
        assert client.get(speech.get_absolute_url()).status_code == 200
    assert client.get(path(speech)).status_code == 200
    with elsewhere.turns.turn():  # what has been found needs no turn
        assert client.get(path(speech), {"sort": "reading"}).status_code == 200


def test_only_reading_is_allowed(client: Client, speech: Speech) -> None:
    assert client.post(path(speech)).status_code == 405
    assert client.head(path(speech)).status_code == 200
