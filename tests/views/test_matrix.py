"""/compare/?view=matrix and ?view=sections: the table of sections, and two sections alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.conf import settings
from django.test import Client

from archive import compare as room
from archive.compare import Comparison, Matrix, Text, TooMany
from archive.importing import import_bytes
from archive.models import Speech
from archive.views import comparing, matrix
from tests.views.pages import PageRead

MakeSpeech = Callable[..., Speech]

pytestmark = pytest.mark.django_db

CREED, CLEAN = "坚定不移推进全面从严治党", "驰而不息纠正四风问题"
FORMULA = "学习贯彻会议精神"
A = (
    f"甲讲话\n同志们：\n{FORMULA}。\n一、理论学习\n要抓好理论学习，{CREED}。\n二、改进作风\n一是正风。要{CLEAN}，{FORMULA}。\n"
    f"二是宣传。广播电视报纸都要登。\n三、农田水利\n修渠引水，{FORMULA}。\n四、观星\n夜空晴朗。\n"
)
B = (
    f"乙讲话\n同志们：\n一、转变作风\n必须{CLEAN}，纠正不良作风，{FORMULA}。\n二、学习理论\n坚持学好理论，且{CREED}。\n"
    f"三、海洋渔业\n造船出海，{FORMULA}。\n四、织布\n穿梭引线。\n"
)


@pytest.fixture(autouse=True)
def _fresh_answers() -> None:
    comparing.answers.clear()


@pytest.fixture
def pair(make_speech: MakeSpeech) -> tuple[Speech, Speech]:
    return make_speech(A), make_speech(B)


def get(client: Client, pair: tuple[Speech, Speech], **more: Any) -> Any:
    return client.get("/compare/", address(pair, **more))


def address(pair: tuple[Speech, Speech], **more: Any) -> dict[str, Any]:
    return {"a": pair[0].pk, "b": pair[1].pk, **more}


def table(client: Client, pair: tuple[Speech, Speech], **more: Any) -> str:
    response = get(client, pair, view="matrix", **more)
    assert response.status_code == 200
    return str(response.content.decode())


def twin(client: Client, pair: tuple[Speech, Speech], **more: Any) -> Any:
    return client.get("/compare.json", address(pair, **more)).json()["matrix"]


def cell_links(markup: str) -> dict[tuple[str, str], str]:
    """What stands in each cell, by the anchors of its two sections."""
    found = {}
    for cell in re.findall(r"<td[^>]*>(<a .*?</a>)</td>", markup, re.S):
        at = re.search(r"sa=(\w+)&amp;sb=(\w+)", cell)
        assert at is not None
        found[at[1], at[2]] = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", cell)).strip()
    return found


# The table


def test_the_table_has_a_row_and_a_column_for_every_section(
    client: Client, pair: tuple[Speech, Speech]
) -> None:
    page = PageRead(get(client, pair, view="matrix", depth="sections"))
    rows, columns = page.all("th", scope="row"), page.all("th", scope="col")
    assert (len(rows), len(columns)) == (5, 1 + 5)
    for speech, anchors in (
        (pair[0], ("s0", "s1", "s2", "s3", "s4")),
        (pair[1], ("s0", "s1", "s2", "s3", "s4")),
    ):
        assert {f"{speech.get_absolute_url()}#{anchor}" for anchor in anchors} <= set(page.addresses)


def test_cells_say_in_words_and_figures_what_the_two_share(
    client: Client, pair: tuple[Speech, Speech]
) -> None:
    cells = cell_links(table(client, pair, depth="sections"))
    assert re.fullmatch(r"共有 12 字 相近 0\.\d\d 互为首选", cells["s1", "s2"])
    assert re.fullmatch(r"共有 18 字 相近 0\.\d\d 互为首选", cells["s2", "s1"])
    assert cells["s3", "s3"].startswith("套话 8 字")
    assert ("s1", "s3") not in cells


def test_what_answers_what_is_listed_and_what_has_no_answer_is_said(
    client: Client, pair: tuple[Speech, Speech]
) -> None:
    markup = table(client, pair, depth="sections")
    listed = markup.split('id="suggested-head"')[1].split("</section>")[0]
    assert re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", listed)).count("互为首选") == 3
    assert "无对应：三、农田水利；四、观星" in re.sub(r"<[^>]*>", "", listed)
    assert "无对应：三、海洋渔业；四、织布" in re.sub(r"<[^>]*>", "", listed)
    heads = re.findall(r"<th scope=\"(?:row|col)\".*?</th>", markup, re.S)
    alone = [re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", head)).strip() for head in heads if "无对应" in head]
    assert {"四、观星 无对应", "四、织布 无对应"} <= set(alone)


def test_points_are_rows_of_their_own_when_asked_for(client: Client, pair: tuple[Speech, Speech]) -> None:
    markup = table(client, pair, depth="points")
    cells = cell_links(markup)
    paragraph = next(p for p in pair[0].paragraphs.all() if A[p.start :].startswith("一是正风"))
    assert re.fullmatch(r"共有 18 字 相近 0\.\d\d 互为首选", cells[paragraph.anchor, "s1"])
    assert 'class="level-1"' in markup
    assert twin(client, pair, depth="points")["depth"] == "points"


def test_only_depths_that_differ_are_offered(
    client: Client, pair: tuple[Speech, Speech], make_speech: MakeSpeech
) -> None:
    markup = table(client, pair)
    assert "各点" in markup
    assert "各节" not in markup
    assert "depth=chapters" in markup
    flat = make_speech("丙\n一、甲\n一。\n"), make_speech("丁\n一、乙\n二。\n")
    assert "细分到" not in table(client, flat)


def test_a_long_outline_is_first_shown_by_its_chapters(client: Client, pair: tuple[Speech, Speech]) -> None:
    assert twin(client, pair)["depth"] == "points"
    with mock.patch.object(matrix, "READABLE", 25):
        assert twin(client, pair)["depth"] == "chapters"
        assert twin(client, pair, depth="points")["depth"] == "points"


def test_a_table_that_is_too_large_is_a_list_as_the_page_says(
    client: Client, pair: tuple[Speech, Speech]
) -> None:
    with mock.patch.object(matrix, "CELL_LIMIT", 34), mock.patch.object(matrix, "LISTED", 1):
        markup = table(client, pair, depth="points")
        assert "表太大，这里只列互相对应的章节" in markup
        assert "看大章的表" in markup
        assert "<td" not in markup.split("<main")[1]
        assert "没有列出" in markup


def test_outlines_beyond_the_limit_are_not_compared_as_the_page_says(
    client: Client, pair: tuple[Speech, Speech]
) -> None:
    with mock.patch("archive.views.matrix.compare.matrix", side_effect=TooMany):
        markup = table(client, pair, depth="points")
        assert "甲有 7 节，乙有 5 节，两两相对超过 20,000 对，不再逐对比较。" in markup
        assert "只看大章" in markup
        assert twin(client, pair, depth="points") is None


def test_the_readers_settings_count(client: Client, pair: tuple[Speech, Speech]) -> None:
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


def test_sides_swapped_the_table_is_turned(client: Client, pair: tuple[Speech, Speech]) -> None:
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


def imported(name: str) -> Speech:
    [path] = (settings.BASE_DIR / "seeds").glob(f"{name}*.txt")
    speech = import_bytes(path.read_bytes(), path.name).speech
    assert speech is not None
    return speech


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


def test_the_two_columns_lead_to_the_table(client: Client, pair: tuple[Speech, Speech]) -> None:
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


# Two sections alone


def alone(client: Client, pair: tuple[Speech, Speech], sa: str, sb: str, **more: Any) -> str:
    response = get(client, pair, view="sections", sa=sa, sb=sb, **more)
    assert response.status_code == 200
    return str(response.content.decode())


def test_two_sections_stand_alone_with_their_numbers(client: Client, pair: tuple[Speech, Speech]) -> None:
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


def test_marks_follow_the_settings(client: Client, pair: tuple[Speech, Speech]) -> None:
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


def test_one_goes_from_pair_to_pair_and_back_to_the_table(
    client: Client, pair: tuple[Speech, Speech]
) -> None:
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


def test_two_sections_of_outlines_beyond_the_limit_are_shown_all_the_same(
    client: Client, pair: tuple[Speech, Speech]
) -> None:
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
    client: Client, pair: tuple[Speech, Speech], asked: dict[str, str], field: str, message: str | None
) -> None:
    response = get(client, pair, view="sections", **asked)
    assert response.status_code == 400
    assert message is None or message in response.content.decode().replace("&lt;", "<")
    found = client.get("/compare.json", address(pair, view="sections", **asked))
    assert found.status_code == 400
    assert found.json()["error"]["field"] == field
    assert message is None or found.json()["error"]["message"] == message


def test_a_point_is_no_chapter(client: Client, pair: tuple[Speech, Speech]) -> None:
    paragraph = next(p for p in pair[0].paragraphs.all() if A[p.start :].startswith("一是正风"))
    assert get(client, pair, view="sections", sa=paragraph.anchor, sb="s1").status_code == 200
    assert (
        get(client, pair, view="sections", sa=paragraph.anchor, sb="s1", depth="chapters").status_code == 400
    )


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
    client: Client, pair: tuple[Speech, Speech], django_assert_max_num_queries: Any
) -> None:
    for more in ({"view": "matrix"}, {"view": "sections", "sa": "s1", "sb": "s2"}):
        with django_assert_max_num_queries(16):
            get(client, pair, **more)


def test_a_matrix_is_computed_once(client: Client, pair: tuple[Speech, Speech]) -> None:
    with mock.patch("archive.views.matrix.compare.matrix", wraps=room.matrix) as engine:
        for _ in range(2):
            table(client, pair, depth="sections")
            twin(client, pair, depth="sections")
        assert engine.call_count == 1
        table(client, pair, depth="points")
        assert engine.call_count == 2


def test_drafts_have_no_sections(
    client: Client, pair: tuple[Speech, Speech], make_speech: MakeSpeech
) -> None:
    draft = make_speech(f"{B}又及。\n", published=False)
    for more in ({"view": "matrix"}, {"view": "sections", "sa": "s1", "sb": "s1"}):
        assert get(client, (pair[0], draft), **more).status_code == 404
