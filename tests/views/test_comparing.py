"""What is kept of comparisons, and until when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import pytest
from django.test import Client

from archive import reuse, search
from archive.models import Speech
from archive.views import comparing
from archive.views.comparing import Answers

CREED = "坚持党要管党全面从严治党永远在路上"


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    comparing.answers.clear()
    yield
    comparing.answers.clear()


def test_an_answer_is_given_back_as_it_was() -> None:
    answers = Answers()
    assert answers.get("甲") is None
    answers.put("甲", ("共有", 8))
    assert answers.get("甲") == ("共有", 8)
    answers.put("甲", ("共有", 9))
    assert answers.get("甲") == ("共有", 9)


def test_the_answer_asked_for_longest_ago_goes_first() -> None:
    answers = Answers(most=2)
    answers.put("甲", 1)
    answers.put("乙", 2)
    assert answers.get("甲") == 1
    answers.put("丙", 3)
    assert (answers.get("甲"), answers.get("乙"), answers.get("丙")) == (1, None, 3)


def test_no_more_bytes_are_kept_than_there_is_room_for() -> None:
    answers = Answers(most_bytes=4_500)
    for n in range(20):
        answers.put(str(n), "x" * 1_000)
    assert [n for n in range(20) if answers.get(str(n))] == [16, 17, 18, 19]
    answers.put("19", "x" * 1_000)  # the same again takes no more room
    assert [n for n in range(20) if answers.get(str(n))] == [16, 17, 18, 19]


def test_a_giant_does_not_drive_out_the_others() -> None:
    answers = Answers(most_bytes=4_500)
    answers.put("小", "x" * 1_000)
    answers.put("大", "x" * 4_000)
    assert answers.get("小")
    assert answers.get("大") is None


@pytest.mark.django_db
def test_a_comparison_is_made_anew_when_other_clauses_are_formulas(
    make_speech: Callable[..., Speech],
) -> None:
    """The key holds what is a formula of the archive, for it changes what a comparison says."""
    a, b = (
        Speech.objects.with_outline().get(pk=make_speech(f"{name}\n{name}说，{CREED}。").pk)
        for name in "甲乙"
    )
    assert not comparing.compared(a, b).families[0].known
    named: Any = mock.patch.object(reuse, "formulas_in", return_value=frozenset({CREED}))
    with named:
        found = comparing.compared(a, b)
        assert found.families[0].known
        with mock.patch.object(comparing, "compare", side_effect=AssertionError("it is kept")):
            comparing.compared(a, b)
    assert found.covered_a.plain_exact.covered < found.covered_a.exact.covered
    assert not comparing.compared(a, b).families[0].known


@pytest.fixture
def pair(make_speech: Callable[..., Speech]) -> str:
    """The query of two speeches that share a passage."""
    return "a={}&b={}".format(*(make_speech(f"{name}\n{name}说，{CREED}。").pk for name in "甲乙"))


@pytest.mark.django_db
def test_big_comparisons_take_turns_and_small_ones_do_not_wait(
    client: Client, pair: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy: list[int] = []

    def noted(*args: Any, **named: Any) -> Any:
        busy.append(comparing.turns.busy)
        return made(*args, **named)

    made = comparing.compare
    monkeypatch.setattr(comparing, "compare", noted)
    client.get(f"/compare.json?{pair}")
    monkeypatch.setattr(comparing, "BIG", 10)
    client.get(f"/compare.json?{pair}&min=9")
    client.get(f"/compare.json?{pair}&min=9")
    assert busy == [0, 1]
    assert comparing.turns.busy == 0


@pytest.mark.django_db
def test_who_comes_while_many_long_speeches_are_compared_is_told_to_come_back(
    client: Client, pair: str, make_speech: Callable[..., Speech], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server has few threads; all of them waiting for long speeches would close the archive to everybody."""
    several = f"{pair}&s=".replace("a=", "s=").replace("&b=", "&s=") + str(
        make_speech("丙\n丙说不同的话。").pk
    )
    addresses = [f"/compare/?{pair}", f"/compare.json?{pair}", f"/compare.csv?{pair}", f"/compare/?{several}"]
    monkeypatch.setattr(comparing, "turns", search.Slots(waiting=0))
    with comparing.turns.turn():
        assert client.get(f"/compare.json?{pair}&min=9").status_code == 200  # a short pair does not wait
        monkeypatch.setattr(comparing, "BIG", 10)
        refused = [client.get(address) for address in addresses]
        refused.append(client.get(f"/compare/?{pair}&min=9&view=inline"))
        assert client.get(f"/compare/?{pair}&min=9&view=side").status_code == 200  # it is kept
    assert [(answer.status_code, answer["Retry-After"]) for answer in refused] == [(503, "3")] * 5
    assert "请过几秒钟再试一次。" in refused[0].content.decode()
    assert client.get(addresses[0]).status_code == 200
