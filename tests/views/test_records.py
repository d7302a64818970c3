"""/compare.csv: the passages to take away."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from functools import partial
from typing import Any
from unittest import mock

import pytest
from django.test import Client

from archive.compare.exact import exact_matches
from archive.models import Speech
from archive.views import comparing

pytestmark = pytest.mark.django_db

SHARED = "坚定不移全面从严治党，深入推进新时代党的建设"
A = f"甲讲话\n一、加强学习\n要{SHARED}，抓好理论武装。\n二、责任\n切实承担起机关党建主体责任。"
B = f"乙讲话\n一、责任\n切实担负起机关党建主体责任。\n二、深化学习\n必须“{SHARED}”。"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    comparing.answers.clear()


@pytest.fixture
def pair(make_speech: Callable[..., Speech]) -> tuple[Speech, Speech]:
    return make_speech(A), make_speech(B)


def take(client: Client, a: Speech, b: Speech, **more: Any) -> list[dict[str, str]]:
    response = client.get("/compare.csv", {"a": a.pk, "b": b.pk, **more})
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="compare.csv"' in response["Content-Disposition"]
    body = response.getvalue().decode()  # type: ignore[attr-defined]
    assert body.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(body.removeprefix("\ufeff"), newline="")))


def test_a_row_names_a_passage_its_places_its_sections_and_its_words(
    client: Client, pair: tuple[Speech, Speech]
) -> None:
    exact = next(row for row in take(client, *pair) if row["a_text"] == SHARED)
    start_a, start_b = A.index(SHARED), B.index(SHARED)
    assert exact == {
        "kind": "exact",
        "family": "1",
        "recurring": "0",
        "length": str(len(SHARED) - 1),
        "similarity": "1.0",
        "a_start": str(start_a),
        "a_end": str(start_a + len(SHARED)),
        "b_start": str(start_b),
        "b_end": str(start_b + len(SHARED)),
        "a_section": "一、加强学习",
        "b_section": "二、深化学习",
        "a_text": SHARED,
        "b_text": SHARED,
    }


def test_rows_are_the_passages_of_the_twin_whatever_is_set(
    client: Client, pair: tuple[Speech, Speech]
) -> None:
    for chosen in ({}, {"near": "off"}, {"min": 10}, {"formulas": "hide"}):
        twin = client.get("/compare.json", {"a": pair[0].pk, "b": pair[1].pk, **chosen}).json()["passages"]
        rows = take(client, *pair, **chosen)
        assert [(row["kind"], int(row["a_start"]), int(row["b_end"])) for row in rows] == [
            (each["kind"], each["a"][0], each["b"][1]) for each in twin
        ]
        for row in rows:
            assert pair[0].text[int(row["a_start"]) : int(row["a_end"])] == row["a_text"]
            assert pair[1].text[int(row["b_start"]) : int(row["b_end"])] == row["b_text"]
    near = next(row for row in take(client, *pair) if row["kind"] == "near")
    assert (near["a_text"], near["b_text"]) == ("切实承担起机关党建主体责任", "切实担负起机关党建主体责任")


def test_no_cell_is_a_formula_of_a_spreadsheet(client: Client, make_speech: Callable[..., Speech]) -> None:
    a, b = (
        make_speech(f"{name}讲话\n一、=HYPERLINK(1)\n＝合计安排部署重点工作任务落实到位。") for name in "甲乙"
    )
    for speech in (a, b):
        speech.sections.filter(number=1).update(num="", heading="=HYPERLINK(1)")
    cells = [cell for row in take(client, a, b) for cell in row.values()]
    assert "'=HYPERLINK(1)" in cells
    assert not any(cell.startswith(("=", "+", "-", "@", "＝")) for cell in cells)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"min": "7"}, "最短字数应为 8 到 64 之间的整数。"),
        ({"b": ""}, "请再选一篇。"),
        ({"a": "", "b": ""}, "请选择两篇讲话。"),
        ({"near": "2"}, "near 只能是下列之一：on、off。"),
    ],
)
def test_what_cannot_be_taken_away_is_said(
    client: Client, pair: tuple[Speech, Speech], parameters: dict[str, str], message: str
) -> None:
    response = client.get("/compare.csv", {"a": pair[0].pk, "b": pair[1].pk, **parameters})
    assert response.status_code == 400
    assert message in response.content.decode()


def test_a_speech_with_itself_and_a_draft_have_no_table(
    client: Client, pair: tuple[Speech, Speech], make_speech: Callable[..., Speech]
) -> None:
    assert client.get("/compare.csv", {"a": pair[0].pk, "b": pair[0].pk}).status_code == 400
    draft = make_speech("草稿\n" + SHARED, published=False)
    assert client.get("/compare.csv", {"a": pair[0].pk, "b": draft.pk}).status_code == 404
    assert client.post("/compare.csv").status_code == 405


def test_a_table_that_would_not_hold_everything_is_refused(
    client: Client, make_speech: Callable[..., Speech]
) -> None:
    a, b = make_speech("甲\n" + "哈" * 600), make_speech("乙\n" + "哈" * 599)
    few = partial(exact_matches, row_limit=50)
    with mock.patch("archive.compare.comparison.exact_matches", few):
        response = client.get("/compare.csv", {"a": a.pk, "b": b.pk})
    assert response.status_code == 400
    assert "请把最短字数（min）调大再取" in response.content.decode()


def test_whoever_has_the_table_gets_it_again_only_when_a_text_has_changed(
    client: Client, pair: tuple[Speech, Speech]
) -> None:
    address = f"/compare.csv?a={pair[0].pk}&b={pair[1].pk}"
    first = client.get(address)
    told = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (told.status_code, told.content, told["ETag"]) == (304, b"", first["ETag"])
    assert client.head(address)["ETag"] == first["ETag"]
    assert client.get(f"{address}&near=off&min=40")["ETag"] != first["ETag"]
    Speech.objects.filter(pk=pair[0].pk).update(text=f"改过。{A}", digest="changed")
    changed = client.get(address, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]
