"""The geometry of the graph of trends."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.views import graph as drawing
from archive.views.graph import BOTTOM, HEIGHT, LEFT, LINE, PHONE, RIGHT, TOP, WIDTH, Graph, graph


def drawn(*lines: list[tuple[int, float]]) -> Graph:
    found = graph([(f"词{number}", line) for number, line in enumerate(lines, 1)])
    assert found
    return found


def test_nothing_to_draw_is_no_graph() -> None:
    assert graph([]) is None
    assert graph([("党建", [])]) is None


def test_the_first_and_the_last_year_are_at_the_edges_and_zero_on_the_axis() -> None:
    marks = drawn([(2018, 0), (2019, 5), (2020, 10)]).curves[0].markers
    assert [mark.x for mark in marks] == [LEFT, (LEFT + WIDTH - RIGHT) / 2, WIDTH - RIGHT]
    assert [mark.y for mark in marks] == [HEIGHT - BOTTOM, (TOP + HEIGHT - BOTTOM) / 2, TOP]


def test_a_line_breaks_where_a_year_is_missing() -> None:
    path = drawn([(2018, 1), (2019, 2), (2021, 3), (2022, 4), (2024, 5)]).curves[0].path
    assert re.sub(r"[\d. ]+", "", path) == "MLMLM"


def test_one_year_stands_in_the_middle() -> None:
    found = drawn([(2020, 3)])
    assert found.curves[0].markers[0].x == (LEFT + WIDTH - RIGHT) / 2
    assert [tick.label for tick in found.years] == ["2020"]


@pytest.mark.parametrize(
    ("highest", "labels"),
    [
        (0, ["0", "1"]),
        (0.03, ["0", "0.005", "0.01", "0.015", "0.02", "0.025", "0.03"]),
        (1, ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        (7, ["0", "2", "4", "6", "8"]),
        (12, ["0", "2", "4", "6", "8", "10", "12"]),
        (103, ["0", "20", "40", "60", "80", "100", "120"]),
        (9_999, ["0", "2,000", "4,000", "6,000", "8,000", "10,000"]),
    ],
)
def test_the_axis_of_values_has_round_numbers(highest: float, labels: list[str]) -> None:
    assert [tick.label for tick in drawn([(2020, highest)]).values] == labels


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (2019, 2022, ["2019", "2020", "2021", "2022"]),
        (1954, 2025, ["1955", "1960", "1965", "1970", "1975", "1980", "1985", "1990"]),
        (1, 2022, ["200", "400", "600", "800", "1000", "1200", "1400", "1600"]),
    ],
)
def test_as_many_years_are_written_as_there_is_room_for(first: int, last: int, labels: list[str]) -> None:
    ticks = drawn([(first, 1), (last, 2)]).years
    assert [tick.label for tick in ticks][: len(labels)] == labels
    assert all(b.at - a.at >= drawing.YEAR_ROOM * 0.9 for a, b in pairwise(ticks))


def test_of_many_years_only_the_ends_of_a_stretch_are_marked() -> None:
    stretch = [(year, 1.0) for year in range(1900, 1950)]
    marks = drawn([*stretch, (1960, 1.0)]).curves[0].markers
    assert [mark.year for mark in marks] == [1900, 1949, 1960]


def test_on_a_phone_eighty_years_and_the_axis_fit_side_by_side() -> None:
    found = graph([("党建", [(year, year % 7) for year in range(1946, 2026)])], PHONE)
    assert found
    (curve,) = found.curves
    assert [mark.year for mark in curve.markers] == [1946, 2025]
    assert (curve.markers[0].x, curve.markers[1].x) == (PHONE.left, PHONE.width - PHONE.right)
    assert [tick.label for tick in found.years] == ["1960", "1980", "2000", "2020"]
    assert 0 < found.before < PHONE.left
    assert not found.named


def test_a_long_name_is_cut() -> None:
    found = graph([("全面从严治党主体责任", [(2020, 1)])])
    assert found
    assert found.curves[0].name == "全面从严治党主…"


def test_a_line_without_a_year_has_a_name_all_the_same() -> None:
    assert drawn([(2020, 1.0)], []).curves[1].path == ""


values = st.integers(0, 10**9).map(lambda n: n / 1000)
lines = st.dictionaries(st.integers(1, 9999), values, min_size=1, max_size=30).map(
    lambda found: sorted(found.items())
)


@given(st.lists(lines, min_size=1, max_size=6))
def test_on_a_phone_all_stays_in_the_frame(given_lines: list[list[tuple[int, float]]]) -> None:
    found = graph([(f"词{number}", line) for number, line in enumerate(given_lines)], PHONE)
    assert found
    for curve in found.curves:
        for mark in curve.markers:
            assert PHONE.left <= mark.x <= found.right
            assert PHONE.top <= mark.y <= PHONE.height - PHONE.bottom


@given(st.lists(lines, min_size=1, max_size=6))
def test_all_stays_in_the_frame_and_no_name_covers_another(
    given_lines: list[list[tuple[int, float]]],
) -> None:
    found = drawn(*given_lines)
    for curve, line in zip(found.curves, given_lines, strict=True):
        assert len(re.findall("[ML]", curve.path)) == len(line)
        for mark in curve.markers:
            assert LEFT <= mark.x <= WIDTH - RIGHT
            assert TOP <= mark.y <= HEIGHT - BOTTOM
    names = sorted(curve.name_y for curve in found.curves)
    assert names[-1] <= HEIGHT - BOTTOM
    assert names[0] >= TOP
    assert all(b - a >= LINE - 1e-6 for a, b in pairwise(names))
