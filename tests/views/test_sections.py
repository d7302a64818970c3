"""/compare/?view=sections: two sections alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.test import Client

from archive import compare as room
from archive.compare import Comparison, Matrix, Text, TooMany
from archive.models import Speech
from archive.views import comparing
from tests.views.outlined import CREED, A, B, Pair, address, get, imported, twin
from tests.views.pages import PageRead

MakeSpeech = Callable[..., Speech]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_answers() -> None:
    comparing.answers.clear()


@pytest.fixture
def pair(make_speech: MakeSpeech) -> Pair:
    return make_speech(A), make_speech(B)


def alone(client: Client, pair: Pair, sa: str, sb: str, **more: Any) -> str:
    response = get(client, pair, view="sections", sa=sa, sb=sb, **more)
    assert response.status_code == 200
    return str(response.content.decode())


def test_two_sections_stand_alone_with_their_numbers(client: Client, pair: Pair) -> None:
    markup = alone(client, pair, "s1", "s2", depth="sections")
    main = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", markup.split("<main")[1]))
    assert "一、理论学习" in main
    assert "二、学习理论" in main
    assert "农田水利" not in main
    assert "两节互为首选的对应" in main
    assert "24 字共有 12 字，占 50.0 %" in main
    assert f"{pair[0].get_absolute_url()}#s1" in markup
    assert f"{pair[1].get_absolute_url()}#s2" in markup


def test_every_mark_of_two_sections_leads_to_its_twin(client: Client) -> None:
    pair = imported("002"), imported("003")
    for cell in twin(client, pair)["cells"]:
        if cell["shared"]:
            page = PageRead(get(client, pair, view="sections", sa=cell["a"], sb=cell["b"], depth="points"))
            assert page.all("mark")
            inside = [
                address[1:] for address in page.addresses if address.startswith("#") and len(address) > 1
            ]
            assert set(inside) <= set(page.ids)
            assert len(page.ids) == len(set(page.ids))


def test_marks_follow_the_settings(client: Client, pair: Pair) -> None:
    assert alone(client, pair, "s3", "s3").count("<mark") == 2
    assert alone(client, pair, "s3", "s3", formulas="hide").count("<mark") == 0
    assert alone(client, pair, "s1", "s2", min=13).count("<mark") == 0


def test_without_near_passages_nothing_is_said_of_them(client: Client, make_speech: MakeSpeech) -> None:
    one, other = "切实承担起全面从严治党主体责任", "切实担负起全面从严治党主体责任"
    pair = make_speech(f"丙\n一、责任\n要{one}。\n"), make_speech(f"丁\n一、担当\n务必{other}。\n")
    assert "近似另有 3 字" in alone(client, pair, "s1", "s1")
    assert "近似" not in alone(client, pair, "s1", "s1", near="off").split("<main")[1]
    assert "近似" not in alone(client, pair, "s1", "s1", near="off", min=20).split("<main")[1]
    cells = (
        twin(client, pair, depth="sections")["cells"],
        twin(client, pair, depth="sections", near="off")["cells"],
    )
    assert [{c["a"]: c["near"] for c in found}["s1"] for found in cells] == [3, 0]


def test_one_goes_from_pair_to_pair_and_back_to_the_table(client: Client, pair: Pair) -> None:
    rest = {"depth": "sections", "min": 9}
    pairs = [c for c in twin(client, pair, **rest)["cells"] if c["suggested"]]
    assert [(c["a"], c["b"]) for c in pairs[-2:]] == [("s1", "s2"), ("s2", "s1")]
    markup = alone(client, pair, "s1", "s2", **rest)
    base = f"?a={pair[0].pk}&amp;b={pair[1].pk}&amp;min=9"
    assert f'rel="next" href="{base}&amp;view=sections&amp;depth=sections&amp;sa=s2&amp;sb=s1"' in markup
    assert f'href="{base}&amp;view=matrix&amp;depth=sections"' in markup
    swapped = f"?a={pair[1].pk}&amp;b={pair[0].pk}&amp;min=9&amp;view=sections&amp;depth=sections&amp;sa=s2&amp;sb=s1"
    assert f'href="{swapped}"' in markup
    last = alone(client, pair, "s2", "s1", **rest)
    assert 'rel="next"' not in last
    assert f'rel="prev" href="{base}&amp;view=sections&amp;depth=sections&amp;sa=s1&amp;sb=s2"' in last
    between = alone(client, pair, "s1", "s3", **rest)
    assert f'rel="prev" href="{base}&amp;view=sections&amp;depth=sections&amp;sa=s1&amp;sb=s2"' in between
    assert f'rel="next" href="{base}&amp;view=sections&amp;depth=sections&amp;sa=s2&amp;sb=s1"' in between


def test_a_chapter_alone_has_all_that_stands_under_it(client: Client, make_speech: MakeSpeech) -> None:
    pair = (
        make_speech(f"丙\n一、大章\n总起。\n（一）小节\n要{CREED}。\n"),
        make_speech(f"丁\n一、总论\n必须{CREED}。\n"),
    )
    assert alone(client, pair, "s1", "s1", depth="chapters").count("<mark") == 2
    assert alone(client, pair, "s1", "s1", depth="sections").count("<mark") == 0
    assert "两节没有连续 8 字以上相同的地方" in alone(client, pair, "s1", "s1", depth="sections")
    levels = [
        int(tag[1])
        for tag, _ in PageRead(get(client, pair, view="sections", sa="s2", sb="s1")).tags
        if re.fullmatch("h[1-6]", tag)
    ]
    assert levels == [1, 2, 3, 2, 3]


def test_two_sections_of_outlines_beyond_the_limit_are_shown_all_the_same(client: Client, pair: Pair) -> None:
    every = room.matrix

    def refusing(a: Text, b: Text, found: Comparison) -> Matrix:
        if len(a.sections) * len(b.sections) > 3:
            raise TooMany
        return every(a, b, found)

    with mock.patch("archive.views.matrix.compare.matrix", refusing):
        markup = alone(client, pair, "s1", "s2", depth="sections")
    assert "共有 12 字" in markup
    assert "用字相近" not in markup


@pytest.mark.parametrize(
    ("asked", "field", "message"),
    [
        ({"sa": "s9", "sb": "s1"}, "sa", "甲没有“s9”这一节，请从章节表中点选。"),
        ({"sa": "s1", "sb": "p99"}, "sb", "乙没有“p99”这一节，请从章节表中点选。"),
        ({"sb": "s1"}, "sa", "请用 sa 指明甲的一节，例如 s1，或从章节表中点选。"),
        ({"sa": "s1"}, "sb", "请用 sb 指明乙的一节，例如 s1，或从章节表中点选。"),
        ({"sa": "<script>", "sb": "s1"}, "sa", "章节以 s 或 p 加数字表示，例如 s1，请从章节表中点选。"),
        ({"sa": "s" * 5000, "sb": "s1"}, "sa", "章节以 s 或 p 加数字表示，例如 s1，请从章节表中点选。"),
        ({"sa": "s1\x00", "sb": "s1"}, "sa", None),
        (
            {"sa": "s1", "sb": "s1", "depth": "deep"},
            "depth",
            "depth 只能是下列之一：chapters、sections、points。",
        ),
    ],
)
def test_a_section_that_is_not_there_is_named(
    client: Client, pair: Pair, asked: dict[str, str], field: str, message: str | None
) -> None:
    response = get(client, pair, view="sections", **asked)
    assert response.status_code == 400
    assert message is None or message in response.content.decode().replace("&lt;", "<")
    found = client.get("/compare.json", address(pair, view="sections", **asked))
    assert found.status_code == 400
    assert found.json()["error"]["field"] == field
    assert message is None or found.json()["error"]["message"] == message


def test_a_point_is_no_chapter(client: Client, pair: Pair) -> None:
    paragraph = next(p for p in pair[0].paragraphs.all() if A[p.start :].startswith("一是正风"))
    assert get(client, pair, view="sections", sa=paragraph.anchor, sb="s1").status_code == 200
    assert (
        get(client, pair, view="sections", sa=paragraph.anchor, sb="s1", depth="chapters").status_code == 400
    )
