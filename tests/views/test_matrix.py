"""/compare/?view=matrix: the table of sections."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.test import Client

from archive import compare as room
from archive.compare import TooMany
from archive.models import Speech
from archive.views import comparing, matrix
from tests.views.outlined import CREED, A, B, Pair, get, imported, twin
from tests.views.pages import PageRead

MakeSpeech = Callable[..., Speech]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_answers() -> None:
    comparing.answers.clear()


@pytest.fixture
def pair(make_speech: MakeSpeech) -> Pair:
    return make_speech(A), make_speech(B)


def table(client: Client, pair: Pair, **more: Any) -> str:
    response = get(client, pair, view="matrix", **more)
    assert response.status_code == 200
    return str(response.content.decode())


def cell_links(markup: str) -> dict[tuple[str, str], str]:
    """What stands in each cell, by the anchors of its two sections."""
    found = {}
    for cell in re.findall(r"<td[^>]*>(<a .*?</a>)</td>", markup, re.S):
        at = re.search(r"sa=(\w+)&amp;sb=(\w+)", cell)
        assert at is not None
        found[at[1], at[2]] = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", cell)).strip()
    return found


# The table


def test_the_table_has_a_row_and_a_column_for_every_section(client: Client, pair: Pair) -> None:
    page = PageRead(get(client, pair, view="matrix", depth="sections"))
    rows, columns = page.all("th", scope="row"), page.all("th", scope="col")
    assert (len(rows), len(columns)) == (5, 1 + 5)
    for speech, anchors in (
        (pair[0], ("s0", "s1", "s2", "s3", "s4")),
        (pair[1], ("s0", "s1", "s2", "s3", "s4")),
    ):
        assert {f"{speech.get_absolute_url()}#{anchor}" for anchor in anchors} <= set(page.addresses)


def test_cells_say_in_words_and_figures_what_the_two_share(client: Client, pair: Pair) -> None:
    cells = cell_links(table(client, pair, depth="sections"))
    assert re.fullmatch(r"共有 12 字 相近 0\.\d\d 互为首选", cells["s1", "s2"])
    assert re.fullmatch(r"共有 18 字 相近 0\.\d\d 互为首选", cells["s2", "s1"])
    assert cells["s3", "s3"].startswith("套话 8 字")
    assert ("s1", "s3") not in cells


def test_what_answers_what_is_listed_and_what_has_no_answer_is_said(client: Client, pair: Pair) -> None:
    markup = table(client, pair, depth="sections")
    listed = markup.split('id="suggested-head"')[1].split("</section>")[0]
    assert re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", listed)).count("互为首选") == 3
    assert "无对应：三、农田水利；四、观星" in re.sub(r"<[^>]*>", "", listed)
    assert "无对应：三、海洋渔业；四、织布" in re.sub(r"<[^>]*>", "", listed)
    heads = re.findall(r"<th scope=\"(?:row|col)\".*?</th>", markup, re.S)
    alone = [re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", head)).strip() for head in heads if "无对应" in head]
    assert {"四、观星 无对应", "四、织布 无对应"} <= set(alone)


def test_points_are_rows_of_their_own_when_asked_for(client: Client, pair: Pair) -> None:
    markup = table(client, pair, depth="points")
    cells = cell_links(markup)
    paragraph = next(p for p in pair[0].paragraphs.all() if A[p.start :].startswith("一是正风"))
    assert re.fullmatch(r"共有 18 字 相近 0\.\d\d 互为首选", cells[paragraph.anchor, "s1"])
    assert 'class="level-1"' in markup
    assert twin(client, pair, depth="points")["depth"] == "points"


def test_only_depths_that_differ_are_offered(client: Client, pair: Pair, make_speech: MakeSpeech) -> None:
    markup = table(client, pair)
    assert "各点" in markup
    assert "各节" not in markup
    assert "depth=chapters" in markup
    flat = make_speech("丙\n一、甲\n一。\n"), make_speech("丁\n一、乙\n二。\n")
    assert "细分到" not in table(client, flat)


def test_a_long_outline_is_first_shown_by_its_chapters(client: Client, pair: Pair) -> None:
    assert twin(client, pair)["depth"] == "points"
    with mock.patch.object(matrix, "READABLE", 25):
        assert twin(client, pair)["depth"] == "chapters"
        assert twin(client, pair, depth="points")["depth"] == "points"


def test_a_table_that_is_too_large_is_a_list_as_the_page_says(client: Client, pair: Pair) -> None:
    with mock.patch.object(matrix, "CELL_LIMIT", 34), mock.patch.object(matrix, "LISTED", 1):
        markup = table(client, pair, depth="points")
        assert "表太大，这里只列互相对应的章节" in markup
        assert "看大章的表" in markup
        assert "<td" not in markup.split("<main")[1]
        assert "没有列出" in markup


def test_outlines_beyond_the_limit_are_not_compared_as_the_page_says(client: Client, pair: Pair) -> None:
    with mock.patch("archive.views.matrix.compare.matrix", side_effect=TooMany):
        markup = table(client, pair, depth="points")
        assert "甲有 7 节，乙有 5 节，两两相对超过 20,000 对，不再逐对比较。" in markup
        assert "只看大章" in markup
        assert twin(client, pair, depth="points") is None


def test_the_readers_settings_count(client: Client, pair: Pair) -> None:
    assert ("s3", "s3") not in cell_links(table(client, pair, depth="sections", formulas="hide"))
    assert re.match(
        r"共有 10 字", cell_links(table(client, pair, depth="sections", formulas="hide"))["s2", "s1"]
    )
    assert re.match(r"共有 12 字", cell_links(table(client, pair, depth="sections", min=11))["s1", "s2"])
    assert "共有" not in cell_links(table(client, pair, depth="sections", min=13))["s1", "s2"]
    markup = table(client, pair, depth="sections", min=11, near="off", formulas="show")
    assert (
        "min=11&amp;near=off&amp;formulas=show&amp;view=sections&amp;depth=sections&amp;sa=s1&amp;sb=s2"
        in markup
    )


def test_sides_swapped_the_table_is_turned(client: Client, pair: Pair) -> None:
    forth, back = twin(client, pair, depth="sections"), twin(client, pair[::-1], depth="sections")
    assert forth["cells"]
    assert {(c["a"], c["b"], c["similarity"], c["suggested"]) for c in forth["cells"]} == {
        (c["b"], c["a"], c["similarity"], c["suggested"]) for c in back["cells"]
    }


def test_the_twin_has_the_cells_of_the_page(client: Client) -> None:
    first, second = (imported(name) for name in ("002", "003"))
    found = twin(client, (first, second))
    shown = cell_links(table(client, (first, second)))
    assert found["depth"] == "points"
    assert {(cell["a"], cell["b"]) for cell in found["cells"]} == set(shown)
    for cell in found["cells"]:
        text = shown[cell["a"], cell["b"]]
        assert (f" {cell['shared']} 字" in text) == bool(cell["shared"])
        assert ("首选" in text) == cell["suggested"]


def test_speeches_without_sections_still_have_a_table(client: Client, make_speech: MakeSpeech) -> None:
    plain = make_speech(f"丙\n要{CREED}。\n"), make_speech(f"丁\n必须{CREED}。\n")
    assert re.match(r"共有 12 字 相近 0\.\d\d 互为首选", cell_links(table(client, plain))["s0", "s0"])
    empty = make_speech("戊\n。，！\n"), make_speech("己\n春天来了。\n")
    assert "没有哪两节的用字近到可以说相互对应" in table(client, empty)


def test_of_two_versions_each_section_answers_itself(client: Client, make_speech: MakeSpeech) -> None:
    pair = make_speech(A), make_speech(A.replace("，", "、"))
    found = twin(client, pair, depth="sections")["cells"]
    assert {(c["a"], c["b"]) for c in found if c["suggested"]} == {(f"s{n}", f"s{n}") for n in range(5)}
    assert {c["similarity"] for c in found if c["suggested"]} == {1.0}


def test_long_headings_are_cut_on_the_page(client: Client, make_speech: MakeSpeech) -> None:
    long = "很" * 200
    pair = make_speech(f"丙\n一、{long}长\n要{CREED}。\n"), make_speech(f"丁\n一、{long}久\n必须{CREED}。\n")
    for more in ({"view": "matrix"}, {"view": "sections", "sa": "s1", "sb": "s1"}):
        page = PageRead(get(client, pair, **more))
        assert all(len(words) < 160 for words in page.links if words.startswith("甲 一、"))
    assert "很" * 60 not in re.sub(r'title="[^"]*"', "", table(client, pair).split('id="matrix-head"')[1])


def test_the_two_columns_lead_to_the_table(client: Client, pair: Pair) -> None:
    markup = get(client, pair, min=9).content.decode()
    assert (
        f'<a href="?a={pair[0].pk}&amp;b={pair[1].pk}&amp;min=9&amp;view=matrix">看全部章节两两相对的表</a>'
        in markup
    )


def test_openings_do_not_set_the_scale(client: Client, make_speech: MakeSpeech) -> None:
    """Both openings are the same; still the largest half disc is that of the sections that share most."""
    opening = "讲话\n同志们：\n很高兴参加这次会议，首先向大家表示热烈祝贺和衷心感谢。\n"
    pair = (
        make_speech(f"{opening}一、学习\n要{CREED}。\n"),
        make_speech(f"{opening}一、作风\n务必{CREED}。\n"),
    )
    drawn = re.findall(
        r'<path class="plain" d="(M[^"]*)"', table(client, pair, depth="sections").split("<tbody")[1]
    )
    assert drawn == [matrix.half_disc(1.0, -1)] * 2


def test_a_half_disc_has_the_area_of_its_share() -> None:
    assert matrix.half_disc(0, 1) == ""
    assert matrix.half_disc(1, 1) == "M1,-13.0A13.0,13.0 0 0 1 1,13.0Z"
    assert matrix.half_disc(0.25, -1) == "M-1,-6.5A6.5,6.5 0 0 0 -1,6.5Z"
    assert matrix.half_disc(0.0001, -1) == "M-1,-2.5A2.5,2.5 0 0 0 -1,2.5Z"
    assert matrix.half_disc(40, 1) == matrix.half_disc(1, 1)


def test_speeches_are_escaped(client: Client, make_speech: MakeSpeech) -> None:
    bad = "<script>alert(1)</script>"
    pair = (
        make_speech(f"{bad}甲\n一、{bad}学习理论\n要{CREED}{bad}。\n一是{bad}读书。好\n"),
        make_speech(f"{bad}乙\n一、{bad}理论学习\n必须{CREED}{bad}。\n"),
    )
    for more in ({"view": "matrix"}, {"view": "sections", "sa": "s1", "sb": "s1"}):
        markup = get(client, pair, **more).content.decode()
        assert CREED in markup or "12" in markup
        assert "alert(1)" in markup
        assert "<script>alert" not in markup


def test_the_pages_ask_the_database_little(
    client: Client, pair: Pair, django_assert_max_num_queries: Any
) -> None:
    for more in ({"view": "matrix"}, {"view": "sections", "sa": "s1", "sb": "s2"}):
        with django_assert_max_num_queries(16):
            get(client, pair, **more)


def test_a_matrix_is_computed_once(client: Client, pair: Pair) -> None:
    with mock.patch("archive.views.matrix.compare.matrix", wraps=room.matrix) as engine:
        for _ in range(2):
            table(client, pair, depth="sections")
            twin(client, pair, depth="sections")
        assert engine.call_count == 1
        table(client, pair, depth="points")
        assert engine.call_count == 2


def test_drafts_have_no_sections(client: Client, pair: Pair, make_speech: MakeSpeech) -> None:
    draft = make_speech(f"{B}又及。\n", published=False)
    for more in ({"view": "matrix"}, {"view": "sections", "sa": "s1", "sb": "s1"}):
        assert get(client, (pair[0], draft), **more).status_code == 404
