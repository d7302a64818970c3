"""Taking turns: one search at a time, a few in line, and a sentence for the one too many."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import Client

from archive import search
from archive.search import asking
from archive.search.asking import Slots


@contextmanager
def occupied(slots: Slots, searches: int) -> Iterator[None]:
    """``searches`` of them under way: one has its turn until the end, the others wait in line."""
    release = threading.Event()

    def work() -> None:
        with slots.turn():
            release.wait()

    threads = [threading.Thread(target=work) for _ in range(searches)]
    for number, thread in enumerate(threads, 1):
        thread.start()
        while slots.busy < number:
            pass
    try:
        yield
    finally:
        release.set()
        for thread in threads:
            thread.join()


def test_a_search_waits_while_there_is_room_in_the_line() -> None:
    slots = Slots(waiting=1, patience=30)
    done = threading.Event()

    def second() -> None:
        with slots.turn():
            done.set()

    with occupied(slots, 1):
        thread = threading.Thread(target=second)
        thread.start()
        while slots.busy < 2:
            pass
        assert not done.is_set()
    thread.join()
    assert done.is_set()
    assert slots.busy == 0


def test_who_finds_the_line_full_is_told_at_once() -> None:
    slots = Slots(waiting=1, patience=30)
    with occupied(slots, 2), pytest.raises(search.Busy), slots.turn():
        pass


def test_who_waits_too_long_is_told_too_and_leaves_the_line() -> None:
    slots = Slots(waiting=1, patience=0.01)
    with occupied(slots, 1):
        for _ in range(3):
            with pytest.raises(search.Busy), slots.turn():
                pass
        assert slots.busy == 1


def test_a_search_that_fails_gives_its_turn_back() -> None:
    slots = Slots(waiting=0)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), slots.turn():
            raise ZeroDivisionError
    assert slots.busy == 0


@pytest.mark.parametrize(
    "address",
    [
        "/search/",
        "/search.json",
        "/search.csv",
        "/concordance/",
        "/concordance.json",
        "/trends/",
        "/trends.json",
    ],
)
def test_pages_say_that_too_many_search_and_when_to_come_back(
    client: Client, indexed: object, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(asking, "slots", Slots(waiting=0))
    with occupied(asking.slots, 1):
        response = client.get(address, {"q": "党建"})
        assert client.get("/speeches/").status_code == 200
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "正在检索、对比的人很多，请过几秒钟再试一次。" in response.content.decode()
    assert client.get(address, {"q": "党建"}).status_code == 200
