"""What is kept of comparisons, and until when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import pytest

from archive import reuse
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
