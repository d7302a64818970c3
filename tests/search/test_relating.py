"""Related speeches: who shares what sets a speech apart, and nobody when the index cannot be asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from archive import search
from archive.models import IndexChange, Speech
from archive.search import asking
from archive.search.asking import Slots

from .conftest import Make
from .test_asking import occupied

EVERYWHERE = "同志们，我们要认真学习，抓好落实，做好工作。"


@pytest.fixture
def shelf(make: Make) -> dict[str, Speech]:
    texts = {
        "粮食一": "粮食安全与高标准农田，要保护耕地，种业振兴。",
        "粮食二": "耕地是粮食安全的根本，种业要攻关。",
        "航天一": "航天员乘飞船进入空间站，火箭发射成功。",
        "航天二": "火箭把飞船送入轨道，空间站建成。",
        "孤篇": "昆曲与皮影戏的传习。",
    }
    made = {title: make(f"{title}\n{text}{EVERYWHERE}", title=title) for title, text in texts.items()}
    search.rebuild()
    return made


@pytest.mark.parametrize(
    ("title", "nearest"),
    [("粮食一", "粮食二"), ("粮食二", "粮食一"), ("航天一", "航天二"), ("航天二", "航天一")],
)
def test_the_nearest_speech_shares_what_sets_this_one_apart(
    shelf: dict[str, Speech], title: str, nearest: str
) -> None:
    first = search.related(shelf[title])[0]
    assert first.speech == shelf[nearest]
    assert set(first.words) & {"粮食", "耕地", "种业", "火箭", "飞船", "空间站"}
    assert all(word in shelf[title].text and word in shelf[nearest].text for word in first.words)


def test_a_speech_is_not_related_to_itself_nor_to_drafts_nor_to_what_was_withdrawn(
    shelf: dict[str, Speech], make: Make
) -> None:
    make("粮食三\n粮食安全，耕地，种业。", title="粮食三", published=False)
    search.rebuild()
    Speech.objects.filter(title="粮食二").update(published=False)
    IndexChange.objects.all().delete()
    names = {each.speech.title for each in search.related(shelf["粮食一"])}
    assert names.isdisjoint({"粮食一", "粮食二", "粮食三"})


def test_a_page_shows_them_and_does_without_when_others_search(
    client: Client, shelf: dict[str, Speech], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = shelf["粮食一"].get_absolute_url()
    assert "相关讲话" in client.get(address).content.decode()
    monkeypatch.setattr("archive.search.relating.slots", slots := Slots(waiting=0))
    with occupied(slots, 1):
        response = client.get(address)
    assert response.status_code == 200
    assert "相关讲话" not in response.content.decode()
    assert asking.slots.busy == 0


def test_without_an_index_there_are_none(make: Make, index_path: Path) -> None:
    speech = make("粮食\n粮食安全。")
    Speech.objects.get(pk=make("粮食又\n粮食安全。").pk)
    for generation in index_path.glob("g*"):
        generation.rename(generation.with_name(f"gone-{generation.name}"))
    (index_path / "CURRENT").unlink(missing_ok=True)
    assert search.related(speech) == ()


@pytest.mark.parametrize("text", ["甲\n。", "Visit\nGood morning, and welcome to the archive."])
def test_a_speech_without_words_that_stand_out_is_shown_without_any(
    client: Client, make: Make, text: str
) -> None:
    speech = make(text)
    search.rebuild()
    assert search.related(speech) == ()
    assert client.get(speech.get_absolute_url()).status_code == 200
